//! Closing readers' accounts.

use circulation::Refusal;
use desk::{Answer, CardAsk, ChargeAsk, CloseAsk, FeeKind, PayAsk, RegisterAsk, Settled};
use testkit::Reader;

use super::{Library, data, refused};

const CARD: &str = "2620000000101";

impl Library {
    async fn close_ask(&self, id: i64) -> CloseAsk {
        CloseAsk {
            actor: self.staff.clone(),
            patron: id,
            version: self.dossier(id).await.version,
            key: None,
            at: self.town.now().clone(),
        }
    }

    async fn close(&self, ask: CloseAsk) -> Answer<()> {
        self.served.desk.close_patron(ask).await.unwrap()
    }
}

fn ana() -> Reader {
    Reader {
        card: CARD.into(),
        branch: "LENS".parse().unwrap(),
    }
}

#[tokio::test]
async fn nothing_of_the_person_is_left() {
    let library = Library::new().await;
    let mut ask = library.register_ask(CARD, "Marqueur", "Zénobie", "1980-03-09");
    ask.data.email = "marqueur@example.fr".into();
    ask.data.address = "1 rue Marqueur".into();
    ask.data.note = "Marqueur".into();
    ask.pin = super::pin("4711");
    let id = library.register(ask).await.outcome.unwrap().patron;
    let block = desk::BlockAsk {
        actor: library.staff.clone(),
        patron: id,
        message: "Madame Marqueur".into(),
        at: library.town.now().clone(),
    };
    library.served.desk.block_patron(block).await.unwrap();
    let ask = library.close_ask(id).await;
    let answer = library.close(ask.clone()).await;
    answer.outcome.unwrap();
    for words in [
        "marqueur",
        "zenobie",
        "1980-03-09",
        CARD,
        "marqueur@example.fr",
    ] {
        assert_eq!(library.lines(words).await, [], "{words}");
    }
    let now = library.town.now();
    assert!(
        library
            .served
            .desk
            .dossier(id, now)
            .await
            .unwrap()
            .is_none()
    );
    let view = library.served.desk.patron_by_id(id, now).await.unwrap();
    assert_eq!(view.unwrap_err(), Refusal::ReaderUnknown);
    for table in [
        "patron",
        "patron_word",
        "block",
        "event",
        "request",
        "household",
    ] {
        let left = format!(
            "SELECT count(*) FROM {table} t WHERE t::text ~* 'marqueur|zenobie|zénobie|1980-03-09'"
        );
        assert_eq!(library.count(&left).await, 0, "{table}");
    }
    // Closed again is closed; what is closed is not reopened by a new card, and borrows nothing.
    assert_eq!(refused(library.close(ask).await), [Refusal::ReaderUnknown]);
    let card = library
        .served
        .desk
        .replace_card(CardAsk::lost(&library.staff, CARD, "2620000000102", now))
        .await;
    assert_eq!(refused(card.unwrap()), [Refusal::CardUnknown]);
    let barcode = library.town.item("LIV", "LENS").await.unwrap();
    let lent = library.town.lend(&ana(), &barcode).await.unwrap();
    assert_eq!(refused(lent), [Refusal::CardCancelled]);
    // The number of the card stays its own.
    let other = library.register_ask(CARD, "Petit", "Bob", "1981-01-01");
    assert_eq!(refused(library.register(other).await), [Refusal::CardTaken]);
}

#[tokio::test]
async fn what_is_lent_held_or_owed_keeps_an_account_open() {
    let library = Library::new().await;
    let id = library.adult(CARD, "Morel", "Ana").await;
    let in_use = |loans, holds, cents| {
        vec![Refusal::AccountInUse {
            loans,
            holds,
            cents,
        }]
    };
    let close = async || library.close(library.close_ask(id).await).await;
    let barcode = library.town.item("LIV", "LENS").await.unwrap();
    let other = library.town.item("LIV", "LENS").await.unwrap();
    library
        .town
        .lend(&ana(), &barcode)
        .await
        .unwrap()
        .outcome
        .unwrap();
    let bob = library.town.reader("ADU", "LENS").await.unwrap();
    library
        .town
        .lend(&bob, &other)
        .await
        .unwrap()
        .outcome
        .unwrap();
    let held = library
        .town
        .place_hold(&ana(), &other, "LENS")
        .await
        .unwrap();
    held.outcome.unwrap();
    assert_eq!(refused(close().await), in_use(1, 1, 0));
    library.town.take_back("LENS", &barcode).await.unwrap();
    assert_eq!(refused(close().await), in_use(0, 1, 0));
    library.town.take_back("LENS", &other).await.unwrap();
    library
        .town
        .lend(&ana(), &other)
        .await
        .unwrap()
        .outcome
        .unwrap();
    library.town.take_back("LENS", &other).await.unwrap();
    let (staff, now) = (&library.staff, library.town.now());
    let fee = ChargeAsk::of(staff, CARD, FeeKind::Card, 250, now);
    library
        .served
        .desk
        .charge(fee)
        .await
        .unwrap()
        .outcome
        .unwrap();
    assert_eq!(refused(close().await), in_use(0, 0, 250));
    let paid = PayAsk {
        actor: staff.clone(),
        card: CARD.into(),
        cents: 250,
        how: Settled::Paid,
        fee: None,
        key: None,
        at: now.clone(),
    };
    library
        .served
        .desk
        .pay(paid)
        .await
        .unwrap()
        .outcome
        .unwrap();
    close().await.outcome.unwrap();
    let ledger = format!("SELECT count(*) FROM ledger WHERE patron_id = {id}");
    assert_eq!(library.count(&ledger).await, 2, "the ledger stays");
}

#[tokio::test]
async fn who_answers_for_others_is_not_closed() {
    let library = Library::new().await;
    let id = library.adult(CARD, "Morel", "Ana").await;
    let ask = RegisterAsk {
        data: super::ReaderData {
            guarantor: Some(id),
            ..data("ENF", "Morel", "Léo", "2018-02-01")
        },
        lives_with: Some(id),
        ..library.register_ask("2620000000102", "", "", "")
    };
    let leo = library.register(ask).await.outcome.unwrap().patron;
    let close = library.close_ask(id).await;
    let readers = 1;
    assert_eq!(
        refused(library.close(close.clone()).await),
        [Refusal::AnswersForOthers { readers }]
    );
    library
        .close(library.close_ask(leo).await)
        .await
        .outcome
        .unwrap();
    assert_eq!(library.dossier(id).await.members, [id]);
    library.close(close).await.outcome.unwrap();
}

/// No one can bring a name back into a closed account, past the desk neither.
#[tokio::test]
async fn a_closed_account_takes_no_name() {
    let library = Library::new().await;
    let id = library.adult(CARD, "Morel", "Ana").await;
    library
        .close(library.close_ask(id).await)
        .await
        .outcome
        .unwrap();
    for set in [
        "family_name = 'Morel'",
        "born_on = '1980-03-09'",
        "pin_hash = 'x'",
        "email = 'a@b'",
    ] {
        let write = format!("UPDATE patron SET {set} WHERE id = {id}");
        let error = library.town.store.run_sql(&write).await.unwrap_err();
        assert!(
            error.to_string().contains("patron_closed_names_nobody"),
            "{error}"
        );
    }
}
