//! Changing readers' files.

use std::sync::Arc;

use circulation::{ContactField, Refusal};
use desk::{
    BlockAsk, ChangeAsk, HouseholdMove, LiftAsk, PatronAsk, PinCheck, RegisterAsk, RequestKey,
    Visit,
};
use jiff::civil::date;
use store::NewPatron;

use super::{Library, data, person, pin, refused};

#[tokio::test]
async fn everything_can_be_changed_and_the_log_names_fields_only() {
    let library = Library::new().await;
    let ana = library.adult("2620000000101", "Morel", "Ana").await;
    let mut ask = library.change_ask(ana).await;
    ask.data.family_name = "Dubois".into();
    ask.data.email = "ana@example.fr".into();
    ask.data.home_branch = "AVEZ".parse().unwrap();
    ask.data.note = "Préfère le matin".into();
    ask.pin = pin("4711");
    let answer = library.change(ask.clone()).await;
    let now = library.dossier(ana).await;
    assert_eq!(answer.outcome, Ok(now.version));
    assert_eq!(
        (now.data.family_name.as_str(), now.has_pin),
        ("Dubois", true)
    );
    assert_eq!(library.id("dubois ana").await, ana);
    let mut session = library.town.store.session().await.unwrap();
    let event = session.event(answer.event.unwrap()).await.unwrap().unwrap();
    assert_eq!(
        (event.kind.as_str(), event.staff.as_deref()),
        ("reader", Some("Claire"))
    );
    let fields = ["family_name", "home_branch", "email", "note", "pin"];
    let body = serde_json::json!({ "fields": fields, "trace": [] });
    assert_eq!(event.body, body);
    // Who looked at the file before that is told so.
    assert_eq!(
        refused(library.change(ask.clone()).await),
        [Refusal::FileChanged]
    );
    // The same as it is changes nothing.
    let same = library.change(library.change_ask(ana).await).await;
    assert_eq!((same.outcome, same.event), (Ok(now.version), None));
    ask.patron = -1;
    assert_eq!(refused(library.change(ask).await), [Refusal::ReaderUnknown]);
}

#[tokio::test]
async fn whoever_else_changes_a_file_is_noticed() {
    let library = Library::new().await;
    let ana = library.adult("2620000000101", "Morel", "Ana").await;
    let mut ask = library.change_ask(ana).await;
    ask.data.phone = "0321".into();
    let import = format!("UPDATE patron SET address = '1 rue' WHERE id = {ana}");
    library.town.store.run_sql(&import).await.unwrap();
    assert_eq!(refused(library.change(ask).await), [Refusal::FileChanged]);
    // A loan of the household changes no file.
    let mut ask = library.change_ask(ana).await;
    ask.data.phone = "0321".into();
    let bump = "UPDATE household SET version = version + 1";
    library.town.store.run_sql(bump).await.unwrap();
    assert!(library.change(ask).await.outcome.is_ok());
}

#[tokio::test]
async fn a_card_is_renewed_by_its_category() {
    let library = Library::new().await;
    let mut ask = library.register_ask("2620000000101", "Morel", "Ana", "1980-03-09");
    ask.data.expires_on = Some(date(2026, 8, 31));
    let ana = library.register(ask).await.outcome.unwrap().patron;
    let renew = async |id| {
        let ask = ChangeAsk {
            renewed: true,
            key: Some(RequestKey::new(1, &["renew"])),
            ..library.change_ask(id).await
        };
        (library.change(ask.clone()).await, library.change(ask).await)
    };
    let (first, again) = renew(ana).await;
    assert_eq!((again.replayed, again.outcome), (true, first.outcome));
    assert_eq!(
        library.dossier(ana).await.data.expires_on,
        Some(date(2027, 8, 31))
    );
    let mut ask = library.change_ask(ana).await;
    ask.data.expires_on = Some(date(2099, 1, 1));
    let field = ContactField::Expiry;
    assert_eq!(
        refused(library.change(ask).await),
        [Refusal::ValueWrong { field }]
    );
}

#[tokio::test]
async fn a_new_pin_is_the_only_one() {
    let library = Library::new().await;
    let mut ask = library.register_ask("2620000000101", "Morel", "Ana", "1980-03-09");
    ask.pin = pin("4711");
    let ana = library.register(ask).await.outcome.unwrap().patron;
    let check = async |typed| {
        let ask = PatronAsk {
            actor: library.staff.clone(),
            card: "2620000000101".into(),
            pin: pin(typed),
            visit: Arc::new(Visit::new()),
            at: library.town.now().clone(),
        };
        library.served.desk.patron(ask).await.unwrap().unwrap().pin
    };
    let mut ask = library.change_ask(ana).await;
    ask.pin = pin("0309");
    assert_eq!(
        refused(library.change(ask.clone()).await),
        [Refusal::PinTooSimple]
    );
    assert_eq!(check("4711").await, PinCheck::Right);
    ask.pin = pin("8315");
    library.change(ask).await.outcome.unwrap();
    assert_eq!(
        (check("4711").await, check("8315").await),
        (PinCheck::Wrong, PinCheck::Right)
    );
}

#[tokio::test]
async fn readers_move_together_and_apart() {
    let library = Library::new().await;
    let ana = library.adult("2620000000101", "Morel", "Ana").await;
    let bob = library.adult("2620000000102", "Petit", "Bob").await;
    let moves = async |id, household| {
        let ask = ChangeAsk {
            household,
            ..library.change_ask(id).await
        };
        library.change(ask).await
    };
    moves(bob, HouseholdMove::With(ana)).await.outcome.unwrap();
    assert_eq!(library.dossier(ana).await.members, [ana, bob]);
    // Who lives there already has not moved.
    assert_eq!(moves(bob, HouseholdMove::With(ana)).await.event, None);
    moves(bob, HouseholdMove::Alone).await.outcome.unwrap();
    assert_eq!(library.dossier(ana).await.members, [ana]);
    assert_eq!(moves(bob, HouseholdMove::Alone).await.event, None);
    assert_eq!(
        refused(moves(bob, HouseholdMove::With(-1)).await),
        [Refusal::ReaderUnknown]
    );
}

#[tokio::test]
async fn what_was_wrong_before_keeps_nothing_else_from_being_changed() {
    let library = Library::new().await;
    let ana = library.adult("2620000000101", "Morel", "Ana").await;
    let ask = RegisterAsk {
        data: super::ReaderData {
            guarantor: Some(ana),
            ..data("ENF", "Morel", "Léo", "2015-07-01")
        },
        ..library.register_ask("2620000000102", "", "", "")
    };
    let leo = library.register(ask).await.outcome.unwrap().patron;
    // Two years on he is too old for his category.
    let later = library.town.at("2028-06-09").unwrap();
    let mut ask = library.change_ask(leo).await;
    (ask.at, ask.data.phone) = (later, "0321".into());
    library.change(ask.clone()).await.outcome.unwrap();
    ask.version = library.dossier(leo).await.version;
    ask.data.guarantor = None;
    assert_eq!(
        refused(library.change(ask.clone()).await),
        [Refusal::GuarantorMissing]
    );
    ask.data.guarantor = Some(leo);
    assert_eq!(
        refused(library.change(ask.clone()).await),
        [Refusal::GuarantorUnfit]
    );
    ask.data.guarantor = Some(ana);
    ask.data.category = "ADU".parse().unwrap();
    let ages = Refusal::AgeOutside {
        min: Some(18),
        max: None,
    };
    assert_eq!(refused(library.change(ask).await), [ages]);
}

#[tokio::test]
async fn blocks_and_suspensions_are_lifted_by_number() {
    let library = Library::new().await;
    library
        .add(&[NewPatron {
            suspension: Some((date(2026, 6, 1), date(2026, 7, 1))),
            ..person("2620000000101", "Morel", "Ana", "1980-03-09")
        }])
        .await;
    let (desk, ana) = (&library.served.desk, library.id("morel ana").await);
    let block = async |patron, message: &str| {
        let ask = BlockAsk {
            actor: library.staff.clone(),
            patron,
            message: message.into(),
            at: library.town.now().clone(),
        };
        desk.block_patron(ask).await.unwrap()
    };
    let lift = |patron, number| LiftAsk {
        actor: library.staff.clone(),
        patron,
        number,
        at: library.town.now().clone(),
    };
    assert!(block(ana, " Un paquet vous attend. ").await.event.is_some());
    assert_eq!(
        block(ana, "Un paquet vous attend.").await.event,
        None,
        "the same words"
    );
    let long = "é".repeat(501);
    for wrong in [long.as_str(), "a\u{0}"] {
        let field = ContactField::Note;
        assert_eq!(
            refused(block(ana, wrong).await),
            [Refusal::ValueWrong { field }]
        );
    }
    assert_eq!(refused(block(-1, "x").await), [Refusal::ReaderUnknown]);
    let dossier = library.dossier(ana).await;
    let (standing, suspension) = (&dossier.blocks[0], dossier.suspensions[0].id);
    assert_eq!(standing.staff.as_deref(), Some("Claire"));
    assert_eq!(library.lines("morel").await[0].standing.len(), 2);
    // Another reader's numbers lift nothing.
    let bob = library.adult("2620000000102", "Petit", "Bob").await;
    assert_eq!(
        desk.lift_block(lift(bob, standing.id)).await.unwrap().event,
        None
    );
    assert_eq!(
        desk.lift_suspension(lift(bob, suspension))
            .await
            .unwrap()
            .event,
        None
    );
    assert!(
        desk.lift_block(lift(ana, standing.id))
            .await
            .unwrap()
            .event
            .is_some()
    );
    assert!(
        desk.lift_suspension(lift(ana, suspension))
            .await
            .unwrap()
            .event
            .is_some()
    );
    assert_eq!(
        desk.lift_block(lift(ana, standing.id)).await.unwrap().event,
        None
    );
    assert_eq!(
        desk.lift_suspension(lift(ana, suspension))
            .await
            .unwrap()
            .event,
        None
    );
    assert_eq!(library.lines("morel").await[0].standing, []);
    let words = "SELECT count(*) FROM event WHERE body::text ILIKE '%paquet%'";
    assert_eq!(library.count(words).await, 0);
}
