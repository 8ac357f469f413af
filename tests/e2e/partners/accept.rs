//! An item is taken in.

use circulation::Refusal;
use desk::{AcceptAsk, PartnerRequest, RequestKind, RequestState};

use super::{Partner, refused};
use crate::races::assert_sound;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_brought_twice_is_there_once_and_set_aside() {
    let partner = Partner::new().await;
    let first = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    assert!(!first.replayed && first.event.is_some());
    let made = first.outcome.unwrap();
    assert_eq!(made.barcode, "PEB1");
    let rows = partner.rows().await;
    assert_eq!(rows, [1; 4]);

    let view = partner.view("R-1").await;
    assert_eq!(view.kind, RequestKind::Accepted);
    assert!(matches!(view.state, RequestState::Ready(_)), "{view:?}");
    assert_eq!(view.card.as_deref(), Some(partner.reader.card.as_str()));
    assert_eq!(view.title, "Germinal");
    assert_eq!((view.hold, view.before), (made.hold, None));

    let again = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    assert!(again.replayed);
    assert_eq!(again.outcome.unwrap(), made);
    assert_eq!(partner.rows().await, rows);
    assert_sound(&partner.town).await;
}

/// To another branch by the shuttle, collected, brought back: at each step the partner sees where it is.
#[tokio::test(flavor = "multi_thread")]
async fn it_travels_to_its_pickup_branch_is_lent_and_comes_back() {
    let partner = Partner::new().await;
    let ask = AcceptAsk {
        pickup: Some("VIMY".parse().unwrap()),
        ..partner.bring("R-1", &["PEB1"])
    };
    let made = partner.accept(ask).await.outcome.unwrap();
    assert_eq!(made.pickup.as_str(), "VIMY");
    assert_eq!(partner.state("R-1").await, RequestState::OnItsWay);
    let arrived = partner.town.take_back("VIMY", "PEB1").await.unwrap();
    let until = arrived.outcome.unwrap().hold_shelf.unwrap();
    assert_eq!(partner.state("R-1").await, RequestState::Ready(until));

    let vimy = partner.town.kiosk("VIMY").await.unwrap();
    let loan = partner.town.checkout(&vimy, &partner.reader, "PEB1");
    let lent = partner.served.desk.checkout(loan).await.unwrap();
    // No novelty of ours: the usual three weeks or more, not the fortnight of what is new.
    assert!(
        lent.outcome.unwrap().due
            > partner
                .town
                .today()
                .saturating_add(jiff::Span::new().days(20))
    );
    let view = partner.view("R-1").await;
    assert_eq!(view.state, RequestState::Collected);
    assert_eq!(view.barcode.as_deref(), Some("PEB1"));

    let back = partner.town.take_back("VIMY", "PEB1").await.unwrap();
    assert_eq!(
        back.outcome.unwrap().to.unwrap().as_str(),
        "LENS",
        "to the branch that brought it"
    );
    assert_sound(&partner.town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_set_aside_at_once_is_by_the_next_scan_or_a_repetition() {
    let partner = Partner::new().await;
    let quiet = |number: &str, barcode: &str| AcceptAsk {
        capture: false,
        ..partner.bring(number, &[barcode])
    };
    for (number, barcode) in [("R-1", "PEB1"), ("R-2", "PEB2")] {
        partner
            .accept(quiet(number, barcode))
            .await
            .outcome
            .unwrap();
        let view = partner.view(number).await;
        assert_eq!((view.state, view.before), (RequestState::Waiting, Some(0)));
    }
    let scanned = partner.town.take_back("LENS", "PEB1").await.unwrap();
    assert!(scanned.outcome.unwrap().hold_shelf.is_some());
    let again = partner.accept(partner.bring("R-2", &["PEB2"])).await;
    assert!(again.replayed);
    assert!(matches!(partner.state("R-2").await, RequestState::Ready(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barcode_that_another_item_has_is_left_to_it() {
    let partner = Partner::new().await;
    let here = partner.town.item("LIV", "LENS").await.unwrap();
    let elsewhere = partner.town.item("LIV", "VIMY").await.unwrap();
    let before = "SELECT sum(bib_id * 1000 + id)::bigint FROM item WHERE barcode LIKE '362%'";
    let ours = partner.count(before).await;

    let free = partner.bring("R-1", &[&here, &elsewhere, "X~7", " PEB1 "]);
    assert_eq!(partner.accept(free).await.outcome.unwrap().barcode, "PEB1");
    let none = partner.bring("R-2", &[&here, "PEB1", ""]);
    let made = partner.accept(none).await.outcome.unwrap();
    let bib = partner.view("R-2").await.bib;
    assert_eq!(made.barcode, format!("P{bib:09}"));

    assert_eq!(partner.count(before).await, ours);
    let scanned = partner.town.take_back("LENS", &here).await.unwrap();
    let title = scanned.item.unwrap().title;
    assert_ne!(title, "Germinal");
    assert_sound(&partner.town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn for_a_blocked_reader_nothing_is_taken_in() {
    let partner = Partner::new().await;
    let nothing = partner.rows().await;
    let block =
        "INSERT INTO block (patron_id, kind, placed_at) SELECT id, 'staff', now() FROM patron";
    partner.town.store.run_sql(block).await.unwrap();
    let no = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    assert!(no.event.is_some(), "a refusal is logged");
    assert!(matches!(refused(no)[..], [Refusal::Blocked { .. }]));
    assert_eq!(partner.rows().await, nothing);
    // The number was not used up.
    let lift = "UPDATE block SET lifted_at = now()";
    partner.town.store.run_sql(lift).await.unwrap();
    let yes = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    assert!(yes.outcome.is_ok() && !yes.replayed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_means_one_reader_s_request_of_one_agency_at_one_terminal() {
    let mut partner = Partner::new().await;
    let first = partner.accept(partner.bring("R-1", &["PEB1"])).await;
    let rows = partner.rows().await;

    let other = partner.town.reader("ADU", "LENS").await.unwrap();
    let taken = AcceptAsk {
        card: other.card.clone(),
        ..partner.bring("R-1", &["PEB1"])
    };
    let no = refused(partner.accept(taken).await);
    assert_eq!(no, [Refusal::RequestTaken]);
    let nobody = AcceptAsk {
        card: "nobody".into(),
        ..partner.bring("R-2", &["PEB2"])
    };
    assert_eq!(
        refused(partner.accept(nobody).await),
        [Refusal::CardUnknown]
    );
    assert_eq!(partner.rows().await, rows);

    let agency = AcceptAsk {
        request: PartnerRequest {
            agency: String::new(),
            number: "R-1".into(),
        },
        ..partner.bring("", &[])
    };
    assert!(!partner.accept(agency).await.replayed);
    partner.terminal = partner.town.kiosk("LENS").await.unwrap();
    let elsewhere = partner.accept(partner.bring("R-1", &[])).await;
    assert!(!elsewhere.replayed && elsewhere.event != first.event);
}

/// Until when it is lent is the lender's word; a partner may ask for less, and a renewal gives no day more.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_out_no_longer_than_its_lender_allows() {
    let partner = Partner::new().await;
    let return_by = partner.town.at("2026-06-19").unwrap().date();
    let earlier = partner.town.at("2026-06-12").unwrap().date();
    for (number, barcode) in [("R-1", "PEB1"), ("R-2", "PEB2")] {
        let mut ask = partner.bring(number, &[barcode]);
        ask.brought.return_by = Some(return_by);
        partner.accept(ask).await.outcome.unwrap();
    }
    let lend = async |barcode: &str, desired| {
        let loan = partner
            .town
            .checkout(&partner.terminal, &partner.reader, barcode);
        let ask = desk::CheckoutAsk {
            desired_due: desired,
            ..loan
        };
        let lent = partner.served.desk.checkout(ask).await.unwrap();
        lent.outcome.unwrap().due
    };
    assert_eq!(lend("PEB1", None).await, return_by);
    assert_eq!(lend("PEB2", Some(earlier)).await, earlier);
    let renew = async |barcode: &str| {
        let ask = partner
            .town
            .renew(&partner.terminal, &partner.reader, barcode, None);
        partner.served.desk.renew(ask).await.unwrap()
    };
    assert_eq!(
        refused(renew("PEB1").await),
        [Refusal::WouldNotExtend { due: return_by }]
    );
    assert_eq!(renew("PEB2").await.outcome.unwrap().due, return_by);
}
