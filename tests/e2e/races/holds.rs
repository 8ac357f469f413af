//! Holds: the queue's order under returns at once, one hold a title and person, the limit of holds.

use std::sync::Arc;

use desk::{HoldWish, Pause, Terminal};
use jiff::civil::Date;
use testkit::{Database, Reader, Town};

use super::{ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound, two_daemons};

/// This table's rows guard nothing any more: they are read through a function, so that locking one locks nothing, and
/// raising a version is taken and not done.
pub(super) fn unlockable(table: &str) -> String {
    format!(
        "ALTER TABLE {table} RENAME TO {table}_rows;
         CREATE FUNCTION read_{table}() RETURNS SETOF {table}_rows LANGUAGE sql STABLE AS 'SELECT * FROM {table}_rows';
         CREATE VIEW {table} AS SELECT * FROM read_{table}();
         CREATE FUNCTION raise_{table}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER raise_{table} INSTEAD OF UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION raise_{table}();"
    )
}

/// The same for titles, to which some can still be added.
pub(super) fn unlockable_titles() -> String {
    let add = "
        CREATE FUNCTION add_bib() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO bib_rows (title, author) VALUES (NEW.title, NEW.author) RETURNING id INTO NEW.id;
              RETURN NEW; END $$;
        CREATE TRIGGER add_bib INSTEAD OF INSERT ON bib FOR EACH ROW EXECUTE FUNCTION add_bib();";
    unlockable("bib") + add
}

/// A hold's version is still compared, and never moves.
const FREEZE_HOLDS: &str = "
    CREATE FUNCTION hold_still() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.version := OLD.version; RETURN NEW; END $$;
    CREATE TRIGGER hold_still BEFORE UPDATE ON hold FOR EACH ROW EXECUTE FUNCTION hold_still();";

/// The next round's queues begin empty.
pub(super) async fn clear_holds(town: &Town) {
    let clear = "UPDATE hold SET closed_at = now(), outcome = 'cancelled' WHERE closed_at IS NULL";
    town.store.run_sql(clear).await.unwrap();
}

/// Places a hold at this kiosk and says that it was placed.
async fn place(town: &Town, kiosk: &Terminal, reader: &Reader, barcode: &str, pickup: &str) {
    let ask = town.hold(kiosk, HoldWish::Place, reader, barcode, Some(pickup));
    let placed = town.desk.hold(ask.unwrap()).await.unwrap();
    placed.outcome.unwrap();
}

const COPIES: usize = 4;
const RETURNED_AT: [&str; COPIES] = ["LENS", "VIMY", "GREN", "WING"];
const PICKUPS: [&str; 6] = ["GREN", "LENS", "LENS", "WING", "VIMY", "SALL"];
/// The place in the queue of the one who has paused.
const PAUSED: usize = 1;

/// A queue of six for four copies that are all on loan.
struct Queue {
    town: Arc<Town>,
    other: Arc<Town>,
    kiosks: Vec<Terminal>,
    borrowers: Vec<Reader>,
    waiting: Vec<Reader>,
}

impl Queue {
    async fn new(towns: &[Arc<Town>; 2]) -> Self {
        let [town, other] = towns.clone();
        let (mut kiosks, mut borrowers, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        for branch in RETURNED_AT {
            kiosks.push(town.kiosk(branch).await.unwrap());
            borrowers.push(town.reader("ADU", branch).await.unwrap());
        }
        for branch in PICKUPS {
            waiting.push(town.reader("ADU", branch).await.unwrap());
        }
        Self {
            town,
            other,
            kiosks,
            borrowers,
            waiting,
        }
    }

    /// A title of its own, its copies lent.
    async fn title(&self) -> Vec<String> {
        let barcodes = self.town.items("LIV", "LENS", COPIES).await.unwrap();
        let loans = (0..COPIES).map(|copy| {
            let town = self.town.clone();
            let ask = town.checkout(&self.kiosks[copy], &self.borrowers[copy], &barcodes[copy]);
            async move { town.desk.checkout(ask).await.unwrap().outcome.unwrap() }
        });
        all_at_once(loans).await;
        barcodes
    }

    /// Six ask one after the other, one of them pauses, and all four copies come back at once: the cards for which
    /// they were set aside, or why they could not be.
    async fn captured(&self, barcodes: &[String]) -> Result<Vec<String>, String> {
        for (reader, pickup) in self.waiting.iter().zip(PICKUPS) {
            place(&self.town, &self.kiosks[0], reader, &barcodes[0], pickup).await;
        }
        let pause = HoldWish::Change(Pause::Until(Date::constant(2026, 7, 1)));
        let paused = &self.waiting[PAUSED];
        let ask = self
            .town
            .hold(&self.kiosks[0], pause, paused, &barcodes[0], None);
        let changed = self.town.desk.hold(ask.unwrap()).await.unwrap();
        changed.outcome.unwrap();

        let returns = (0..COPIES).map(|copy| {
            let town = [&self.town, &self.other][copy % 2].clone();
            let ask = town.checkin(&self.kiosks[copy], &barcodes[copy]);
            async move { town.desk.checkin(ask).await }
        });
        let mut cards = Vec::new();
        for answer in all_at_once(returns).await {
            let returned = answer.map_err(|error| error.to_string())?.outcome.unwrap();
            cards.extend(returned.for_whom.map(|patron| patron.card));
        }
        cards.sort();
        Ok(cards)
    }

    /// The cards of the first four who can be served.
    fn expected(&self) -> Vec<String> {
        let places = (0..PICKUPS.len()).filter(|place| *place != PAUSED);
        let mut cards: Vec<String> = places
            .take(COPIES)
            .map(|place| self.waiting[place].card.clone())
            .collect();
        cards.sort();
        cards
    }
}

/// Four copies come back at four branches at once, and six wait, the second of them paused: the first, third, fourth
/// and fifth have a copy each.
#[tokio::test(flavor = "multi_thread")]
async fn returns_at_once_keep_the_order_of_the_queue() {
    let (_database, towns) = two_daemons().await;
    let queue = Queue::new(&towns).await;
    for round in 0..ROUNDS {
        let barcodes = queue.title().await;
        let captured = queue.captured(&barcodes).await;
        assert_eq!(captured, Ok(queue.expected()), "round {round}");
        if round % 20 == 0 {
            assert_sound(&towns[0]).await;
        }
        clear_holds(&towns[0]).await;
    }
    assert_sound(&towns[0]).await;
}

/// The title's guard keeps it. Behind it stand the hold's version and the index that lets one item only be set
/// aside for a hold; the twin takes all three away, and then a hold has two copies and the one behind it none.
#[tokio::test(flavor = "multi_thread")]
async fn without_guard_version_and_index_returns_do_not() {
    let (_database, towns) = two_daemons().await;
    let queue = Queue::new(&towns).await;
    let without = format!(
        "DROP INDEX custody_one_item_a_hold; {FREEZE_HOLDS} {}",
        unlockable_titles()
    );
    towns[0].store.run_sql(&without).await.unwrap();
    for _ in 0..TWIN_ROUNDS {
        let barcodes = queue.title().await;
        if queue.captured(&barcodes).await != Ok(queue.expected()) {
            return;
        }
        clear_holds(&towns[0]).await;
    }
    panic!("the order was kept without all that keeps it: this race proves nothing");
}

/// How many holds a reader may have (H-TOTAL).
const MOST_HOLDS: usize = 10;

/// A reader who may place one more hold, and the titles to choose from.
async fn one_hold_left(town: &Town, kiosk: &Terminal) -> Reader {
    let reader = town.reader("ADU", "LENS").await.unwrap();
    for _ in 1..MOST_HOLDS {
        let barcode = town.item("LIV", "LENS").await.unwrap();
        place(town, kiosk, &reader, &barcode, "LENS").await;
    }
    reader
}

async fn active_holds(town: &Town, reader: &Reader) -> i64 {
    let count = format!(
        "SELECT count(*) FROM hold w JOIN card c ON c.patron_id = w.patron_id
          WHERE w.closed_at IS NULL AND c.number = '{}'",
        reader.card
    );
    town.store.count(&count).await.unwrap()
}

/// Two readers place and cancel at two branches while a copy of the title comes back at a third. Of the holds that
/// were placed, those that were not cancelled are there, never one more than the limit, never two of a title.
#[tokio::test(flavor = "multi_thread")]
async fn placing_cancelling_and_capturing_at_once_add_up() {
    let (_database, towns) = two_daemons().await;
    let town = &towns[0];
    let mut kiosks = Vec::new();
    for branch in ["LENS", "VIMY", "GREN"] {
        kiosks.push(town.kiosk(branch).await.unwrap());
    }
    let full = one_hold_left(town, &kiosks[0]).await;
    let free = town.reader("ADU", "VIMY").await.unwrap();
    let borrower = town.reader("ADU", "LENS").await.unwrap();
    let mut expected = [MOST_HOLDS as i64 - 1, 0];
    for round in 0..ROUNDS {
        let copies = town.items("LIV", "LENS", 2).await.unwrap();
        let elsewhere = town.item("LIV", "LENS").await.unwrap();
        town.lend(&borrower, &copies[0]).await.unwrap();
        let asks = [
            (&full, HoldWish::Place, &copies[0], 0),
            (&full, HoldWish::Place, &copies[1], 1),
            (&full, HoldWish::Place, &elsewhere, 1),
            (&full, HoldWish::Cancel, &copies[0], 0),
            (&free, HoldWish::Place, &copies[0], 1),
            (&free, HoldWish::Place, &copies[0], 0),
            (&free, HoldWish::Cancel, &copies[1], 1),
        ];
        let mut tasks = Vec::new();
        for (number, (reader, wish, barcode, at)) in asks.into_iter().enumerate() {
            let town = towns[number % 2].clone();
            let pickup = (wish == HoldWish::Place).then_some(["LENS", "VIMY"][at]);
            let ask = town
                .hold(&kiosks[at], wish, reader, barcode, pickup)
                .unwrap();
            let whose = usize::from(*reader == free);
            tasks.push(Act::Hold(town, ask, whose));
        }
        for (number, copy) in copies.iter().enumerate() {
            let town = towns[number].clone();
            let ask = town.checkin(&kiosks[2], copy);
            tasks.push(Act::Return(town, ask));
        }
        for (whose, change) in all_at_once(tasks.into_iter().map(Act::run)).await {
            expected[whose] += change;
        }
        for (reader, expected) in [&full, &free].into_iter().zip(expected) {
            let there = active_holds(town, reader).await;
            assert_eq!(there, expected, "round {round}");
            assert!(there <= MOST_HOLDS as i64, "round {round}: {there} holds");
        }
        if round % 20 == 0 {
            assert_sound(town).await;
        }
        // What was placed in this round goes.
        let clear = format!(
            "UPDATE hold SET closed_at = now(), outcome = 'cancelled' WHERE closed_at IS NULL AND bib_id IN (
                SELECT bib_id FROM item WHERE barcode IN ('{}', '{elsewhere}'))",
            copies[0]
        );
        town.store.run_sql(&clear).await.unwrap();
        expected = [MOST_HOLDS as i64 - 1, 0];
    }
    assert_sound(town).await;
}

/// One of many things asked at once.
enum Act {
    Hold(Arc<Town>, desk::HoldAsk, usize),
    Return(Arc<Town>, desk::CheckinAsk),
}

impl Act {
    /// Whose holds became how many more.
    async fn run(self) -> (usize, i64) {
        match self {
            Self::Hold(town, ask, whose) => {
                let change = if ask.wish == HoldWish::Cancel { -1 } else { 1 };
                let done = town.desk.hold(ask).await.unwrap().outcome.is_ok();
                (whose, if done { change } else { 0 })
            }
            Self::Return(town, ask) => {
                town.desk.checkin(ask).await.unwrap().outcome.unwrap();
                (0, 0)
            }
        }
    }
}

/// What a reader with one hold left gets by asking for one title at four kiosks at once, and then for four titles:
/// the holds of the one, and all in the end.
async fn four_kiosks(towns: &[Arc<Town>; 2], kiosk: &Terminal, reader: &Reader) -> (i64, i64) {
    let before = active_holds(&towns[0], reader).await;
    let mut got = Vec::new();
    for titles in [1, 4] {
        let mut tasks = Vec::new();
        let barcodes: Vec<String> = match titles {
            1 => vec![towns[0].item("LIV", "LENS").await.unwrap(); 4],
            _ => {
                let mut four = Vec::new();
                for _ in 0..titles {
                    four.push(towns[0].item("LIV", "LENS").await.unwrap());
                }
                four
            }
        };
        for (number, barcode) in barcodes.iter().enumerate() {
            let town = towns[number % 2].clone();
            let ask = town.hold(kiosk, HoldWish::Place, reader, barcode, Some("LENS"));
            tasks.push(async move { town.desk.hold(ask.unwrap()).await });
        }
        for answer in all_at_once(tasks).await {
            answer.unwrap();
        }
        got.push(active_holds(&towns[0], reader).await);
        let clear = "UPDATE hold SET closed_at = now(), outcome = 'cancelled'
                      WHERE closed_at IS NULL AND id IN (SELECT id FROM hold ORDER BY id DESC LIMIT";
        let more = got[got.len() - 1] - before;
        towns[0]
            .store
            .run_sql(&format!("{clear} {more})"))
            .await
            .unwrap();
    }
    (got[0] - before, got[1])
}

#[tokio::test(flavor = "multi_thread")]
async fn one_title_is_held_once_and_the_limit_of_holds_is_kept() {
    let (_database, towns) = two_daemons().await;
    let kiosk = towns[0].kiosk("LENS").await.unwrap();
    let reader = one_hold_left(&towns[0], &kiosk).await;
    for round in 0..ROUNDS {
        let got = four_kiosks(&towns, &kiosk, &reader).await;
        assert_eq!(got, (1, MOST_HOLDS as i64), "round {round}");
    }
    assert_sound(&towns[0]).await;
}

/// The limit is the household's guard's work alone; one hold a title is kept by that guard, the title's, and the index.
#[tokio::test(flavor = "multi_thread")]
async fn without_guards_and_index_neither_is() {
    let (_database, towns) = two_daemons().await;
    let kiosk = towns[0].kiosk("LENS").await.unwrap();
    let reader = one_hold_left(&towns[0], &kiosk).await;
    let without = format!(
        "DROP INDEX hold_once_a_title; {} {}",
        unlockable_titles(),
        unlockable("household"),
    );
    towns[0].store.run_sql(&without).await.unwrap();
    let (mut twice, mut too_many) = (false, false);
    for _ in 0..TWIN_ROUNDS {
        let (one_title, all) = four_kiosks(&towns, &kiosk, &reader).await;
        twice |= one_title > 1;
        too_many |= all > MOST_HOLDS as i64;
        if twice && too_many {
            return;
        }
    }
    panic!(
        "held twice: {twice}, too many: {too_many}; without the guards this race proves nothing"
    );
}

/// The index alone: eight writers who look before they insert. How many holds they made too many.
async fn careless_writers(database: &Database, rounds: usize) -> i64 {
    let town = Town::new(database).await.unwrap();
    town.reader("ADU", "LENS").await.unwrap();
    town.store
        .run_sql(
            "CREATE FUNCTION careless(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
             BEGIN
                 IF NOT EXISTS (SELECT 1 FROM hold WHERE bib_id = wanted AND closed_at IS NULL) THEN
                     PERFORM pg_sleep(0.002);
                     INSERT INTO hold (bib_id, patron_id, pickup, placed_at, ranked_at, expires_on, document, new)
                     SELECT wanted, id, 'LENS', now(), now(), '2027-01-01', 'LIV', false FROM patron;
                 END IF;
             EXCEPTION WHEN unique_violation THEN NULL;
             END $$;",
        )
        .await
        .unwrap();
    let mut too_many = 0;
    for _ in 0..rounds {
        let made =
            "WITH made AS (INSERT INTO bib (title) VALUES ('t') RETURNING id) SELECT id FROM made";
        let bib = town.store.count(made).await.unwrap();
        let writers = (0..8).map(|_| {
            let store = town.store.clone();
            async move { store.run_sql(&format!("SELECT careless({bib})")).await }
        });
        for written in all_at_once(writers).await {
            written.unwrap();
        }
        let holds = format!("SELECT count(*) - 1 FROM hold WHERE bib_id = {bib}");
        too_many += town.store.count(&holds).await.unwrap();
    }
    too_many
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_alone_keeps_careless_writers_from_a_second_hold() {
    let database = Database::network().await.unwrap();
    assert_eq!(careless_writers(&database, ROUNDS).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_index_they_make_one() {
    let database = Database::network().await.unwrap();
    let store = database.store().await.unwrap();
    store.run_sql("DROP INDEX hold_once_a_title").await.unwrap();
    assert!(careless_writers(&database, TWIN_ROUNDS / 10).await > 0);
}
