use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::facts::{CardStatus, Condition, HoldItem, ItemFacts, Place};
use crate::rulebook::Audience;
use crate::testing::{
    TODAY, bare, book, book_of, branch, category, document, item, lent, policy, reader,
};

fn ask(pickup: &str) -> HoldRequest {
    HoldRequest {
        on: TODAY,
        pickup: branch(pickup),
        needed_until: None,
        overrides: Overrides::none(),
    }
}

fn forced(pickup: &str) -> HoldRequest {
    HoldRequest {
        overrides: Overrides::new(Right::ALL, "essai"),
        ..ask(pickup)
    }
}

fn title(items: impl IntoIterator<Item = ItemFacts>) -> TitleFacts {
    let copy = |facts| HoldItem { facts, asked: true };
    TitleFacts {
        items: items.into_iter().map(copy).collect(),
        waiting: 0,
        holds: vec![],
        held_already: false,
        lent_already: None,
    }
}

fn of(owner: &str, item: ItemFacts) -> ItemFacts {
    ItemFacts {
        owner: branch(owner),
        ..item
    }
}

fn hold(new: bool) -> OpenHold {
    OpenHold {
        whose: Whose::Reader,
        pickup: branch("VILB"),
        document: document("LIV"),
        new,
    }
}

fn under(root: Value, rules: Value, limits: Value) -> Rulebook {
    book_of(policy(root, rules, limits))
}

fn plan(book: &Rulebook, title: &TitleFacts) -> HoldPlan {
    decide_hold(book, &ask("VILB"), &reader(), title)
        .outcome
        .unwrap()
}

fn codes(decision: &Decision<HoldPlan>) -> Vec<&'static str> {
    let refused = decision.outcome.as_ref().err();
    refused.map_or_else(Vec::new, |refused| {
        refused.all().iter().map(Refusal::code).collect()
    })
}

fn refused(book: &Rulebook, title: &TitleFacts) -> Vec<&'static str> {
    codes(&decide_hold(book, &ask("VILB"), &reader(), title))
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_hold_waits_for_its_days_or_as_long_as_it_is_needed() {
    let title = title([lent(TODAY)]);
    let placed = plan(&book(), &title);
    assert_eq!(placed.expires_on, date(2027, 3, 10));
    assert_eq!(placed.can_serve, [true]);
    assert_eq!((placed.document, placed.new), (document("LIV"), false));
    assert_eq!((placed.policy_version, placed.calendar_version), (1, 7));
    let until = |day| {
        let needed = HoldRequest {
            needed_until: Some(day),
            ..ask("VILB")
        };
        let decision = decide_hold(&book(), &needed, &reader(), &title);
        decision.outcome.unwrap().expires_on
    };
    assert_eq!(until(date(2026, 6, 1)), date(2026, 6, 1));
    assert_eq!(until(Date::MAX), date(2027, 3, 10));
}

#[test]
fn the_copy_that_lets_it_wait_longest_counts() {
    let rules = json!([{ "id": "X", "branch": "NEUF", "hold_expires_days": 500 }]);
    let book = under(json!({}), rules, json!([]));
    let title = title([lent(TODAY), of("NEUF", lent(TODAY))]);
    assert_eq!(plan(&book, &title).expires_on, date(2027, 7, 23));
}

#[test]
fn each_copy_is_judged_by_its_owner_and_one_is_enough() {
    let rules = json!([{ "id": "X", "branch": "LENS", "holdable": false }]);
    let book = under(json!({}), rules, json!([]));
    let copies = [lent(TODAY), of("NEUF", lent(TODAY))];
    assert_eq!(plan(&book, &title(copies.clone())).can_serve, [false, true]);
    let [lens, _] = copies;
    let decision = decide_hold(&book, &ask("VILB"), &reader(), &title([lens]));
    let rule = "X".into();
    assert_eq!(
        decision.outcome.unwrap_err().all(),
        [Refusal::NotHoldable { rule }]
    );
}

#[test]
fn no_single_copy_that_passes_every_rule_is_a_refusal() {
    // One may be held but not lent there, the other lent but not held.
    let rules = json!([
        { "id": "R-DVD", "document": "DVD", "loanable": false },
        { "id": "R-LIV", "document": "LIV", "holdable": false },
    ]);
    let book = under(json!({}), rules, json!([]));
    let film = ItemFacts {
        document: document("DVD"),
        ..lent(TODAY)
    };
    let both = title([film.clone(), lent(TODAY)]);
    assert_eq!(refused(&book, &both), ["not_holdable"]);
    assert_eq!(refused(&book, &title([film])), ["not_loanable"]);
}

#[test]
fn a_copy_on_the_shelf_is_to_be_fetched_where_the_rules_say_so() {
    let book = under(json!({ "hold_on_shelf": false }), json!([]), json!([]));
    assert_eq!(refused(&book, &title([item(), item()])), ["on_shelf"]);
    assert_eq!(refused(&book, &title([item(), lent(TODAY)])), NOTHING);
    // A shelf from which nothing can be taken yet.
    let prepared = ItemFacts {
        condition: Condition::InProcess,
        ..item()
    };
    assert_eq!(refused(&book, &title([prepared])), NOTHING);
}

#[test]
fn a_full_queue_takes_no_more() {
    let rules = json!([{ "id": "X", "branch": "NEUF", "hold_queue_max": 12 }]);
    let book = under(json!({}), rules, json!([]));
    let copies = [lent(TODAY), of("NEUF", lent(TODAY))];
    let waiting = |waiting, copies: &[ItemFacts]| {
        let title = TitleFacts {
            waiting,
            ..title(copies.to_vec())
        };
        decide_hold(&book, &ask("VILB"), &reader(), &title)
    };
    assert_eq!(codes(&waiting(9, &copies[..1])), NOTHING);
    assert_eq!(codes(&waiting(10, &copies[..1])), ["queue_full"]);
    assert_eq!(codes(&waiting(11, &copies)), NOTHING);
    let full = Refusal::QueueFull {
        max: 12,
        waiting: 12,
        rule: "X".into(),
    };
    assert_eq!(waiting(12, &copies).outcome.unwrap_err().all(), [full]);
}

#[test]
fn a_pickup_branch_may_be_closed_to_holds() {
    let mut document = bare();
    document["branch_period"] = json!([
        { "branch": "VILB", "from": "2026-03-01", "to": "2026-03-31", "pickup": false }
    ]);
    let book = book_of(serde_json::from_value(document).unwrap());
    let title = title([lent(TODAY)]);
    let closed = [Refusal::PickupClosed {
        branch: branch("VILB"),
        until: date(2026, 3, 31),
    }];
    for decide in [decide_hold, decide_hold_move] {
        let decision = decide(&book, &ask("VILB"), &reader(), &title);
        assert_eq!(decision.outcome.unwrap_err().all(), closed);
        let elsewhere = decide(&book, &ask("LENS"), &reader(), &title);
        assert!(elsewhere.outcome.is_ok());
        let forced = decide(&book, &forced("VILB"), &reader(), &title);
        assert_eq!(forced.outcome.unwrap().overridden, closed);
    }
}

#[test]
fn lost_and_damaged_copies_serve_nobody_ordered_ones_will() {
    let in_state = |condition| {
        title([ItemFacts {
            condition,
            ..item()
        }])
    };
    for condition in [
        Condition::Damaged,
        Condition::OnSiteOnly,
        Condition::Lost,
        Condition::Missing,
        Condition::ClaimedReturned,
        Condition::Withdrawn,
    ] {
        assert_eq!(refused(&book(), &in_state(condition)), ["nothing_to_serve"]);
    }
    for condition in [Condition::InProcess, Condition::OnOrder] {
        let plan = plan(&book(), &in_state(condition));
        assert_eq!(plan.can_serve, [false]);
    }
    let decision = decide_hold(&book(), &forced("VILB"), &reader(), &title([]));
    assert_eq!(codes(&decision), ["nothing_to_serve"]);
}

#[test]
fn only_the_copy_that_is_asked_for_counts() {
    let mut title = title([item(), lent(TODAY)]);
    title.items[0].asked = false;
    assert_eq!(plan(&book(), &title).can_serve, [false, true]);
    title.items[1].facts.condition = Condition::Lost;
    assert_eq!(refused(&book(), &title), ["nothing_to_serve"]);
}

#[test]
fn one_person_holds_a_title_once_a_class_several_times() {
    let title = TitleFacts {
        held_already: true,
        lent_already: Some(TODAY),
        ..title([lent(TODAY)])
    };
    assert_eq!(
        refused(&book(), &title),
        ["already_lent_to_you", "held_already"]
    );
    let class = ReaderFacts {
        category: category("CLA"),
        has_guarantor: true,
        ..reader()
    };
    let decision = decide_hold(&book(), &ask("VILB"), &class, &title);
    assert_eq!(codes(&decision), NOTHING);
}

#[test]
fn new_copies_make_a_hold_new_and_it_waits_where_they_may_not_go() {
    let new = ItemFacts {
        in_service: date(2026, 3, 1),
        ..lent(TODAY)
    };
    let waits = plan(&book(), &title([new.clone()]));
    assert_eq!((waits.can_serve, waits.new), (vec![false], true));
    let served = plan(&book(), &title([new.clone(), of("NEUF", lent(TODAY))]));
    assert_eq!((served.can_serve, served.new), (vec![false, true], false));
    let at_home = decide_hold(&book(), &ask("LENS"), &reader(), &title([new]));
    let at_home = at_home.outcome.unwrap();
    assert_eq!((at_home.can_serve, at_home.new), (vec![true], true));
}

#[test]
fn limits_of_holds_count_holds() {
    let limits = json!([
        { "id": "L", "of": "patron", "where": "network", "max_loans": 0 },
        { "id": "H-TOTAL", "of": "patron", "where": "network", "max_holds": 3 },
        { "id": "H-NEW", "of": "patron", "novelty": true, "where": "network", "max_holds": 1 },
        { "id": "H-OWN", "of": "patron", "where": "owner", "max_holds": 0 },
    ]);
    let book = under(json!({}), json!([]), limits);
    let new = ItemFacts {
        in_service: date(2026, 3, 1),
        ..lent(TODAY)
    };
    let reached = |holds: &[OpenHold], item: &ItemFacts| {
        let title = TitleFacts {
            holds: holds.to_vec(),
            ..title([item.clone()])
        };
        let decision = decide_hold(&book, &ask("VILB"), &reader(), &title);
        let refused = decision.outcome.err().map_or_else(Vec::new, Into::into);
        let ids = refused.iter().filter_map(Refusal::rule);
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    let [old_hold, new_hold] = [hold(false), hold(true)];
    let of_household = OpenHold {
        whose: Whose::Household,
        ..hold(true)
    };
    let two = [old_hold.clone(), new_hold.clone()];
    assert_eq!(reached(&two, &lent(TODAY)), NOTHING);
    assert_eq!(reached(&two, &new), ["H-NEW"]);
    let three = [old_hold.clone(), old_hold, new_hold];
    assert_eq!(reached(&three, &lent(TODAY)), ["H-TOTAL"]);
    assert_eq!(reached(&three, &new), ["H-TOTAL", "H-NEW"]);
    assert_eq!(reached(&vec![of_household; 5], &new), NOTHING);
}

#[test]
fn all_reasons_are_given_in_their_order() {
    let limits = json!([{ "id": "H", "of": "patron", "where": "network", "max_holds": 0 }]);
    let root = json!({
        "loanable": false, "holdable": false, "hold_on_shelf": false, "hold_queue_max": 0
    });
    let book = under(root, json!([]), limits);
    let child = ReaderFacts {
        category: category("ENF"),
        card: CardStatus::Lost,
        ..reader()
    };
    let adult = ItemFacts {
        audience: Audience::Adult,
        ..item()
    };
    let title = TitleFacts {
        held_already: true,
        ..title([adult])
    };
    let decision = decide_hold(&book, &ask("VILB"), &child, &title);
    assert_eq!(
        codes(&decision),
        [
            "card_lost",
            "guarantor_missing",
            "audience_limit",
            "held_already",
            "not_loanable",
            "not_holdable",
            "on_shelf",
            "queue_full",
            "limit",
        ]
    );
}

#[test]
fn a_right_lifts_no_hold_into_waiting_in_vain() {
    let vain = under(json!({ "loanable": false }), json!([]), json!([]));
    let full = under(json!({ "hold_queue_max": 0 }), json!([]), json!([]));
    let title = title([lent(TODAY)]);
    let decide = |book| decide_hold(book, &forced("VILB"), &reader(), &title);
    assert_eq!(codes(&decide(&vain)), ["not_loanable"]);
    assert_eq!(decide(&full).outcome.unwrap().overridden.len(), 1);
}

#[test]
fn a_move_asks_only_whether_it_can_be_served_there() {
    let limits = json!([{ "id": "H", "of": "patron", "where": "network", "max_holds": 0 }]);
    let root = json!({ "hold_on_shelf": false, "hold_queue_max": 0 });
    let rules = json!([{ "id": "X", "branch": "NEUF", "document": "LIV", "loanable": false }]);
    let book = under(root, rules, limits);
    let mut barred = reader();
    barred.card = CardStatus::Lost;
    let title = TitleFacts {
        held_already: true,
        lent_already: Some(TODAY),
        ..title([item()])
    };
    let move_to = |code| decide_hold_move(&book, &ask(code), &barred, &title);
    assert_eq!(move_to("VILB").outcome.unwrap().can_serve, [true]);
    assert_eq!(codes(&move_to("NEUF")), ["not_loanable"]);
}

#[test]
fn before_the_first_policy_nothing_is_held() {
    let ask = HoldRequest {
        on: date(2025, 1, 1),
        ..ask("VILB")
    };
    let decision = decide_hold(&book(), &ask, &reader(), &title([item()]));
    assert_eq!(codes(&decision), ["no_policy"]);
}

#[test]
fn the_trace_tells_the_rule_the_limits_and_the_last_day() {
    use crate::language::Language;
    let limits = json!([{ "id": "H", "of": "patron", "where": "network", "max_holds": 2 }]);
    let book = under(json!({}), json!([]), limits);
    let title = TitleFacts {
        holds: vec![hold(false)],
        ..title([lent(TODAY)])
    };
    let needed = HoldRequest {
        needed_until: Some(date(2026, 6, 1)),
        ..ask("VILB")
    };
    let trace = decide_hold(&book, &needed, &reader(), &title).trace;
    assert_eq!(
        trace.lines(Language::English, &book),
        [
            "held until 2026-06-01   hold_expires_days 365 (R0) from 2026-03-10 → 2027-03-10",
            "                        needed until 2026-06-01",
            "limits                  H 1 of 2",
        ]
    );
}

#[test]
fn a_copy_on_its_way_can_be_held() {
    let travelling = ItemFacts {
        place: Place::Transit {
            from: None,
            to: branch("NEUF"),
            hold: None,
        },
        ..item()
    };
    assert_eq!(refused(&book(), &title([travelling])), NOTHING);
}
