//! Calendars that staff change while loans are out: what moves, what stays, who may.

mod desk_moves;
mod late;

use circulation::{BranchCode, Closure};
use desk::{Announced, CalendarPreview, CalendarRefused, ClosureAsk, Member};
use jiff::{Zoned, civil::Date};
use testkit::{Database, Town};

use crate::partners::serve;
use crate::rules::member;

/// A town, a daemon with no more than a daemon's rights, and who changes calendars everywhere.
struct Network {
    _database: Database,
    town: Town,
    served: Town,
    everywhere: Member,
}

impl Network {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let town = Town::new(&database).await.unwrap();
        let served = serve(&database).await;
        let everywhere = member(&town, "reseau", &[("calendar", None)]).await;
        Self {
            _database: database,
            town,
            served,
            everywhere,
        }
    }

    fn ask(&self, branch: Option<&str>, first: &str, last: &str) -> ClosureAsk {
        ClosureAsk {
            closure: Closure {
                branch: branch.map(self::branch),
                first: day(first),
                last: day(last),
                reason: "inondation".into(),
            },
            seen: None,
            at: self.town.now().clone(),
        }
    }

    async fn preview(&self, ask: &ClosureAsk) -> CalendarPreview {
        let preview = self.served.desk.preview_closure(&self.everywhere, ask);
        preview.await.unwrap().unwrap()
    }

    async fn announce(&self, who: &Member, ask: &ClosureAsk) -> Result<Announced, CalendarRefused> {
        self.served.desk.announce_closure(who, ask).await.unwrap()
    }

    /// One turn of the clockwork.
    async fn turn(&self, at: &Zoned) {
        let turn = self.served.desk.turn(at).await.unwrap();
        assert!(turn.is_some(), "nobody else is at it");
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    /// Makes an open loan due on a day, as if it had been lent long enough before.
    async fn due_on(&self, barcode: &str, due: &str) {
        let set = format!(
            "UPDATE custody SET due = '{due}' WHERE until IS NULL AND kind = 'loan'
                AND item_id = (SELECT id FROM item WHERE barcode = '{barcode}')"
        );
        self.town.store.run_sql(&set).await.unwrap();
    }

    /// Whether an item's open loan is due on a day.
    async fn is_due(&self, barcode: &str, due: &str) -> bool {
        let query = format!(
            "SELECT count(*) FROM custody u JOIN item i ON i.id = u.item_id
              WHERE i.barcode = '{barcode}' AND u.until IS NULL AND u.kind = 'loan' AND u.due = '{due}'"
        );
        self.count(&query).await == 1
    }
}

fn branch(code: &str) -> BranchCode {
    code.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
