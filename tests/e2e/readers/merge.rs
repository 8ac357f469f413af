//! Two files of one person become one.

use std::sync::Arc;

use circulation::Refusal;
use desk::{
    Answer, BlockAsk, ChargeAsk, FeeKind, MergeAsk, MergedReaders, PayAsk, RequestKey, Settled,
    Undo,
};
use store::NewDoubt;
use testkit::Reader;

use super::{Library, data, refused, serve};
use crate::races::{all_at_once, assert_sound};

const OLD: &str = "2620000000101";
const NEW: &str = "2620000000102";

fn with(card: &str) -> Reader {
    Reader {
        card: card.into(),
        branch: "LENS".parse().unwrap(),
    }
}

impl Library {
    async fn merge_ask(&self, from: i64, into: i64) -> MergeAsk {
        MergeAsk {
            actor: self.staff.clone(),
            from: (from, self.dossier(from).await.version),
            into: (into, self.dossier(into).await.version),
            key: None,
            at: self.town.now().clone(),
        }
    }

    async fn merge(&self, ask: MergeAsk) -> Answer<MergedReaders> {
        self.served.desk.merge_readers(ask).await.unwrap()
    }

    async fn hold(&self, card: &str, barcode: &str) -> i64 {
        let placed = self.town.place_hold(&with(card), barcode, "LENS").await;
        placed.unwrap().outcome.unwrap().hold.unwrap()
    }
}

#[tokio::test]
async fn everything_of_one_file_is_of_the_other() {
    let library = Library::new().await;
    let (town, now) = (&library.town, library.town.now());
    let mut ask = library.register_ask(OLD, "Morel", "Anna", "1980-03-09");
    ask.data.email = "ana@example.fr".into();
    ask.data.note = "Essai un".into();
    let from = library.register(ask).await.outcome.unwrap().patron;
    let mut ask = library.register_ask(NEW, "Morel", "Ana", "1980-03-09");
    ask.data.phone = "03 21 99 80 01".into();
    ask.data.note = "Essai deux".into();
    let into = library.register(ask).await.outcome.unwrap().patron;
    // A child for whom the first file answers.
    let mut child = library.register_ask("2620000000103", "Morel", "Léo", "2018-03-09");
    child.data = data("ENF", "Morel", "Léo", "2018-03-09");
    child.data.guarantor = Some(from);
    let child = library.register(child).await.outcome.unwrap().patron;

    let lent = town.item("LIV", "LENS").await.unwrap();
    let returned = town.item("LIV", "LENS").await.unwrap();
    for barcode in [&lent, &returned] {
        let lent = town.lend(&with(OLD), barcode).await.unwrap();
        assert!(lent.outcome.is_ok());
    }
    town.take_back("LENS", &returned).await.unwrap();
    // Both files wait for one title, the older file first; each for one more.
    let (both, one, other) = (
        town.item("LIV", "VIMY").await.unwrap(),
        town.item("LIV", "VIMY").await.unwrap(),
        town.item("LIV", "VIMY").await.unwrap(),
    );
    let first = library.hold(OLD, &both).await;
    let second = library.hold(NEW, &both).await;
    let (third, fourth) = (
        library.hold(OLD, &one).await,
        library.hold(NEW, &other).await,
    );
    // For this one a copy is set aside for the later of two, who therefore waits on.
    let ready = town.item("LIV", "LENS").await.unwrap();
    let later = library.hold(NEW, &ready).await;
    town.take_back("LENS", &ready).await.unwrap();
    let waits = library.hold(OLD, &ready).await;
    let charge = ChargeAsk::of(&library.staff, OLD, FeeKind::Damage, 500, now);
    library.served.desk.charge(charge).await.unwrap();
    let pay = PayAsk {
        actor: library.staff.clone(),
        how: Settled::Paid,
        card: OLD.into(),
        cents: 150,
        fee: None,
        key: None,
        at: now.clone(),
    };
    library.served.desk.pay(pay).await.unwrap();
    let block = BlockAsk {
        actor: library.staff.clone(),
        patron: from,
        message: "Passez nous voir".into(),
        at: now.clone(),
    };
    library.served.desk.block_patron(block).await.unwrap();
    let third_party = library.adult("2620000000104", "Morel", "Anne").await;
    let doubt = |one: i64, other: i64| NewDoubt {
        one,
        other,
        score: 90,
        why: vec!["close_name".into()],
    };
    let pairs = [doubt(from, into), doubt(from, third_party)];
    let store = &town.store;
    store.propose_doubts(&pairs, now.timestamp()).await.unwrap();

    let mut ask = library.merge_ask(from, into).await;
    ask.key = Some(RequestKey::new(7, &["merge"]));
    let done = library.merge(ask.clone()).await;
    let told = done.outcome.unwrap();
    assert_eq!(
        told,
        MergedReaders {
            loans: 1,
            holds: 2,
            ended: 2,
            cents: 350
        }
    );
    let again = library.merge(ask).await;
    assert_eq!((again.outcome, again.replayed), (Ok(told), true));

    let file = library.dossier(into).await;
    assert_eq!(file.data.given_name, "Ana");
    assert_eq!(file.data.email, "ana@example.fr");
    assert_eq!(file.data.phone, "03 21 99 80 01");
    assert_eq!(file.data.note, "Essai deux · Essai un");
    assert_eq!(file.answers_for, [child]);
    assert_eq!(file.blocks.len(), 1);
    assert_eq!(file.cards.len(), 2);
    let view = library.served.desk.patron_by_id(into, now).await.unwrap();
    let view = view.unwrap();
    assert_eq!(view.loans.len(), 1);
    let mut holds: Vec<i64> = view.holds.iter().map(|hold| hold.id).collect();
    holds.sort_unstable();
    assert_eq!(holds, [first, third, fourth, later]);
    for ended in [second, waits] {
        let query =
            format!("SELECT count(*) FROM hold WHERE id = {ended} AND outcome = 'cancelled'");
        assert_eq!(library.count(&query).await, 1);
    }
    assert_eq!(view.fees.iter().map(|fee| fee.cents).sum::<i64>(), 350);
    // The pair is settled; whoever may have been the first may be the second.
    let pairs = library.served.desk.doubted_readers(None, None, 50).await;
    let pairs: Vec<_> = pairs
        .unwrap()
        .lines
        .iter()
        .map(|pair| (pair.one, pair.other))
        .collect();
    assert_eq!(pairs, [(into, third_party)]);

    // The first file is nobody's and leads to the second; its card opens that, and a return that was a slip is a loan of
    // whoever stayed.
    assert!(
        library
            .served
            .desk
            .dossier(from, now)
            .await
            .unwrap()
            .is_none()
    );
    let leads = library.served.desk.merged_into(from).await.unwrap();
    assert_eq!(leads, Some(into));
    let lift = desk::LiftAsk {
        actor: library.staff.clone(),
        patron: into,
        number: file.blocks[0].id,
        at: now.clone(),
    };
    library.served.desk.lift_block(lift).await.unwrap();
    let more = town.item("LIV", "LENS").await.unwrap();
    assert!(town.lend(&with(OLD), &more).await.unwrap().outcome.is_ok());
    let kiosk = town.kiosk("LENS").await.unwrap();
    let undo = desk::UndoAsk {
        actor: library.staff.clone(),
        ..town.undo(&kiosk, Undo::Return, &returned)
    };
    let undone = town.desk.undo(undo).await.unwrap();
    assert!(undone.outcome.is_ok(), "{undone:?}");
    let loans = format!(
        "SELECT count(*) FROM custody WHERE patron_id = {into} AND kind = 'loan' AND until IS NULL"
    );
    assert_eq!(library.count(&loans).await, 3);
    let left = format!("SELECT count(*) FROM ledger WHERE patron_id = {from}");
    assert_eq!(library.count(&left).await, 0);
    for table in ["patron", "patron_word", "event", "request"] {
        let left = format!("SELECT count(*) FROM {table} t WHERE t::text ~* '\\manna\\M'");
        assert_eq!(library.count(&left).await, 0, "{table}");
    }
}

#[tokio::test]
async fn one_file_nobody_s_and_a_changed_one_are_not_merged() {
    let library = Library::new().await;
    let from = library.adult(OLD, "Morel", "Anna").await;
    let into = library.adult(NEW, "Morel", "Ana").await;
    let ask = library.merge_ask(from, into).await;
    let same = MergeAsk {
        into: ask.from,
        ..ask.clone()
    };
    assert_eq!(refused(library.merge(same).await), [Refusal::SameReader]);
    let nobody = MergeAsk {
        from: (999_999, 0),
        ..ask.clone()
    };
    assert_eq!(
        refused(library.merge(nobody).await),
        [Refusal::ReaderUnknown]
    );
    let mut change = library.change_ask(from).await;
    change.data.phone = "03 21 99 80 01".into();
    library.change(change).await.outcome.unwrap();
    assert_eq!(refused(library.merge(ask).await), [Refusal::FileChanged]);
    let merged = library.merge(library.merge_ask(from, into).await).await;
    assert!(merged.outcome.is_ok());
    // And not back.
    let back = MergeAsk {
        actor: library.staff.clone(),
        from: (into, library.dossier(into).await.version),
        into: (from, 0),
        key: None,
        at: library.town.now().clone(),
    };
    assert_eq!(refused(library.merge(back).await), [Refusal::ReaderUnknown]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lent_meanwhile_is_the_one_s_who_stays() {
    let library = Arc::new(Library::new().await);
    let other = serve(&library.database).await;
    for round in 0..6 {
        let cards = [
            format!("26201000{round:02}01"),
            format!("26201000{round:02}02"),
        ];
        let from = library
            .adult(&cards[0], "Morel", &format!("Anna {round}"))
            .await;
        let into = library
            .adult(&cards[1], "Morel", &format!("Ana {round}"))
            .await;
        let ask = library.merge_ask(from, into).await;
        let books = library.town.items("LIV", "LENS", 6).await.unwrap();
        let kiosk = library.town.kiosk("LENS").await.unwrap();
        let lend = |(at, book): (usize, &String)| {
            let desk = [&library.served, &other][at % 2].desk.clone();
            let ask = library.town.checkout(&kiosk, &with(&cards[0]), book);
            async move { desk.checkout(ask).await.unwrap().outcome.is_ok() }
        };
        let lends: Vec<_> = books.iter().enumerate().map(lend).collect();
        let merging = tokio::spawn({
            let desk = other.desk.clone();
            async move { desk.merge_readers(ask).await.unwrap() }
        });
        let lent = all_at_once(lends).await;
        assert!(merging.await.unwrap().outcome.is_ok(), "round {round}");
        assert!(lent.iter().all(|lent| *lent), "round {round}: {lent:?}");
        let of = |reader: i64| {
            format!("SELECT count(*) FROM custody WHERE patron_id = {reader} AND until IS NULL")
        };
        assert_eq!(library.count(&of(from)).await, 0, "round {round}");
        assert_eq!(library.count(&of(into)).await, 6, "round {round}");
    }
    assert_sound(&library.town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_late_return_brings_is_the_one_s_who_stays() {
    let library = Arc::new(Library::new().await);
    let other = serve(&library.database).await;
    let late = library.town.at("2026-09-01").unwrap();
    let mut brought = 0;
    for round in 0..8 {
        let cards = [
            format!("26202000{round:02}01"),
            format!("26202000{round:02}02"),
        ];
        let name = |given: &str| format!("{given} {round}");
        let from = library.adult(&cards[0], "Morel", &name("Anna")).await;
        let into = library.adult(&cards[1], "Morel", &name("Ana")).await;
        let books = library.town.items("DVD", "LENS", 4).await.unwrap();
        for book in &books {
            let lent = library.town.lend(&with(&cards[0]), book).await.unwrap();
            assert!(lent.outcome.is_ok(), "{lent:?}");
        }
        let ask = library.merge_ask(from, into).await;
        let kiosk = library.town.kiosk("LENS").await.unwrap();
        let give_back = |(at, book): (usize, &String)| {
            let desk = [&library.served, &other][at % 2].desk.clone();
            let ask = desk::CheckinAsk {
                at: late.clone(),
                ..library.town.checkin(&kiosk, book)
            };
            async move { desk.checkin(ask).await.unwrap().outcome.is_ok() }
        };
        let returns: Vec<_> = books.iter().enumerate().map(give_back).collect();
        let merging = tokio::spawn({
            let desk = other.desk.clone();
            async move { desk.merge_readers(ask).await.unwrap() }
        });
        let returned = all_at_once(returns).await;
        assert!(merging.await.unwrap().outcome.is_ok(), "round {round}");
        assert!(returned.iter().all(|done| *done), "round {round}");
        let of = |reader: i64| {
            format!(
                "SELECT (SELECT count(*) FROM suspension WHERE patron_id = {reader} AND lifted_at IS NULL)
                      + (SELECT count(*) FROM ledger WHERE patron_id = {reader})"
            )
        };
        assert_eq!(library.count(&of(from)).await, 0, "round {round}");
        brought += library.count(&of(into)).await;
    }
    assert!(brought > 0, "late returns bring something here");
    assert_sound(&library.town).await;
}
