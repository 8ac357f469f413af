//! Registering readers.

use std::sync::Arc;

use circulation::{ContactField, Refusal, Right};
use desk::{PatronAsk, PinCheck, RegisterAsk, RequestKey, Visit};
use jiff::civil::date;

use super::{Library, data, pin, refused};

fn wrong(field: ContactField) -> Refusal {
    Refusal::ValueWrong { field }
}

#[tokio::test]
async fn a_new_reader_borrows_at_once() {
    let library = Library::new().await;
    let mut ask = library.register_ask(" 2620000000101 ", " D'Hont ", "Zoé", "1980-03-09");
    ask.pin = pin("4711");
    ask.data.email = "zoe@example.fr".into();
    let answer = library.register(ask).await;
    let id = answer.outcome.unwrap().patron;
    assert_eq!(library.id("d'hont zoe").await, id);
    assert_eq!(library.id("zoe@example.fr").await, id);
    let card = "2620000000101".to_owned();
    let ask = PatronAsk {
        actor: library.staff.clone(),
        card: card.clone(),
        pin: pin("4711"),
        visit: Arc::new(Visit::new()),
        at: library.town.now().clone(),
    };
    let view = library.served.desk.patron(ask).await.unwrap().unwrap();
    assert_eq!(
        (view.id, view.pin, view.standing),
        (id, PinCheck::Right, vec![])
    );
    assert_eq!(view.expires_on, Some(date(2027, 6, 9)));
    assert_eq!(view.family_name, "D'Hont");
    let barcode = library.town.item("LIV", "LENS").await.unwrap();
    let reader = testkit::Reader {
        card,
        branch: "LENS".parse().unwrap(),
    };
    assert!(
        library
            .town
            .lend(&reader, &barcode)
            .await
            .unwrap()
            .outcome
            .is_ok()
    );
    // The log names the colleague and the reader's number, and nothing that they said.
    let logged = format!(
        "SELECT count(*) FROM event WHERE id = {} AND kind = 'register' AND patron_id = {id} AND staff_id = {}
            AND body::text !~* 'zo|hont|2620'",
        answer.event.unwrap(),
        library.user.id,
    );
    assert_eq!(library.count(&logged).await, 1);
}

#[tokio::test]
async fn a_child_joins_a_household_and_somebody_answers() {
    let library = Library::new().await;
    let mother = library.adult("2620000000101", "Morel", "Ana").await;
    let child = |guarantor| RegisterAsk {
        data: super::ReaderData {
            guarantor,
            ..data("ENF", "Morel", "Léo", "2018-02-01")
        },
        lives_with: Some(mother),
        ..library.register_ask("2620000000102", "", "", "")
    };
    assert_eq!(
        refused(library.register(child(None)).await),
        [Refusal::GuarantorMissing]
    );
    assert_eq!(
        refused(library.register(child(Some(-1))).await),
        [Refusal::GuarantorUnfit]
    );
    let nowhere = RegisterAsk {
        lives_with: Some(-1),
        ..child(Some(mother))
    };
    assert_eq!(
        refused(library.register(nowhere).await),
        [Refusal::ReaderUnknown]
    );
    let leo = library
        .register(child(Some(mother)))
        .await
        .outcome
        .unwrap()
        .patron;
    let dossier = library.dossier(mother).await;
    assert_eq!(
        (dossier.members, dossier.answers_for),
        (vec![mother, leo], vec![leo])
    );
    // A child answers for nobody, and nobody is taken in whose age is another category's.
    let sister = RegisterAsk {
        data: super::ReaderData {
            guarantor: Some(leo),
            ..data("ENF", "Morel", "Lou", "2010-02-01")
        },
        ..library.register_ask("2620000000103", "", "", "")
    };
    let ages = Refusal::AgeOutside {
        min: Some(0),
        max: Some(11),
    };
    assert_eq!(
        refused(library.register(sister.clone()).await),
        [ages.clone(), Refusal::GuarantorUnfit]
    );
    let forced = RegisterAsk {
        actor: library.overriding(Right::Rule),
        data: super::ReaderData {
            guarantor: Some(mother),
            ..sister.data
        },
        ..sister
    };
    let forced = library.register(forced).await;
    assert_eq!(forced.trace.steps, [circulation::Step::Overridden(ages)]);
    assert!(forced.outcome.is_ok());
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_logged() {
    let library = Library::new().await;
    let ask = |change: &dyn Fn(&mut RegisterAsk)| {
        let mut ask = library.register_ask("2620000000101", "Morel", "Ana", "1980-03-09");
        change(&mut ask);
        ask
    };
    let long = "é".repeat(1_000_000);
    let cases: [(RegisterAsk, &[Refusal]); 11] = [
        (
            ask(&|ask| ask.card = String::new()),
            &[wrong(ContactField::Card)],
        ),
        (
            ask(&|ask| ask.card = "26\u{0}2".into()),
            &[wrong(ContactField::Card)],
        ),
        (
            ask(&|ask| ask.data.family_name = long.clone()),
            &[wrong(ContactField::Name)],
        ),
        (
            ask(&|ask| ask.data.given_name = "A\u{0}na".into()),
            &[wrong(ContactField::Name)],
        ),
        (
            ask(&|ask| ask.data.family_name = "%".into()),
            &[wrong(ContactField::Name)],
        ),
        (
            ask(&|ask| ask.data.born_on = Some(date(2026, 6, 10))),
            &[wrong(ContactField::BirthDate)],
        ),
        (
            ask(&|ask| ask.data.category = "NIX".parse().unwrap()),
            &[wrong(ContactField::Category)],
        ),
        (
            ask(&|ask| ask.data.home_branch = "NIX".parse().unwrap()),
            &[wrong(ContactField::HomeBranch)],
        ),
        (
            ask(&|ask| ask.data.expires_on = Some(date(2026, 6, 8))),
            &[wrong(ContactField::Expiry)],
        ),
        (ask(&|ask| ask.pin = pin("1234")), &[Refusal::PinTooSimple]),
        (ask(&|ask| ask.pin = pin("1980")), &[Refusal::PinTooSimple]),
    ];
    for (ask, refusals) in cases {
        let answer = library.register(ask).await;
        let event = answer.event.unwrap();
        assert_eq!(refused(answer), refusals);
        let logged =
            format!("SELECT count(*) FROM event WHERE id = {event} AND outcome = 'refused'");
        assert_eq!(library.count(&logged).await, 1, "{refusals:?}");
    }
    assert_eq!(library.count("SELECT count(*) FROM patron").await, 0);
}

#[tokio::test]
async fn a_card_is_one_reader_s() {
    let library = Library::new().await;
    library.adult("2620000000101", "Morel", "Ana").await;
    let other = library.register_ask("2620000000101", "Petit", "Zoé", "1981-01-01");
    assert_eq!(
        refused(library.register(other.clone()).await),
        [Refusal::CardTaken]
    );
    // Another branch may have given out the same number.
    let avion = desk::Actor::staff(&library.user, "AVEZ".parse().unwrap(), Default::default());
    let other = RegisterAsk {
        actor: avion.unwrap(),
        ..other
    };
    assert!(library.register(other).await.outcome.is_ok());
}

#[tokio::test]
async fn who_is_there_already_is_named() {
    let library = Library::new().await;
    let ana = library
        .adult("2620000000101", "Lefèvre-Petit", "Anaïs")
        .await;
    let alike = Refusal::ReaderAlike {
        patron: ana,
        card: "2620000000101".into(),
    };
    for (family, given) in [("LEFEVRE PETIT", "anais"), ("Anaïs", "Lefèvre Petit")] {
        let ask = library.register_ask("2620000000102", family, given, "1980-03-09");
        let answer = library.register(ask).await;
        let event = answer.event.unwrap();
        assert_eq!(refused(answer), std::slice::from_ref(&alike));
        let named = format!(
            "SELECT count(*) FROM event WHERE id = {event} AND body::text LIKE '%2620000000101%'"
        );
        assert_eq!(library.count(&named).await, 0);
    }
    let another_day = library.register_ask("2620000000103", "Lefèvre-Petit", "Anaïs", "1980-03-10");
    assert!(library.register(another_day).await.outcome.is_ok());
    let mut twin = library.register_ask("2620000000102", "Lefèvre-Petit", "Anaïs", "1980-03-09");
    twin.even_if_alike = true;
    assert!(library.register(twin).await.outcome.is_ok());
}

#[tokio::test]
async fn the_same_question_again_is_the_same_reader() {
    let library = Library::new().await;
    let mut ask = library.register_ask("2620000000101", "Morel", "Ana", "1980-03-09");
    ask.key = Some(RequestKey::new(1, &["register", "8f1c"]));
    let first = library.register(ask.clone()).await;
    let again = library.register(ask.clone()).await;
    assert!(again.replayed && !first.replayed);
    assert_eq!((again.event, again.outcome), (first.event, first.outcome));
    assert_eq!(library.count("SELECT count(*) FROM patron").await, 1);
    ask.key = Some(RequestKey::new(1, &["register", "8f1d"]));
    assert_eq!(refused(library.register(ask).await)[0], Refusal::CardTaken);
}
