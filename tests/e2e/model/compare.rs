//! What the model and the database have, line by line.

use std::fmt::Write;

use circulation::Condition;
use desk::OldCard;
use jiff::{ToSpan, civil::Date};

use super::{
    command::{BRANCHES, READERS, TITLES},
    library::{Library, Place},
    served::Table,
};

impl Table<'_> {
    /// Compares where everything is, who has what until when, who waits in which order, and what stands against whom;
    /// what differs, in words.
    pub(super) async fn compare(&self, model: &Library) -> Result<(), String> {
        let mut lines: Vec<_> = (0..self.items.len())
            .map(|item| self.item(model, item))
            .collect();
        lines.extend((0..TITLES).flat_map(|title| self.queue(model, title)));
        lines.extend((0..READERS).map(|reader| self.reader(model, reader)));
        let differing = self.differing(&lines);
        let store = &self.served.town.store;
        let count = format!("SELECT count(*) FROM ({differing}) differing");
        if store.count(&count).await.unwrap() == 0 {
            return Ok(());
        }
        let tell = format!(
            "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(line, E'\\n' ORDER BY line) FROM ({differing}) d); END $$"
        );
        let told = store.run_sql(&tell).await;
        Err(told.map_or_else(|error| error.to_string(), |()| "it is over".to_owned()))
    }

    fn day(&self, day: i32) -> Date {
        self.served.town.today() + day.days()
    }

    fn item(&self, model: &Library, item: usize) -> String {
        let hold = model.set_aside_for(item).map(|hold| self.holds[hold]);
        let hold = hold.map_or("-".to_owned(), |hold| hold.to_string());
        let place = match model.places[item] {
            Place::Shelf(branch) => format!("shelf {}", BRANCHES[branch]),
            Place::Loan(loan) => format!(
                "loan {} {} {} {}",
                BRANCHES[loan.branch],
                self.readers[loan.reader].card,
                self.day(loan.due),
                loan.renewals
            ),
            Place::Transit { from, to, .. } => {
                format!("transit {} {} {hold}", BRANCHES[from], BRANCHES[to])
            }
            Place::HoldShelf { branch, until, .. } => {
                format!("hold_shelf {} {hold} {}", BRANCHES[branch], self.day(until))
            }
            Place::Nowhere => "nowhere".to_owned(),
        };
        let condition = name_of(model.conditions[item]);
        format!("{} {condition} {place}", self.items[item])
    }

    fn queue(&self, model: &Library, title: usize) -> Vec<String> {
        let active = (0..model.holds.len())
            .filter(|hold| model.holds[*hold].active && model.holds[*hold].title == title);
        let line = |(place, number): (usize, usize)| {
            let hold = &model.holds[number];
            let paused = hold.paused_until.map(|until| self.day(until));
            format!(
                "{} {} {} {} {} {}",
                self.holds[number],
                place + 1,
                self.readers[hold.reader].card,
                BRANCHES[hold.pickup],
                self.day(hold.expires),
                paused.map_or("-".to_owned(), |day| day.to_string())
            )
        };
        active.enumerate().map(line).collect()
    }

    /// The newest card, what became of the others, until when the reader is suspended, what is owed of each fee, and
    /// how many blocks there are.
    fn reader(&self, model: &Library, reader: usize) -> String {
        let suspended = model.suspended_until(reader).map(|day| self.day(day));
        let fees = model.fees.iter();
        let owed = fees.filter(|fee| fee.reader == reader && fee.open > 0);
        let cards = model.former_cards[reader].iter().map(|old| match old {
            OldCard::Lost => "lost,",
            OldCard::Replaced => "replaced,",
            OldCard::Alias => "alias,",
        });
        format!(
            "{} {}active {} owes:{} blocks:{}",
            self.readers[reader].card,
            cards.collect::<String>(),
            suspended.map_or("-".to_owned(), |day| day.to_string()),
            owed.map(|fee| format!("{},", fee.open)).collect::<String>(),
            model.blocks[reader]
        )
    }

    /// The lines that only one side has.
    fn differing(&self, expected: &[String]) -> String {
        let (items, lines) = (quoted(&self.items), quoted(expected));
        let cards: Vec<_> = self.readers.iter().map(|reader| &reader.card).collect();
        let cards = quoted(&cards);
        format!(
            "WITH actual AS (
                SELECT concat_ws(' ', i.barcode, i.condition, coalesce(u.kind, 'nowhere'), u.branch, CASE u.kind
                           WHEN 'loan' THEN concat_ws(' ', c.number, u.due, u.renewals)
                           WHEN 'transit' THEN concat_ws(' ', u.to_branch, coalesce(w.id::text, '-'))
                           WHEN 'hold_shelf' THEN concat_ws(' ', coalesce(w.id::text, '-'), u.ready_until) END) AS line
                  FROM item i LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
                  LEFT JOIN card c ON c.patron_id = u.patron_id AND c.status = 'active'
                  LEFT JOIN hold w ON w.id = u.hold_id AND w.closed_at IS NULL
                 WHERE i.barcode IN ({items})
                UNION ALL
                SELECT concat_ws(' ', w.id, row_number() OVER (PARTITION BY w.bib_id ORDER BY w.ranked_at, w.id),
                                 c.number, w.pickup, w.expires_on, coalesce(w.suspended_until::text, '-'))
                  FROM hold w JOIN card c ON c.patron_id = w.patron_id AND c.status = 'active'
                 WHERE w.closed_at IS NULL AND w.bib_id IN (SELECT bib_id FROM item WHERE barcode IN ({items}))
                UNION ALL
                SELECT concat_ws(' ', c.number,
                           (SELECT string_agg(status, ',' ORDER BY id) FROM card WHERE patron_id = c.patron_id),
                           coalesce((SELECT max(free_on) FROM suspension s
                                      WHERE s.patron_id = c.patron_id AND s.lifted_at IS NULL)::text, '-'),
                           'owes:' || (SELECT coalesce(string_agg(f.cents + paid.cents || ',', '' ORDER BY f.id), '')
                                         FROM ledger f, LATERAL (SELECT coalesce(sum(d.cents), 0) AS cents FROM ledger d WHERE d.fee_id = f.id) paid
                                        WHERE f.patron_id = c.patron_id AND f.fee_id IS NULL AND f.cents + paid.cents <> 0),
                           'blocks:' || (SELECT count(*) FROM block k WHERE k.patron_id = c.patron_id AND k.lifted_at IS NULL))
                  FROM card c WHERE c.number IN ({cards}) AND c.status = 'active'
             ), expected AS (SELECT unnest(ARRAY[{lines}]) AS line)
             SELECT 'only there: ' || line AS line FROM (TABLE actual EXCEPT TABLE expected) a
             UNION ALL SELECT 'only in the model: ' || line FROM (TABLE expected EXCEPT TABLE actual) e"
        )
    }
}

fn name_of(condition: Condition) -> String {
    let name = serde_json::to_value(condition).unwrap();
    name.as_str().unwrap().to_owned()
}

fn quoted(texts: &[impl AsRef<str>]) -> String {
    let mut all = String::new();
    for text in texts {
        let comma = if all.is_empty() { "" } else { "," };
        write!(all, "{comma}'{}'", text.as_ref()).unwrap();
    }
    all
}
