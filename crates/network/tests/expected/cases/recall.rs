use circulation::{
    BranchCode, CategoryCode, DocumentCode, OpenLoan, Refusal, Whose, reader_standing,
    recall_level, treasury,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::examples;
use crate::facts::reader;
use crate::network;

#[derive(Deserialize)]
struct Given {
    today: Date,
    loans: Vec<Loan>,
}

#[derive(Deserialize)]
struct Loan {
    checkout: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
    due: Date,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    levels: Vec<u8>,
    borrowing_blocked: bool,
    treasury: Vec<bool>,
}

#[test]
fn recall() {
    let network = network();
    let (policy, book) = (&network.policy, network.rulebook());
    for example in examples::<Given, Expected>("recall", 5) {
        let (id, given) = (example.id, example.given);
        let mut reader = reader(given.loans[0].category);
        reader.loans = given.loans.iter().map(open_loan).collect();
        let standing = reader_standing(&book, given.today, &reader);
        let found = Expected {
            levels: reader
                .loans
                .iter()
                .map(|l| recall_level(policy, l, given.today))
                .collect(),
            borrowing_blocked: standing
                .iter()
                .any(|refusal| matches!(refusal, Refusal::RecallBlocked { .. })),
            treasury: reader
                .loans
                .iter()
                .map(|l| treasury(policy, l, given.today))
                .collect(),
        };
        assert_eq!(found, example.expected, "{id}");
        assert_eq!(standing.len(), usize::from(found.borrowing_blocked), "{id}");
    }
}

fn open_loan(loan: &Loan) -> OpenLoan {
    OpenLoan {
        whose: Whose::Reader,
        checkout: loan.checkout,
        owner: loan.checkout,
        category: loan.category,
        document: loan.document,
        new: false,
        due: loan.due,
    }
}
