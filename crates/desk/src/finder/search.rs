//! A search, with what is on the shelves now.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::{BibSet, SearchOptions};
use circulation::{BranchCode, Condition};
use jiff::civil::Date;
use query::Node;
use serde::Serialize;
use store::{Holding, Whereabouts};

use super::{Finder, FinderError};

/// What somebody wants to see of the answer.
#[derive(Debug, Clone)]
pub struct SearchAsk {
    /// The question.
    pub query: Node,
    /// Order, page and lists to narrow by.
    pub options: SearchOptions,
    /// Only what is on this branch's shelves now.
    pub available_at: Option<BranchCode>,
}

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// How many bibs.
    pub count: usize,
    /// The page that was asked for.
    pub bibs: Vec<FoundBib>,
}

/// A bib that was found.
#[derive(Debug, Clone, Serialize)]
pub struct FoundBib {
    /// Its number.
    pub bib: i64,
    /// Its title, with volume.
    pub title: String,
    /// Its author; empty: none is named.
    pub author: String,
    /// The year of publication.
    pub year: Option<i32>,
    /// What it is: the network's codes.
    pub documents: BTreeSet<String>,
    /// How many wait for it.
    pub waiting: u32,
    /// Where its copies are.
    pub availability: Availability,
}

/// Where the copies of a bib are, branch by branch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Availability {
    /// By the branch where a copy stands or is going; a copy that is lent counts where it belongs.
    pub branches: BTreeMap<String, AtBranch>,
    /// When the first of the lent copies is due.
    pub next_due: Option<Date>,
}

/// Copies at one branch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AtBranch {
    /// How many there are.
    pub copies: u32,
    /// Of these, on the shelf and fit to be lent.
    pub available: u32,
    /// Of these, on the shelf and to be read there only.
    pub on_site: u32,
    /// Where the available ones stand on the shelf.
    pub call_numbers: BTreeSet<String>,
}

impl Availability {
    /// Counts the copies of one bib.
    pub fn of<'a>(holdings: impl IntoIterator<Item = &'a Holding>) -> Self {
        let mut availability = Self::default();
        for holding in holdings {
            let branch = match holding.whereabouts {
                Whereabouts::Shelf { branch } | Whereabouts::HoldShelf { branch } => branch,
                Whereabouts::Transit { to } => to,
                Whereabouts::Loan { due } => {
                    let next = availability.next_due.map_or(due, |next| next.min(due));
                    availability.next_due = Some(next);
                    holding.owner
                }
            };
            let at = availability
                .branches
                .entry(branch.as_str().to_owned())
                .or_default();
            at.copies += 1;
            let on_shelf = matches!(holding.whereabouts, Whereabouts::Shelf { .. });
            match holding.condition {
                Condition::Good if on_shelf => at.available += 1,
                Condition::OnSiteOnly if on_shelf => at.on_site += 1,
                _ => continue,
            }
            if !holding.call_number.is_empty() {
                at.call_numbers.insert(holding.call_number.clone());
            }
        }
        availability
    }

    /// Copies that could be taken home now, anywhere.
    pub fn available(&self) -> u32 {
        self.branches.values().map(|at| at.available).sum()
    }

    /// Copies, wherever they are.
    pub fn copies(&self) -> u32 {
        self.branches.values().map(|at| at.copies).sum()
    }
}

impl Finder {
    /// Searches, and looks where the copies of what was found are now.
    pub async fn search(&self, ask: SearchAsk) -> Result<Found, FinderError> {
        let within = match ask.available_at {
            Some(branch) => Some(BibSet::from_sorted(&self.store.bibs_on_shelf(branch).await?)),
            None => None,
        };
        let index = self.index.clone();
        let answer = super::blocking(move || {
            Ok(index.search(&ask.query, &SearchOptions { within, ..ask.options })?)
        })
        .await?;
        let bibs: Vec<i64> = answer.hits.iter().map(|hit| hit.bib).collect();
        let holdings = self.store.holdings(&bibs).await?;
        let waiting = self.store.waiting(&bibs).await?;
        let found = answer.hits.into_iter().map(|hit| {
            let copies: Vec<&Holding> = holdings
                .iter()
                .filter(|holding| holding.bib_id == hit.bib)
                .collect();
            FoundBib {
                bib: hit.bib,
                title: hit.shown.title,
                author: hit.shown.author,
                year: hit.shown.year,
                documents: copies
                    .iter()
                    .map(|copy| copy.document.as_str().to_owned())
                    .collect(),
                waiting: waiting.get(&hit.bib).copied().unwrap_or(0),
                availability: Availability::of(copies),
            }
        });
        Ok(Found {
            count: answer.count,
            bibs: found.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holding(owner: &str, condition: Condition, whereabouts: Whereabouts) -> Holding {
        Holding {
            bib_id: 1,
            barcode: "1".into(),
            owner: owner.parse().unwrap(),
            document: "LIV".parse().unwrap(),
            condition,
            call_number: "R HUG".into(),
            whereabouts,
        }
    }

    #[test]
    fn copies_count_where_they_stand() {
        let (lens, vimy) = ("LENS".parse().unwrap(), "VIMY".parse().unwrap());
        let due: Date = "2026-03-01".parse().unwrap();
        let copies = [
            holding("LENS", Condition::Good, Whereabouts::Shelf { branch: vimy }),
            holding("LENS", Condition::Damaged, Whereabouts::Shelf { branch: lens }),
            holding("LENS", Condition::OnSiteOnly, Whereabouts::Shelf { branch: lens }),
            holding("LENS", Condition::Good, Whereabouts::Loan { due }),
            holding("VIMY", Condition::Good, Whereabouts::Transit { to: lens }),
            holding("VIMY", Condition::Good, Whereabouts::HoldShelf { branch: vimy }),
        ];
        let found = Availability::of(&copies);
        assert_eq!((found.copies(), found.available()), (6, 1));
        assert_eq!(found.next_due, Some(due));
        let at = |branch: &str| {
            let at = &found.branches[branch];
            (at.copies, at.available, at.on_site)
        };
        assert_eq!(at("LENS"), (4, 0, 1));
        assert_eq!(at("VIMY"), (2, 1, 0));
    }
}
