//! The index finds the same rule as looking at all of them.

use circulation::{Case, Parameter};
use proptest::option;
use proptest::prelude::*;

use crate::circulation;
use crate::model;
use crate::network::{branch, category, document, policy};

fn case() -> impl Strategy<Value = Case> {
    (
        branch(),
        branch(),
        branch(),
        option::weighted(0.8, category()),
        document(),
    )
        .prop_map(|(checkout, owner, pickup, category, document)| Case {
            checkout,
            owner,
            pickup,
            category,
            document,
        })
}

proptest! {
    #[test]
    fn the_chosen_rule_is_the_model_s(policy in policy(), case in case()) {
        for parameter in Parameter::ALL {
            let found = policy.resolve_value(parameter, &case);
            let rule = model::rule(policy.document(), parameter, &case);
            prop_assert_eq!(&found.rule, &rule.id, "{}", parameter);
            prop_assert_eq!(found.value, model::value(&policy, parameter, &case));
            prop_assert_eq!(found.level.names_branch(), rule.branch.is_some());
            prop_assert_eq!(found.branch, case.branch(found.role));
        }
    }

    #[test]
    fn the_typed_questions_answer_the_same(policy in policy(), case in case()) {
        let number = |parameter| model::number(&policy, parameter, &case);
        prop_assert_eq!(u64::from(policy.loan_days(&case).value), number(Parameter::LoanDays));
        prop_assert_eq!(u64::from(policy.renewals(&case).value), number(Parameter::Renewals));
        let holdable = model::value(&policy, Parameter::Holdable, &case);
        prop_assert_eq!(policy.holdable(&case).value, holdable.as_bool().unwrap());
    }

    #[test]
    fn a_policy_reads_back_from_json(policy in policy()) {
        let json = serde_json::to_string(&policy).unwrap();
        let again: circulation::Policy = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(again, policy);
    }
}
