use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::facts::Borrower;
use crate::testing::{TODAY, bare, book, book_of, branch, item, lent};

fn at(code: &str) -> CheckinRequest {
    CheckinRequest {
        on: TODAY,
        branch: branch(code),
        capture: true,
    }
}

fn plan(book: &Rulebook, ask: &CheckinRequest, item: &ItemFacts) -> CheckinPlan {
    decide_checkin(book, ask, item, &[]).outcome.unwrap()
}

fn returning(returns_to: &str) -> Rulebook {
    let mut document = bare();
    document["rule"][0]["returns_to"] = returns_to.into();
    document["float_group"] = json!([{ "name": "G", "branches": ["LENS", "VILB"] }]);
    book_of(serde_json::from_value(document).unwrap())
}

fn stay(code: &str) -> Route {
    Route::Stay {
        branch: branch(code),
    }
}

fn travel(from: &str, to: &str) -> Route {
    Route::Transit {
        from: branch(from),
        to: branch(to),
    }
}

#[test]
fn a_return_in_time_has_no_consequence() {
    for due in [TODAY, date(2026, 3, 11), Date::MAX] {
        let plan = plan(&book(), &at("LENS"), &lent(due));
        assert!(plan.was_lent && !plan.to_staff && !plan.arrived);
        assert_eq!(plan.lateness, None);
        assert_eq!(plan.policy_version, Some(1));
    }
}

#[test]
fn lateness_goes_by_the_loan_s_checkout_branch() {
    let mut document = bare();
    document["rule"].as_array_mut().unwrap().push(json!({
        "id": "X-VILB", "branch": "VILB", "grace_days": 20
    }));
    document["rule"][0]["fine_cents_per_day"] = 10.into();
    let book = book_of(serde_json::from_value(document).unwrap());
    let late = plan(&book, &at("VILB"), &lent(date(2026, 3, 1)))
        .lateness
        .unwrap();
    assert_eq!((late.late_days, late.fine_cents), (9, 90));
    let suspension = late.suspension.unwrap();
    assert_eq!((suspension.from, suspension.days), (TODAY, 9));
    assert_eq!(suspension.free_on, date(2026, 3, 19));
}

#[test]
fn three_ways_to_go_home() {
    for (returns_to, at_vilb, at_neuf) in [
        ("owner", travel("VILB", "LENS"), travel("NEUF", "LENS")),
        ("float_group", stay("VILB"), travel("NEUF", "LENS")),
        ("stay", stay("VILB"), stay("NEUF")),
    ] {
        let book = returning(returns_to);
        let item = lent(TODAY);
        assert_eq!(
            plan(&book, &at("LENS"), &item).route,
            stay("LENS"),
            "{returns_to}"
        );
        assert_eq!(
            plan(&book, &at("VILB"), &item).route,
            at_vilb,
            "{returns_to}"
        );
        assert_eq!(
            plan(&book, &at("NEUF"), &item).route,
            at_neuf,
            "{returns_to}"
        );
    }
}

#[test]
fn a_transit_ends_where_it_was_bound_for_and_goes_on_elsewhere() {
    let place = Place::Transit {
        from: Some(branch("NEUF")),
        to: branch("LENS"),
        hold: None,
    };
    let item = ItemFacts { place, ..item() };
    let arrived = plan(&book(), &at("LENS"), &item);
    assert!(arrived.arrived && !arrived.was_lent);
    assert_eq!(arrived.route, stay("LENS"));
    let elsewhere = plan(&returning("stay"), &at("VILB"), &item);
    assert!(!elsewhere.arrived);
    assert_eq!(elsewhere.route, travel("VILB", "LENS"));
}

mod captures;

#[test]
fn some_items_must_be_seen_by_a_person() {
    let seen = |condition, rules: Value| {
        let mut document = bare();
        document["rule"]
            .as_array_mut()
            .unwrap()
            .extend(rules.as_array().unwrap().clone());
        let book = book_of(serde_json::from_value(document).unwrap());
        plan(
            &book,
            &at("LENS"),
            &ItemFacts {
                condition,
                ..lent(TODAY)
            },
        )
        .to_staff
    };
    let pieces = json!([{ "id": "R", "document": "LIV", "checked_by_staff": true }]);
    assert!(seen(Condition::Good, pieces));
    assert!(!seen(Condition::Good, json!([])));
    assert!(!seen(Condition::OnSiteOnly, json!([])));
    assert!(seen(Condition::Lost, json!([])));
    assert!(seen(Condition::Damaged, json!([])));
}

#[test]
fn a_withdrawn_item_is_taken_only_from_a_loan() {
    let condition = Condition::Withdrawn;
    let on_loan = plan(
        &book(),
        &at("VILB"),
        &ItemFacts {
            condition,
            ..lent(TODAY)
        },
    );
    assert!(on_loan.was_lent && on_loan.to_staff);
    assert_eq!(on_loan.route, stay("VILB"));
    let found = decide_checkin(
        &book(),
        &at("VILB"),
        &ItemFacts {
            condition,
            ..item()
        },
        &[],
    );
    let refused = found.outcome.unwrap_err();
    assert_eq!(refused.all(), [Refusal::ItemCondition { condition }]);
}

#[test]
fn without_a_policy_it_goes_home_and_nothing_follows() {
    let ask = CheckinRequest {
        on: date(2025, 1, 1),
        branch: branch("VILB"),
        capture: true,
    };
    let plan = plan(&book(), &ask, &lent(date(2024, 1, 1)));
    assert_eq!((plan.lateness, plan.route), (None, travel("VILB", "LENS")));
    assert_eq!(plan.policy_version, None);
}

#[test]
fn whose_loan_it_is_makes_no_difference() {
    let mut item = lent(date(2026, 3, 1));
    let one = plan(&book(), &at("LENS"), &item);
    if let Place::Loan { to, .. } = &mut item.place {
        *to = Borrower::SomeoneElse;
    }
    assert_eq!(plan(&book(), &at("LENS"), &item), one);
}
