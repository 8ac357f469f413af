//! Holds and undoings that are asked for again, before and after what they brought is over, and many times at once.

use std::sync::Arc;

use desk::{Actor, CardReport, HoldAsk, HoldWish, Pause, RequestKey, Terminal, Undo};
use testkit::{Database, Reader, Town};

use super::{ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound, holds::clear_holds, two_daemons};

/// One reader, one kiosk, one book, and questions whose key is their name.
struct Asking {
    town: Town,
    kiosk: Terminal,
    reader: Reader,
    barcode: String,
    keyed: bool,
}

/// The event, or nothing where it was refused; and whether the question was known.
type Came = (Option<i64>, bool);

impl Asking {
    async fn new(keyed: bool) -> Self {
        let town = Town::new(&Database::network().await.unwrap())
            .await
            .unwrap();
        Self {
            kiosk: town.kiosk("LENS").await.unwrap(),
            reader: town.reader("ADU", "LENS").await.unwrap(),
            barcode: town.item("LIV", "LENS").await.unwrap(),
            town,
            keyed,
        }
    }

    fn key(&self, name: &str) -> Option<RequestKey> {
        self.keyed.then(|| RequestKey::new(self.kiosk.id, &[name]))
    }

    async fn hold(&self, name: &str, wish: HoldWish, pickup: Option<&str>) -> Came {
        let ask = self
            .town
            .hold(&self.kiosk, wish, &self.reader, &self.barcode, pickup);
        let ask = HoldAsk {
            key: self.key(name),
            ..ask.unwrap()
        };
        let answer = self.town.desk.hold(ask).await.unwrap();
        let done = answer.outcome.is_ok();
        (answer.event.filter(|_| done), answer.replayed)
    }

    async fn place(&self, name: &str) -> Came {
        self.hold(name, HoldWish::Place, Some("LENS")).await
    }

    async fn cancel(&self, name: &str) -> Came {
        self.hold(name, HoldWish::Cancel, None).await
    }

    async fn undo(&self, name: &str, what: Undo) -> Came {
        let mut ask = self.town.undo(&self.kiosk, what, &self.barcode);
        ask.key = self.key(name);
        let answer = self.town.desk.undo(ask).await.unwrap();
        let done = answer.outcome.is_ok();
        (answer.event.filter(|_| done), answer.replayed)
    }

    async fn lend(&self) {
        let ask = self.town.checkout(&self.kiosk, &self.reader, &self.barcode);
        self.town.desk.checkout(ask).await.unwrap().outcome.unwrap();
    }

    async fn take_back(&self) {
        let ask = self.town.checkin(&self.kiosk, &self.barcode);
        self.town.desk.checkin(ask).await.unwrap().outcome.unwrap();
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    async fn active(&self) -> i64 {
        self.count("SELECT count(*) FROM hold WHERE closed_at IS NULL")
            .await
    }

    async fn lent(&self) -> i64 {
        self.count("SELECT count(*) FROM custody WHERE until IS NULL AND kind = 'loan'")
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_placed_once_and_anew_when_it_is_over() {
    let asking = Asking::new(true).await;
    let (first, known) = asking.place("place").await;
    assert!(first.is_some() && !known);
    assert_eq!(asking.place("place").await, (first, true));
    assert_eq!(asking.place("other").await.0, None, "another question");
    asking.cancel("cancel").await;
    let (second, known) = asking.place("place").await;
    assert!(second.is_some() && second != first && !known);
    assert_eq!(asking.place("place").await, (second, true));
    assert_eq!(asking.active().await, 1);
    assert_sound(&asking.town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_that_comes_late_leaves_the_next_hold_alone() {
    let asking = Asking::new(true).await;
    asking.place("one").await;
    let (cancelled, _) = asking.cancel("cancel").await;
    assert!(cancelled.is_some());
    assert_eq!(asking.cancel("cancel").await, (cancelled, true));
    asking.place("two").await;
    assert_eq!(asking.cancel("cancel").await, (cancelled, true));
    assert_eq!(asking.active().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_made_once_and_not_of_what_is_over() {
    let asking = Asking::new(true).await;
    asking.place("place").await;
    let wish = || HoldWish::Change(Pause::AsItWas);
    let (changed, _) = asking.hold("change", wish(), Some("VIMY")).await;
    assert!(changed.is_some());
    asking.hold("back", wish(), Some("LENS")).await;
    let again = asking.hold("change", wish(), Some("VIMY")).await;
    assert_eq!(again, (changed, true));
    let moved = "SELECT count(*) FROM hold WHERE pickup = 'VIMY'";
    assert_eq!(asking.count(moved).await, 0, "it went back meanwhile");
    asking.cancel("cancel").await;
    let over = asking.hold("change", wish(), Some("VIMY")).await;
    assert_eq!(over, (None, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undoing_takes_back_one_movement_and_no_other() {
    let asking = Asking::new(true).await;
    asking.lend().await;
    let (undone, known) = asking.undo("loan", Undo::Loan).await;
    assert!(undone.is_some() && !known);
    assert_eq!(asking.undo("loan", Undo::Loan).await, (undone, true));
    asking.lend().await;
    assert_eq!(asking.undo("loan", Undo::Loan).await, (undone, true));
    assert_eq!(asking.lent().await, 1);

    asking.take_back().await;
    let (undone, known) = asking.undo("return", Undo::Return).await;
    assert!(undone.is_some() && !known);
    asking.take_back().await;
    assert_eq!(asking.undo("return", Undo::Return).await, (undone, true));
    assert_eq!(asking.lent().await, 0);
    assert_sound(&asking.town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_blocks_again_with_the_same_words_adds_nothing() {
    let asking = Asking::new(true).await;
    let other = asking.town.kiosk("VIMY").await.unwrap();
    let report = async |kiosk: &Terminal, report: CardReport| {
        let (actor, card) = (Actor::kiosk(kiosk), asking.reader.card.clone());
        let at = asking.town.now().clone();
        asking.town.desk.report_card(actor, card, report, at).await
    };
    let open = "SELECT count(*) FROM block WHERE lifted_at IS NULL";
    let kept = |text: &str| CardReport::Block(text.to_owned());
    for (kiosk, text, blocks, logged) in [
        (&asking.kiosk, "oubliée", 1, true),
        (&asking.kiosk, "oubliée", 1, false),
        (&asking.kiosk, "avalée", 2, true),
        (&other, "oubliée", 3, true),
    ] {
        let event = report(kiosk, kept(text)).await.unwrap();
        assert_eq!(event.is_some(), logged, "{text}");
        assert_eq!(asking.count(open).await, blocks, "{text}");
    }
    assert!(report(&other, CardReport::Enable).await.unwrap().is_some());
    assert_eq!(asking.count(open).await, 0);
    // What was lifted does not stand: the same words block again.
    report(&asking.kiosk, kept("oubliée")).await.unwrap();
    assert_eq!(asking.count(open).await, 1);
    let at_once = (0..4).map(|_| {
        let (desk, at) = (asking.town.desk.clone(), asking.town.now().clone());
        let (actor, card) = (Actor::kiosk(&other), asking.reader.card.clone());
        async move { desk.report_card(actor, card, kept("avalée"), at).await }
    });
    let logged = all_at_once(at_once).await;
    let logged = logged.into_iter().filter_map(Result::unwrap).count();
    assert_eq!((logged, asking.count(open).await), (1, 2));
}

/// The same questions without their keys: each is another one.
#[tokio::test(flavor = "multi_thread")]
async fn without_its_key_a_question_that_comes_late_is_taken_for_another() {
    let asking = Asking::new(false).await;
    asking.place("one").await;
    assert_eq!(asking.place("one").await, (None, false));
    asking.cancel("cancel").await;
    asking.place("two").await;
    asking.cancel("cancel").await;
    assert_eq!(asking.active().await, 0, "the next hold is cancelled too");
    asking.lend().await;
    asking.undo("loan", Undo::Loan).await;
    asking.lend().await;
    asking.undo("loan", Undo::Loan).await;
    assert_eq!(asking.lent().await, 0, "the next loan is undone too");
}

/// A class, which may hold a title again, asks four times at once: the holds that come of it.
async fn four_at_once(
    towns: &[Arc<Town>; 2],
    class: &Reader,
    kiosk: &Terminal,
    key: Option<RequestKey>,
) -> i64 {
    let barcode = towns[0].item("LIV", "LENS").await.unwrap();
    let tasks = (0..4).map(|number| {
        let town = towns[number % 2].clone();
        let ask = town.hold(kiosk, HoldWish::Place, class, &barcode, Some("LENS"));
        let ask = HoldAsk {
            key,
            ..ask.unwrap()
        };
        async move { town.desk.hold(ask).await.unwrap() }
    });
    for answer in all_at_once(tasks).await {
        answer.outcome.unwrap();
    }
    let active = "SELECT count(*) FROM hold WHERE closed_at IS NULL";
    let active = towns[0].store.count(active).await.unwrap();
    clear_holds(&towns[0]).await;
    active
}

async fn class(town: &Town) -> Reader {
    let members = [("ADU", "LENS"), ("CLA", "LENS")];
    town.household(&members).await.unwrap().remove(1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_beside_its_repetitions_is_one_hold() {
    let (_database, towns) = two_daemons().await;
    let (kiosk, class) = (
        towns[0].kiosk("LENS").await.unwrap(),
        class(&towns[0]).await,
    );
    for round in 0..ROUNDS {
        let key = RequestKey::new(kiosk.id, &["15", &round.to_string()]);
        let holds = four_at_once(&towns, &class, &kiosk, Some(key)).await;
        assert_eq!(holds, 1, "round {round}");
    }
    assert_sound(&towns[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_their_key_repetitions_are_more_holds() {
    let (_database, towns) = two_daemons().await;
    let (kiosk, class) = (
        towns[0].kiosk("LENS").await.unwrap(),
        class(&towns[0]).await,
    );
    for _ in 0..TWIN_ROUNDS {
        if four_at_once(&towns, &class, &kiosk, None).await > 1 {
            return;
        }
    }
    panic!("a class never held a title twice: this race proves nothing");
}
