//! The choice of a rule: the one that names most things wins; with equal numbers branch, then
//! category, then document.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Case, Parameter, Parameters, Policy, PolicyDocument, Role, Rule, RuleId};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// A value, and why it is this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved<T> {
    /// The value.
    pub value: T,
    /// The rule that set it.
    pub rule: RuleId,
    /// What that rule names.
    pub level: Level,
    /// Whose branch the parameter goes by.
    pub role: Role,
    /// The branch in that role.
    pub branch: BranchCode,
}

impl<T> Resolved<T> {
    /// The same reasons for another form of the value.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Resolved<U> {
        let Self {
            value,
            rule,
            level,
            role,
            branch,
        } = self;
        Resolved {
            value: form(value),
            rule,
            level,
            role,
            branch,
        }
    }
}

/// Which of the three things a rule names: 4 branch + 2 category + 1 document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(u8);

impl Level {
    const BRANCH: u8 = 4;
    const CATEGORY: u8 = 2;
    const DOCUMENT: u8 = 1;

    /// From the strongest to the root.
    pub(super) const IN_ORDER: [Self; 8] = [
        Self(7),
        Self(6),
        Self(5),
        Self(3),
        Self(4),
        Self(2),
        Self(1),
        Self(0),
    ];

    pub(super) fn of(rule: &Rule) -> Self {
        let bit = |named: bool, bit: u8| if named { bit } else { 0 };
        Self(
            bit(rule.branch.is_some(), Self::BRANCH)
                + bit(rule.category.is_some(), Self::CATEGORY)
                + bit(rule.document.is_some(), Self::DOCUMENT),
        )
    }

    /// Whether the rule names a branch.
    #[must_use]
    pub const fn names_branch(self) -> bool {
        self.0 & Self::BRANCH != 0
    }

    /// Whether the rule names a category.
    #[must_use]
    pub const fn names_category(self) -> bool {
        self.0 & Self::CATEGORY != 0
    }

    /// Whether the rule names a document type.
    #[must_use]
    pub const fn names_document(self) -> bool {
        self.0 & Self::DOCUMENT != 0
    }

    /// How many things the rule names.
    #[must_use]
    pub const fn count(self) -> u32 {
        (self.0 & 7).count_ones()
    }
}

/// The three names of a rule.
pub(super) type Names = (
    Option<BranchCode>,
    Option<CategoryCode>,
    Option<DocumentCode>,
);

/// Where each rule stands, and where it is worth looking for each parameter.
#[derive(Debug, Clone)]
pub(super) struct Index {
    places: HashMap<Names, usize>,
    /// For each parameter, a bit for each level at which some rule sets it.
    levels: [u8; Parameter::ALL.len()],
    roles: [Role; Parameter::ALL.len()],
}

impl Index {
    /// Of a document that [`PolicyDocument::errors`] finds nothing wrong with.
    pub(super) fn of(document: &PolicyDocument) -> Self {
        let mut places = HashMap::with_capacity(document.rules.len());
        let mut levels = [0; Parameter::ALL.len()];
        let mut roles = [Role::Checkout; Parameter::ALL.len()];
        for (place, rule) in document.rules.iter().enumerate() {
            places.insert((rule.branch, rule.category, rule.document), place);
            for parameter in Parameter::ALL {
                if rule.set.sets(parameter) {
                    levels[parameter as usize] |= 1 << Level::of(rule).0;
                }
            }
        }
        for (role, parameters) in &document.roles {
            for parameter in parameters {
                roles[*parameter as usize] = *role;
            }
        }
        Self {
            places,
            levels,
            roles,
        }
    }
}

impl Policy {
    /// Whose branch a parameter goes by.
    #[must_use]
    pub const fn role(&self, parameter: Parameter) -> Role {
        self.index.roles[parameter as usize]
    }

    /// The value of any parameter, as JSON.
    #[must_use]
    pub fn resolve_value(&self, parameter: Parameter, case: &Case) -> Resolved<serde_json::Value> {
        self.resolve(parameter, case, |set| set.get(parameter))
            .map(|value| {
                serde_json::to_value(value).expect("flags, numbers, days and words are all JSON")
            })
    }

    /// At most eight look-ups, nothing allocated.
    pub(super) fn resolve<T>(
        &self,
        parameter: Parameter,
        case: &Case,
        get: impl Fn(&Parameters) -> Option<T>,
    ) -> Resolved<T> {
        let role = self.role(parameter);
        let branch = case.branch(role);
        let worth = self.index.levels[parameter as usize];
        Level::IN_ORDER
            .into_iter()
            .filter(|level| worth & (1 << level.0) != 0)
            .find_map(|level| {
                let rule = self.rule_at(level, branch, case)?;
                let value = get(&rule.set)?;
                Some(Resolved {
                    value,
                    rule: rule.id.clone(),
                    level,
                    role,
                    branch,
                })
            })
            .expect("Policy::new refuses a document without a root rule that sets everything")
    }

    fn rule_at(&self, level: Level, branch: BranchCode, case: &Case) -> Option<&Rule> {
        if level.names_category() && case.category.is_none() {
            return None;
        }
        let names = (
            level.names_branch().then_some(branch),
            case.category.filter(|_| level.names_category()),
            level.names_document().then_some(case.document),
        );
        self.rules.get(*self.index.places.get(&names)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{branch, category, document, policy};
    use serde_json::json;

    #[test]
    fn the_rule_that_names_most_wins_then_branch_then_category_then_document() {
        // All eight levels set loan_days, weakest first; taking the strongest away one by one
        // must uncover the next.
        let mut rules = vec![
            json!({ "id": "D", "document": "DVD", "loan_days": 1 }),
            json!({ "id": "C", "category": "ADU", "loan_days": 2 }),
            json!({ "id": "B", "branch": "LENS", "loan_days": 3 }),
            json!({ "id": "CD", "category": "ADU", "document": "DVD", "loan_days": 4 }),
            json!({ "id": "BD", "branch": "LENS", "document": "DVD", "loan_days": 5 }),
            json!({ "id": "BC", "branch": "LENS", "category": "ADU", "loan_days": 6 }),
            json!({ "id": "BCD", "branch": "LENS", "category": "ADU", "document": "DVD",
                    "loan_days": 7 }),
        ];
        let case = Case {
            checkout: branch("LENS"),
            owner: branch("VILB"),
            pickup: branch("VILB"),
            category: Some(category("ADU")),
            document: document("DVD"),
        };
        for strongest in ["BCD", "BC", "BD", "CD", "B", "C", "D", "R0"] {
            let policy = policy(json!({}), rules.clone().into(), json!([]));
            let found = policy.loan_days(&case);
            assert_eq!(found.rule, strongest);
            assert_eq!((found.role, found.branch), (Role::Checkout, branch("LENS")));
            let letters = if strongest == "R0" {
                0
            } else {
                strongest.len()
            };
            assert_eq!(usize::try_from(found.level.count()).unwrap(), letters);
            // Without a reader no rule that names a category applies.
            let nobody = policy.loan_days(&Case {
                category: None,
                ..case
            });
            assert!(!nobody.rule.as_str().contains('C'));
            rules.pop();
        }
    }

    #[test]
    fn each_parameter_goes_by_the_branch_of_its_role() {
        let rules = json!([
            { "id": "X", "branch": "VILB", "grace_days": 7, "novelty_days": 1,
              "hold_shelf_open_days": 6 },
        ]);
        let policy = policy(json!({}), rules, json!([]));
        let [lens, vilb] = ["LENS", "VILB"].map(branch);
        let case = |checkout, owner, pickup| Case {
            checkout,
            owner,
            pickup,
            category: None,
            document: document("LIV"),
        };
        assert_eq!(policy.grace_days(&case(vilb, lens, lens)).value, 7);
        assert_eq!(policy.grace_days(&case(lens, vilb, vilb)).value, 2);
        assert_eq!(policy.novelty_days(&case(lens, vilb, lens)).value, 1);
        assert_eq!(policy.novelty_days(&case(vilb, lens, vilb)).value, 180);
        assert_eq!(
            policy.hold_shelf_open_days(&case(lens, lens, vilb)).value,
            6
        );
        assert_eq!(
            policy.hold_shelf_open_days(&case(vilb, vilb, lens)).value,
            10
        );
    }
}
