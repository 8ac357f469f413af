use circulation::{
    BranchCode, CategoryCode, CheckoutRequest, DocumentCode, Door, NewLoan, OpenLoan, Overrides,
    ReaderFacts, Refusal, Whose, decide_checkout, limits_reached,
};
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::examples;
use crate::facts::{item, long_ago, reader};
use crate::network;

#[derive(Deserialize)]
struct Given {
    category: CategoryCode,
    loans: Vec<Loans>,
    new: Asked,
}

#[derive(Deserialize)]
struct Loans {
    who: Whose,
    checkout: BranchCode,
    owner: BranchCode,
    document: DocumentCode,
    new: bool,
    count: usize,
}

#[derive(Deserialize)]
struct Asked {
    checkout: BranchCode,
    owner: BranchCode,
    document: DocumentCode,
    new: bool,
}

#[derive(Deserialize)]
struct Expected {
    allowed: bool,
    limits: Vec<String>,
}

const TODAY: Date = date(2026, 3, 10);

#[test]
fn limits() {
    let network = network();
    for example in examples::<Given, Expected>("limits", 5) {
        let (id, given, expected) = (example.id, example.given, example.expected);
        let mut reader = reader(given.category);
        reader.loans = given
            .loans
            .iter()
            .flat_map(|loans| open_loans(&given, loans))
            .collect();

        let Asked {
            checkout,
            owner,
            document,
            new,
        } = given.new;
        let asked = NewLoan {
            checkout,
            owner,
            document,
            new,
        };
        let reached = limits_reached(&network.policy, &reader, &asked);
        assert_eq!(ids(&reached), expected.limits, "{id}");
        assert_eq!(reached.is_empty(), expected.allowed, "{id}");

        let decided = whole_decision(&network.rulebook(), &reader, &given.new);
        assert_eq!(ids(&decided), expected.limits, "{id}, in a whole decision");
    }
}

fn whole_decision(
    book: &circulation::Rulebook,
    reader: &ReaderFacts,
    asked: &Asked,
) -> Vec<Refusal> {
    let in_service = if asked.new { TODAY } else { long_ago() };
    let item = item(asked.owner, asked.document, in_service);
    let ask = CheckoutRequest {
        desired_due: None,
        on: TODAY,
        branch: asked.checkout,
        door: Door::Desk,
        overrides: Overrides::none(),
    };
    decide_checkout(book, &ask, reader, &item)
        .outcome
        .map_or_else(Into::into, |_| Vec::new())
}

fn open_loans(given: &Given, loans: &Loans) -> Vec<OpenLoan> {
    let loan = OpenLoan {
        whose: loans.who,
        checkout: loans.checkout,
        owner: loans.owner,
        category: given.category,
        document: loans.document,
        new: loans.new,
        due: date(2026, 4, 7),
    };
    vec![loan; loans.count]
}

fn ids(refusals: &[Refusal]) -> Vec<&str> {
    refusals.iter().filter_map(Refusal::rule).collect()
}
