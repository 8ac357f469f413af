use circulation::{
    Borrower, BranchCode, CategoryCode, CheckinRequest, DocumentCode, LoanFacts, Place, Rulebook,
    decide_checkin,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::examples;
use crate::facts::{item, long_ago};
use crate::network;

#[derive(Deserialize)]
struct Given {
    returns: Vec<Return>,
}

#[derive(Deserialize)]
struct Return {
    checkout: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
    due: Date,
    returned: Date,
    returned_at: BranchCode,
}

#[derive(Deserialize)]
struct Expected {
    results: Vec<Consequence>,
    ends_last: Option<usize>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Consequence {
    late_days: u32,
    suspension_days: u32,
    suspension_from: Option<Date>,
    fine_cents: i64,
}

#[test]
fn lateness() {
    let book = network().rulebook();
    for example in examples::<Given, Expected>("lateness", 8) {
        let (id, expected) = (example.id, example.expected);
        let found: Vec<_> = example
            .given
            .returns
            .iter()
            .map(|one| decide(&book, one))
            .collect();
        let consequences: Vec<_> = found.iter().map(|(consequence, _)| consequence).collect();
        assert_eq!(
            consequences,
            expected.results.iter().collect::<Vec<_>>(),
            "{id}"
        );
        if let Some(last) = expected.ends_last {
            let ends_last = (0..found.len()).max_by_key(|place| found[*place].1);
            assert_eq!(ends_last, Some(last), "{id}");
        }
    }
}

/// What follows, and the day on which the reader is free again.
fn decide(book: &Rulebook, one: &Return) -> (Consequence, Option<Date>) {
    let mut item = item(one.checkout, one.document, long_ago());
    let loan = LoanFacts {
        checkout: one.checkout,
        category: one.category,
        lent_on: one.due,
        due: one.due,
        renewals: 0,
        new: false,
    };
    item.place = Place::Loan {
        loan,
        to: Borrower::SomeoneElse,
    };
    let ask = CheckinRequest {
        on: one.returned,
        branch: one.returned_at,
        capture: true,
    };
    let plan = decide_checkin(book, &ask, &item, &[]).outcome.unwrap();
    let late = plan.lateness.unwrap();
    let suspension = late.suspension.as_ref();
    let consequence = Consequence {
        late_days: late.late_days,
        suspension_days: suspension.map_or(0, |suspension| suspension.days),
        suspension_from: suspension.map(|suspension| suspension.from),
        fine_cents: late.fine_cents,
    };
    (consequence, suspension.map(|suspension| suspension.free_on))
}
