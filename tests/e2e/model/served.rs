//! The same network, served by a desk on a real database.

use std::fmt::Write;

use circulation::Policy;
use desk::{HoldWish, Pause, Terminal, Undo};
use jiff::{ToSpan, Zoned, civil::Date};
use serde_json::json;
use testkit::{Database, Reader, Town};

use super::{
    command::{BRANCHES, Command, HOUSEHOLDS, OWNERS, READERS, TITLES},
    library::{Library, Outcome, Place},
};

/// The town, for as many cases as are played.
pub(super) struct Served {
    town: Town,
    kiosks: Vec<Terminal>,
    _database: Database,
}

/// One case: readers and titles of its own.
pub(super) struct Table<'s> {
    served: &'s Served,
    readers: Vec<Reader>,
    items: Vec<String>,
    /// The database's number of each hold of the model.
    holds: Vec<i64>,
    today: Date,
}

impl Served {
    pub(super) async fn new() -> Self {
        let database = Database::network().await.unwrap();
        let town = Town::new(&database).await.unwrap();
        // A branch without hours counts as open every day.
        let always_open = "DELETE FROM opening; DELETE FROM closure";
        town.store.run_sql(always_open).await.unwrap();
        let at = town.now().timestamp();
        let published = town.store.publish_policy(&policy(), "test", at).await;
        assert!(published.unwrap());
        let mut kiosks = Vec::new();
        for branch in BRANCHES {
            kiosks.push(town.kiosk(branch).await.unwrap());
        }
        Self {
            town,
            kiosks,
            _database: database,
        }
    }

    pub(super) async fn table(&self) -> Table<'_> {
        let town = &self.town;
        // The clock begins anew, and the turn shall find nothing of the case before.
        let clear =
            "UPDATE hold SET closed_at = now(), outcome = 'cancelled' WHERE closed_at IS NULL";
        town.store.run_sql(clear).await.unwrap();
        let (mut readers, mut items) = (Vec::new(), Vec::new());
        for household in 0..=HOUSEHOLDS[READERS - 1] {
            let members = HOUSEHOLDS.iter().filter(|of| **of == household).count();
            let members = vec![("ADU", BRANCHES[household % 3]); members];
            readers.extend(town.household(&members).await.unwrap());
        }
        for title in 0..TITLES {
            let owners = [2 * title, 2 * title + 1].map(|item| BRANCHES[OWNERS[item]]);
            items.extend(town.copies("LIV", &owners).await.unwrap());
        }
        Table {
            served: self,
            readers,
            items,
            holds: Vec::new(),
            today: town.today(),
        }
    }
}

impl Table<'_> {
    /// Does what the command says; the answer is of the model's words.
    pub(super) async fn play(&mut self, command: Command) -> Result<Outcome, String> {
        let (town, kiosks) = (&self.served.town, &self.served.kiosks);
        let at = self.now();
        let told = |error: desk::DeskError| error.to_string();
        let done = |ok: bool| if ok { Outcome::Done } else { Outcome::Refused };
        Ok(match command {
            Command::Checkout {
                reader,
                item,
                at: branch,
            } => {
                let mut ask =
                    town.checkout(&kiosks[branch], &self.readers[reader], &self.items[item]);
                ask.at = at;
                done(town.desk.checkout(ask).await.map_err(told)?.outcome.is_ok())
            }
            Command::Return { item, at: branch } => {
                let mut ask = town.checkin(&kiosks[branch], &self.items[item]);
                ask.at = at;
                match town.desk.checkin(ask).await.map_err(told)?.outcome {
                    Err(_) => Outcome::Refused,
                    Ok(back) => Outcome::Returned(back.for_whom.and_then(|patron| {
                        let mut all = self.readers.iter();
                        all.position(|reader| reader.card == patron.card)
                    })),
                }
            }
            Command::Renew { reader, item } => {
                let mut ask =
                    town.renew(&kiosks[0], &self.readers[reader], &self.items[item], None);
                ask.at = at;
                done(town.desk.renew(ask).await.map_err(told)?.outcome.is_ok())
            }
            Command::Place {
                reader,
                title,
                pickup,
            } => {
                let placed = self
                    .hold(HoldWish::Place, reader, title, Some(pickup))
                    .await?;
                match placed {
                    Some(number) => {
                        self.holds.push(number);
                        Outcome::Placed(self.holds.len() as i64 - 1)
                    }
                    None => Outcome::Refused,
                }
            }
            Command::Cancel { reader, title } => {
                let cancelled = self.hold(HoldWish::Cancel, reader, title, None).await?;
                done(cancelled.is_some())
            }
            Command::Move {
                reader,
                title,
                pickup,
            } => {
                let wish = HoldWish::Change(Pause::AsItWas);
                done(
                    self.hold(wish, reader, title, Some(pickup))
                        .await?
                        .is_some(),
                )
            }
            Command::Pause {
                reader,
                title,
                days,
            } => {
                let pause = days.map_or(Pause::Over, |days| Pause::Until(self.today + days.days()));
                let wish = HoldWish::Change(pause);
                done(self.hold(wish, reader, title, None).await?.is_some())
            }
            Command::UndoLoan { item, at: branch } | Command::UndoReturn { item, at: branch } => {
                let what = match command {
                    Command::UndoLoan { .. } => Undo::Loan,
                    _ => Undo::Return,
                };
                let mut ask = town.undo(&kiosks[branch], what, &self.items[item]);
                ask.at = at;
                done(town.desk.undo(ask).await.map_err(told)?.outcome.is_ok())
            }
            Command::Turn => match town.desk.turn(&at).await.map_err(told)? {
                Some(turn) => Outcome::Turned(turn.lapsed, turn.not_collected),
                None => Outcome::Refused,
            },
            Command::Days(days) => {
                self.today += days.days();
                Outcome::Done
            }
        })
    }

    async fn hold(
        &self,
        wish: HoldWish,
        reader: usize,
        title: usize,
        pickup: Option<usize>,
    ) -> Result<Option<i64>, String> {
        let town = &self.served.town;
        let kiosk = &self.served.kiosks[0];
        let pickup = pickup.map(|branch| BRANCHES[branch]);
        let (reader, copy) = (&self.readers[reader], &self.items[2 * title]);
        let mut ask = town.hold(kiosk, wish, reader, copy, pickup).unwrap();
        ask.at = self.now();
        let answer = town
            .desk
            .hold(ask)
            .await
            .map_err(|error| error.to_string())?;
        Ok(answer.outcome.ok().and_then(|done| done.hold))
    }

    fn now(&self) -> Zoned {
        self.served.town.at(&self.today.to_string()).unwrap()
    }

    /// Compares where everything is, who has what until when, and who waits in which order; what differs, in words.
    pub(super) async fn compare(&self, model: &Library) -> Result<(), String> {
        let day = |day: i32| self.served.town.today() + day.days();
        let mut lines = Vec::new();
        for (item, place) in model.places.iter().enumerate() {
            let hold = model.set_aside_for(item).map(|hold| self.holds[hold]);
            let hold = hold.map_or("-".to_owned(), |hold| hold.to_string());
            let barcode = &self.items[item];
            lines.push(match place {
                Place::Shelf(branch) => format!("{barcode} shelf {}", BRANCHES[*branch]),
                Place::Loan(loan) => format!(
                    "{barcode} loan {} {} {} {}",
                    BRANCHES[loan.branch],
                    self.readers[loan.reader].card,
                    day(loan.due),
                    loan.renewals
                ),
                Place::Transit { from, to, .. } => format!(
                    "{barcode} transit {} {} {hold}",
                    BRANCHES[*from], BRANCHES[*to]
                ),
                Place::HoldShelf { branch, until, .. } => format!(
                    "{barcode} hold_shelf {} {hold} {}",
                    BRANCHES[*branch],
                    day(*until)
                ),
            });
        }
        for title in 0..TITLES {
            let active = (0..model.holds.len())
                .filter(|hold| model.holds[*hold].active && model.holds[*hold].title == title);
            for (place, number) in active.enumerate() {
                let hold = &model.holds[number];
                let paused = hold
                    .paused_until
                    .map_or("-".to_owned(), |until| day(until).to_string());
                lines.push(format!(
                    "{} {} {} {} {} {paused}",
                    self.holds[number],
                    place + 1,
                    self.readers[hold.reader].card,
                    BRANCHES[hold.pickup],
                    day(hold.expires)
                ));
            }
        }
        let differing = self.differing(&lines);
        let count = format!("SELECT count(*) FROM ({differing}) differing");
        if self.served.town.store.count(&count).await.unwrap() == 0 {
            return Ok(());
        }
        let tell = format!(
            "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(line, E'\\n' ORDER BY line) FROM ({differing}) d); END $$"
        );
        let told = self.served.town.store.run_sql(&tell).await;
        Err(told.map_or_else(|error| error.to_string(), |()| "it is over".to_owned()))
    }

    /// The lines that only one side has.
    fn differing(&self, expected: &[String]) -> String {
        let mut items = String::new();
        let mut lines = String::new();
        for barcode in &self.items {
            write!(items, "'{barcode}',").unwrap();
        }
        for line in expected {
            write!(lines, "'{line}',").unwrap();
        }
        let (items, lines) = (items.trim_end_matches(','), lines.trim_end_matches(','));
        format!(
            "WITH actual AS (
                SELECT concat_ws(' ', i.barcode, u.kind, u.branch, CASE u.kind
                           WHEN 'loan' THEN concat_ws(' ', c.number, u.due, u.renewals)
                           WHEN 'transit' THEN concat_ws(' ', u.to_branch, coalesce(w.id::text, '-'))
                           WHEN 'hold_shelf' THEN concat_ws(' ', coalesce(w.id::text, '-'), u.ready_until) END) AS line
                  FROM item i JOIN custody u ON u.item_id = i.id AND u.until IS NULL
                  LEFT JOIN card c ON c.patron_id = u.patron_id
                  LEFT JOIN hold w ON w.id = u.hold_id AND w.closed_at IS NULL
                 WHERE i.barcode IN ({items})
                UNION ALL
                SELECT concat_ws(' ', w.id, row_number() OVER (PARTITION BY w.bib_id ORDER BY w.ranked_at, w.id),
                                 c.number, w.pickup, w.expires_on, coalesce(w.suspended_until::text, '-'))
                  FROM hold w JOIN card c ON c.patron_id = w.patron_id
                 WHERE w.closed_at IS NULL AND w.bib_id IN (SELECT bib_id FROM item WHERE barcode IN ({items}))
             ), expected AS (SELECT unnest(ARRAY[{lines}]) AS line)
             SELECT 'only there: ' || line AS line FROM (TABLE actual EXCEPT TABLE expected) a
             UNION ALL SELECT 'only in the model: ' || line FROM (TABLE expected EXCEPT TABLE actual) e"
        )
    }
}

/// One rule and two limits: see [`Library`].
fn policy() -> Policy {
    let document = json!({
        "version": 2,
        "effective_from": "2026-01-01",
        "currency": "EUR",
        "roles": {
            "checkout": [
                "loanable", "self_check", "checked_by_staff", "loan_days", "loan_until",
                "due_on_closed_day", "renewals", "renew_days", "renew_from", "renew_when_held",
                "renew_overdue_max_days", "auto_renew", "grace_days",
                "suspension_days_per_day_late", "suspension_max_days", "fine_cents_per_day",
                "recall_days", "predue_notice_days", "treasury_after_days",
                "borrowing_blocked_from_recall", "novelty_loan_days", "novelty_renewals"
            ],
            "owner": [
                "holdable", "hold_on_shelf", "hold_queue_max", "hold_expires_days",
                "novelty_days", "novelty_leaves_branch", "returns_to"
            ],
            "pickup": ["hold_shelf_open_days"]
        },
        "rule": [{
            "id": "R0",
            "loanable": true, "self_check": true, "checked_by_staff": false,
            "loan_days": 10, "loan_until": "", "due_on_closed_day": "keep",
            "renewals": 1, "renew_days": 10, "renew_from": "due_date", "renew_when_held": false,
            "renew_overdue_max_days": 3, "auto_renew": false,
            "grace_days": 2, "suspension_days_per_day_late": 1, "suspension_max_days": 1000,
            "fine_cents_per_day": 0,
            "recall_days": [], "predue_notice_days": 3, "treasury_after_days": 70,
            "borrowing_blocked_from_recall": 0,
            "holdable": true, "hold_on_shelf": true, "hold_queue_max": 3,
            "hold_shelf_open_days": 2, "hold_expires_days": 8, "returns_to": "owner",
            "novelty_days": 0, "novelty_loan_days": 10, "novelty_renewals": 1,
            "novelty_leaves_branch": true
        }],
        "limit": [
            { "id": "LOANS", "of": "household", "where": "network", "max_loans": 3 },
            { "id": "HOLDS", "of": "patron", "where": "network", "max_holds": 2 }
        ]
    });
    serde_json::from_value(document).unwrap()
}
