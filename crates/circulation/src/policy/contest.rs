//! Which rules would have had a say, and which of them has it.

use super::{Case, Level, Parameter, ParameterValue, Policy, Rule};

/// A rule that applies to a case and sets a parameter there.
#[derive(Debug, Clone, PartialEq)]
pub struct Contender<'p> {
    /// The rule.
    pub rule: &'p Rule,
    /// What it names.
    pub level: Level,
    /// What it sets the parameter to.
    pub value: ParameterValue,
}

impl Policy {
    /// The rules that set a parameter in a case, the one that wins first, then those that it beats, the strongest first.
    /// Never empty: the root rule sets everything.
    #[must_use]
    pub fn contenders(&self, parameter: Parameter, case: &Case) -> Vec<Contender<'_>> {
        let branch = case.branch(self.role(parameter));
        let mut found: Vec<Contender<'_>> = self
            .rules
            .iter()
            .filter(|rule| {
                rule.branch.is_none_or(|named| named == branch)
                    && rule
                        .category
                        .is_none_or(|named| case.category == Some(named))
                    && rule.document.is_none_or(|named| named == case.document)
            })
            .filter_map(|rule| {
                Some(Contender {
                    rule,
                    level: Level::of(rule),
                    value: rule.set.get(parameter)?,
                })
            })
            .collect();
        found.sort_by_key(|contender| {
            Level::IN_ORDER
                .iter()
                .position(|level| *level == contender.level)
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{branch, category, document, policy};
    use serde_json::json;

    #[test]
    fn the_first_contender_is_the_rule_that_is_chosen() {
        let rules = json!([
            { "id": "D", "document": "DVD", "loan_days": 1 },
            { "id": "C", "category": "ADU", "loan_days": 2 },
            { "id": "B", "branch": "LENS", "loan_days": 3 },
            { "id": "CD", "category": "ADU", "document": "DVD", "loan_days": 4 },
            { "id": "ELSE", "branch": "VILB", "loan_days": 5 },
            { "id": "SILENT", "branch": "LENS", "document": "DVD", "renewals": 5 },
        ]);
        let policy = policy(json!({}), rules, json!([]));
        let mut case = Case {
            checkout: branch("LENS"),
            owner: branch("VILB"),
            pickup: branch("VILB"),
            category: Some(category("ADU")),
            document: document("DVD"),
        };
        let ids = |case: &Case| -> Vec<String> {
            let found = policy.contenders(Parameter::LoanDays, case);
            let ids = found.iter().map(|one| one.rule.id.to_string());
            ids.collect()
        };
        assert_eq!(ids(&case), ["CD", "B", "C", "D", "R0"]);
        for parameter in Parameter::ALL {
            let first = policy.contenders(parameter, &case).remove(0);
            let chosen = policy.resolve_value(parameter, &case);
            assert_eq!((&first.rule.id, first.level), (&chosen.rule, chosen.level));
            assert_eq!(serde_json::to_value(&first.value).unwrap(), chosen.value);
        }
        case.category = None;
        assert_eq!(ids(&case), ["B", "D", "R0"]);
    }
}
