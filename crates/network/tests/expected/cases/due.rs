use circulation::{
    BranchCode, CategoryCode, CheckoutRequest, DocumentCode, Door, Overrides, decide_checkout,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::examples;
use crate::facts::{item, reader};
use crate::network;

#[derive(Deserialize)]
struct Given {
    checkout: BranchCode,
    owner: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
    in_service: Date,
    loan_date: Date,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    new: bool,
    period_days: u32,
    period_rule: String,
    raw_due: Date,
    due: Date,
}

#[test]
fn due() {
    let book = network().rulebook();
    for example in examples::<Given, Expected>("due", 10) {
        let given = example.given;
        let ask = CheckoutRequest {
            desired_due: None,
            on: given.loan_date,
            branch: given.checkout,
            door: Door::Desk,
            overrides: Overrides::none(),
        };
        let item = item(given.owner, given.document, given.in_service);
        let plan = decide_checkout(&book, &ask, &reader(given.category), &item)
            .outcome
            .unwrap();
        let found = Expected {
            new: plan.new,
            period_days: plan.period_days,
            period_rule: plan.period_rule.as_str().to_owned(),
            raw_due: plan.raw_due,
            due: plan.due,
        };
        assert_eq!(found, example.expected, "{}", example.id);
    }
}
