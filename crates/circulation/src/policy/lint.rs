//! What a sound policy probably does not mean.
//!
//! The whole table of cases is walked (every branch, category and document type), because only
//! there it shows that a rule is always covered, or which of two rules hides the other.

use std::collections::BTreeSet;

use super::{
    KnownCodes, Level, Limit, Over, Parameter, ParameterValue, Policy, PolicyFinding, Rule, Whom,
};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};

impl Policy {
    /// Codes that do not exist, then what is probably not meant, then what is worth knowing.
    /// Takes a moment: for people who write rules, not for decisions.
    #[must_use]
    pub fn check(&self, known: &KnownCodes) -> Vec<PolicyFinding> {
        let mut findings = self.unknown_codes(known);
        let walked = Walk::through(self, known);
        findings.extend(walked.findings(self));
        findings.extend(self.idle_limits(known));
        findings.sort_by_key(PolicyFinding::severity);
        findings
    }

    /// Limits that can never be the one that says no.
    fn idle_limits(&self, known: &KnownCodes) -> Vec<PolicyFinding> {
        let mut findings = Vec::new();
        for (place, limit) in self.limits.iter().enumerate() {
            let behind = self
                .limits
                .iter()
                .enumerate()
                .find(|(other_place, other)| {
                    // Of two equal limits the first says no.
                    *other_place != place
                        && bites_first(other, limit)
                        && (!bites_first(limit, other) || *other_place < place)
                })
                .map(|(_, other)| other.id.clone());
            if behind.is_some() || (limit.max_loans.is_some() && self.lends_nothing(limit, known)) {
                findings.push(PolicyFinding::LimitNeverBites {
                    limit: limit.id.clone(),
                    behind,
                });
            }
        }
        findings
    }

    /// Whether no rule lets anybody borrow what the limit counts.
    fn lends_nothing(&self, limit: &Limit, known: &KnownCodes) -> bool {
        let categories: Vec<_> = known
            .categories
            .iter()
            .filter(|category| limit.categories.is_empty() || limit.categories.contains(category))
            .collect();
        !limit.documents.is_empty()
            && !known.branches.is_empty()
            && !categories.is_empty()
            && limit.documents.iter().all(|document| {
                known.branches.iter().all(|branch| {
                    categories.iter().all(|category| {
                        let rules = applicable(self, (*branch, **category, *document));
                        rules.iter().find_map(|(_, rule)| rule.set.loanable) == Some(false)
                    })
                })
            })
    }
}

/// Whether `first` always applies when `second` does, counts all that it counts, and allows no
/// more.
fn bites_first(first: &Limit, second: &Limit) -> bool {
    let same_place =
        first.over == second.over && (first.branch.is_none() || first.branch == second.branch);
    covers(&first.categories, &second.categories)
        && covers(&first.documents, &second.documents)
        && (first.novelty.is_none() || first.novelty == second.novelty)
        && (first.of == Whom::Household || first.of == second.of)
        && (first.over == Over::Network || same_place)
        && no_more(first.max_loans, second.max_loans)
        && no_more(first.max_holds, second.max_holds)
}

/// Whether one list of a limit takes in the other; an empty one takes in everything.
fn covers<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|one| wide.contains(one)))
}

fn no_more(first: Option<u32>, second: Option<u32>) -> bool {
    match (first, second) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(first), Some(second)) => first <= second,
    }
}

type Cell = (BranchCode, CategoryCode, DocumentCode);

/// The rules that apply to a cell, the strongest first, with their places.
fn applicable(policy: &Policy, (branch, category, document): Cell) -> Vec<(usize, &Rule)> {
    let mut rules: Vec<_> = policy
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| {
            rule.branch.is_none_or(|named| named == branch)
                && rule.category.is_none_or(|named| named == category)
                && rule.document.is_none_or(|named| named == document)
        })
        .collect();
    rules.sort_by_key(|(_, rule)| {
        Level::IN_ORDER
            .iter()
            .position(|level| *level == Level::of(rule))
    });
    rules
}

/// What a walk through every cell has shown.
#[derive(Default)]
struct Walk {
    cells: usize,
    /// (rule, parameter) that gives the value somewhere.
    wins: BTreeSet<(usize, Parameter)>,
    /// (rule, parameter) without which some value would be another.
    matters: BTreeSet<(usize, Parameter)>,
    /// (winner, loser, parameter) that name equally many things and say different things.
    decided_by_order: BTreeSet<(usize, usize, Parameter)>,
    /// (exception, rule, parameter) where an exception of a branch names more things, but not those of the rule that
    /// would give the value without it.
    swallowed: BTreeSet<(usize, usize, Parameter)>,
}

impl Walk {
    fn through(policy: &Policy, known: &KnownCodes) -> Self {
        let mut walk = Self::default();
        for branch in &known.branches {
            for category in &known.categories {
                for document in &known.documents {
                    walk.visit(&applicable(policy, (*branch, *category, *document)));
                }
            }
        }
        walk
    }

    fn visit(&mut self, rules: &[(usize, &Rule)]) {
        self.cells += 1;
        for parameter in Parameter::ALL {
            let mut setting = rules.iter().filter(|(_, rule)| rule.set.sets(parameter));
            let Some((winner, rule)) = setting.next() else {
                continue;
            };
            let value = rule.set.get(parameter);
            self.wins.insert((*winner, parameter));
            for (rank, (loser, other)) in setting.enumerate() {
                let differs = other.set.get(parameter) != value;
                if differs && rank == 0 {
                    self.matters.insert((*winner, parameter));
                }
                let by_order = Level::of(other).count() == Level::of(rule).count();
                if differs && by_order {
                    self.decided_by_order.insert((*winner, *loser, parameter));
                } else if differs && rank == 0 && swallows(rule, other) {
                    self.swallowed.insert((*winner, *loser, parameter));
                }
            }
        }
    }

    fn findings(&self, policy: &Policy) -> Vec<PolicyFinding> {
        let mut findings = Vec::new();
        if self.cells == 0 {
            return findings;
        }
        for (place, rule) in policy.rules.iter().enumerate() {
            if Level::of(rule).count() == 0 {
                continue;
            }
            for parameter in Parameter::ALL {
                let Some(value) = rule.set.get(parameter) else {
                    continue;
                };
                let rule = rule.id.clone();
                if !self.wins.contains(&(place, parameter)) {
                    findings.push(PolicyFinding::NeverWins { rule, parameter });
                } else if !self.matters.contains(&(place, parameter)) {
                    findings.push(PolicyFinding::ChangesNothing {
                        rule,
                        parameter,
                        value,
                    });
                }
            }
        }
        let swallowed = self.swallowed.iter();
        findings.extend(swallowed.filter_map(|(exception, rule, parameter)| {
            let (exception, rule) = (policy.rules.get(*exception)?, policy.rules.get(*rule)?);
            Some(PolicyFinding::BranchSwallowsRule {
                exception: exception.id.clone(),
                rule: rule.id.clone(),
                parameter: *parameter,
                value: exception.set.get(*parameter)?,
                hidden: rule.set.get(*parameter)?,
            })
        }));
        let hidden = self.decided_by_order.iter();
        findings.extend(hidden.filter_map(|(winner, loser, parameter)| {
            let (winner, loser) = (policy.rules.get(*winner)?, policy.rules.get(*loser)?);
            Some(hides(
                winner,
                loser,
                *parameter,
                winner.set.get(*parameter)?,
                loser.set.get(*parameter)?,
            ))
        }));
        findings
    }
}

/// Whether an exception of a branch stands before a rule of the network that is about something else: another thing than
/// the exception names besides its branch. An exception to that very rule names what the rule names.
fn swallows(exception: &Rule, rule: &Rule) -> bool {
    exception.branch.is_some()
        && rule.branch.is_none()
        && ((rule.category.is_some() && exception.category.is_none())
            || (rule.document.is_some() && exception.document.is_none()))
}

fn hides(
    winner: &Rule,
    loser: &Rule,
    parameter: Parameter,
    value: ParameterValue,
    hidden: ParameterValue,
) -> PolicyFinding {
    let (winner_id, loser_id) = (winner.id.clone(), loser.id.clone());
    if winner.branch.is_some() && loser.branch.is_none() {
        let (exception, rule) = (winner_id, loser_id);
        PolicyFinding::BranchHidesRule {
            exception,
            rule,
            parameter,
            value,
            hidden,
        }
    } else {
        PolicyFinding::OrderDecides {
            winner: winner_id,
            loser: loser_id,
            parameter,
            value,
            hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::testing::{book, policy};
    use serde_json::{Value, json};

    fn check(rules: Value, limits: Value) -> Vec<String> {
        let policy = policy(json!({}), rules, limits);
        policy
            .check(&book().known_codes())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn unknown_codes_are_errors() {
        let policy = policy(
            json!({}),
            json!([{ "id": "X", "branch": "NOWHERE", "grace_days": 1 }]),
            json!([{ "id": "L", "of": "patron", "where": "network", "documents": ["CDD"],
                     "max_loans": 1 }]),
        );
        let findings = policy.check(&book().known_codes());
        let errors: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity() == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            errors,
            [
                "X names the branch NOWHERE, which does not exist",
                "L names the document CDD, which does not exist",
            ]
        );
    }

    #[test]
    fn a_rule_that_stronger_ones_always_cover_never_wins() {
        let codes = ["ADU", "ENF", "MUS", "CLA"];
        let mut rules = vec![json!({ "id": "R-DVD", "document": "DVD", "loan_days": 14 })];
        rules.extend(codes.iter().map(
            |code| json!({ "id": code, "category": code, "document": "DVD", "loan_days": 7 }),
        ));
        let findings = check(rules.into(), json!([]));
        assert_eq!(
            findings,
            ["loan_days of R-DVD never wins: stronger rules set it in every case"]
        );
    }

    #[test]
    fn a_branch_exception_that_hides_a_rule_of_the_network_is_pointed_at() {
        let rules = json!([
            { "id": "R-DVD", "document": "DVD", "returns_to": "stay" },
            { "id": "X-LENS", "branch": "LENS", "returns_to": "float_group" },
        ]);
        let findings = check(rules, json!([]));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].starts_with("returns_to: X-LENS (float_group) hides R-DVD (stay)"));
    }

    #[test]
    fn one_that_names_more_and_other_things_hides_it_too() {
        // Of children at Lens nothing was said about films: those of the network are hidden all the same.
        let network = json!({ "id": "R-DVD", "document": "DVD", "loan_days": 14 });
        let children =
            json!({ "id": "X-LENS-ENF", "branch": "LENS", "category": "ENF", "loan_days": 21 });
        let findings = check(json!([network, children]), json!([]));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0]
                .starts_with("loan_days: X-LENS-ENF (21) also takes the place of R-DVD (14)")
        );
        // Named together, nothing is hidden.
        let both = json!({ "id": "X-LENS-ENF-DVD", "branch": "LENS", "category": "ENF", "document": "DVD",
                           "loan_days": 14 });
        assert_eq!(check(json!([network, children, both]), json!([])), [""; 0]);
    }

    #[test]
    fn an_exception_to_a_rule_hides_nothing() {
        let rules = json!([
            { "id": "R-DVD", "document": "DVD", "loan_days": 14 },
            { "id": "X-LENS-DVD", "branch": "LENS", "document": "DVD", "loan_days": 7 },
            { "id": "X-LENS-ENF-DVD", "branch": "LENS", "category": "ENF", "document": "DVD", "loan_days": 21 },
        ]);
        assert_eq!(check(rules, json!([])), [""; 0]);
        // Nor does one of another branch, or one that says the same.
        let same = json!([
            { "id": "R-DVD", "document": "DVD", "loan_days": 14 },
            { "id": "X-LENS-ENF", "branch": "LENS", "category": "ENF", "loan_days": 14 },
        ]);
        let findings = check(same, json!([]));
        assert!(
            !findings.iter().any(|text| text.contains("takes the place")),
            "{findings:?}"
        );
    }

    #[test]
    fn what_repeats_the_rest_or_wins_by_order_is_noted() {
        let rules = json!([
            { "id": "R-DVD", "document": "DVD", "grace_days": 2, "loan_days": 14 },
            { "id": "R-MUS", "category": "MUS", "loan_days": 84 },
        ]);
        assert_eq!(
            check(rules, json!([])),
            [
                "grace_days = 2 of R-DVD changes nothing: without it the value is the same",
                "loan_days: R-MUS (84) goes before R-DVD (14) only by the order branch, category, \
                 document",
            ]
        );
    }

    #[test]
    fn limits_that_never_say_no_are_pointed_at() {
        let limit = |id: &str, of: &str, max: u32| {
            json!({ "id": id, "of": of, "where": "network", "documents": ["JVI"],
                    "max_loans": max })
        };
        let behind = |first, second| {
            let findings = check(json!([]), json!([first, second]));
            assert!(findings.len() <= 1, "{findings:?}");
            findings.into_iter().next().unwrap_or_default()
        };
        assert_eq!(
            behind(limit("L-A", "patron", 3), limit("L-B", "household", 2)),
            "limit L-A never says no: L-B always does so first"
        );
        assert_eq!(
            behind(limit("L-A", "patron", 2), limit("L-B", "patron", 2)),
            "limit L-B never says no: L-A always does so first"
        );
        assert_eq!(
            behind(limit("L-A", "patron", 1), limit("L-B", "household", 2)),
            ""
        );

        let nothing_lent = json!([{ "id": "R-JVI", "document": "JVI", "loanable": false }]);
        assert_eq!(
            check(nothing_lent, json!([limit("L-A", "patron", 1)])),
            ["limit L-A never says no: nothing that it counts can be lent"]
        );
    }
}
