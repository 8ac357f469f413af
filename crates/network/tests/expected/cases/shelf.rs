use circulation::{
    Asks, BranchCode, Case, CategoryCode, CheckinRequest, DocumentCode, QueuedHold, Route, Trace,
    WaitingHold, decide_checkin, ready_until,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::examples;
use crate::facts::{item, long_ago};
use crate::network;

#[derive(Deserialize)]
struct Given {
    pickup: BranchCode,
    owner: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
    captured: Date,
}

#[derive(Deserialize)]
struct Expected {
    open_days: u32,
    day_1: Date,
    lapses_end_of: Date,
}

#[test]
fn shelf() {
    let network = network();
    let (policy, book) = (&network.policy, network.rulebook());
    for example in examples::<Given, Expected>("shelf", 5) {
        let (id, given, expected) = (example.id, example.given, example.expected);
        let case = Case {
            checkout: given.pickup,
            owner: given.owner,
            pickup: given.pickup,
            category: Some(given.category),
            document: given.document,
        };
        let open_days = policy.hold_shelf_open_days(&case).value;
        assert_eq!(open_days, expected.open_days, "{id}");
        let until = ready_until(&book, policy, &case, given.captured, &mut Trace::default());
        assert_eq!(until, expected.lapses_end_of, "{id}");
        let day_1 =
            book.calendar
                .next_open(given.pickup, given.captured.tomorrow().unwrap(), policy);
        assert_eq!(day_1.day, expected.day_1, "{id}");

        // The same by a return there, which somebody waits for.
        let ask = CheckinRequest {
            on: given.captured,
            branch: given.pickup,
            capture: true,
        };
        let waiting = QueuedHold {
            hold: WaitingHold {
                category: given.category,
                pickup: given.pickup,
                asks: Asks::Title,
            },
            suspended_until: None,
            expires_on: Date::MAX,
        };
        let item = item(given.owner, given.document, long_ago());
        let plan = decide_checkin(&book, &ask, &item, &[waiting])
            .outcome
            .unwrap();
        let branch = given.pickup;
        assert_eq!(plan.route, Route::HoldShelf { branch, until }, "{id}");
        assert_eq!(plan.captured, Some(0), "{id}");
    }
}
