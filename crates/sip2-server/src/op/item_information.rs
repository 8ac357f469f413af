//! 17 → 18.

use circulation::{Condition, Place, Refused};
use desk::{DeskError, ItemView};
use sip2::{
    messages::{ItemInformation, ItemInformationResponse, Response},
    value::{CirculationStatus, SecurityMarker, SipDate},
};

use super::{Call, Head, media};

/// Says what an item is and where.
pub(super) async fn answer(call: &Call<'_>, asked: ItemInformation) -> Result<Response, DeskError> {
    let head = call.head();
    let found = call
        .desk
        .item(call.profile.terminal().branch, &asked.barcode)
        .await?;
    Ok(match found {
        Ok(view) => response(&head, asked.barcode, view),
        Err(refusal) => {
            let told = call.told(&Refused::from(refusal), call.profile.language());
            unknown(head.now, asked.barcode, told)
        }
    }
    .into())
}

fn response(head: &Head, barcode: String, view: ItemView) -> ItemInformationResponse {
    let due_date = match &view.place {
        Place::Loan { loan, .. } => Some(head.due(loan.due)),
        _ => None,
    };
    let current_location = match &view.place {
        Place::Shelf { branch } | Place::HoldShelf { branch, .. } => Some(branch.to_string()),
        Place::Loan { .. } | Place::Transit { .. } | Place::Nowhere => None,
    };
    let destination = match &view.place {
        Place::Transit { to, .. } => Some(to.to_string()),
        _ => None,
    };
    ItemInformationResponse {
        circulation_status: circulation_status(view.condition, &view.place),
        // Something, probably; what, is not on record.
        security_marker: SecurityMarker::OtherMarker,
        transaction_date: Some(head.now),
        due_date,
        barcode,
        media_type: media(&view.shown),
        title: view.shown.title,
        permanent_location: Some(view.shown.owner.to_string()),
        current_location,
        call_number: Some(view.shown.call_number),
        destination,
        ..Default::default()
    }
}

/// *3M SIP2 2.00*, an item that the library does not know: `010101`, its barcode, no title.
fn unknown(now: SipDate, barcode: String, told: Vec<String>) -> ItemInformationResponse {
    ItemInformationResponse {
        security_marker: SecurityMarker::None,
        transaction_date: Some(now),
        barcode,
        screen_messages: told,
        ..Default::default()
    }
}

/// *3M SIP2 2.00, "circulation status"*: one number for what we know as two things, the state of an
/// item and its place. That nobody knows where it is says more than that it is on loan.
fn circulation_status(condition: Condition, place: &Place) -> CirculationStatus {
    match (condition, place) {
        (Condition::ClaimedReturned, _) => CirculationStatus::ClaimedReturned,
        (Condition::Lost, _) => CirculationStatus::Lost,
        (Condition::Missing, _) => CirculationStatus::Missing,
        (_, Place::Loan { .. }) => CirculationStatus::Charged,
        (_, Place::HoldShelf { hold: Some(_), .. }) => CirculationStatus::OnHoldShelf,
        // Nobody came for it: it is to be cleared away.
        (_, Place::HoldShelf { hold: None, .. }) => CirculationStatus::WaitingToBeReshelved,
        (_, Place::Transit { .. }) => CirculationStatus::InTransit,
        (Condition::OnOrder, _) => CirculationStatus::OnOrder,
        (Condition::InProcess, _) => CirculationStatus::InProcess,
        (Condition::Good, Place::Shelf { .. }) => CirculationStatus::Available,
        (Condition::Good, Place::Nowhere)
        | (
            Condition::Damaged | Condition::OnSiteOnly | Condition::Withdrawn,
            Place::Shelf { .. } | Place::Nowhere,
        ) => CirculationStatus::OtherStatus,
    }
}

#[cfg(test)]
mod tests {
    use circulation::{Borrower, BranchCode, CapturedHold, Collector, LoanFacts};
    use jiff::civil::date;
    use sip2::Charset;

    use super::{super::checkout::tests as twelve, *};
    use crate::fixtures::wire;

    fn lens() -> BranchCode {
        "LENS".parse().unwrap()
    }

    fn loan() -> Place {
        let loan = LoanFacts {
            checkout: lens(),
            category: "ADU".parse().unwrap(),
            lent_on: date(2026, 11, 22),
            due: date(2026, 12, 13),
            renewals: 0,
            new: false,
        };
        Place::Loan {
            loan,
            to: Borrower::SomeoneElse,
        }
    }

    fn sent(condition: Condition, place: Place) -> String {
        let view = ItemView {
            shown: twelve::item(),
            condition,
            place,
        };
        wire(&response(&twelve::head(), "36200".into(), view).to_message(Charset::Utf8))
    }

    #[test]
    fn one_number_for_state_and_place() {
        let shelf = || Place::Shelf { branch: lens() };
        let transit = Place::Transit {
            from: None,
            to: lens(),
            hold: None,
        };
        let hold = Place::HoldShelf {
            branch: lens(),
            hold: Some(CapturedHold {
                collector: Collector::SomeoneElse,
                category: "ADU".parse().unwrap(),
                pickup: lens(),
            }),
        };
        let to_clear = Place::HoldShelf {
            branch: lens(),
            hold: None,
        };
        for (condition, place, number) in [
            (Condition::Good, shelf(), 3),
            (Condition::OnOrder, Place::Nowhere, 2),
            (Condition::InProcess, shelf(), 6),
            (Condition::Good, loan(), 4),
            (Condition::Damaged, loan(), 4),
            (Condition::Good, hold, 8),
            (Condition::Good, to_clear, 9),
            (Condition::Good, transit, 10),
            (Condition::ClaimedReturned, loan(), 11),
            (Condition::Lost, loan(), 12),
            (Condition::Missing, shelf(), 13),
            (Condition::Damaged, shelf(), 1),
            (Condition::OnSiteOnly, shelf(), 1),
            (Condition::Withdrawn, Place::Nowhere, 1),
            (Condition::Good, Place::Nowhere, 1),
        ] {
            assert_eq!(
                circulation_status(condition, &place).number(),
                number,
                "{condition:?} {place:?}"
            );
        }
    }

    #[test]
    fn on_the_shelf_on_loan_and_unknown() {
        assert_eq!(
            sent(Condition::Good, Place::Shelf { branch: lens() }),
            "1803000120261122    153030AB36200|AJLe Horla|CK001|AQAVIO|APLENS|CSR MAU|"
        );
        assert_eq!(
            sent(Condition::Good, loan()),
            "1804000120261122    153030AH20261213    235959|AB36200|AJLe Horla|CK001|AQAVIO|CSR MAU|"
        );
        let unknown = unknown(
            twelve::head().now,
            "9".into(),
            vec!["Document inconnu.".into()],
        );
        assert_eq!(
            wire(&unknown.to_message(Charset::Utf8)),
            "1801010120261122    153030AB9|AJ|AFDocument inconnu.|"
        );
    }
}
