//! Facts for the examples: everything in order, but for what an example says.

use circulation::{
    Audience, Borrower, BranchCode, CardStatus, CategoryCode, Condition, DocumentCode, ItemFacts,
    LoanFacts, Place, ReaderFacts,
};
use jiff::civil::{Date, date};

/// A reader against whom nothing stands.
pub(crate) fn reader(category: CategoryCode) -> ReaderFacts {
    ReaderFacts {
        category,
        card: CardStatus::Active,
        expires_on: None,
        born_on: None,
        has_guarantor: true,
        blocks: Vec::new(),
        suspended_until: None,
        loans: Vec::new(),
    }
}

/// A good item on its owner's shelf.
pub(crate) fn item(owner: BranchCode, document: DocumentCode, in_service: Date) -> ItemFacts {
    ItemFacts {
        owner,
        document,
        condition: Condition::Good,
        audience: Audience::Unknown,
        in_service,
        return_by: None,
        place: Place::Shelf { branch: owner },
    }
}

/// On loan to somebody else.
pub(crate) fn lent(checkout: BranchCode, category: CategoryCode) -> Place {
    let loan = LoanFacts {
        checkout,
        category,
        lent_on: date(2026, 4, 14),
        due: date(2026, 5, 12),
        renewals: 0,
        new: false,
    };
    Place::Loan {
        loan,
        to: Borrower::SomeoneElse,
    }
}

/// A day so long ago that nothing put into service then is new.
pub(crate) fn long_ago() -> Date {
    date(2020, 1, 1)
}
