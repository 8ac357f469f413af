use circulation::{
    Borrower, BranchCode, Case, CategoryCode, CheckinRequest, DocumentCode, LoanFacts, Parameter,
    Place, Role, Route, decide_checkin,
};
use jiff::civil::date;
use serde::Deserialize;
use serde_json::Value;

use super::examples;
use crate::facts::{item, long_ago};
use crate::network;

#[derive(Deserialize)]
struct Given {
    parameter: Parameter,
    checkout: BranchCode,
    owner: BranchCode,
    pickup: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
    returned_at: Option<BranchCode>,
}

#[derive(Deserialize)]
struct Expected {
    role: Role,
    value: Value,
    rule: String,
    ends_at: Option<BranchCode>,
}

#[test]
fn roles() {
    let network = network();
    for example in examples::<Given, Expected>("roles", 10) {
        let (id, given, expected) = (example.id, example.given, example.expected);
        let case = Case {
            checkout: given.checkout,
            owner: given.owner,
            pickup: given.pickup,
            category: Some(given.category),
            document: given.document,
        };
        let resolved = network.policy.resolve_value(given.parameter, &case);
        assert_eq!(resolved.value, expected.value, "{id}");
        assert_eq!(resolved.rule, expected.rule.as_str(), "{id}");
        assert_eq!(resolved.role, expected.role, "{id}");
        assert_eq!(network.policy.role(given.parameter), expected.role, "{id}");

        assert_eq!(
            given.returned_at.is_some(),
            expected.ends_at.is_some(),
            "{id}"
        );
        if let (Some(branch), Some(ends_at)) = (given.returned_at, expected.ends_at) {
            let mut item = item(given.owner, given.document, long_ago());
            let loan = LoanFacts {
                checkout: given.checkout,
                category: given.category,
                lent_on: date(2026, 3, 10),
                due: date(2026, 4, 7),
                renewals: 0,
                new: false,
            };
            item.place = Place::Loan {
                loan,
                to: Borrower::SomeoneElse,
            };
            let ask = CheckinRequest {
                on: date(2026, 4, 1),
                branch,
                capture: true,
            };
            let plan = decide_checkin(&network.rulebook(), &ask, &item, &[])
                .outcome
                .unwrap();
            let route = match plan.route {
                Route::Stay { branch }
                | Route::Transit { to: branch, .. }
                | Route::HoldShelf { branch, .. } => branch,
            };
            assert_eq!(route, ends_at, "{id}");
        }
    }
}
