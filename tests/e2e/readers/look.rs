//! Readers are looked at by their numbers.

use circulation::{BlockKind, Refusal};
use desk::{Actor, CardAsk, CardReport, CardState};
use store::NewPatron;

use super::{Library, person};

#[tokio::test]
async fn by_number_as_by_card() {
    let library = Library::new().await;
    library
        .people(&[("2620000000101", "Morel", "Ana", "1980-03-09")])
        .await;
    let id = library.id("morel ana").await;
    let view = library
        .served
        .desk
        .patron_by_id(id, library.town.now())
        .await;
    let view = view.unwrap().unwrap();
    assert_eq!((view.id, view.card.as_str()), (id, "2620000000101"));
    assert_eq!((view.name.as_str(), view.standing.len()), ("Ana Morel", 0));
    let nobody = library
        .served
        .desk
        .patron_by_id(-1, library.town.now())
        .await;
    assert_eq!(nobody.unwrap().unwrap_err(), Refusal::ReaderUnknown);
}

#[tokio::test]
async fn a_household_is_shown_with_its_loans_and_who_answers() {
    let library = Library::new().await;
    let members = [("ADU", "LENS"), ("ENF", "LENS")];
    let readers = library.town.household(&members).await.unwrap();
    let barcode = library.town.youth_item("LIV", "LENS").await.unwrap();
    let lent = library.town.lend(&readers[1], &barcode).await.unwrap();
    lent.outcome.unwrap();
    let mother = library.lines(&readers[0].card).await.remove(0).id;
    let child = library.lines(&readers[1].card).await.remove(0).id;
    let (desk, now) = (&library.served.desk, library.town.now());
    let household = desk.household(child, now).await.unwrap().unwrap();
    let [one, other] = household.members.as_slice() else {
        panic!("{household:?}");
    };
    assert_eq!((one.id, one.loans, one.guarantor), (mother, 0, None));
    assert_eq!(
        (other.id, other.loans, other.guarantor),
        (child, 1, Some(mother))
    );
    let dossier = desk.dossier(mother, now).await.unwrap().unwrap();
    assert_eq!(
        (dossier.members, dossier.answers_for),
        (vec![mother, child], vec![child])
    );
    assert!(desk.household(-1, now).await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_has_every_card_block_and_suspension() {
    let library = Library::new().await;
    library
        .add(&[NewPatron {
            block: Some((BlockKind::Fees, "Payer".into())),
            suspension: Some(("2026-06-01".parse().unwrap(), "2026-07-01".parse().unwrap())),
            ..person("2620000000101", "Morel", "Ana", "1980-03-09")
        }])
        .await;
    let (desk, now) = (&library.served.desk, library.town.now());
    let kiosk = library.town.kiosk("LENS").await.unwrap();
    let reported = Actor::kiosk(&kiosk);
    let swallowed = CardReport::Block("Carte avalée".into());
    desk.report_card(reported, "2620000000101".into(), swallowed, now.clone())
        .await
        .unwrap();
    let (staff, number) = (&library.staff, "2620000000102");
    let lost = CardAsk::lost(staff, "2620000000101", number, now);
    assert_eq!(desk.replace_card(lost).await.unwrap().outcome, Ok(()));
    let id = library.id("morel ana").await;
    let dossier = desk.dossier(id, now).await.unwrap().unwrap();
    let cards: Vec<_> = dossier
        .cards
        .iter()
        .map(|card| (card.number.as_str(), card.state))
        .collect();
    assert_eq!(
        cards,
        [
            ("2620000000102", CardState::Active),
            ("2620000000101", CardState::Lost)
        ]
    );
    let [fees, swallowed] = dossier.blocks.as_slice() else {
        panic!("{:?}", dossier.blocks);
    };
    assert_eq!(
        (fees.kind, fees.message.as_str(), &fees.terminal),
        (BlockKind::Fees, "Payer", &None)
    );
    assert_eq!(swallowed.terminal.as_deref(), Some(kiosk.name.as_str()));
    assert_eq!(dossier.suspensions[0].free_on.to_string(), "2026-07-01");
    assert_eq!(dossier.data.given_name, "Ana");
    assert!(!dossier.has_pin);
    assert!(
        !format!("{dossier:?}").contains("Ana"),
        "nothing of it is printed"
    );
}
