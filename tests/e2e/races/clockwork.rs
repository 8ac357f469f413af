//! The clock's turn in two daemons at once, beside returns, captures and collections.

use std::sync::Arc;

use circulation::Place;
use desk::{HoldWish, Terminal, Turn};
use jiff::{Zoned, civil::Date};
use testkit::{Reader, Town};

use super::{
    ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound,
    holds::{clear_holds, unlockable_titles},
    two_daemons,
};

/// When the hold shelf's ten open days are over, and the loans of June are just in time.
const LATER: &str = "2026-07-07";
/// The last day of the holds that nobody is served with.
const DAY_BEFORE: Date = Date::constant(2026, 7, 6);

struct Scene {
    towns: [Arc<Town>; 2],
    kiosk: Terminal,
    collector: Reader,
    lapsing: [Reader; 2],
    next: Reader,
    borrower: Reader,
}

enum Act {
    Turn,
    Collect(String),
    Return(String, Zoned),
}

#[derive(Debug)]
enum Became {
    Turned(Option<Turn>),
    Collected(bool),
    Returned(Option<String>),
}

impl Scene {
    async fn new(towns: &[Arc<Town>; 2]) -> Self {
        let town = &towns[0];
        let reader = async || town.reader("ADU", "LENS").await.unwrap();
        Self {
            towns: towns.clone(),
            kiosk: town.kiosk("LENS").await.unwrap(),
            collector: reader().await,
            lapsing: [reader().await, reader().await],
            next: reader().await,
            borrower: reader().await,
        }
    }

    async fn place(&self, reader: &Reader, barcode: &str, until: Option<Date>) -> i64 {
        let town = &self.towns[0];
        let mut ask = town
            .hold(&self.kiosk, HoldWish::Place, reader, barcode, Some("LENS"))
            .unwrap();
        ask.needed_until = until;
        let placed = town.desk.hold(ask).await.unwrap();
        placed.outcome.unwrap().hold.unwrap()
    }

    async fn lend(&self, barcode: &str) {
        let town = &self.towns[0];
        let ask = town.checkout(&self.kiosk, &self.borrower, barcode);
        town.desk.checkout(ask).await.unwrap().outcome.unwrap();
    }

    async fn take_back(&self, barcode: &str) {
        let town = &self.towns[0];
        let ask = town.checkin(&self.kiosk, barcode);
        town.desk.checkin(ask).await.unwrap().outcome.unwrap();
    }

    async fn all(&self, acts: Vec<Act>) -> Vec<Became> {
        let later = self.towns[0].at(LATER).unwrap();
        let tasks = acts.into_iter().enumerate().map(|(number, act)| {
            let town = self.towns[number % 2].clone();
            let (kiosk, collector, later) =
                (self.kiosk.clone(), self.collector.clone(), later.clone());
            async move {
                match act {
                    Act::Turn => Became::Turned(town.desk.turn(&later).await.unwrap()),
                    Act::Collect(barcode) => {
                        let mut ask = town.checkout(&kiosk, &collector, &barcode);
                        ask.at = later;
                        Became::Collected(town.desk.checkout(ask).await.unwrap().outcome.is_ok())
                    }
                    Act::Return(barcode, at) => {
                        let mut ask = town.checkin(&kiosk, &barcode);
                        ask.at = at;
                        let back = town.desk.checkin(ask).await.unwrap().outcome.unwrap();
                        Became::Returned(back.for_whom.map(|patron| patron.card))
                    }
                }
            }
        });
        all_at_once(tasks).await
    }

    async fn outcome(&self, hold: i64, outcome: &str) -> bool {
        let count =
            format!("SELECT count(*) FROM hold WHERE id = {hold} AND outcome = '{outcome}'");
        self.towns[0].store.count(&count).await.unwrap() == 1
    }

    async fn stays_for(&self, hold: i64, which: &str) -> i64 {
        let count = format!("SELECT count(*) FROM custody WHERE hold_id = {hold} AND {which}");
        self.towns[0].store.count(&count).await.unwrap()
    }
}

/// A copy on the hold shelf whose days are over is collected, scanned again and given up at once; another one comes
/// back while the hold at the head of the queue lapses.
#[tokio::test(flavor = "multi_thread")]
async fn the_turn_beside_a_collection_ends_a_hold_once_and_captures_for_none_that_is_closed() {
    let (_database, towns) = two_daemons().await;
    let scene = Scene::new(&towns).await;
    let town = &towns[0];
    let later = town.at(LATER).unwrap();
    let mut won = [0; 2];
    for round in 0..ROUNDS {
        let copies = town.items("LIV", "LENS", 2).await.unwrap();
        scene.lend(&copies[1]).await;
        let ready = scene.place(&scene.collector, &copies[0], None).await;
        scene.take_back(&copies[0]).await;
        let lapsing = scene
            .place(&scene.lapsing[0], &copies[0], Some(DAY_BEFORE))
            .await;
        let next = scene.place(&scene.next, &copies[0], None).await;

        let mut acts = vec![
            Act::Turn,
            Act::Collect(copies[0].clone()),
            Act::Return(copies[1].clone(), later.clone()),
            Act::Turn,
        ];
        acts.rotate_left(round % 4);
        let became = scene.all(acts).await;

        let (mut turns, mut not_collected, mut lapsed, mut lent) = (0, 0, 0, false);
        for became in &became {
            match became {
                Became::Turned(Some(turn)) => {
                    turns += 1;
                    not_collected += turn.not_collected;
                    lapsed += turn.lapsed;
                }
                Became::Turned(None) => {}
                Became::Collected(done) => lent = *done,
                Became::Returned(card) => {
                    // What lapsed is passed over, whether the turn has been there or not.
                    let card = card.as_deref();
                    assert_eq!(card, Some(scene.next.card.as_str()), "round {round}");
                }
            }
        }
        assert!(turns > 0, "round {round}: nobody had the lease");
        assert_eq!(lapsed, 1, "round {round}: {became:?}");
        assert!(scene.outcome(lapsing, "lapsed").await, "round {round}");
        assert_eq!(scene.stays_for(lapsing, "true").await, 0, "round {round}");
        assert_eq!(scene.stays_for(next, "until IS NULL").await, 1);

        // Lent either way, since nobody else asked for this copy: as the hold's, or after its end as any copy.
        assert!(lent, "round {round}: {became:?}");
        let ended = scene.outcome(ready, "not_collected").await;
        assert_eq!(usize::from(ended), not_collected, "round {round}");
        assert_eq!(scene.outcome(ready, "collected").await, !ended);
        let as_its_loan = scene.stays_for(ready, "kind = 'loan'").await;
        assert_eq!(as_its_loan, i64::from(!ended), "round {round}");
        won[usize::from(ended)] += 1;

        clear_holds(town).await;
        for copy in &copies {
            scene.take_back(copy).await;
        }
    }
    assert_sound(town).await;
    eprintln!("collected, given up: {won:?}");
}

/// An item whose days on the hold shelf are over is scanned while the turn gives it up: until it is seen again it is
/// to be cleared, and then it is set aside for the next one.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_is_cleared_at_the_next_scan() {
    let (_database, towns) = two_daemons().await;
    let scene = Scene::new(&towns).await;
    let town = &towns[0];
    let later = town.at(LATER).unwrap();
    for round in 0..ROUNDS {
        let copy = town.item("LIV", "LENS").await.unwrap();
        let ready = scene.place(&scene.collector, &copy, None).await;
        scene.take_back(&copy).await;
        let next = scene.place(&scene.next, &copy, None).await;
        let mut acts = vec![
            Act::Turn,
            Act::Return(copy.clone(), later.clone()),
            Act::Turn,
        ];
        acts.rotate_left(round % 3);
        scene.all(acts).await;

        assert!(scene.outcome(ready, "not_collected").await, "round {round}");
        let branch = scene.kiosk.branch;
        let seen = town.desk.item(branch, &copy).await.unwrap().unwrap();
        let Place::HoldShelf { hold, .. } = seen.place else {
            panic!("round {round}: {seen:?}")
        };
        // Scanned after the turn: it is the next one's already. Before: it is seen as to be cleared.
        let for_next = scene.stays_for(next, "until IS NULL").await == 1;
        assert_eq!(hold.is_some(), for_next, "round {round}");
        scene.take_back(&copy).await;
        assert_eq!(scene.stays_for(next, "until IS NULL").await, 1);
        assert_eq!(scene.stays_for(ready, "until IS NULL").await, 0);
        clear_holds(town).await;
    }
    assert_sound(town).await;
}

/// Two copies come back on the last day of two holds, while the turn of the next day ends them. How many were given up
/// and set aside all the same, over so many rounds.
async fn captured_and_lapsed(towns: &[Arc<Town>; 2], rounds: usize, until_seen: bool) -> i64 {
    let scene = Scene::new(towns).await;
    let town = &towns[0];
    let last_day = town.at(&DAY_BEFORE.to_string()).unwrap();
    let mut both = 0;
    for _ in 0..rounds {
        let mut acts = vec![Act::Turn, Act::Turn];
        for reader in &scene.lapsing {
            let copy = town.item("LIV", "LENS").await.unwrap();
            scene.lend(&copy).await;
            scene.place(reader, &copy, Some(DAY_BEFORE)).await;
            acts.insert(1, Act::Return(copy, last_day.clone()));
        }
        scene.all(acts).await;
        let count = "SELECT count(*) FROM hold w JOIN custody c ON c.hold_id = w.id WHERE w.outcome = 'lapsed'";
        both = town.store.count(count).await.unwrap();
        if until_seen && both > 0 {
            break;
        }
        clear_holds(town).await;
    }
    both
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_captured_on_its_last_day_does_not_lapse() {
    let (_database, towns) = two_daemons().await;
    assert_eq!(captured_and_lapsed(&towns, ROUNDS, false).await, 0);
    assert_sound(&towns[0]).await;
}

/// The title's lock keeps it. The twin's lock locks nothing, and each change of a hold takes ten milliseconds, so that
/// the other one is on its way meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_title_s_lock_it_does() {
    let (_database, towns) = two_daemons().await;
    let without = format!(
        "{} CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$;
         CREATE TRIGGER linger BEFORE UPDATE ON hold FOR EACH ROW EXECUTE FUNCTION linger();",
        unlockable_titles()
    );
    towns[0].store.run_sql(&without).await.unwrap();
    assert!(captured_and_lapsed(&towns, TWIN_ROUNDS, true).await > 0);
}
