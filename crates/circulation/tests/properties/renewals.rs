//! Renewals never shorten, and lengthen as the model says.

use circulation::{
    Borrower, Case, ItemFacts, LoanFacts, Overrides, Parameter, Place, Refusal, Right, decide_renew,
};
use proptest::prelude::*;

use crate::circulation;
use crate::facts::{item, loan, reader, renewal, waiting};
use crate::model;
use crate::network::{any_day, day, rulebook};

fn lent() -> impl Strategy<Value = (ItemFacts, LoanFacts)> {
    let day = prop_oneof![3 => day(), 1 => any_day()].boxed();
    (item(day.clone()), loan(day)).prop_map(|(mut item, loan)| {
        item.place = Place::Loan {
            loan: loan.clone(),
            to: Borrower::ThisReader,
        };
        (item, loan)
    })
}

proptest! {
    #[test]
    fn a_renewal_moves_the_due_date_on_or_is_refused(
        book in rulebook(),
        ask in renewal(day().boxed()),
        reader in reader(day().boxed()),
        (item, loan) in lent(),
        waiting in waiting(),
        forced in any::<bool>(),
    ) {
        let mut ask = ask;
        if forced {
            ask.overrides = Overrides::new(Right::ALL, "essai");
        }
        let policy = book.policies[0].document();
        let case = Case {
            checkout: loan.checkout,
            owner: item.owner,
            pickup: loan.checkout,
            category: Some(loan.category),
            document: item.document,
        };
        let from_today = model::value(policy, Parameter::RenewFrom, &case) == "today";
        let from = if from_today { ask.on } else { loan.due };
        let raw = model::later(from, model::number(policy, Parameter::RenewDays, &case));
        let pushed = model::pushed(&book.calendar, policy, &case, raw);

        match decide_renew(&book, &ask, &reader, &item, &waiting).outcome {
            Ok(plan) => {
                prop_assert!(plan.new_due > loan.due);
                prop_assert_eq!(plan.raw_due, raw);
                prop_assert_eq!(plan.new_due, pushed);
                prop_assert_eq!(plan.renewals_used, loan.renewals + 1);
                let within = plan.renewals_used <= plan.renewals_allowed;
                let lifted = plan.overridden.iter().any(|one| one.code() == "renewals_used");
                prop_assert!(within != lifted);
            }
            Err(refused) => {
                let told = refused.all().contains(&Refusal::WouldNotExtend { due: loan.due });
                prop_assert_eq!(told, pushed <= loan.due);
            }
        }
    }

    #[test]
    fn one_more_hold_never_helps_a_renewal(
        book in rulebook(),
        ask in renewal(day().boxed()),
        reader in reader(day().boxed()),
        (item, _) in lent(),
        waiting in waiting(),
    ) {
        let decide = |waiting| decide_renew(&book, &ask, &reader, &item, waiting).outcome;
        for fewer in 0..waiting.len() {
            if decide(&waiting[..fewer]).is_err() {
                prop_assert!(decide(&waiting).is_err());
            }
        }
    }
}
