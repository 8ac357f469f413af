//! A kiosk takes its own movement back while others go on with the item.

use std::sync::Arc;

use desk::{CheckinAsk, CheckoutAsk, HoldWish, RenewAsk, Terminal, Undo, UndoAsk};
use testkit::{Reader, Town};

use super::{
    ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound,
    holds::{clear_holds, unlockable},
    two_daemons,
};

/// One of many things asked at once.
enum Act {
    Undo(UndoAsk),
    Lend(CheckoutAsk),
    Return(CheckinAsk),
    Renew(RenewAsk),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Refused,
    Undone,
    Lent,
    /// A loan came back.
    Returned,
    /// An item was seen that was not on loan.
    Seen,
    Renewed,
}

impl Act {
    async fn run(self, town: Arc<Town>) -> Became {
        match self {
            Self::Undo(ask) => match town.desk.undo(ask).await.unwrap().outcome {
                Ok(()) => Became::Undone,
                Err(_) => Became::Refused,
            },
            Self::Lend(ask) => match town.desk.checkout(ask).await.unwrap().outcome {
                Ok(_) => Became::Lent,
                Err(_) => Became::Refused,
            },
            Self::Return(ask) => {
                let returned = town.desk.checkin(ask).await.unwrap().outcome.unwrap();
                if returned.was_lent {
                    Became::Returned
                } else {
                    Became::Seen
                }
            }
            Self::Renew(ask) => match town.desk.renew(ask).await.unwrap().outcome {
                Ok(_) => Became::Renewed,
                Err(_) => Became::Refused,
            },
        }
    }
}

async fn run_all(towns: &[Arc<Town>; 2], acts: Vec<Act>) -> impl Fn(Became) -> i64 {
    let tasks = acts.into_iter().enumerate().map(|(number, act)| {
        let town = towns[number % 2].clone();
        act.run(town)
    });
    let became = all_at_once(tasks).await;
    move |wanted| became.iter().filter(|became| **became == wanted).count() as i64
}

async fn stays(town: &Town, barcode: &str, which: &str) -> i64 {
    let count = format!(
        "SELECT count(*) FROM custody c JOIN item i ON i.id = c.item_id WHERE i.barcode = '{barcode}' AND c.kind = 'loan' AND {which}"
    );
    town.store.count(&count).await.unwrap()
}

/// A kiosk that takes its loan back, beside all who may be faster.
struct Scene {
    towns: [Arc<Town>; 2],
    kiosk: Terminal,
    grenay: Terminal,
    vimy: Terminal,
    first: Reader,
    next: Reader,
}

impl Scene {
    async fn new(towns: &[Arc<Town>; 2]) -> Self {
        let town = &towns[0];
        Self {
            kiosk: town.kiosk("LENS").await.unwrap(),
            grenay: town.kiosk("GREN").await.unwrap(),
            vimy: town.kiosk("VIMY").await.unwrap(),
            first: town.reader("ADU", "LENS").await.unwrap(),
            next: town.reader("ADU", "GREN").await.unwrap(),
            towns: towns.clone(),
        }
    }

    /// Lends an item and does all at once. How often it was undone, renewed, returned and lent, or what of it is not
    /// so.
    async fn race(&self, barcode: &str, round: usize) -> Result<[i64; 4], String> {
        let town = &self.towns[0];
        let lent = town.checkout(&self.kiosk, &self.first, barcode);
        town.desk.checkout(lent).await.unwrap().outcome.unwrap();
        let mut acts = vec![
            Act::Undo(town.undo(&self.kiosk, Undo::Loan, barcode)),
            Act::Return(town.checkin(&self.vimy, barcode)),
            Act::Renew(town.renew(&self.kiosk, &self.first, barcode, None)),
            Act::Lend(town.checkout(&self.grenay, &self.next, barcode)),
            Act::Undo(town.undo(&self.kiosk, Undo::Loan, barcode)),
        ];
        // Who asks first is not always who is named first.
        acts.rotate_left(round % 5);
        let count = run_all(&self.towns, acts).await;
        let [undone, renewed, returned, lent] = [
            Became::Undone,
            Became::Renewed,
            Became::Returned,
            Became::Lent,
        ]
        .map(&count);
        if undone + renewed > 1 {
            return Err(format!("undone {undone} times, renewed {renewed} times"));
        }
        let loans = [
            ("true", 1 + lent),
            ("c.undone", undone),
            ("c.until IS NOT NULL AND NOT c.undone", returned),
            ("c.until IS NULL", 1 + lent - undone - returned),
        ];
        for (which, expected) in loans {
            let there = stays(town, barcode, which).await;
            if there != expected {
                return Err(format!("{there} loans with {which}, not {expected}"));
            }
        }
        Ok([undone, renewed, returned, lent])
    }
}

/// The kiosk takes its loan back, the reader renews it, another kiosk takes the item back, a third lends it to somebody
/// else: each loan there is was made once and ended once, by one of them.
#[tokio::test(flavor = "multi_thread")]
async fn an_undone_loan_beside_its_return_its_renewal_and_the_next_loan() {
    let (_database, towns) = two_daemons().await;
    let scene = Scene::new(&towns).await;
    let town = &towns[0];
    let mut won = [0; 4];
    for round in 0..ROUNDS {
        let barcode = town.item("LIV", "LENS").await.unwrap();
        let won_now = scene.race(&barcode, round).await;
        let won_now = won_now.unwrap_or_else(|why| panic!("round {round}: {why}"));
        for (sum, won_now) in won.iter_mut().zip(won_now) {
            *sum += won_now;
        }
        town.take_back("LENS", &barcode).await.unwrap();
    }
    assert_sound(town).await;
    // A race that one side always wins is none; who wins is chance, and so only told.
    eprintln!("undone, renewed, returned, lent: {won:?}");
}

/// An item's version is compared and never moves, and locking an item locks nothing. Each takes five milliseconds over
/// that, so that the other one is on its way meanwhile.
fn without_item_versions() -> String {
    let linger = "
        CREATE OR REPLACE FUNCTION raise_item() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END $$;";
    unlockable("item") + linger
}

/// The item's version keeps it: an undo compares it with what it read of the last movement. Without it the kiosk is told
/// that it took a loan back which another had renewed meanwhile. The indexes are all there still, and keep the item in
/// one place.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_item_s_version_a_loan_is_undone_that_went_on() {
    let (_database, towns) = two_daemons().await;
    let scene = Scene::new(&towns).await;
    let town = &towns[0];
    let barcodes = town.items("LIV", "LENS", TWIN_ROUNDS).await.unwrap();
    town.store.run_sql(&without_item_versions()).await.unwrap();
    for (round, barcode) in barcodes.iter().enumerate() {
        if let Err(why) = scene.race(barcode, round).await {
            eprintln!("round {round}: {why}");
            return;
        }
        town.take_back("LENS", barcode).await.unwrap();
    }
    panic!("no undo met another's movement without the item's version: this race proves nothing");
}

/// A kiosk that takes its return back while what it set aside is collected.
struct Collection {
    towns: [Arc<Town>; 2],
    kiosk: Terminal,
    desk: Terminal,
    vimy: Terminal,
    borrower: Reader,
    waiting: Reader,
}

impl Collection {
    async fn new(towns: &[Arc<Town>; 2]) -> Self {
        let town = &towns[0];
        Self {
            kiosk: town.kiosk("LENS").await.unwrap(),
            desk: town.kiosk("LENS").await.unwrap(),
            vimy: town.kiosk("VIMY").await.unwrap(),
            borrower: town.reader("ADU", "LENS").await.unwrap(),
            waiting: town.reader("ADU", "LENS").await.unwrap(),
            towns: towns.clone(),
        }
    }

    /// Lends both copies, takes one back for the reader who waits, and does all at once. How often it was undone and
    /// collected, or what of it is not so.
    async fn race(&self, copies: &[String], round: usize) -> Result<[i64; 2], String> {
        let town = &self.towns[0];
        for copy in copies {
            let lent = town.checkout(&self.kiosk, &self.borrower, copy);
            town.desk.checkout(lent).await.unwrap().outcome.unwrap();
        }
        let (wish, waiting) = (HoldWish::Place, &self.waiting);
        let hold = town.hold(&self.kiosk, wish, waiting, &copies[0], Some("LENS"));
        let placed = town.desk.hold(hold.unwrap()).await.unwrap();
        let hold = placed.outcome.unwrap().hold.unwrap();
        let back = town.desk.checkin(town.checkin(&self.kiosk, &copies[0]));
        let back = back.await.unwrap().outcome.unwrap();
        assert_eq!(back.for_whom.unwrap().card, waiting.card, "round {round}");

        let mut acts = vec![
            Act::Undo(town.undo(&self.kiosk, Undo::Return, &copies[0])),
            Act::Lend(town.checkout(&self.desk, waiting, &copies[0])),
            Act::Return(town.checkin(&self.vimy, &copies[1])),
        ];
        acts.rotate_left(round % 3);
        let count = run_all(&self.towns, acts).await;
        let (undone, collected) = (count(Became::Undone), count(Became::Lent));
        if undone + collected != 1 {
            return Err(format!(
                "undone {undone} times, collected {collected} times"
            ));
        }
        let active = format!("SELECT count(*) FROM hold WHERE id = {hold} AND closed_at IS NULL");
        let active = town.store.count(&active).await.unwrap();
        let whose = |card: &str| {
            format!(
                "c.until IS NULL AND c.patron_id = (SELECT patron_id FROM card WHERE number = '{card}')"
            )
        };
        let goes_on = stays(town, &copies[0], &whose(&self.borrower.card)).await;
        let is_collected = stays(town, &copies[0], &whose(&waiting.card)).await;
        if [active, goes_on, is_collected] != [undone, undone, collected] {
            return Err(format!(
                "undone {undone} times: the hold is active {active} times, the loan goes on {goes_on} times, and the \
                 hold is collected {is_collected} times"
            ));
        }
        Ok([undone, collected])
    }

    /// The next round's queue begins empty, and all copies are back.
    async fn clear(&self, copies: &[String]) {
        clear_holds(&self.towns[0]).await;
        for copy in copies {
            self.towns[0].take_back("LENS", copy).await.unwrap();
        }
    }
}

/// What came back is set aside for who waits; the kiosk takes the return back while that reader collects it, and
/// another copy comes back. Either the loan goes on and the hold waits, or it is collected, never both. Two things keep
/// it at once (the item's version, and the stay on the hold shelf, which ends once), so that it has no twin.
#[tokio::test(flavor = "multi_thread")]
async fn an_undone_return_beside_its_collection_and_another_copy() {
    let (_database, towns) = two_daemons().await;
    let scene = Collection::new(&towns).await;
    let town = &towns[0];
    let mut won = [0; 2];
    for round in 0..ROUNDS {
        let copies = town.items("LIV", "LENS", 2).await.unwrap();
        let won_now = scene.race(&copies, round).await;
        let won_now = won_now.unwrap_or_else(|why| panic!("round {round}: {why}"));
        won[0] += won_now[0];
        won[1] += won_now[1];
        if round % 20 == 0 {
            assert_sound(town).await;
        }
        scene.clear(&copies).await;
    }
    assert_sound(town).await;
    eprintln!("undone, collected: {won:?}");
}

/// A loan that ended a hold is taken back after its reader has asked again: one hold is there in the end.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_undone_loan_had_ended_waits_again_once() {
    let (_database, towns) = two_daemons().await;
    let town = &towns[0];
    let kiosk = town.kiosk("LENS").await.unwrap();
    // A parent collects for the child, who asks for the title again before the kiosk fails to release it.
    let family = town
        .household(&[("ADU", "LENS"), ("ENF", "LENS")])
        .await
        .unwrap();
    let [parent, child] = [&family[0], &family[1]];
    let barcode = town.youth_item("LIV", "LENS").await.unwrap();
    town.place_hold(child, &barcode, "LENS")
        .await
        .unwrap()
        .outcome
        .unwrap();
    let set_aside = town.take_back("LENS", &barcode).await.unwrap();
    assert_eq!(
        set_aside.outcome.unwrap().for_whom.unwrap().card,
        child.card
    );
    let lent = town.desk.checkout(town.checkout(&kiosk, parent, &barcode));
    lent.await.unwrap().outcome.unwrap();
    town.place_hold(child, &barcode, "LENS")
        .await
        .unwrap()
        .outcome
        .unwrap();
    let undone = town.desk.undo(town.undo(&kiosk, Undo::Loan, &barcode));
    undone.await.unwrap().outcome.unwrap();
    assert_sound(town).await;
}

/// A reader for whom a copy is set aside takes another one from the shelf: the loan ends the hold, and what was set
/// aside is for the next one.
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_another_copy_than_the_one_set_aside_has_what_was_asked_for() {
    let (_database, towns) = two_daemons().await;
    let town = &towns[0];
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let copies = town.items("LIV", "LENS", 2).await.unwrap();
    town.place_hold(&reader, &copies[0], "LENS")
        .await
        .unwrap()
        .outcome
        .unwrap();
    let set_aside = town.take_back("LENS", &copies[0]).await.unwrap();
    assert_eq!(
        set_aside.outcome.unwrap().for_whom.unwrap().card,
        reader.card
    );
    let lent = town.lend(&reader, &copies[1]).await.unwrap();
    lent.outcome.unwrap();
    assert_sound(town).await;
}
