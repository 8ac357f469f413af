use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::facts::{Block, BlockKind, CardStatus, Collector, Condition, Whose};
use crate::request::Right;
use crate::rulebook::Audience;
use crate::testing::{
    TODAY, book, book_of, branch, captured, category, document, item, lent, open, policy, reader,
};

fn ask(door: Door) -> CheckoutRequest {
    CheckoutRequest {
        desired_due: None,
        on: TODAY,
        branch: branch("LENS"),
        door,
        overrides: Overrides::none(),
    }
}

fn under(rules: Value, limits: Value) -> Rulebook {
    book_of(policy(json!({}), rules, limits))
}

fn codes(decision: &Decision<CheckoutPlan>) -> Vec<&'static str> {
    let refused = decision.outcome.as_ref().err();
    refused.map_or_else(Vec::new, |refused| {
        refused.all().iter().map(Refusal::code).collect()
    })
}

#[test]
fn a_plain_loan_runs_for_its_days() {
    let decision = decide_checkout(&book(), &ask(Door::SelfCheck), &reader(), &item());
    let plan = decision.outcome.unwrap();
    assert_eq!(plan.period_days, 28);
    assert_eq!(plan.period_rule, "R0");
    assert_eq!(plan.raw_due, date(2026, 4, 7));
    assert_eq!(plan.due, date(2026, 4, 7));
    assert_eq!((plan.policy_version, plan.calendar_version), (1, 7));
    assert!(!plan.new && plan.overridden.is_empty());
}

#[test]
fn all_refusals_are_given_card_first_and_limits_last() {
    let rules =
        json!([{ "id": "R-LIV", "document": "LIV", "loanable": false, "self_check": false }]);
    let limits = json!([{ "id": "L-0", "of": "patron", "where": "network", "max_loans": 1 }]);
    let mut reader = reader();
    reader.category = category("ENF");
    reader.card = CardStatus::Lost;
    reader.expires_on = Some(date(2026, 3, 9));
    reader.suspended_until = Some(date(2026, 3, 11));
    reader.blocks = vec![Block {
        kind: BlockKind::Fees,
        message: None,
    }];
    reader.loans = vec![open(Whose::Reader, "LIV", date(2026, 2, 1))];
    let mut item = item();
    item.audience = Audience::Adult;
    item.condition = Condition::Damaged;
    item.place = Place::HoldShelf {
        branch: branch("LENS"),
        hold: Some(captured(Collector::SomeoneElse, "LENS")),
    };
    let decision = decide_checkout(&under(rules, limits), &ask(Door::SelfCheck), &reader, &item);
    assert_eq!(
        codes(&decision),
        [
            "card_lost",
            "card_expired",
            "suspended",
            "blocked",
            "recall_blocked",
            "guarantor_missing",
            "audience_limit",
            "item_condition",
            "not_loanable",
            "not_at_machine",
            "held_for_another",
            "limit",
        ]
    );
    let refused = decision.outcome.unwrap_err();
    assert_eq!(refused.headline(), &Refusal::CardLost);
}

#[test]
fn the_last_day_of_a_card_and_the_day_of_freedom_count() {
    let mut reader = reader();
    reader.expires_on = Some(TODAY);
    reader.suspended_until = Some(TODAY);
    let decision = decide_checkout(&book(), &ask(Door::Desk), &reader, &item());
    assert!(decision.outcome.is_ok());
}

#[test]
fn only_machines_ask_whether_machines_may_lend() {
    let book = under(
        json!([{ "id": "X", "branch": "LENS", "self_check": false }]),
        json!([]),
    );
    let decide = |door| decide_checkout(&book, &ask(door), &reader(), &item());
    assert_eq!(codes(&decide(Door::SelfCheck)), ["not_at_machine"]);
    assert!(decide(Door::Desk).outcome.is_ok());
    assert!(decide(Door::Partner).outcome.is_ok());
}

#[test]
fn where_an_item_is_may_speak_against_a_loan() {
    let decide = |place| {
        let item = ItemFacts { place, ..item() };
        codes(&decide_checkout(
            &book(),
            &ask(Door::Desk),
            &reader(),
            &item,
        ))
    };
    let vilb = branch("VILB");
    let nothing: [&str; 0] = [];
    assert_eq!(decide(lent(TODAY).place), ["already_lent_to_you"]);
    let Place::Loan { loan, .. } = lent(TODAY).place else {
        unreachable!()
    };
    assert_eq!(
        decide(Place::Loan {
            loan,
            to: Borrower::SomeoneElse
        }),
        ["lent_to_another"]
    );
    assert_eq!(
        decide(Place::Transit {
            from: None,
            to: vilb,
            hold: None,
        }),
        ["in_transit"]
    );
    assert_eq!(decide(Place::Shelf { branch: vilb }), nothing);
    assert_eq!(decide(Place::Nowhere), nothing);
}

#[test]
fn what_is_set_aside_is_lent_to_who_may_collect_it() {
    let decide = |place| {
        let item = ItemFacts { place, ..item() };
        codes(&decide_checkout(
            &book(),
            &ask(Door::Desk),
            &reader(),
            &item,
        ))
    };
    let shelf = |hold| Place::HoldShelf {
        branch: branch("VILB"),
        hold,
    };
    let transit = |to, hold| Place::Transit {
        from: None,
        to: branch(to),
        hold,
    };
    let nothing: [&str; 0] = [];
    for collector in [Collector::ThisReader, Collector::OnBehalf] {
        let hold = Some(captured(collector, "VILB"));
        assert_eq!(decide(shelf(hold)), nothing);
        // Arrived at LENS, where it is asked for, and not scanned yet.
        assert_eq!(decide(transit("LENS", hold)), nothing);
        assert_eq!(decide(transit("VILB", hold)), ["in_transit"]);
    }
    let another = Some(captured(Collector::SomeoneElse, "VILB"));
    assert_eq!(decide(shelf(another)), ["held_for_another"]);
    assert_eq!(decide(transit("LENS", another)), ["in_transit"]);
    assert_eq!(decide(transit("LENS", None)), ["in_transit"]);
    // The hold is over: whoever finds it may have it.
    assert_eq!(decide(shelf(None)), nothing);
}

#[test]
fn only_a_good_item_is_lent() {
    for condition in [
        Condition::Damaged,
        Condition::OnSiteOnly,
        Condition::InProcess,
        Condition::OnOrder,
        Condition::Lost,
        Condition::Missing,
        Condition::ClaimedReturned,
        Condition::Withdrawn,
    ] {
        let item = ItemFacts {
            condition,
            ..item()
        };
        let decision = decide_checkout(&book(), &ask(Door::Desk), &reader(), &item);
        let refused = decision.outcome.unwrap_err();
        assert_eq!(refused.all(), [Refusal::ItemCondition { condition }]);
    }
}

#[test]
fn a_record_that_names_no_audience_keeps_nobody_out() {
    let mut child = reader();
    child.category = category("ENF");
    child.has_guarantor = true;
    for (audience, refused) in [
        (Audience::Youth, false),
        (Audience::Unknown, false),
        (Audience::Adult, true),
    ] {
        let item = ItemFacts { audience, ..item() };
        let decision = decide_checkout(&book(), &ask(Door::Desk), &child, &item);
        assert_eq!(decision.outcome.is_err(), refused, "{audience:?}");
    }
}

#[test]
fn a_new_item_goes_for_the_shorter_time() {
    // In service on 11 September 2025: new until 9 March 2026.
    for (in_service, new) in [(date(2025, 9, 11), false), (date(2025, 9, 12), true)] {
        let item = ItemFacts {
            in_service,
            ..item()
        };
        let plan = decide_checkout(&book(), &ask(Door::Desk), &reader(), &item)
            .outcome
            .unwrap();
        assert_eq!(plan.new, new, "{in_service}");
        assert_eq!(plan.period_days, if new { 14 } else { 28 });
    }
    let short = under(
        json!([{ "id": "R-LIV", "document": "LIV", "loan_days": 7 }]),
        json!([]),
    );
    let item = ItemFacts {
        in_service: TODAY,
        ..item()
    };
    let plan = decide_checkout(&short, &ask(Door::Desk), &reader(), &item)
        .outcome
        .unwrap();
    assert_eq!((plan.period_days, plan.period_rule.as_str()), (7, "R-LIV"));
}

#[test]
fn a_fixed_day_counts_only_if_it_is_to_come() {
    for (until, raw_due) in [
        ("2026-06-30", date(2026, 6, 30)),
        ("2026-03-11", date(2026, 3, 11)),
        ("2026-03-10", date(2026, 4, 7)),
        ("2025-06-30", date(2026, 4, 7)),
    ] {
        let rules = json!([{ "id": "R-LIV", "document": "LIV", "loan_until": until }]);
        let decision = decide_checkout(
            &under(rules, json!([])),
            &ask(Door::Desk),
            &reader(),
            &item(),
        );
        let plan = decision.outcome.unwrap();
        assert_eq!(plan.raw_due, raw_due, "{until}");
        assert_eq!(TODAY + jiff::Span::new().days(plan.period_days), raw_due);
    }
}

#[test]
fn a_closed_due_date_may_be_kept() {
    // 28 days from 9 March: Easter Monday.
    let on = CheckoutRequest {
        on: date(2026, 3, 9),
        ..ask(Door::Desk)
    };
    let plan = decide_checkout(&book(), &on, &reader(), &item())
        .outcome
        .unwrap();
    assert_eq!(
        (plan.raw_due, plan.due),
        (date(2026, 4, 6), date(2026, 4, 7))
    );
    let keep = under(
        json!([{ "id": "K", "branch": "LENS", "due_on_closed_day": "keep" }]),
        json!([]),
    );
    let plan = decide_checkout(&keep, &on, &reader(), &item())
        .outcome
        .unwrap();
    assert_eq!(
        (plan.raw_due, plan.due),
        (date(2026, 4, 6), date(2026, 4, 6))
    );
}

#[test]
fn a_right_lifts_its_refusals_only_with_a_reason() {
    let rules = json!([{ "id": "R-LIV", "document": "LIV", "loanable": false }]);
    let book = under(rules, json!([]));
    let decide = |overrides| {
        let ask = CheckoutRequest {
            overrides,
            ..ask(Door::Desk)
        };
        decide_checkout(&book, &ask, &reader(), &item())
    };
    let plan = decide(Overrides::new([Right::Rule], "directrice d'accord"))
        .outcome
        .unwrap();
    assert_eq!(
        plan.overridden,
        [Refusal::NotLoanable {
            rule: "R-LIV".into()
        }]
    );
    assert_eq!(plan.period_days, 28);
    assert!(decide(Overrides::new([Right::Rule], "  ")).outcome.is_err());
    assert!(
        decide(Overrides::new(
            [Right::Item, Right::Block, Right::Limit],
            "x"
        ))
        .outcome
        .is_err()
    );
    let silent = Overrides {
        rights: [Right::Rule].into(),
        ..Overrides::none()
    };
    assert!(decide(silent).outcome.is_err());
}

#[test]
fn what_is_not_lifted_still_stands() {
    let rules = json!([{ "id": "R-LIV", "document": "LIV", "loanable": false }]);
    let mut reader = reader();
    reader.card = CardStatus::Lost;
    let overrides = Overrides::new(Right::ALL, "x");
    let ask = CheckoutRequest {
        overrides,
        ..ask(Door::Desk)
    };
    let decision = decide_checkout(&under(rules, json!([])), &ask, &reader, &item());
    assert_eq!(codes(&decision), ["card_lost"]);
}

#[test]
fn before_the_first_policy_nothing_is_lent() {
    let ask = CheckoutRequest {
        on: date(2025, 12, 14),
        ..ask(Door::Desk)
    };
    let decision = decide_checkout(&book(), &ask, &reader(), &item());
    assert_eq!(codes(&decision), ["no_policy"]);
}

#[test]
fn limits_that_hold_are_in_the_trace() {
    let limits = json!([
        { "id": "L-JVI", "of": "household", "where": "network", "documents": ["JVI"],
          "max_loans": 2 },
        { "id": "L-DVD", "of": "patron", "where": "network", "documents": ["DVD"],
          "max_loans": 5 },
    ]);
    let mut reader = reader();
    reader.loans = vec![open(Whose::Household, "JVI", date(2026, 4, 1))];
    let item = ItemFacts {
        document: document("JVI"),
        ..item()
    };
    let book = under(json!([]), limits);
    let decision = decide_checkout(&book, &ask(Door::Desk), &reader, &item);
    let counted = decision.trace.steps.iter().filter_map(|step| match step {
        Step::Counted {
            id, counted, max, ..
        } => Some((id.as_str(), *counted, *max)),
        _ => None,
    });
    assert_eq!(counted.collect::<Vec<_>>(), [("L-JVI", 1, 2)]);

    reader
        .loans
        .push(open(Whose::Reader, "JVI", date(2026, 4, 1)));
    let decision = decide_checkout(&book, &ask(Door::Desk), &reader, &item);
    let refused = decision.outcome.unwrap_err();
    let Refusal::Limit {
        id,
        counted,
        max,
        at,
        ..
    } = refused.headline()
    else {
        unreachable!("only a limit speaks against it")
    };
    assert_eq!((id.as_str(), *counted, *max), ("L-JVI", 2, 2));
    assert_eq!(at.as_slice(), [(branch("LENS"), 2)]);
}

#[test]
fn what_has_happened_is_not_refused_and_told() {
    let ask = CheckoutRequest {
        overrides: Overrides::happened(),
        ..ask(Door::SelfCheck)
    };
    let blocked = ReaderFacts {
        card: CardStatus::Lost,
        ..reader()
    };
    let decision = decide_checkout(&book(), &ask, &blocked, &item());
    assert_eq!(decision.outcome.unwrap().overridden, [Refusal::CardLost]);

    // Somebody else's loan must end first.
    let Place::Loan { loan, .. } = lent(TODAY).place else {
        unreachable!()
    };
    let elsewhere = ItemFacts {
        place: Place::Loan {
            loan,
            to: Borrower::SomeoneElse,
        },
        ..item()
    };
    let decision = decide_checkout(&book(), &ask, &reader(), &elsewhere);
    assert_eq!(codes(&decision), ["lent_to_another"]);
}
