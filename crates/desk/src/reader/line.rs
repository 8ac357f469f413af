//! A reader as lists show one.

use circulation::{BranchCode, CategoryCode, Refusal, Rulebook, reader_standing};
use jiff::civil::Date;
use store::ReaderLine;

/// A reader as lists show one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronLine {
    /// The patron's number.
    pub id: i64,
    /// The active card's number and the branch that issued it; none where every card is lost, replaced or cancelled.
    pub card: Option<(String, BranchCode)>,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// The category.
    pub category: CategoryCode,
    /// The branch that the reader calls home.
    pub home_branch: BranchCode,
    /// The last day on which the card is valid.
    pub expires_on: Option<Date>,
    /// Who answers for the reader: a patron's number.
    pub guarantor: Option<i64>,
    /// How many loans the reader has.
    pub loans: usize,
    /// Of these, how many are past their due date.
    pub overdue: usize,
    /// What the reader owes, in cents.
    pub owed_cents: i64,
    /// Everything that keeps this reader from borrowing, whatever the item; empty: in good standing.
    pub standing: Vec<Refusal>,
}

impl PatronLine {
    pub(super) fn of(line: ReaderLine, book: &Rulebook, today: Date) -> Self {
        let facts = &line.facts;
        Self {
            id: line.id,
            born_on: facts.born_on,
            category: facts.category,
            home_branch: line.home_branch,
            expires_on: facts.expires_on,
            guarantor: line.guarantor,
            loans: facts.loans.len(),
            overdue: facts.loans.iter().filter(|loan| loan.due < today).count(),
            owed_cents: line.owed_cents,
            standing: reader_standing(book, today, facts),
            card: line.card,
            family_name: line.family_name,
            given_name: line.given_name,
        }
    }
}
