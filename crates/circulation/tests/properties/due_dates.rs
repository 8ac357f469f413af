//! Due dates are those of walking day by day.

use circulation::{
    Case, CheckoutRequest, Parameter, PolicyDocument, ReaderFacts, Right, Rulebook, decide_checkout,
};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::option;
use proptest::prelude::*;

use crate::circulation;
use crate::facts::{checkout, item, reader};
use crate::model;
use crate::network::{any_day, branch, calendar, day, policy, rulebook};

fn raw_due(policy: &PolicyDocument, case: &Case, on: Date, new: bool) -> Date {
    let until = model::value(policy, Parameter::LoanUntil, case);
    if let Ok(until) = until.as_str().unwrap().parse::<Date>()
        && until > on
    {
        return until;
    }
    let mut days = model::number(policy, Parameter::LoanDays, case);
    if new {
        days = days.min(model::number(policy, Parameter::NoveltyLoanDays, case));
    }
    model::later(on, days)
}

fn case(ask: &CheckoutRequest, reader: &ReaderFacts, item: &circulation::ItemFacts) -> Case {
    Case {
        checkout: ask.branch,
        owner: item.owner,
        pickup: ask.branch,
        category: Some(reader.category),
        document: item.document,
    }
}

/// With every right in hand most questions are answered with a plan.
fn with_all_rights(mut ask: CheckoutRequest) -> CheckoutRequest {
    ask.overrides = circulation::Overrides::new(Right::ALL, "essai");
    ask
}

fn policy_of(book: &Rulebook) -> &PolicyDocument {
    book.policies[0].document()
}

proptest! {
    #[test]
    fn due_dates_are_the_model_s(
        book in rulebook(),
        ask in checkout(any_day().boxed()).prop_map(with_all_rights),
        reader in reader(day().boxed()),
        item in item(any_day().boxed()),
        from_the_edge in option::of(-1..=1_i64),
    ) {
        let policy = policy_of(&book);
        let mut item = item;
        if let Some(days) = from_the_edge {
            // On the last new day, the first day after, and the next.
            let new_days =
                model::number(policy, Parameter::NoveltyDays, &case(&ask, &reader, &item));
            let back = days - i64::try_from(new_days.min(1000)).unwrap();
            item.in_service = ask.on.saturating_add(back.days());
        }
        if let Ok(plan) = decide_checkout(&book, &ask, &reader, &item).outcome {
            let case = case(&ask, &reader, &item);
            let new_until =
                model::later(item.in_service, model::number(policy, Parameter::NoveltyDays, &case));
            prop_assert_eq!(plan.new, ask.on < new_until);
            let raw = raw_due(policy, &case, ask.on, plan.new);
            prop_assert_eq!(plan.raw_due, raw);
            prop_assert_eq!(plan.due, model::pushed(&book.calendar, policy, &case, raw));
            prop_assert!(plan.due >= plan.raw_due && plan.raw_due >= ask.on);
        }
    }

    #[test]
    fn the_next_opening_is_found_as_by_walking(
        policy in policy(),
        calendar in calendar(),
        branch in branch(),
        from in day(),
    ) {
        let found = calendar.next_open(branch, from, &policy);
        let open = |day| model::is_open(&calendar, &policy, branch, day);
        prop_assert_eq!(calendar.is_open(branch, from, &policy), open(from));
        if found.none_found {
            prop_assert_eq!(found.day, from);
            prop_assert!(!open(from));
        } else {
            prop_assert!(open(found.day));
            let mut day = from;
            while day < found.day {
                prop_assert!(!open(day));
                let told = found.stepped_over.iter();
                prop_assert!(told.clone().any(|span| span.first <= day && day <= span.last));
                day = day.tomorrow().unwrap();
            }
        }
    }
}
