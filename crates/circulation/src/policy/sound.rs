//! Whether a policy document can be used at all.

use std::collections::{BTreeSet, HashMap};

use super::{Over, Parameter, PolicyDocument, PolicyFinding, Rule};

impl PolicyDocument {
    /// Everything that keeps this document from being a policy; empty if it is sound.
    ///
    /// Needs no list of codes: whether these exist says [`Policy::check`](super::Policy::check).
    #[must_use]
    pub fn errors(&self) -> Vec<PolicyFinding> {
        let mut findings = Vec::new();
        self.root_errors(&mut findings);
        self.rule_errors(&mut findings);
        self.role_errors(&mut findings);
        self.limit_errors(&mut findings);
        for period in self
            .branch_periods
            .iter()
            .filter(|period| period.to < period.from)
        {
            let (branch, from, to) = (period.branch, period.from, period.to);
            findings.push(PolicyFinding::PeriodBackwards { branch, from, to });
        }
        findings
    }

    fn root_errors(&self, findings: &mut Vec<PolicyFinding>) {
        let names_nothing = |rule: &&Rule| {
            rule.branch.is_none() && rule.category.is_none() && rule.document.is_none()
        };
        let Some(root) = self.rules.iter().find(names_nothing) else {
            findings.push(PolicyFinding::NoRoot);
            return;
        };
        let missing: Vec<_> = Parameter::ALL
            .into_iter()
            .filter(|parameter| !root.set.sets(*parameter))
            .collect();
        if !missing.is_empty() {
            findings.push(PolicyFinding::RootIncomplete {
                rule: root.id.clone(),
                missing,
            });
        }
    }

    fn rule_errors(&self, findings: &mut Vec<PolicyFinding>) {
        let mut ids = BTreeSet::new();
        let all_ids = self.rules.iter().map(|rule| &rule.id);
        for id in all_ids.chain(self.limits.iter().map(|limit| &limit.id)) {
            if !ids.insert(id) {
                findings.push(PolicyFinding::SameId { id: id.clone() });
            }
        }
        let mut names = HashMap::new();
        for rule in &self.rules {
            let first = names
                .entry((rule.branch, rule.category, rule.document))
                .or_insert(&rule.id);
            if *first != &rule.id {
                let (first, second) = ((*first).clone(), rule.id.clone());
                findings.push(PolicyFinding::SameNames { first, second });
            }
            if let Some(days) = &rule.set.recall_days
                && !days.as_slice().is_sorted_by(|one, next| one < next)
            {
                findings.push(PolicyFinding::RecallDaysNotRising {
                    rule: rule.id.clone(),
                });
            }
        }
    }

    fn role_errors(&self, findings: &mut Vec<PolicyFinding>) {
        for parameter in Parameter::ALL {
            let listed = self
                .roles
                .values()
                .flatten()
                .filter(|one| **one == parameter)
                .count();
            match listed {
                0 => findings.push(PolicyFinding::RoleMissing { parameter }),
                1 => {}
                _ => findings.push(PolicyFinding::RoleTwice { parameter }),
            }
        }
    }

    fn limit_errors(&self, findings: &mut Vec<PolicyFinding>) {
        for limit in &self.limits {
            if limit.max_loans.is_none() && limit.max_holds.is_none() {
                findings.push(PolicyFinding::LimitWithoutMax {
                    limit: limit.id.clone(),
                });
            }
            if limit.branch.is_some() && limit.over == Over::Network {
                findings.push(PolicyFinding::LimitBranchOverNetwork {
                    limit: limit.id.clone(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::bare;
    use serde_json::{Value, json};

    fn errors(change: impl FnOnce(&mut Value)) -> Vec<PolicyFinding> {
        let mut document = bare();
        change(&mut document);
        let document: PolicyDocument = serde_json::from_value(document).unwrap();
        let errors = document.errors();
        assert_eq!(errors.is_empty(), crate::Policy::new(document).is_ok());
        errors
    }

    fn add(document: &mut Value, list: &str, row: Value) {
        if document[list].is_null() {
            document[list] = json!([]);
        }
        document[list].as_array_mut().unwrap().push(row);
    }

    #[test]
    fn the_bare_policy_is_sound() {
        assert_eq!(errors(|_| {}), []);
    }

    #[test]
    fn the_root_must_give_everything() {
        assert_eq!(errors(|d| d["rule"] = json!([])), [PolicyFinding::NoRoot]);
        let without = errors(|d| {
            d["rule"][0].as_object_mut().unwrap().remove("grace_days");
        });
        let (rule, missing) = ("R0".into(), vec![Parameter::GraceDays]);
        assert_eq!(without, [PolicyFinding::RootIncomplete { rule, missing }]);
    }

    #[test]
    fn names_and_ids_are_given_once() {
        let two = |first: &str, second: &str| {
            let (first, second) = (first.to_owned(), second.to_owned());
            errors(move |d| {
                add(
                    d,
                    "rule",
                    json!({ "id": first, "branch": "LENS", "document": "*" }),
                );
                add(
                    d,
                    "rule",
                    json!({ "id": second, "branch": "LENS", "category": "" }),
                );
            })
        };
        let (first, second) = ("X-A".into(), "X-B".into());
        assert_eq!(
            two("X-A", "X-B"),
            [PolicyFinding::SameNames { first, second }]
        );
        assert!(two("R0", "X-B").contains(&PolicyFinding::SameId { id: "R0".into() }));
    }

    #[test]
    fn every_parameter_has_one_role() {
        let errors = errors(|d| {
            d["roles"]["pickup"] = json!(["loanable", "loanable"]);
        });
        assert_eq!(
            errors,
            [
                PolicyFinding::RoleTwice {
                    parameter: Parameter::Loanable
                },
                PolicyFinding::RoleMissing {
                    parameter: Parameter::HoldShelfOpenDays
                },
            ]
        );
    }

    #[test]
    fn limits_periods_and_recalls_must_make_sense() {
        let limit = errors(|d| {
            add(
                d,
                "limit",
                json!({ "id": "L", "of": "patron", "where": "network" }),
            )
        });
        assert_eq!(
            limit,
            [PolicyFinding::LimitWithoutMax { limit: "L".into() }]
        );
        let limit = errors(|d| {
            let row = json!({
                "id": "L", "of": "patron", "where": "network", "branch": "LENS", "max_loans": 1
            });
            add(d, "limit", row);
        });
        assert_eq!(
            limit,
            [PolicyFinding::LimitBranchOverNetwork { limit: "L".into() }]
        );
        let period = errors(|d| {
            let row = json!({ "branch": "LENS", "from": "2026-03-02", "to": "2026-03-01" });
            add(d, "branch_period", row);
        });
        assert!(matches!(
            period.as_slice(),
            [PolicyFinding::PeriodBackwards { .. }]
        ));
        let recall = errors(|d| d["rule"][0]["recall_days"] = json!([14, 14]));
        assert_eq!(
            recall,
            [PolicyFinding::RecallDaysNotRising { rule: "R0".into() }]
        );
    }

    #[test]
    fn an_error_tells_everything_in_one_line() {
        let mut document = bare();
        document["rule"] = json!([]);
        document["roles"]["pickup"] = json!([]);
        let error = serde_json::from_value::<crate::Policy>(document)
            .unwrap_err()
            .to_string();
        assert!(error.contains("no root rule"), "{error}");
        assert!(
            error.contains("hold_shelf_open_days stands under no role"),
            "{error}"
        );
    }
}
