//! What holds for every decision, over any facts and any days.

use circulation::{
    Decision, Language, Place, Refusal, Route, Rulebook, Step, decide_checkin, decide_checkout,
    decide_hold, decide_hold_move, decide_renew,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::circulation;
use crate::facts::{checkin, checkout, item, placing, queue, reader, renewal, title, waiting};
use crate::network::{any_day, rulebook};

/// The order in which refusals are told.
const ORDER: [&str; 37] = [
    "card_unknown",
    "card_ambiguous",
    "card_lost",
    "card_replaced",
    "card_cancelled",
    "card_expired",
    "pin_wrong",
    "pin_too_often",
    "suspended",
    "blocked",
    "recall_blocked",
    "guarantor_missing",
    "audience_limit",
    "item_unknown",
    "item_ambiguous",
    "item_condition",
    "already_lent_to_you",
    "lent_to_another",
    "in_transit",
    "not_on_loan",
    "not_held",
    "hold_is_ready",
    "held_already",
    "nothing_to_serve",
    "no_policy",
    "not_loanable",
    "not_at_machine",
    "not_holdable",
    "on_shelf",
    "queue_full",
    "pickup_closed",
    "held_for_another",
    "renewals_used",
    "overdue_too_long",
    "held_by_waiting",
    "would_not_extend",
    "limit",
];

fn rank(refusal: &Refusal) -> usize {
    ORDER
        .iter()
        .position(|code| *code == refusal.code())
        .unwrap()
}

/// Refusals in their order, in the trace too; all of it survives JSON and can be told.
fn well_formed<P>(book: &Rulebook, decision: &Decision<P>) -> Result<(), TestCaseError>
where
    P: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let told: Vec<_> = decision
        .trace
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Refused(refusal) => Some(refusal.clone()),
            _ => None,
        })
        .collect();
    match &decision.outcome {
        Ok(_) => prop_assert!(told.is_empty()),
        Err(refused) => {
            prop_assert_eq!(refused.all(), told.as_slice());
            prop_assert!(refused.all().is_sorted_by_key(rank), "{:?}", refused);
        }
    }
    for language in [Language::French, Language::English] {
        prop_assert!(!decision.trace.lines(language, book).is_empty());
        for refusal in &told {
            prop_assert!(!refusal.text(language, book).is_empty());
            let lifted_by = refusal.would_lift(language, book);
            prop_assert!(
                lifted_by.is_some() || refusal.right().is_none(),
                "{:?}",
                refusal
            );
        }
    }
    let json = serde_json::to_string(decision).unwrap();
    let again: Decision<P> = serde_json::from_str(&json).unwrap();
    prop_assert_eq!(&again, decision);
    Ok(())
}

proptest! {
    #[test]
    fn checkouts(
        book in rulebook(),
        ask in checkout(any_day().boxed()),
        reader in reader(any_day().boxed()),
        item in item(any_day().boxed()),
    ) {
        let decision = decide_checkout(&book, &ask, &reader, &item);
        well_formed(&book, &decision)?;
        if let Ok(plan) = &decision.outcome {
            prop_assert!(plan.overridden.iter().all(|refusal| ask.overrides.lift(refusal)));
            let lent = matches!(item.place, Place::Loan { .. });
            prop_assert!(!lent);
        }
        if let Err(refused) = &decision.outcome {
            prop_assert!(!refused.all().iter().any(|refusal| ask.overrides.lift(refusal)));
        }
    }

    #[test]
    fn returns(
        book in rulebook(),
        ask in checkin(any_day().boxed()),
        item in item(any_day().boxed()),
        queue in queue(any_day().boxed()),
    ) {
        let decision = decide_checkin(&book, &ask, &item, &queue);
        well_formed(&book, &decision)?;
        let lent = matches!(item.place, Place::Loan { .. });
        match &decision.outcome {
            Ok(plan) => {
                prop_assert_eq!(plan.was_lent, lent);
                match plan.route {
                    Route::Stay { branch } => prop_assert_eq!(branch, ask.branch),
                    Route::Transit { from, to } => {
                        prop_assert_eq!(from, ask.branch);
                        prop_assert_ne!(from, to);
                    }
                    Route::HoldShelf { branch, until } => {
                        prop_assert_eq!(branch, ask.branch);
                        prop_assert!(until >= ask.on);
                    }
                }
                if let Some(place) = plan.captured {
                    let pickup = queue[place].hold.pickup;
                    prop_assert!(ask.capture);
                    match plan.route {
                        Route::Transit { to, .. } => prop_assert_eq!(to, pickup),
                        Route::HoldShelf { branch, .. } => prop_assert_eq!(branch, pickup),
                        Route::Stay { .. } => prop_assert!(false, "{:?}", plan),
                    }
                }
                if let Some(late) = &plan.lateness {
                    prop_assert!(lent && late.late_days > 0 && late.fine_cents >= 0);
                    if let Some(suspension) = &late.suspension {
                        prop_assert!(suspension.days > 0 && suspension.from == ask.on);
                        prop_assert!(suspension.free_on >= suspension.from);
                    }
                }
            }
            Err(_) => prop_assert!(!lent),
        }
    }

    #[test]
    fn renewals(
        book in rulebook(),
        ask in renewal(any_day().boxed()),
        reader in reader(any_day().boxed()),
        item in item(any_day().boxed()),
        waiting in waiting(),
    ) {
        let decision = decide_renew(&book, &ask, &reader, &item, &waiting);
        well_formed(&book, &decision)?;
    }

    #[test]
    fn holds(
        book in rulebook(),
        ask in placing(any_day().boxed()),
        reader in reader(any_day().boxed()),
        title in title(any_day().boxed()),
    ) {
        for decide in [decide_hold, decide_hold_move] {
            let decision = decide(&book, &ask, &reader, &title);
            well_formed(&book, &decision)?;
            if let Ok(plan) = &decision.outcome {
                prop_assert_eq!(plan.can_serve.len(), title.items.len());
                prop_assert!(plan.overridden.iter().all(|refusal| ask.overrides.lift(refusal)));
                for (item, serves) in title.items.iter().zip(&plan.can_serve) {
                    prop_assert!(item.asked || !serves);
                }
            }
        }
    }
}
