//! The log, page by page.

use desk::{LogAsk, LogLine};
use jiff::Timestamp;

use super::{Branches, branch};

impl Branches {
    /// Every page, one after the other.
    async fn log(&self, ask: LogAsk, most: u32) -> Vec<LogLine> {
        let (mut ask, mut all) = (ask, Vec::new());
        loop {
            let page = self.served.desk.log(&ask, most).await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines);
            ask.after = page.next;
            if ask.after.is_none() {
                return all;
            }
        }
    }

    async fn numbers(&self, ask: LogAsk) -> Vec<i64> {
        let lines = self.log(ask.clone(), 1).await;
        assert_eq!(lines, self.log(ask, 50).await);
        // Numbered from the first that a test made: the network has a line already, of its rules.
        let ours = lines.into_iter().map(|line| line.event - 1);
        ours.filter(|number| *number > 0).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_tells_what_fits_the_last_first() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let kiosk = town.kiosk("VIMY").await.unwrap();
    let one = town.reader("ADU", "LENS").await.unwrap();
    let two = town.reader("ADU", "VIMY").await.unwrap();
    let books = town.items("LIV", "LENS", 3).await.unwrap();
    branches.lend(&one, &books[0]).await;
    let mut later = town.checkout(&kiosk, &two, &books[1]);
    later.at = town.at("2026-06-10").unwrap();
    town.desk.checkout(later).await.unwrap().outcome.unwrap();
    let refused = town.desk.checkout(town.checkout(&kiosk, &two, &books[0]));
    assert!(refused.await.unwrap().outcome.is_err());
    branches.take_back("LENS", &books[0]).await;
    branches
        .sql(
            "INSERT INTO staff_user (login, password_hash, name, branch, created_at) VALUES ('a', '', 'Agnès', 'LENS', now());
             UPDATE event SET staff_id = 1 WHERE kind = 'checkin'",
        )
        .await;

    // In the order in which they happened: the loan of the next day is the last.
    let all = branches.numbers(LogAsk::default()).await;
    assert_eq!(all, [2, 4, 3, 1]);
    let item = branches.item_id(&books[0]).await;
    let patron = branches.patron_id(&two).await;
    let noon =
        |day: &str| -> Option<Timestamp> { Some(format!("{day}T12:00:00+02:00").parse().unwrap()) };
    let ask = LogAsk::default;
    #[rustfmt::skip]
    let cases: [(LogAsk, &[i64]); 13] = [
        (LogAsk { branch: Some(branch("LENS")), ..ask() }, &[4, 1]),
        (LogAsk { kind: Some("checkout".into()), ..ask() }, &[2, 3, 1]),
        (LogAsk { done: Some(false), ..ask() }, &[3]),
        (LogAsk { done: Some(true), ..ask() }, &[2, 4, 1]),
        (LogAsk { item: Some(item), ..ask() }, &[4, 3, 1]),
        (LogAsk { patron: Some(patron), ..ask() }, &[2, 3]),
        (LogAsk { item: Some(item), patron: Some(patron), ..ask() }, &[3]),
        (LogAsk { staff: Some(1), ..ask() }, &[4]),
        (LogAsk { terminal: Some(kiosk.id), ..ask() }, &[2, 3]),
        (LogAsk { from: noon("2026-06-09"), ..ask() }, &[2]),
        (LogAsk { until: noon("2026-06-09"), ..ask() }, &[4, 3, 1]),
        (LogAsk { from: noon("2026-06-09"), until: noon("2026-06-09"), ..ask() }, &[]),
        (LogAsk { item: Some(item), until: noon("2026-06-08"), ..ask() }, &[]),
    ];
    for (ask, expected) in cases {
        assert_eq!(branches.numbers(ask.clone()).await, expected, "{ask:?}");
    }

    let lines = branches.log(ask(), 50).await;
    let refusal = &lines[2];
    assert_eq!(refusal.headline.as_deref(), Some("lent_to_another"));
    assert!(!refusal.done && lines[0].done && lines[0].headline.is_none());
    assert_eq!(refusal.patron, Some(patron));
    assert_eq!(refusal.branch, Some(branch("VIMY")));
    assert_eq!(refusal.terminal.as_ref().map(|(id, _)| *id), Some(kiosk.id));
    let (id, barcode, _) = refusal.item.clone().unwrap();
    assert_eq!((id, barcode), (item, books[0].clone()));
    assert_eq!(lines[1].staff, Some((1, "Agnès".into())));
    let why = branches
        .served
        .desk
        .why(refusal.event, circulation::Language::French);
    assert_eq!(why.await.unwrap().unwrap().told.len(), 1);
}

/// A filter that fits one line in fifty thousand: the pages say where to go on, and the line is found.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_looks_at_no_more_than_so_many_lines() {
    let branches = Branches::new().await;
    branches
        .sql(
            "INSERT INTO event (at, kind, outcome, branch, body)
             SELECT timestamptz '2026-01-01' + n / 3 * interval '1 minute', CASE n WHEN 7 THEN 'rare' ELSE 'common' END, 'done', 'LENS', '{}'
               FROM generate_series(1, 50000) n",
        )
        .await;
    let mut ask = LogAsk {
        kind: Some("rare".into()),
        ..LogAsk::default()
    };
    let mut found = Vec::new();
    let mut pages = 0;
    loop {
        let page = branches.served.desk.log(&ask, 50).await.unwrap();
        pages += 1;
        found.extend(page.lines);
        ask.after = page.next;
        if ask.after.is_none() {
            break;
        }
    }
    assert_eq!((found.len(), pages), (1, 3));
    assert_eq!(found[0].kind, "rare");
}
