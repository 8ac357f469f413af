//! What readers should have brought back.

use circulation::Condition;
use desk::{LateAt, OverdueAsk, OverdueLine};
use testkit::Reader;

use super::{Branches, branch};

impl Branches {
    /// Lends, and moves the loan so far back that it was due on that day.
    async fn late(&self, reader: &Reader, barcode: &str, due: &str) {
        self.lend(reader, barcode).await;
        self.sql(&format!(
            "UPDATE custody SET due = '{due}', lent_on = date '{due}' - 28
               FROM item WHERE item.id = item_id AND barcode = '{barcode}' AND until IS NULL"
        ))
        .await;
    }

    fn overdue_ask(&self, at: LateAt, level: Option<u8>, most: u32) -> OverdueAsk {
        OverdueAsk {
            at,
            level,
            after: None,
            most,
            on: self.town.now().clone(),
        }
    }

    /// Every page, one after the other.
    async fn overdue(&self, at: LateAt, level: Option<u8>, most: u32) -> Vec<OverdueLine> {
        let mut ask = self.overdue_ask(at, level, most);
        let mut all = Vec::new();
        loop {
            let page = self.served.desk.overdue(&ask).await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines);
            ask.after = page.next;
            if ask.after.is_none() {
                return all;
            }
        }
    }
}

fn told(lines: &[OverdueLine]) -> Vec<(&str, u8, u32)> {
    lines
        .iter()
        .map(|line| (line.late.barcode.as_str(), line.level, line.days))
        .collect()
}

/// Three levels, at 14, 28 and 42 days; what is due today is not late.
#[tokio::test(flavor = "multi_thread")]
async fn the_longest_overdue_comes_first_with_its_level_and_its_reader() {
    let branches = Branches::new().await;
    let reader = branches.town.reader("ADU", "LENS").await.unwrap();
    let other = branches.town.reader("ADU", "VIMY").await.unwrap();
    let ours = branches.town.items("LIV", "LENS", 6).await.unwrap();
    let theirs = branches.town.item("LIV", "VIMY").await.unwrap();
    // All lent before any is late: a recall stops borrowing.
    let dues = [
        "2026-06-09",
        "2026-06-08",
        "2026-05-27",
        "2026-05-26",
        "2026-05-12",
        "2026-04-28",
    ];
    for barcode in &ours[..5] {
        branches.lend(&reader, barcode).await;
    }
    branches.lend(&reader, &theirs).await;
    branches.late(&other, &ours[5], dues[5]).await;
    for (barcode, due) in ours[..5].iter().zip(dues) {
        branches
            .sql(&format!(
                "UPDATE custody SET due = '{due}', lent_on = date '{due}' - 28
                   FROM item WHERE item.id = item_id AND barcode = '{barcode}' AND until IS NULL"
            ))
            .await;
    }
    branches
        .sql(&format!(
            "UPDATE custody SET due = '2026-06-01', lent_on = '2026-05-01'
               FROM item WHERE item.id = item_id AND barcode = '{theirs}' AND until IS NULL;
             UPDATE patron SET family_name = 'Durand', given_name = 'Léa', phone = '03 21', email = 'lea@exemple.fr'
              WHERE id = {};
             UPDATE item SET condition = 'claimed_returned' WHERE barcode = '{}'",
            branches.patron_id(&reader).await,
            ours[4]
        ))
        .await;

    let lent = LateAt::Lent(branch("LENS"));
    for most in [1, 2, 50] {
        let lines = branches.overdue(lent, None, most).await;
        assert_eq!(
            told(&lines),
            [
                (ours[4].as_str(), 2, 28),
                (&ours[3], 1, 14),
                (&ours[2], 0, 13),
                (&theirs, 0, 8),
                (&ours[1], 0, 1),
            ]
        );
    }
    let lines = branches.overdue(lent, None, 50).await;
    assert_eq!(lines[0].condition(), Condition::ClaimedReturned);
    let who = lines[0].reader();
    assert_eq!(who.card.as_deref(), Some(reader.card.as_str()));
    assert_eq!(
        (
            &*who.family_name,
            &*who.given_name,
            &*who.phone,
            &*who.email
        ),
        ("Durand", "Léa", "03 21", "lea@exemple.fr")
    );
    assert_eq!(who.id, branches.patron_id(&reader).await);

    // What belongs to LENS: lent at VIMY too, and not what VIMY owns.
    let owned = LateAt::Owned(branch("LENS"));
    let lines = branches.overdue(owned, None, 50).await;
    assert_eq!(
        told(&lines)[..2],
        [(ours[5].as_str(), 3, 42), (&ours[4], 2, 28)]
    );
    assert_eq!(lines.len(), 5);

    let barcodes = async |level| {
        let lines = branches.overdue(owned, Some(level), 1).await;
        let barcodes = lines.into_iter().map(|line| line.late.barcode);
        barcodes.collect::<Vec<_>>()
    };
    assert_eq!(barcodes(0).await, [ours[2].clone(), ours[1].clone()]);
    assert_eq!(barcodes(1).await, [ours[3].clone()]);
    assert_eq!(barcodes(2).await, [ours[4].clone()]);
    assert_eq!(barcodes(3).await, [ours[5].clone()]);
    assert!(barcodes(4).await.is_empty());
}

/// Where rules give a level other days, loans of one level lie between those of another; every one is found, however
/// many lie before it.
#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_found_among_many_of_another() {
    let branches = Branches::new().await;
    let reader = branches.town.reader("ADU", "LENS").await.unwrap();
    branches.town.items("LIV", "LENS", 460).await.unwrap();
    branches.town.items("DVD", "LENS", 3).await.unwrap();
    // DVDs are recalled after 14, 28 and 35 days here, all else after 14, 28 and 42.
    branches
        .sql(&format!(
            "UPDATE policy_rule SET body = (body::jsonb || '{{\"recall_days\": [14, 28, 35]}}') WHERE id = 'R-DVD';
             UPDATE network SET rulebook_version = rulebook_version + 1;
             UPDATE custody SET until = clock_timestamp();
             INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, lent_on, due, renewals, lent_new, category, document)
             SELECT id, 'loan', 'LENS', clock_timestamp() + interval '1 second', {}, now(), '2026-04-01', '2026-05-04', 0, false, 'ADU', document
               FROM item",
            branches.patron_id(&reader).await
        ))
        .await;
    let lent = LateAt::Lent(branch("LENS"));
    let third = branches.overdue(lent, Some(3), 50).await;
    assert_eq!(third.len(), 3);
    assert!(third.iter().all(|line| line.level == 3));
    assert_eq!(branches.overdue(lent, Some(2), 50).await.len(), 460);
    let mut all: Vec<i64> = branches
        .overdue(lent, None, 50)
        .await
        .iter()
        .map(|line| line.late.loan_id)
        .collect();
    assert!(all.is_sorted(), "due on one day: by number");
    all.dedup();
    assert_eq!(all.len(), 463);
    assert!(
        branches
            .overdue(LateAt::Lent(branch("VIMY")), None, 50)
            .await
            .is_empty()
    );
}
