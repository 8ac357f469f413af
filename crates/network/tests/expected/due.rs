//! `expected-due.csv`: due dates around holidays and closures.

use circulation::{CheckoutRequest, Door, Overrides, decide_checkout};
use jiff::civil::Date;

use super::facts::{item, long_ago, reader};
use super::{network, table};

#[test]
fn every_row_of_expected_due() {
    let book = network().rulebook();
    let rows = table("expected-due.csv");
    for row in &rows {
        let branch = row["branch"].parse().unwrap();
        let ask = CheckoutRequest {
            desired_due: None,
            on: row["loan_date"].parse().unwrap(),
            branch,
            door: Door::Desk,
            overrides: Overrides::none(),
        };
        let reader = reader(row["category"].parse().unwrap());
        let item = item(branch, row["document"].parse().unwrap(), long_ago());
        let plan = decide_checkout(&book, &ask, &reader, &item)
            .outcome
            .unwrap();
        let raw_due: Date = row["raw_due"].parse().unwrap();
        let due: Date = row["due"].parse().unwrap();
        assert_eq!((plan.raw_due, plan.due), (raw_due, due), "{row:?}");
        assert_eq!(plan.period_days.to_string(), row["loan_days"], "{row:?}");
        assert_eq!(plan.period_rule, row["rule"].as_str(), "{row:?}");
        assert_eq!(
            (due - raw_due).get_days().to_string(),
            row["pushed_days"],
            "{row:?}"
        );
    }
    assert_eq!(rows.len(), 18);
}
