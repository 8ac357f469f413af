//! Returns that somebody waits for.

use jiff::civil::date;

use super::*;
use crate::facts::Collector;
use crate::testing::{captured, queued};

fn set_aside(code: &str, until: Date) -> Route {
    Route::HoldShelf {
        branch: branch(code),
        until,
    }
}

fn with(place: Place) -> ItemFacts {
    ItemFacts { place, ..item() }
}

fn transit(to: &str, hold: Option<crate::CapturedHold>) -> ItemFacts {
    with(Place::Transit {
        from: Some(branch("NEUF")),
        to: branch(to),
        hold,
    })
}

fn hold_shelf(hold: Option<crate::CapturedHold>) -> ItemFacts {
    with(Place::HoldShelf {
        branch: branch("VILB"),
        hold,
    })
}

/// The route, and who captured it.
fn asked(ask: &CheckinRequest, item: &ItemFacts, queue: &[QueuedHold]) -> (Route, Option<usize>) {
    let plan = decide_checkin(&book(), ask, item, queue).outcome.unwrap();
    (plan.route, plan.captured)
}

/// Ten open days of LENS after [`TODAY`].
const TEN_DAYS: Date = date(2026, 3, 24);

#[test]
fn the_first_who_can_be_served_gets_it() {
    let [mut suspended, lapsed, here, elsewhere] = ["LENS", "LENS", "LENS", "VILB"].map(queued);
    suspended.suspended_until = Some(date(2026, 3, 11));
    let lapsed = QueuedHold {
        expires_on: date(2026, 3, 9),
        ..lapsed
    };
    let queue = [suspended, lapsed, here, elsewhere];
    let free = [
        lent(TODAY),
        item(),
        transit("LENS", None),
        hold_shelf(None),
        with(Place::Nowhere),
    ];
    for item in free {
        let found = asked(&at("LENS"), &item, &queue);
        assert_eq!(found, (set_aside("LENS", TEN_DAYS), Some(2)), "{item:?}");
        let found = asked(&at("LENS"), &item, &queue[3..]);
        assert_eq!(found, (travel("LENS", "VILB"), Some(0)), "{item:?}");
        let nobody = asked(&at("VILB"), &item, &queue[..2]);
        assert_eq!(nobody, (travel("VILB", "LENS"), None), "{item:?}");
    }
}

#[test]
fn a_door_may_leave_capture_to_staff() {
    let ask = CheckinRequest {
        capture: false,
        ..at("LENS")
    };
    assert_eq!(
        asked(&ask, &lent(TODAY), &[queued("LENS")]),
        (stay("LENS"), None)
    );
}

#[test]
fn a_transit_for_somebody_ends_on_the_hold_shelf_and_is_not_captured_again() {
    let item = transit("LENS", Some(captured(Collector::SomeoneElse, "LENS")));
    let queue = [queued("VILB")];
    assert_eq!(
        asked(&at("LENS"), &item, &queue),
        (set_aside("LENS", TEN_DAYS), None)
    );
    for hold in [None, Some(captured(Collector::ThisReader, "LENS"))] {
        let on_its_way = transit("LENS", hold);
        assert_eq!(
            asked(&at("VILB"), &on_its_way, &queue),
            (travel("VILB", "LENS"), None)
        );
    }
    // The reader has chosen another branch meanwhile.
    let moved = transit("LENS", Some(captured(Collector::SomeoneElse, "VILB")));
    assert_eq!(
        asked(&at("LENS"), &moved, &[]),
        (travel("LENS", "VILB"), None)
    );
    // A sorter does not capture, but what arrives for somebody is for that person all the same.
    let ask = CheckinRequest {
        capture: false,
        ..at("LENS")
    };
    assert_eq!(asked(&ask, &item, &[]), (set_aside("LENS", TEN_DAYS), None));
}

#[test]
fn what_waits_on_a_hold_shelf_keeps_its_place() {
    let item = hold_shelf(Some(captured(Collector::SomeoneElse, "VILB")));
    let queue = [queued("LENS")];
    assert_eq!(asked(&at("VILB"), &item, &queue), (stay("VILB"), None));
    assert_eq!(
        asked(&at("LENS"), &item, &queue),
        (travel("LENS", "VILB"), None)
    );
}

#[test]
fn a_hold_shelf_to_be_cleared_sends_its_item_home() {
    assert_eq!(
        asked(&at("VILB"), &hold_shelf(None), &[]),
        (travel("VILB", "LENS"), None)
    );
}

#[test]
fn without_a_policy_nobody_new_is_served() {
    let ask = CheckinRequest {
        on: date(2025, 1, 1),
        ..at("LENS")
    };
    assert_eq!(
        asked(&ask, &lent(TODAY), &[queued("LENS")]),
        (stay("LENS"), None)
    );
}

#[test]
fn a_damaged_item_serves_nobody() {
    let item = ItemFacts {
        condition: Condition::Damaged,
        ..lent(TODAY)
    };
    assert_eq!(
        asked(&at("LENS"), &item, &[queued("LENS")]),
        (stay("LENS"), None)
    );
}

#[test]
fn a_plan_without_capture_does_not_speak_of_it() {
    let plan = plan(&book(), &at("LENS"), &lent(TODAY));
    let json = serde_json::to_value(&plan).unwrap();
    assert_eq!(json.get("captured"), None);
    assert_eq!(serde_json::from_value::<CheckinPlan>(json).unwrap(), plan);
}
