//! Stocktaking with a scanner.

use circulation::Condition;
use desk::{Finding, NoScan, NotSeen, ShelfRange};
use store::{NewStaff, StaffUser};

use super::{Branches, branch};

impl Branches {
    pub(super) async fn librarian(&self) -> StaffUser {
        let new = NewStaff {
            login: "agnes".into(),
            password_hash: String::new(),
            name: "Agnès".into(),
            branch: branch("LENS"),
            rights: Vec::new(),
            roles: Vec::new(),
            at: self.town.now().timestamp(),
        };
        self.town.store.add_staff(&new).await.unwrap();
        let mut session = self.town.store.session().await.unwrap();
        session.staff_user("agnes").await.unwrap().unwrap()
    }

    async fn begin(&self, range: Option<(&str, &str)>) -> i64 {
        let (staff, now) = (self.librarian().await, self.town.now());
        let range = range.map(|(first, last)| ShelfRange::new(first, last).unwrap());
        let begun = self
            .served
            .desk
            .begin_inventory(staff.id, branch("LENS"), range.as_ref(), now);
        begun.await.unwrap()
    }

    async fn scan(&self, inventory: i64, barcode: &str) -> Finding {
        let scanned = self.served.desk.scan(inventory, barcode, self.town.now());
        scanned.await.unwrap().unwrap().finding
    }

    /// Every page, one after the other.
    async fn not_seen(&self, inventory: i64, most: u32) -> Vec<NotSeen> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self
                .served
                .desk
                .not_seen(inventory, after.as_ref(), most, self.town.now());
            let page = page.await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines);
            after = page.next;
            if after.is_none() {
                return all;
            }
        }
    }

    async fn missing(&self, inventory: i64) -> Vec<String> {
        let lines = self.not_seen(inventory, 1).await;
        assert_eq!(lines, self.not_seen(inventory, 50).await);
        lines.into_iter().map(|line| line.barcode).collect()
    }

    async fn declared(&self, barcode: &str, condition: &str) {
        self.sql(&format!(
            "UPDATE item SET condition = '{condition}' WHERE barcode = '{barcode}'"
        ))
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_scan_says_what_the_item_is_here_and_changes_nothing() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 7).await.unwrap();
    let theirs = town.item("LIV", "VIMY").await.unwrap();
    branches
        .shelve(&[
            (&books[0], "R MAU"),
            (&books[1], "R ZOL"),
            (&books[4], "R MIL"),
            (&books[6], "R B"),
        ])
        .await;
    branches.lend(&reader, &books[2]).await;
    let waited = town.item("LIV", "LENS").await.unwrap();
    branches.hold(&reader, &waited, "LENS").await;
    branches.take_back("LENS", &waited).await;
    branches.declared(&books[4], "missing").await;
    let withdrawn = desk::DeclareAsk {
        actor: desk::Actor::kiosk(&town.kiosk("LENS").await.unwrap()),
        barcode: books[5].clone(),
        condition: Condition::Withdrawn,
        at: town.now().clone(),
    };
    town.desk.declare(withdrawn).await.unwrap().outcome.unwrap();
    let travels = town.item("LIV", "VIMY").await.unwrap();
    branches.take_back("LENS", &travels).await;
    branches
        .sql(
            "INSERT INTO item (bib_id, barcode, issuing_branch, owner_branch, document, in_service, condition)
             SELECT 1, 'TWICE', code, code, 'LIV', '2020-01-01', 'withdrawn' FROM branch WHERE code IN ('GREN', 'VIMY')",
        )
        .await;

    let rows = "SELECT count(*) FROM event";
    let stays = "SELECT count(*) FROM custody";
    let before = (branches.count(rows).await, branches.count(stays).await);
    let inventory = branches.begin(Some(("R B", "R M"))).await;
    let due = "2026-07-07".parse().unwrap();
    let (lens, vimy) = (branch("LENS"), branch("VIMY"));
    let cases = [
        (books[0].as_str(), Finding::Expected),
        (&books[6], Finding::Expected),
        (&books[1], Finding::OtherShelf),
        (&books[2], Finding::OnLoan { due }),
        (&waited, Finding::HoldShelf { branch: lens }),
        (
            &books[4],
            Finding::NotInOrder {
                condition: Condition::Missing,
            },
        ),
        (&books[5], Finding::Withdrawn),
        (&theirs, Finding::Elsewhere { branch: vimy }),
        (
            &travels,
            Finding::Travelling {
                from: lens,
                to: vimy,
            },
        ),
        (
            "TWICE",
            Finding::Ambiguous {
                branches: vec![branch("GREN"), vimy],
            },
        ),
        ("nobody's", Finding::Unknown),
    ];
    for (barcode, finding) in &cases {
        assert_eq!(
            branches.scan(inventory, barcode).await,
            *finding,
            "{barcode}"
        );
    }
    // The same once more, with blanks around it, counts once.
    let again = format!(" {} ", books[0]);
    assert_eq!(branches.scan(inventory, &again).await, Finding::Expected);
    let told = branches
        .served
        .desk
        .inventory(inventory)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((told.scanned, told.expected), (11, 2));
    assert_eq!((told.branch, &*told.started_by), (lens, "Agnès"));
    let after = (branches.count(rows).await, branches.count(stays).await);
    assert_eq!(before, after, "nothing moved");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_seen_is_what_should_stand_there() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 8).await.unwrap();
    town.item("LIV", "VIMY").await.unwrap();
    let numbers = ["R MAU", "R ABE", "R MZ", "R N", "R B", "R C", "R D", "R E"];
    for (barcode, number) in books.iter().zip(numbers) {
        branches.shelve(&[(barcode, number)]).await;
    }
    branches.declared(&books[4], "lost").await;
    branches.lend(&reader, &books[5]).await;
    let whole = branches.begin(None).await;
    assert_eq!(
        branches.missing(whole).await,
        [
            &*books[1], &*books[6], &*books[7], &*books[0], &*books[2], &*books[3]
        ],
        "in the order of the shelf, without what is lost or lent"
    );
    branches.scan(whole, &books[0]).await;
    // Lent and brought back while somebody looks along the shelves.
    branches.lend(&reader, &books[6]).await;
    branches.take_back("LENS", &books[6]).await;
    branches.take_back("LENS", &books[5]).await;
    let left = [&*books[1], &*books[7], &*books[2], &*books[3]];
    assert_eq!(branches.missing(whole).await, left);

    let desk = &branches.served.desk;
    let (lens, now) = (branch("LENS"), town.now());
    assert!(desk.close_inventory(whole, now).await.unwrap());
    assert!(!desk.close_inventory(whole, now).await.unwrap());
    let scan = async |number, barcode: &str| desk.scan(number, barcode, now).await.unwrap();
    assert_eq!(scan(whole, &books[1]).await, Err(NoScan::Closed));
    assert_eq!(scan(999, &books[1]).await, Err(NoScan::NoInventory));
    assert_eq!(scan(whole, " ").await, Err(NoScan::Empty));
    assert_eq!(branches.missing(whole).await, left);
    assert!(branches.missing(999).await.is_empty());

    branches
        .sql(&format!(
            "INSERT INTO inventory (branch, started_at, started_by, first_call_number, last_call_number)
             SELECT 'LENS', '{}', id, 'R B', 'R M' FROM staff_user",
            now.timestamp() + jiff::SignedDuration::from_secs(1)
        ))
        .await;
    let list = desk.inventories(lens).await.unwrap();
    assert!(list[0].closed_at.is_none() && list[1].closed_at.is_some());
    assert_eq!(list[0].range, Some(("R B".into(), "R M".into())));
    assert_eq!(
        branches.missing(list[0].id).await,
        [&*books[5], &*books[6], &*books[7], &*books[0], &*books[2]],
        "what begins like the last is in the range still"
    );
}

/// LIGA and LIDE share their stock: a copy of the one that stands at the other is missed there.
#[tokio::test(flavor = "multi_thread")]
async fn what_floats_is_missed_where_it_stands() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let reader = town.reader("ADU", "LIDE").await.unwrap();
    let floats = town.item("LIV", "LIDE").await.unwrap();
    let ours = town.item("LIV", "LIGA").await.unwrap();
    branches.lend(&reader, &floats).await;
    assert_eq!(branches.take_back("LIGA", &floats).await.to, None);
    let staff = branches.librarian().await;
    let later = town.at("2026-06-10").unwrap();
    let desk = &branches.served.desk;
    let number = desk
        .begin_inventory(staff.id, branch("LIGA"), None, &later)
        .await;
    let mut missing = branches.missing(number.unwrap()).await;
    missing.sort();
    let mut both = [floats, ours];
    both.sort();
    assert_eq!(missing, both);
}

/// An inventory that ends before it begins cannot be written, nor one half of a range.
#[tokio::test(flavor = "multi_thread")]
async fn the_schema_takes_no_range_that_is_none() {
    let branches = Branches::new().await;
    let staff = branches.librarian().await;
    let mut session = branches.served.store.session().await.unwrap();
    let at = branches.town.now().timestamp();
    let wrong = session.begin_inventory(branch("LENS"), Some(("Z", "A")), staff.id, at);
    assert!(wrong.await.is_err());
    for wrong in [
        "INSERT INTO inventory (branch, started_at, started_by, first_call_number) VALUES ('LENS', now(), 1, 'A')",
        "INSERT INTO inventory (branch, started_at, started_by, closed_at) VALUES ('LENS', now(), 1, now() - interval '1 day')",
        "INSERT INTO inventory_scan VALUES (1, 'B', NULL, 'expected', now())",
    ] {
        assert!(branches.town.store.run_sql(wrong).await.is_err(), "{wrong}");
    }
    // The daemon can neither rewrite an inventory nor take one away.
    for wrong in [
        "UPDATE inventory SET branch = 'VIMY'",
        "DELETE FROM inventory",
        "DELETE FROM inventory_scan",
    ] {
        assert!(
            branches.served.store.run_sql(wrong).await.is_err(),
            "{wrong}"
        );
    }
}
