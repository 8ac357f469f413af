//! Limits: every one that applies must hold.

use std::collections::BTreeMap;

use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::facts::{OpenLoan, ReaderFacts, Whose};
use crate::policy::{Limit, Over, Policy, Whom};
use crate::refusal::Refusal;

/// The loan that is asked for, as far as limits see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLoan {
    /// Where it is to be lent.
    pub checkout: BranchCode,
    /// Whose the item is.
    pub owner: BranchCode,
    /// Its document type.
    pub document: DocumentCode,
    /// Whether it is new.
    pub new: bool,
}

/// The limits that one more loan would break, in the order of the policy. Empty if it fits.
#[must_use]
pub fn limits_reached(policy: &Policy, reader: &ReaderFacts, asked: &NewLoan) -> Vec<Refusal> {
    counts(policy, reader, asked)
        .filter(Count::is_reached)
        .map(|count| count.refusal(reader, asked))
        .collect()
}

/// A limit that applies, counted.
pub(super) struct Count<'p> {
    pub(super) limit: &'p Limit,
    pub(super) max: u32,
    pub(super) counted: u32,
}

/// The limits that apply to one more loan, each counted.
pub(super) fn counts<'p>(
    policy: &'p Policy,
    reader: &ReaderFacts,
    asked: &NewLoan,
) -> impl Iterator<Item = Count<'p>> {
    policy.limits.iter().filter_map(move |limit| {
        let max = limit
            .max_loans
            .filter(|_| applies(limit, reader.category, asked))?;
        let counted = reader
            .loans
            .iter()
            .filter(|loan| counts_loan(limit, loan, asked))
            .count();
        let counted = u32::try_from(counted).unwrap_or(u32::MAX);
        Some(Count {
            limit,
            max,
            counted,
        })
    })
}

impl Count<'_> {
    pub(super) const fn is_reached(&self) -> bool {
        self.counted >= self.max
    }

    pub(super) fn refusal(&self, reader: &ReaderFacts, asked: &NewLoan) -> Refusal {
        let mut at: BTreeMap<BranchCode, u32> = BTreeMap::new();
        for loan in reader
            .loans
            .iter()
            .filter(|loan| counts_loan(self.limit, loan, asked))
        {
            *at.entry(loan.checkout).or_default() += 1;
        }
        Refusal::Limit {
            id: self.limit.id.clone(),
            of: self.limit.of,
            over: self.limit.over,
            max: self.max,
            counted: self.counted,
            documents: self.limit.documents.clone(),
            novelty: self.limit.novelty == Some(true),
            at: at.into_iter().collect(),
        }
    }
}

/// Whether the limit has anything to say about the loan that is asked for.
fn applies(limit: &Limit, category: CategoryCode, asked: &NewLoan) -> bool {
    let branch_in_role = match limit.over {
        Over::Network => None,
        Over::Checkout => Some(asked.checkout),
        Over::Owner => Some(asked.owner),
    };
    (limit.categories.is_empty() || limit.categories.contains(&category))
        && covers(limit, asked.document, asked.new)
        && limit
            .branch
            .is_none_or(|branch| branch_in_role == Some(branch))
}

/// Whether the limit counts this open loan.
fn counts_loan(limit: &Limit, loan: &OpenLoan, asked: &NewLoan) -> bool {
    let same_place = match limit.over {
        Over::Network => true,
        Over::Checkout => loan.checkout == asked.checkout,
        Over::Owner => loan.owner == asked.owner,
    };
    let counted_person = limit.of == Whom::Household || loan.whose == Whose::Reader;
    counted_person && same_place && covers(limit, loan.document, loan.new)
}

fn covers(limit: &Limit, document: DocumentCode, new: bool) -> bool {
    (limit.documents.is_empty() || limit.documents.contains(&document))
        && limit.novelty.is_none_or(|novelty| novelty == new)
}
