//! What one version of the rules has and another one has not.

use std::collections::BTreeMap;

use super::resolve::Names;
use super::{Limit, Parameter, ParameterValue, PolicyDocument, Rule, RuleId};

/// One thing that is other in the later of two documents.
#[derive(Debug, Clone, PartialEq)]
pub enum PolicyChange {
    /// A rule for what had none of its own.
    RuleAdded(Rule),
    /// A rule that is gone.
    RuleRemoved(Rule),
    /// A rule for the same as before sets a parameter otherwise.
    Set {
        /// The rule, by its later id.
        rule: RuleId,
        /// What it is for.
        names: Names,
        /// What it sets.
        parameter: Parameter,
        /// To what, before; none: it left it open.
        before: Option<ParameterValue>,
        /// To what, after; none: it leaves it open.
        after: Option<ParameterValue>,
    },
    /// A limit that was not there.
    LimitAdded(Limit),
    /// A limit that is gone.
    LimitRemoved(Limit),
    /// A limit that says something else.
    LimitChanged {
        /// What it said.
        before: Limit,
        /// What it says.
        after: Limit,
    },
    /// Which branches share their stock.
    FloatGroups,
    /// When branches are moving or work otherwise.
    BranchPeriods,
    /// Whose branch rules mean.
    Roles,
    /// What cents are counted in.
    Currency,
}

impl PolicyDocument {
    /// What is other here than before: rules by what they are for, limits by their ids. Names of rules and the order in which they
    /// are written decide nothing, and are not told.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<PolicyChange> {
        let mut changes = Vec::new();
        let mut left: BTreeMap<Names, Vec<&Rule>> = BTreeMap::new();
        for rule in &before.rules {
            left.entry(names(rule)).or_default().push(rule);
        }
        for rule in &self.rules {
            let same = left.get_mut(&names(rule)).filter(|same| !same.is_empty());
            match same.map(|same| same.remove(0)) {
                None => changes.push(PolicyChange::RuleAdded(rule.clone())),
                Some(old) => changes.extend(settings(old, rule)),
            }
        }
        let gone = left.into_values().flatten().cloned();
        changes.extend(gone.map(PolicyChange::RuleRemoved));
        let mut left: Vec<&Limit> = before.limits.iter().collect();
        for limit in &self.limits {
            match left.iter().position(|old| old.id == limit.id) {
                None => changes.push(PolicyChange::LimitAdded(limit.clone())),
                Some(place) => {
                    let old = left.remove(place);
                    if old != limit {
                        changes.push(PolicyChange::LimitChanged {
                            before: old.clone(),
                            after: limit.clone(),
                        });
                    }
                }
            }
        }
        changes.extend(left.into_iter().cloned().map(PolicyChange::LimitRemoved));
        let rest = [
            (
                PolicyChange::FloatGroups,
                self.float_groups != before.float_groups,
            ),
            (
                PolicyChange::BranchPeriods,
                self.branch_periods != before.branch_periods,
            ),
            (PolicyChange::Roles, self.roles != before.roles),
            (PolicyChange::Currency, self.currency != before.currency),
        ];
        changes.extend(
            rest.into_iter()
                .filter(|(_, other)| *other)
                .map(|(what, _)| what),
        );
        changes
    }
}

fn names(rule: &Rule) -> Names {
    (rule.branch, rule.category, rule.document)
}

fn settings<'r>(before: &'r Rule, after: &'r Rule) -> impl Iterator<Item = PolicyChange> + 'r {
    Parameter::ALL.into_iter().filter_map(|parameter| {
        let (old, new) = (before.set.get(parameter), after.set.get(parameter));
        (old != new).then(|| PolicyChange::Set {
            rule: after.id.clone(),
            names: names(after),
            parameter,
            before: old,
            after: new,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{bare, branch, document};
    use serde_json::{Value, json};

    fn with(rules: Value, limits: Value) -> PolicyDocument {
        let mut made = bare();
        let list = made["rule"].as_array_mut().unwrap();
        list.extend(rules.as_array().unwrap().iter().cloned());
        made["limit"] = limits;
        serde_json::from_value(made).unwrap()
    }

    #[test]
    fn nothing_is_other_than_itself() {
        let rules = json!([{ "id": "D", "document": "DVD", "loan_days": 14 }]);
        let one = with(rules, json!([]));
        assert_eq!(one.changes_since(&one), []);
        // Neither are another name and another order.
        let mut other = one.clone();
        other.rules.reverse();
        other.rules[0].id = "R-DVD".into();
        assert_eq!(other.changes_since(&one), []);
    }

    #[test]
    fn rules_are_the_same_by_what_they_are_for() {
        let before = with(
            json!([
                { "id": "D", "document": "DVD", "loan_days": 14, "renewals": 1 },
                { "id": "OLD", "branch": "VIMY", "loan_days": 7 },
            ]),
            json!([]),
        );
        let after = with(
            json!([
                { "id": "D", "document": "DVD", "loan_days": 7, "self_check": false },
                { "id": "NEW", "branch": "LENS", "loan_days": 7 },
            ]),
            json!([]),
        );
        let set = |parameter, before, after| PolicyChange::Set {
            rule: "D".into(),
            names: (None, None, Some(document("DVD"))),
            parameter,
            before,
            after,
        };
        let number = |number: u32| Some(ParameterValue::Number(number));
        let changes = after.changes_since(&before);
        assert_eq!(
            changes[..3],
            [
                set(Parameter::SelfCheck, None, Some(false.into())),
                set(Parameter::LoanDays, number(14), number(7)),
                set(Parameter::Renewals, number(1), None),
            ]
        );
        assert!(
            matches!(&changes[3], PolicyChange::RuleAdded(rule) if rule.branch == Some(branch("LENS")))
        );
        assert!(matches!(&changes[4], PolicyChange::RuleRemoved(rule) if rule.id == *"OLD"));
        assert_eq!(changes.len(), 5);
    }

    #[test]
    fn limits_and_the_rest_are_told() {
        let limit = |id: &str, most: u32| json!({ "id": id, "of": "patron", "where": "network", "max_loans": most });
        let before = with(json!([]), json!([limit("A", 1), limit("B", 2)]));
        let mut after = with(json!([]), json!([limit("B", 3), limit("C", 4)]));
        after.currency = "CHF".into();
        let changes = after.changes_since(&before);
        assert!(
            matches!(&changes[0], PolicyChange::LimitChanged { before, after }
            if before.max_loans == Some(2) && after.max_loans == Some(3))
        );
        assert!(matches!(&changes[1], PolicyChange::LimitAdded(limit) if limit.id == *"C"));
        assert!(matches!(&changes[2], PolicyChange::LimitRemoved(limit) if limit.id == *"A"));
        assert_eq!(changes[3..], [PolicyChange::Currency]);
    }
}
