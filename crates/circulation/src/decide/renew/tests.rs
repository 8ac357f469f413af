use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::facts::{Block, BlockKind, Whose};
use crate::request::Right;
use crate::testing::{TODAY, book, book_of, branch, category, item, lent, open, policy, reader};
use crate::{Asks, Over};

fn ask() -> RenewRequest {
    RenewRequest {
        on: TODAY,
        branch: branch("VILB"),
        door: Door::SelfCheck,
        overrides: Overrides::none(),
    }
}

fn rooted(root: Value) -> Rulebook {
    book_of(policy(root, json!([]), json!([])))
}

/// The book, lent at LENS until `due`, its loan changed.
fn loan(due: Date, change: impl FnOnce(&mut LoanFacts)) -> ItemFacts {
    let mut item = lent(due);
    if let Place::Loan { loan, .. } = &mut item.place {
        change(loan);
    }
    item
}

fn codes(book: &Rulebook, item: &ItemFacts, waiting: &[WaitingHold]) -> Vec<&'static str> {
    let decision = decide_renew(book, &ask(), &reader(), item, waiting);
    let refused = decision.outcome.err();
    refused.map_or_else(Vec::new, |refused| {
        refused.all().iter().map(Refusal::code).collect()
    })
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_renewal_counts_from_the_due_date_and_uses_one_up() {
    let item = lent(date(2026, 3, 17));
    let plan = decide_renew(&book(), &ask(), &reader(), &item, &[])
        .outcome
        .unwrap();
    assert_eq!(
        (plan.raw_due, plan.new_due),
        (date(2026, 4, 14), date(2026, 4, 14))
    );
    assert_eq!((plan.renewals_used, plan.renewals_allowed), (1, 1));
    let today = rooted(json!({ "renew_from": "today" }));
    let plan = decide_renew(&today, &ask(), &reader(), &item, &[])
        .outcome
        .unwrap();
    assert_eq!(plan.new_due, date(2026, 4, 7));
}

#[test]
fn a_renewal_that_moves_nothing_is_refused() {
    let today = rooted(json!({ "renew_from": "today" }));
    assert_eq!(
        codes(&today, &lent(date(2026, 4, 8)), &[]),
        ["would_not_extend"]
    );
    assert_eq!(
        codes(&today, &lent(date(2026, 4, 7)), &[]),
        ["would_not_extend"]
    );
    assert_eq!(codes(&today, &lent(date(2026, 4, 6)), &[]), NOTHING);
    let forced = RenewRequest {
        overrides: Overrides::new(Right::ALL, "x"),
        ..ask()
    };
    let item = lent(date(2026, 4, 8));
    assert!(
        decide_renew(&today, &forced, &reader(), &item, &[])
            .outcome
            .is_err()
    );
}

#[test]
fn count_and_lateness_have_their_ends() {
    assert_eq!(
        codes(&book(), &loan(TODAY, |loan| loan.renewals = 1), &[]),
        ["renewals_used"]
    );
    assert_eq!(
        codes(&book(), &loan(TODAY, |loan| loan.new = true), &[]),
        ["renewals_used"]
    );
    assert_eq!(codes(&book(), &lent(date(2026, 2, 28)), &[]), NOTHING);
    assert_eq!(
        codes(&book(), &lent(date(2026, 2, 27)), &[]),
        ["overdue_too_long"]
    );
}

#[test]
fn a_right_renews_once_more() {
    let forced = RenewRequest {
        overrides: Overrides::new([Right::Rule], "x"),
        ..ask()
    };
    let item = loan(TODAY, |loan| loan.renewals = 1);
    let plan = decide_renew(&book(), &forced, &reader(), &item, &[])
        .outcome
        .unwrap();
    assert_eq!((plan.renewals_used, plan.renewals_allowed), (2, 1));
    assert_eq!(plan.overridden.len(), 1);
}

#[test]
fn only_holds_that_it_could_serve_stop_it() {
    let waiting = |asks| WaitingHold {
        category: category("ADU"),
        pickup: branch("VILB"),
        asks,
    };
    let item = lent(TODAY);
    assert_eq!(codes(&book(), &item, &[waiting(Asks::OtherItem)]), NOTHING);
    let held = [waiting(Asks::OtherItem), waiting(Asks::Title)];
    assert_eq!(codes(&book(), &item, &held), ["held_by_waiting"]);
    assert_eq!(
        codes(&rooted(json!({ "renew_when_held": true })), &item, &held),
        NOTHING
    );
}

#[test]
fn what_stands_against_the_reader_stops_it() {
    let mut blocked = reader();
    blocked.blocks = vec![Block {
        kind: BlockKind::Staff,
        message: None,
    }];
    blocked.loans = vec![open(Whose::Reader, "LIV", date(2026, 2, 20))];
    let decision = decide_renew(&book(), &ask(), &blocked, &lent(TODAY), &[]);
    let codes: Vec<_> = decision
        .outcome
        .unwrap_err()
        .all()
        .iter()
        .map(Refusal::code)
        .collect();
    assert_eq!(codes, ["blocked", "recall_blocked"]);
}

#[test]
fn it_must_be_this_reader_s_loan() {
    assert_eq!(codes(&book(), &item(), &[]), ["not_on_loan"]);
    let mut other = lent(TODAY);
    if let Place::Loan { to, .. } = &mut other.place {
        *to = Borrower::SomeoneElse;
    }
    assert_eq!(codes(&book(), &other, &[]), ["lent_to_another"]);
    let lost = ItemFacts {
        condition: Condition::Lost,
        ..lent(TODAY)
    };
    assert_eq!(codes(&book(), &lost, &[]), ["item_condition"]);
}

#[test]
fn before_the_first_policy_nothing_is_renewed() {
    let ask = RenewRequest {
        on: date(2025, 1, 1),
        ..ask()
    };
    let decision = decide_renew(&book(), &ask, &reader(), &lent(TODAY), &[]);
    let refused = decision.outcome.unwrap_err();
    assert_eq!(refused.all(), [Refusal::NoPolicy { on: ask.on }]);
}

#[test]
fn limits_play_no_part() {
    let limit = json!([{ "id": "L", "of": "patron", "where": "network", "max_loans": 0 }]);
    let book = book_of(policy(json!({}), json!([]), limit));
    assert_eq!(book.policies[0].limits[0].over, Over::Network);
    assert_eq!(codes(&book, &lent(TODAY), &[]), NOTHING);
}
