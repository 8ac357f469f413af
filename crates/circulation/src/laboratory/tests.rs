mod properties;

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::*;
use crate::testing::{book, branch, category, document, policy};
use crate::{OpenLoan, Policy, RuleId, Whose};

const TODAY: Date = date(2026, 3, 10);

fn plain() -> Policy {
    policy(json!({}), json!([]), json!([]))
}

fn with(rules: Value, limits: Value) -> Policy {
    policy(json!({}), rules, limits)
}

fn compared(before: &Policy, after: &Policy) -> Laboratory {
    let mut book = book();
    book.policies = vec![before.clone()];
    Laboratory::new(&book, before, after, TODAY).unwrap()
}

fn dvd(lent_on: Date) -> LentLoan {
    LentLoan {
        checkout: branch("LENS"),
        owner: branch("LENS"),
        category: category("ADU"),
        document: document("DVD"),
        in_service: date(2020, 1, 1),
        return_by: None,
        lent_on,
        renewals: 0,
        renewed_on: None,
        new: false,
    }
}

fn borrowing(dvds: usize) -> Borrowing {
    let loan = OpenLoan {
        whose: Whose::Reader,
        checkout: branch("LENS"),
        owner: branch("LENS"),
        category: category("ADU"),
        document: document("DVD"),
        new: false,
        due: date(2026, 3, 24),
    };
    Borrowing {
        category: category("ADU"),
        home: branch("LENS"),
        loans: vec![loan; dvds],
    }
}

fn refused(refusals: Value) -> EventFacts {
    let mut facts = EventFacts {
        question: Question::Checkout,
        done: false,
        on: TODAY,
        branch: branch("LENS"),
        by_staff: true,
        plan: LoggedPlan::default(),
        refused: Vec::new(),
        trace: crate::Trace::default(),
        item: Some(ItemKept {
            owner: branch("LENS"),
            document: document("DVD"),
            in_service: date(2020, 1, 1),
            return_by: None,
        }),
        loan: None,
        category: Some(category("ADU")),
    };
    let body = json!({ "refused": refusals, "trace": [] }).to_string();
    assert!(facts.read_body(&body));
    facts
}

fn five_dvds(max: u32) -> Policy {
    let limit = json!([{ "id": "L-DVD", "of": "patron", "where": "network", "documents": ["DVD"], "max_loans": max }]);
    with(json!([]), limit)
}

fn limit_refusal(counted: u32) -> Value {
    json!([{ "code": "limit", "id": "L-DVD", "of": "patron", "over": "network", "max": 5, "counted": counted,
             "documents": ["DVD"] }])
}

#[test]
fn a_shorter_loan_is_a_loss_of_so_many_days_by_its_rule() {
    let after = with(
        json!([{ "id": "X-LENS-DVD", "branch": "LENS", "document": "DVD", "loan_days": 14 }]),
        json!([]),
    );
    let lab = compared(&plain(), &after);
    let (changes, not_kept) = lab.loan(&dvd(date(2026, 3, 3)));
    assert_eq!(not_kept, None);
    let [change] = changes.as_slice() else {
        panic!("{changes:?}")
    };
    assert_eq!(
        change.what,
        What::Due {
            before: date(2026, 3, 31),
            after: date(2026, 3, 17)
        }
    );
    assert_eq!(
        (change.side(), change.weight(), change.rule()),
        (Side::Loss, 14, Some(&RuleId::from("X-LENS-DVD")))
    );
    assert_eq!(change.rule_before, Some("R0".into()));
    // Neither another type nor another branch.
    let book_loan = LentLoan {
        document: document("LIV"),
        ..dvd(date(2026, 3, 3))
    };
    assert_eq!(lab.loan(&book_loan), (vec![], None));
    let elsewhere = LentLoan {
        checkout: branch("VILB"),
        ..dvd(date(2026, 3, 3))
    };
    assert_eq!(lab.loan(&elsewhere), (vec![], None));
}

#[test]
fn a_renewed_loan_is_renewed_again_by_each_policy() {
    let after = policy(json!({ "renewals": 0 }), json!([]), json!([]));
    let lab = compared(&plain(), &after);
    let renewed = LentLoan {
        renewals: 1,
        ..dvd(date(2026, 2, 3))
    };
    let (changes, not_kept) = lab.loan(&renewed);
    assert_eq!(not_kept, None);
    // 3 March, and 28 days more.
    assert_eq!(
        changes[0].what,
        What::Due {
            before: date(2026, 3, 31),
            after: date(2026, 3, 3)
        }
    );
    assert_eq!(changes.len(), 1, "none is left either way: {changes:?}");
    let (changes, _) = lab.loan(&dvd(date(2026, 3, 3)));
    assert_eq!(
        changes[0].what,
        What::Renewals {
            before: 1,
            after: 0
        }
    );
}

#[test]
fn the_day_of_a_renewal_is_used_where_it_is_kept_and_never_guessed() {
    let after = policy(
        json!({ "renew_from": "today", "renewals": 2 }),
        json!([]),
        json!([]),
    );
    let lab = compared(
        &policy(json!({ "renewals": 2 }), json!([]), json!([])),
        &after,
    );
    let twice = LentLoan {
        renewals: 2,
        renewed_on: Some(date(2026, 3, 3)),
        ..dvd(date(2026, 1, 6))
    };
    assert_eq!(lab.loan(&twice).1, Some(NotKept::RenewalDays));
    let once = LentLoan {
        renewals: 1,
        renewed_on: Some(date(2026, 2, 17)),
        ..dvd(date(2026, 2, 3))
    };
    let (changes, not_kept) = lab.loan(&once);
    assert_eq!(not_kept, None);
    assert_eq!(
        changes[0].what,
        What::Due {
            before: date(2026, 3, 31),
            after: date(2026, 3, 17)
        }
    );
}

#[test]
fn who_could_not_have_borrowed_it_is_told_and_nothing_else_of_that_loan() {
    let after = with(
        json!([{ "id": "X", "document": "DVD", "loanable": false, "loan_days": 7 }]),
        json!([]),
    );
    let (changes, _) = compared(&plain(), &after).loan(&dvd(TODAY));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].what, What::Lendable { after: false });
}

#[test]
fn limits_count_when_they_are_reached_by_one_policy_only() {
    let lab = compared(&five_dvds(5), &five_dvds(3));
    assert_eq!(lab.reader(&borrowing(2)), []);
    for (dvds, weight) in [(3, 100), (4, 101), (5, 102)] {
        let changes = lab.reader(&borrowing(dvds));
        let [change] = changes.as_slice() else {
            panic!("{dvds}: {changes:?}")
        };
        assert_eq!((change.side(), change.weight()), (Side::Loss, weight));
        assert_eq!(change.rule(), Some(&RuleId::from("L-DVD")));
        assert_eq!(change.document, Some(document("DVD")));
    }
    // Over both.
    assert_eq!(lab.reader(&borrowing(6)), []);
    let changes = compared(&five_dvds(5), &five_dvds(8)).reader(&borrowing(5));
    assert_eq!(changes[0].side(), Side::Gain);
    let What::Limit { before, after } = changes[0].what else {
        panic!("{changes:?}")
    };
    assert_eq!((before.room(), after.room()), (Some(0), Some(3)));
}

#[test]
fn a_limit_by_another_name_is_the_same_limit() {
    let renamed = with(
        json!([]),
        json!([{ "id": "L-FILMS", "of": "patron", "where": "network", "documents": ["DVD"], "max_loans": 5 }]),
    );
    assert_eq!(compared(&five_dvds(5), &renamed).reader(&borrowing(5)), []);
}

#[test]
fn a_recall_that_would_block_is_a_loss() {
    let lax = policy(
        json!({ "borrowing_blocked_from_recall": 0 }),
        json!([]),
        json!([]),
    );
    let mut late = borrowing(1);
    late.loans[0].due = date(2026, 2, 1);
    let changes = compared(&lax, &plain()).reader(&late);
    assert_eq!(changes[0].what, What::Recall { blocks: true });
    assert_eq!(compared(&plain(), &lax).reader(&late)[0].side(), Side::Gain);
}

#[test]
fn a_refusal_by_a_limit_is_lifted_by_a_higher_one() {
    let raised = compared(&five_dvds(5), &five_dvds(6));
    let Replayed::Changed(change) = raised.event(&refused(limit_refusal(5))) else {
        panic!()
    };
    assert_eq!(change.side(), Side::Gain);
    assert_eq!(change.rule_before, Some("L-DVD".into()));
    // One who had six already is refused all the same.
    assert_eq!(raised.event(&refused(limit_refusal(6))), Replayed::Same);
    // So is who had a lost card besides.
    let mut both = limit_refusal(5);
    both.as_array_mut()
        .unwrap()
        .push(json!({ "code": "card_lost" }));
    assert_eq!(raised.event(&refused(both)), Replayed::Same);
}

#[test]
fn what_a_limit_of_other_scope_would_count_is_not_guessed() {
    let household = with(
        json!([]),
        json!([{ "id": "L-DVD", "of": "household", "where": "network", "documents": ["DVD"], "max_loans": 6 }]),
    );
    let lab = compared(&five_dvds(5), &household);
    assert_eq!(
        lab.event(&refused(limit_refusal(5))),
        Replayed::Not(NotKept::Loans)
    );
    assert!(matches!(
        compared(&five_dvds(5), &plain()).event(&refused(limit_refusal(5))),
        Replayed::Changed(_)
    ));
}

#[test]
fn a_category_that_may_have_changed_is_not_guessed() {
    let after = with(
        json!([{ "id": "X", "category": "ENF", "loanable": false }]),
        json!([]),
    );
    let facts = EventFacts {
        done: true,
        category: None,
        ..refused(json!([{ "code": "card_lost" }]))
    };
    let facts = EventFacts {
        refused: vec![],
        ..facts
    };
    assert_eq!(
        compared(&plain(), &after).event(&facts),
        Replayed::Not(NotKept::Category)
    );
    // Where no category makes a difference, none has to be known.
    let other = with(
        json!([{ "id": "X", "branch": "VILB", "category": "ENF", "loanable": false }]),
        json!([]),
    );
    assert_eq!(compared(&plain(), &other).event(&facts), Replayed::Same);
}

#[test]
fn a_refused_renewal_is_lifted_where_more_are_allowed() {
    let loan = LoanKept {
        checkout: branch("LENS"),
        category: category("ADU"),
        document: document("DVD"),
        lent_on: date(2026, 2, 3),
        new: false,
        renewals: 1,
    };
    let facts = EventFacts {
        question: Question::Renew,
        loan: Some(loan),
        ..refused(json!([{ "code": "renewals_used", "used": 1, "allowed": 1, "rule": "R0" }]))
    };
    let more = policy(json!({ "renewals": 2 }), json!([]), json!([]));
    let Replayed::Changed(change) = compared(&plain(), &more).event(&facts) else {
        panic!()
    };
    assert_eq!(change.side(), Side::Gain);
    let with_queue = policy(
        json!({ "renewals": 2, "renew_when_held": true }),
        json!([]),
        json!([]),
    );
    assert!(matches!(
        compared(&plain(), &with_queue).event(&facts),
        Replayed::Changed(_)
    ));
    // Whether anybody waited then is not kept where nobody had to ask.
    assert_eq!(
        compared(&with_queue, &more).event(&facts),
        Replayed::Not(NotKept::Queue)
    );
}

#[test]
fn a_hold_is_decided_again_by_its_limit_and_not_by_where_copies_were() {
    let holds = |max: u32| {
        with(
            json!([]),
            json!([{ "id": "H-TOTAL", "of": "patron", "where": "network", "max_holds": max }]),
        )
    };
    let facts = EventFacts {
        question: Question::Hold,
        ..refused(
            json!([{ "code": "limit", "id": "H-TOTAL", "of": "patron", "over": "network", "max": 2,
                           "counted": 2, "holds": true }]),
        )
    };
    assert!(matches!(
        compared(&holds(2), &holds(3)).event(&facts),
        Replayed::Changed(_)
    ));
    let queue = policy(json!({ "hold_queue_max": 1 }), json!([]), json!([]));
    assert_eq!(
        compared(&plain(), &queue).event(&facts),
        Replayed::Not(NotKept::Copies)
    );
}
