//! A reader's limits and recalls, as they stand today.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Counted, Side, What};
use super::pair::{Laboratory, nobody, only};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::decide::{NewLoan, judge_loan, reader_standing};
use crate::facts::{OpenLoan, ReaderFacts, Whose};
use crate::policy::RuleId;
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// A reader and what the household has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borrowing {
    /// The reader's category today.
    pub category: CategoryCode,
    /// The branch that the reader calls home.
    pub home: BranchCode,
    /// Open loans of the reader and of the rest of the household.
    pub loans: Vec<OpenLoan>,
}

/// What the tightest limit says.
struct Tightest {
    counted: Counted,
    limit: Option<RuleId>,
}

impl Laboratory {
    /// What would be otherwise of what a reader may borrow today: limits that are reached or exceeded by one policy only, and
    /// recalls that keep from borrowing by one only.
    ///
    /// Limits are asked about one more document of each branch that the reader has loans at or of, or calls home, lent
    /// there. One change for each limit and side: the largest.
    #[must_use]
    pub fn reader(&self, reader: &Borrowing) -> Vec<Change> {
        let facts = ReaderFacts {
            loans: reader.loans.clone(),
            ..nobody(reader.category)
        };
        let mut changes = Vec::new();
        changes.extend(self.recall(reader, &facts));
        if !self.same.limits {
            changes.extend(self.limits(reader, &facts));
        }
        changes
    }

    fn recall(&self, reader: &Borrowing, facts: &ReaderFacts) -> Option<Change> {
        if self.same.recall {
            return None;
        }
        let (before, after) = (
            self.blocked(&self.before, facts),
            self.blocked(&self.after, facts),
        );
        if before.is_some() == after.is_some() {
            return None;
        }
        let blocking = before.as_ref().or(after.as_ref())?;
        let loan = facts.own_loans().find(|loan| loan.due == blocking.1)?;
        Some(Change {
            what: What::Recall {
                blocks: after.is_some(),
            },
            branch: loan.checkout,
            category: Some(reader.category),
            document: Some(loan.document),
            rule_before: before.map(|(rule, _)| rule),
            rule_after: after.map(|(rule, _)| rule),
        })
    }

    fn blocked(&self, book: &Rulebook, facts: &ReaderFacts) -> Option<(RuleId, jiff::civil::Date)> {
        reader_standing(book, self.today, facts)
            .into_iter()
            .find_map(|refusal| match refusal {
                Refusal::RecallBlocked { rule, due, .. } => Some((rule, due)),
                _ => None,
            })
    }

    fn limits(&self, reader: &Borrowing, facts: &ReaderFacts) -> Vec<Change> {
        let mut found: BTreeMap<(Side, Option<String>), Change> = BTreeMap::new();
        for asked in self.asks(reader) {
            let before = tightest(&self.before, facts, &asked);
            let after = tightest(&self.after, facts, &asked);
            if before.counted.state() == after.counted.state() {
                continue;
            }
            let change = Change {
                what: What::Limit {
                    before: before.counted,
                    after: after.counted,
                },
                branch: asked.checkout,
                category: Some(reader.category),
                document: self
                    .same
                    .limited
                    .contains(&asked.document)
                    .then_some(asked.document),
                rule_before: before.limit,
                rule_after: after.limit,
            };
            let side = change.side();
            // The one that says no: of the other policy there may be none.
            let no = match side {
                Side::Gain => &change.rule_before,
                Side::Loss => &change.rule_after,
            };
            let key = (side, no.as_ref().map(ToString::to_string));
            match found.get(&key) {
                Some(known) if known.weight() >= change.weight() => {}
                _ => {
                    found.insert(key, change);
                }
            }
        }
        found.into_values().collect()
    }

    /// One more document of each kind that the limits which are not alike could tell apart.
    fn asks(&self, reader: &Borrowing) -> Vec<NewLoan> {
        let own = reader
            .loans
            .iter()
            .filter(|loan| loan.whose == Whose::Reader);
        let branches: BTreeSet<BranchCode> = own
            .flat_map(|loan| [loan.checkout, loan.owner])
            .chain([reader.home])
            .collect();
        let other = self
            .book
            .documents
            .keys()
            .find(|code| !self.same.limited.contains(code))
            .filter(|_| self.same.unlimited);
        let documents: Vec<DocumentCode> = self.same.limited.iter().chain(other).copied().collect();
        let news: &[bool] = if self.same.novelty {
            &[false, true]
        } else {
            &[false]
        };
        let mut asks = Vec::new();
        for branch in branches {
            for document in &documents {
                asks.extend(news.iter().map(|new| NewLoan {
                    checkout: branch,
                    owner: branch,
                    document: *document,
                    new: *new,
                }));
            }
        }
        asks
    }
}

/// Of the limits that apply the one with the least room; of equal ones the first.
fn tightest(book: &Rulebook, reader: &ReaderFacts, asked: &NewLoan) -> Tightest {
    let (mut refusals, mut trace) = (Vec::new(), Trace::default());
    judge_loan(only(book), reader, asked, &mut refusals, &mut trace);
    let reached = refusals.into_iter().filter_map(|refusal| match refusal {
        Refusal::Limit {
            id, max, counted, ..
        } => Some((id, counted, max)),
        _ => None,
    });
    let free = trace.steps.into_iter().filter_map(|step| match step {
        Step::Counted {
            id, counted, max, ..
        } => Some((id, counted, max)),
        _ => None,
    });
    reached
        .chain(free)
        .min_by_key(|(_, counted, max)| i64::from(*max) - i64::from(*counted))
        .map_or(
            Tightest {
                counted: Counted {
                    counted: 0,
                    max: None,
                },
                limit: None,
            },
            |(id, counted, max)| Tightest {
                counted: Counted {
                    counted,
                    max: Some(max),
                },
                limit: Some(id),
            },
        )
}
