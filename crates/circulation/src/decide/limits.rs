//! Limits: every one that applies must hold.

use std::collections::BTreeMap;

use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::facts::{OpenHold, OpenLoan, ReaderFacts, Whose};
use crate::policy::{Limit, Over, Policy, Whom};
use crate::refusal::Refusal;
use crate::trace::{Step, Trace};

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
    let mut reached = Vec::new();
    judge_loan(policy, reader, asked, &mut reached, &mut Trace::default());
    reached
}

/// The limits of loans, for one more loan: refusals for those that it would break, steps of the
/// trace for the others.
pub(crate) fn judge_loan(
    policy: &Policy,
    reader: &ReaderFacts,
    asked: &NewLoan,
    refusals: &mut Vec<Refusal>,
    trace: &mut Trace,
) {
    judge(
        policy,
        reader.category,
        &reader.loans,
        loan_entry(asked),
        refusals,
        trace,
    );
}

/// The same for the limits of holds, and one more hold of this reader's.
pub(super) fn judge_hold(
    policy: &Policy,
    category: CategoryCode,
    holds: &[OpenHold],
    asked: &OpenHold,
    refusals: &mut Vec<Refusal>,
    trace: &mut Trace,
) {
    judge(policy, category, holds, asked.entry(), refusals, trace);
}

/// A loan or a hold, as far as limits see it.
#[derive(Clone, Copy)]
struct Entry {
    whose: Whose,
    /// Where it was lent, or is to be collected.
    at: BranchCode,
    /// Whose the item is. A hold may be served by items of several owners, so it has none.
    owner: Option<BranchCode>,
    document: DocumentCode,
    new: bool,
}

/// What is counted: open loans, or active holds.
trait Counted {
    const HOLDS: bool;

    fn entry(&self) -> Entry;
    fn max(limit: &Limit) -> Option<u32>;
}

impl Counted for OpenLoan {
    const HOLDS: bool = false;

    fn entry(&self) -> Entry {
        Entry {
            whose: self.whose,
            at: self.checkout,
            owner: Some(self.owner),
            document: self.document,
            new: self.new,
        }
    }

    fn max(limit: &Limit) -> Option<u32> {
        limit.max_loans
    }
}

impl Counted for OpenHold {
    const HOLDS: bool = true;

    fn entry(&self) -> Entry {
        Entry {
            whose: self.whose,
            at: self.pickup,
            owner: None,
            document: self.document,
            new: self.new,
        }
    }

    fn max(limit: &Limit) -> Option<u32> {
        limit.max_holds
    }
}

fn judge<T: Counted>(
    policy: &Policy,
    category: CategoryCode,
    open: &[T],
    asked: Entry,
    refusals: &mut Vec<Refusal>,
    trace: &mut Trace,
) {
    for limit in &policy.limits {
        let Some(max) = T::max(limit).filter(|_| applies(limit, category, asked)) else {
            continue;
        };
        let those = || {
            let entries = open.iter().map(T::entry);
            entries.filter(|entry| counts(limit, *entry, asked))
        };
        let counted = u32::try_from(those().count()).unwrap_or(u32::MAX);
        if counted < max {
            trace.push(Step::Counted {
                id: limit.id.clone(),
                of: limit.of,
                counted,
                max,
            });
            continue;
        }
        let mut at: BTreeMap<BranchCode, u32> = BTreeMap::new();
        for entry in those() {
            *at.entry(entry.at).or_default() += 1;
        }
        refusals.push(Refusal::Limit {
            id: limit.id.clone(),
            of: limit.of,
            over: limit.over,
            max,
            counted,
            documents: limit.documents.clone(),
            novelty: limit.novelty == Some(true),
            holds: T::HOLDS,
            at: at.into_iter().collect(),
        });
    }
}

/// Whether a limit of loans has anything to say about one more loan of this reader's category.
pub(crate) fn limits_loan(limit: &Limit, category: CategoryCode, asked: &NewLoan) -> bool {
    limit.max_loans.is_some() && applies(limit, category, loan_entry(asked))
}

fn loan_entry(asked: &NewLoan) -> Entry {
    Entry {
        whose: Whose::Reader,
        at: asked.checkout,
        owner: Some(asked.owner),
        document: asked.document,
        new: asked.new,
    }
}

/// Whether the limit has anything to say about what is asked for. What an owner's limit says
/// cannot be told of a hold, which is not yet for one owner's item.
fn applies(limit: &Limit, category: CategoryCode, asked: Entry) -> bool {
    let branch_in_role = match limit.over {
        Over::Network => None,
        Over::Checkout => Some(asked.at),
        Over::Owner if asked.owner.is_none() => return false,
        Over::Owner => asked.owner,
    };
    (limit.categories.is_empty() || limit.categories.contains(&category))
        && covers(limit, asked)
        && limit
            .branch
            .is_none_or(|branch| branch_in_role == Some(branch))
}

/// Whether the limit counts this one.
fn counts(limit: &Limit, entry: Entry, asked: Entry) -> bool {
    let same_place = match limit.over {
        Over::Network => true,
        Over::Checkout => entry.at == asked.at,
        Over::Owner => entry.owner == asked.owner,
    };
    let counted_person = limit.of == Whom::Household || entry.whose == Whose::Reader;
    counted_person && same_place && covers(limit, entry)
}

fn covers(limit: &Limit, entry: Entry) -> bool {
    (limit.documents.is_empty() || limit.documents.contains(&entry.document))
        && limit.novelty.is_none_or(|novelty| novelty == entry.new)
}
