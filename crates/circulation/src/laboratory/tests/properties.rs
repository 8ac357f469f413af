use proptest::prelude::*;
use serde_json::{Value, json};

use super::{super::*, TODAY, borrowing, compared, dvd, limit_refusal, refused};
use crate::testing::{book, branch, category, document, policy};
use crate::{OpenLoan, Policy, Whose};

fn rules() -> impl Strategy<Value = Value> {
    let name = |codes: &'static [&'static str]| prop::sample::select(codes);
    let rule = (
        name(&["", "LENS", "VILB"]),
        name(&["", "ADU", "ENF"]),
        name(&["DVD", "LIV"]),
        prop::option::of(1u32..40),
        prop::option::of(0u16..4),
        prop::option::of(any::<bool>()),
        prop::option::of(prop::sample::select(&["today", "due_date"][..])),
    );
    prop::collection::btree_map((0u8..12,), rule, 0..5).prop_map(|rules| {
        let mut names = std::collections::BTreeSet::new();
        let mut all = Vec::new();
        for ((id,), (branch, category, document, days, renewals, loanable, from)) in rules {
            if !names.insert((branch, category, document)) {
                continue;
            }
            let mut rule = json!({ "id": format!("R{}", id + 1), "document": document });
            let mut set = |name: &str, value: Value| {
                if !value.is_null() && value != "" {
                    rule[name] = value;
                }
            };
            set("branch", branch.into());
            set("category", category.into());
            set("loan_days", days.into());
            set("renewals", renewals.into());
            set("loanable", loanable.into());
            set("renew_from", from.into());
            all.push(rule);
        }
        all.into()
    })
}

fn limits() -> impl Strategy<Value = Value> {
    let limit = (
        prop::sample::select(&["patron", "household"][..]),
        prop::sample::select(&["network", "checkout", "owner"][..]),
        prop::sample::subsequence(vec!["DVD", "LIV"], 0..=2),
        0u32..5,
        prop::option::of(any::<bool>()),
    );
    prop::collection::vec(limit, 0..4).prop_map(|limits| {
        let all = limits.into_iter().enumerate();
        all.map(|(n, (of, over, documents, max, novelty))| {
            let mut limit = json!({ "id": format!("L{n}"), "of": of, "where": over, "documents": documents,
                                    "max_loans": max });
            if let Some(novelty) = novelty {
                limit["novelty"] = novelty.into();
            }
            limit
        })
        .collect::<Vec<_>>()
        .into()
    })
}

fn policies() -> impl Strategy<Value = Policy> {
    (rules(), limits(), 0u8..3).prop_map(|(rules, limits, level)| {
        policy(
            json!({ "borrowing_blocked_from_recall": level }),
            rules,
            limits,
        )
    })
}

fn lent() -> impl Strategy<Value = LentLoan> {
    (
        prop::sample::select(&["LENS", "VILB", "NEUF"][..]),
        prop::sample::select(&["ADU", "ENF"][..]),
        prop::sample::select(&["DVD", "LIV", "JVI"][..]),
        0i64..120,
        0u16..3,
        any::<bool>(),
    )
        .prop_map(|(at, of, what, age, renewals, new)| {
            let lent_on = TODAY - jiff::Span::new().days(age);
            LentLoan {
                checkout: branch(at),
                category: category(of),
                document: document(what),
                in_service: if new {
                    lent_on
                } else {
                    jiff::civil::date(2020, 1, 1)
                },
                new,
                renewals,
                renewed_on: (renewals > 0 && age > 3).then(|| TODAY - jiff::Span::new().days(3)),
                ..dvd(lent_on)
            }
        })
}

fn households() -> impl Strategy<Value = Borrowing> {
    prop::collection::vec((lent(), any::<bool>(), 0i64..60), 0..7).prop_map(|loans| Borrowing {
        loans: loans
            .into_iter()
            .map(|(loan, own, late)| OpenLoan {
                whose: if own { Whose::Reader } else { Whose::Household },
                checkout: loan.checkout,
                owner: loan.owner,
                category: loan.category,
                document: loan.document,
                new: loan.new,
                due: TODAY - jiff::Span::new().days(late),
            })
            .collect(),
        ..borrowing(0)
    })
}

fn events() -> impl Strategy<Value = EventFacts> {
    (0u32..6, any::<bool>(), lent()).prop_map(|(counted, done, loan)| {
        let step = |max| json!({ "counted": { "id": "L0", "of": "patron", "counted": counted, "max": max } });
        let mut facts = EventFacts {
            branch: loan.checkout,
            done,
            on: loan.lent_on,
            category: Some(loan.category),
            ..refused(limit_refusal(counted))
        };
        let body = match done {
            true => json!({ "plan": { "due": "2026-04-01" }, "trace": [step(counted + 1)] }),
            false => json!({ "refused": [{ "code": "limit", "id": "L0", "of": "patron", "over": "network",
                                            "max": counted, "counted": counted }], "trace": [] }),
        };
        assert!(facts.read_body(&body.to_string()));
        facts.item = facts.item.map(|item| ItemKept {
            document: loan.document,
            in_service: loan.in_service,
            ..item
        });
        facts
    })
}

type Seen = (Vec<LentLoan>, Vec<Borrowing>, Vec<EventFacts>);

fn seen() -> impl Strategy<Value = Seen> {
    (
        prop::collection::vec(lent(), 0..8),
        prop::collection::vec(households(), 0..4),
        prop::collection::vec(events(), 0..6),
    )
}

/// All changes, each with the reader that it is about.
fn changes(before: &Policy, after: &Policy, (loans, readers, events): &Seen) -> Vec<(Change, i64)> {
    let lab = compared(before, after);
    let mut all = Vec::new();
    for (reader, loan) in (0..).zip(loans) {
        all.extend(
            lab.loan(loan)
                .0
                .into_iter()
                .map(|change| (change, reader % 3)),
        );
    }
    for (reader, borrowing) in (0..).zip(readers) {
        all.extend(
            lab.reader(borrowing)
                .into_iter()
                .map(|change| (change, reader)),
        );
    }
    for (reader, facts) in (2..).zip(events) {
        if let Replayed::Changed(change) = lab.event(facts) {
            all.push((change, reader));
        }
    }
    all
}

fn figures(changes: &[(Change, i64)]) -> Figures {
    let mut tally = Tally::default();
    for (change, reader) in changes {
        tally.add(change, Some(*reader));
    }
    tally.figures()
}

fn swapped(moved: Moved) -> Moved {
    Moved {
        gains: moved.losses,
        losses: moved.gains,
        gaining: moved.losing,
        losing: moved.gaining,
    }
}

proptest! {
    #[test]
    fn the_same_policy_twice_changes_nothing(policy in policies(), seen in seen()) {
        prop_assert_eq!(changes(&policy, &policy, &seen), vec![]);
    }

    #[test]
    fn tables_add_up(before in policies(), after in policies(), seen in seen()) {
        let figures = figures(&changes(&before, &after, &seen));
        let sums = [
            figures.by_kind.values().copied().collect::<Vec<_>>(),
            figures.by_branch.values().copied().collect(),
            figures.by_category.values().copied().collect(),
            figures.by_document.values().copied().collect(),
            figures.by_rule.values().copied().collect(),
        ];
        for lines in sums {
            prop_assert_eq!(lines.iter().map(|line| line.gains).sum::<u64>(), figures.total.gains);
            prop_assert_eq!(lines.iter().map(|line| line.losses).sum::<u64>(), figures.total.losses);
            for line in lines {
                prop_assert!(line.gaining <= figures.total.gaining && line.losing <= figures.total.losing);
                prop_assert!(line.gaining <= line.gains && line.losing <= line.losses);
            }
        }
        prop_assert!(figures.both <= figures.total.gaining.min(figures.total.losing));
    }

    #[test]
    fn swapping_the_policies_swaps_gains_and_losses(before in policies(), after in policies(), mut seen in seen()) {
        // The log knows under which policy it was decided: that is not swapped.
        seen.2.clear();
        let there = figures(&changes(&before, &after, &seen));
        let back = figures(&changes(&after, &before, &seen));
        prop_assert_eq!(swapped(there.total), back.total);
        let all = |figures: &Figures| {
            (figures.by_kind.clone(), figures.by_branch.clone(), figures.by_category.clone(), figures.by_document.clone())
        };
        let (kinds, branches, categories, documents) = all(&there);
        let turned = (
            kinds.into_iter().map(|(key, line)| (key, swapped(line))).collect(),
            branches.into_iter().map(|(key, line)| (key, swapped(line))).collect(),
            categories.into_iter().map(|(key, line)| (key, swapped(line))).collect(),
            documents.into_iter().map(|(key, line)| (key, swapped(line))).collect(),
        );
        prop_assert_eq!(turned, all(&back));
    }

    #[test]
    fn of_the_log_too_where_both_policies_are_known(before in policies(), after in policies(), seen in seen()) {
        let log = seen.2;
        let mut book = book();
        book.policies = vec![before.clone()];
        let there = Laboratory::new(&book, &before, &after, TODAY).unwrap();
        let back = Laboratory::new(&book, &after, &before, TODAY).unwrap();
        for facts in &log {
            match (there.event(facts), back.event(facts)) {
                (Replayed::Changed(one), Replayed::Changed(other)) => prop_assert_ne!(one.side(), other.side()),
                // Which of several unknown things is told first goes by which policy is asked first.
                (Replayed::Not(_), Replayed::Not(_)) => {}
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}
