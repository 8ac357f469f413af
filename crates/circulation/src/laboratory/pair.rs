//! The two policies, each as if it had always been in force.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

use jiff::civil::Date;

use super::differ::{self, LOAN, RECALL, RENEWAL};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::facts::{CardStatus, ReaderFacts};
use crate::policy::{Case, Policy, PolicyError};
use crate::rulebook::Rulebook;

/// The rules in force and those that are tried, side by side.
#[derive(Debug)]
pub struct Laboratory {
    /// Under which rules questions of the log were decided.
    pub(super) book: Rulebook,
    pub(super) before: Rulebook,
    pub(super) after: Rulebook,
    pub(super) today: Date,
    pub(super) same: Same,
    /// What was found out of a case already: whether a loan could come out otherwise.
    cases: Mutex<HashMap<Case, bool>>,
}

/// Where both say the same, whatever the facts.
#[derive(Debug)]
pub(super) struct Same {
    pub(super) periods: bool,
    pub(super) recall: bool,
    pub(super) limits: bool,
    /// Document types that limits name which are not alike; none: all are to be looked at.
    pub(super) limited: BTreeSet<DocumentCode>,
    /// A limit that is not alike counts every type.
    pub(super) unlimited: bool,
    /// Some limit goes by whether a document is new.
    pub(super) novelty: bool,
}

/// So many cases are remembered: as many as a network has, and then some.
const CASES: usize = 200_000;

impl Laboratory {
    /// Of the policy in force on a day, or the one that is given as such, and the one that is tried. Days on which they begin count for nothing here.
    ///
    /// # Errors
    ///
    /// Never of policies that are sound; the type says so.
    pub fn new(
        book: &Rulebook,
        before: &Policy,
        after: &Policy,
        today: Date,
    ) -> Result<Self, PolicyError> {
        let same = Same::of(before, after);
        Ok(Self {
            before: under(book, before)?,
            after: under(book, after)?,
            book: book.clone(),
            today,
            same,
            cases: Mutex::default(),
        })
    }

    /// The rules in force.
    #[must_use]
    pub fn before(&self) -> &Policy {
        only(&self.before)
    }

    /// The rules that are tried.
    #[must_use]
    pub fn after(&self) -> &Policy {
        only(&self.after)
    }

    /// The network under the rules in force, to tell traces with.
    #[must_use]
    pub fn book_before(&self) -> &Rulebook {
        &self.before
    }

    /// The network under the rules that are tried.
    #[must_use]
    pub fn book_after(&self) -> &Rulebook {
        &self.after
    }

    /// Whether a loan of this case could be due on another day, or be renewed otherwise.
    pub(super) fn loan_may_differ(&self, case: &Case) -> bool {
        if !self.same.periods {
            return true;
        }
        let mut cases = self
            .cases
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = cases.get(case) {
            return *known;
        }
        let (before, after) = (self.before(), self.after());
        let same = differ::same_case(before, after, case, LOAN)
            && differ::same_case(before, after, case, RENEWAL);
        if cases.len() < CASES {
            cases.insert(*case, !same);
        }
        !same
    }
}

impl Same {
    fn of(before: &Policy, after: &Policy) -> Self {
        let others: Vec<_> = differ::other_limits(before, after)
            .chain(differ::other_limits(after, before))
            .filter(|limit| limit.max_loans.is_some())
            .collect();
        let all = before.limits.iter().chain(&after.limits);
        Self {
            periods: before.branch_periods == after.branch_periods,
            recall: differ::same_table(before, after, RECALL),
            limits: others.is_empty(),
            unlimited: others.iter().any(|limit| limit.documents.is_empty()),
            limited: others
                .iter()
                .flat_map(|limit| limit.documents.iter().copied())
                .collect(),
            novelty: all
                .filter(|limit| limit.max_loans.is_some())
                .any(|limit| limit.novelty.is_some()),
        }
    }
}

/// The network with this policy alone, from the first day on.
fn under(book: &Rulebook, policy: &Policy) -> Result<Rulebook, PolicyError> {
    let mut document = policy.document().clone();
    document.effective_from = Date::MIN;
    Ok(Rulebook {
        policies: vec![Policy::new(document)?],
        calendar: book.calendar.clone(),
        branches: book.branches.clone(),
        categories: book.categories.clone(),
        documents: book.documents.clone(),
    })
}

pub(super) fn only(book: &Rulebook) -> &Policy {
    book.policies
        .first()
        .expect("a side of the laboratory has one policy")
}

/// Somebody against whom nothing stands.
pub(super) fn nobody(category: CategoryCode) -> ReaderFacts {
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

/// The case of a loan.
pub(super) fn loan_case(
    checkout: BranchCode,
    owner: BranchCode,
    category: CategoryCode,
    document: DocumentCode,
) -> Case {
    Case {
        checkout,
        owner,
        pickup: checkout,
        category: Some(category),
        document,
    }
}
