//! Limits: counted as the model counts, and never eased by one more loan.

use std::collections::BTreeSet;

use circulation::{
    Limit, NewLoan, OpenLoan, Over, Policy, ReaderFacts, Whom, Whose, limits_reached,
};
use proptest::prelude::*;

use crate::circulation;
use crate::facts::{open_loan, reader};
use crate::network::{branch, day, document, policy};

fn asked() -> impl Strategy<Value = NewLoan> {
    (branch(), branch(), document(), any::<bool>()).prop_map(|(checkout, owner, document, new)| {
        NewLoan {
            checkout,
            owner,
            document,
            new,
        }
    })
}

fn reached(policy: &Policy, reader: &ReaderFacts, asked: &NewLoan) -> BTreeSet<String> {
    let refusals = limits_reached(policy, reader, asked);
    refusals
        .iter()
        .filter_map(|refusal| refusal.rule().map(str::to_owned))
        .collect()
}

/// A limit is broken if the loans that it is about, the new one among them, are more than its
/// maximum; it is about the new one if it would count it were it lent.
fn broken(limit: &Limit, reader: &ReaderFacts, asked: &NewLoan) -> bool {
    let lent = OpenLoan {
        whose: Whose::Reader,
        checkout: asked.checkout,
        owner: asked.owner,
        category: reader.category,
        document: asked.document,
        new: asked.new,
        due: jiff::civil::Date::MAX,
    };
    let role = |loan: &OpenLoan| match limit.over {
        Over::Network => None,
        Over::Checkout => Some(loan.checkout),
        Over::Owner => Some(loan.owner),
    };
    let about = |loan: &&OpenLoan| {
        let mut holds = vec![role(loan) == role(&lent)];
        holds.push(limit.of == Whom::Household || loan.whose != Whose::Household);
        holds.push(limit.documents.is_empty() || limit.documents.contains(&loan.document));
        holds.push(limit.novelty.is_none_or(|new| new == loan.new));
        holds.push(limit.branch.is_none() || limit.branch == role(loan));
        holds.into_iter().all(|one| one)
    };
    let for_category = limit.categories.is_empty() || limit.categories.contains(&reader.category);
    let mut all = reader.loans.clone();
    all.push(lent.clone());
    for_category
        && about(&&lent)
        && all.iter().filter(about).count() > usize::try_from(limit.max_loans.unwrap()).unwrap()
}

proptest! {
    #[test]
    fn limits_say_no_when_the_model_does(
        policy in policy(),
        reader in reader(day().boxed()),
        asked in asked(),
    ) {
        let expected: BTreeSet<_> = policy
            .limits
            .iter()
            .filter(|limit| broken(limit, &reader, &asked))
            .map(|limit| limit.id.to_string())
            .collect();
        prop_assert_eq!(reached(&policy, &reader, &asked), expected);
    }

    #[test]
    fn one_more_loan_never_eases_a_limit(
        policy in policy(),
        reader in reader(day().boxed()),
        more in open_loan(day().boxed()),
        asked in asked(),
    ) {
        let before = reached(&policy, &reader, &asked);
        let mut fuller = reader.clone();
        fuller.loans.push(more);
        prop_assert!(before.is_subset(&reached(&policy, &fuller, &asked)));
    }
}
