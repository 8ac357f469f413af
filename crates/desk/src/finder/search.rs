//! A search, with what is on the shelves now.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::{BibSet, Facet, FacetCounts, Facts, Filter, SearchOptions, Sort};
use circulation::{BranchCode, Condition};
use jiff::civil::Date;
use query::Node;
use serde::Serialize;
use store::{Holding, Whereabouts};

use super::{Finder, FinderError};

/// What somebody wants to know.
#[derive(Debug, Clone)]
pub struct SearchAsk {
    /// The question.
    pub query: Node,
    /// Hits that are passed over.
    pub offset: usize,
    /// Hits that are given.
    pub limit: usize,
    /// In which order.
    pub sort: Sort,
    /// Lists to narrow by, and how many values of each.
    pub facets: Vec<(Facet, usize)>,
    /// What was chosen in such lists.
    pub filters: Vec<Filter>,
    /// Only what is on this branch's shelves now.
    pub available_at: Option<BranchCode>,
}

impl SearchAsk {
    /// The ten best.
    pub fn new(query: Node) -> Self {
        Self {
            query,
            offset: 0,
            limit: 10,
            sort: Sort::Relevance,
            facets: Vec::new(),
            filters: Vec::new(),
            available_at: None,
        }
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// How many bibs.
    pub count: u64,
    /// The page that was asked for.
    pub bibs: Vec<FoundBib>,
    /// The lists that were asked for, in that order.
    pub facets: Vec<FacetCounts>,
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
    pub year: Option<u64>,
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
        let here: Option<BibSet> = match ask.available_at {
            Some(branch) => Some(
                self.store
                    .bibs_on_shelf(branch)
                    .await?
                    .into_iter()
                    .collect(),
            ),
            None => None,
        };
        let index = self.index.clone();
        let looked = self.aside(move || {
            let options = SearchOptions {
                offset: ask.offset,
                limit: ask.limit,
                sort: ask.sort,
                facets: ask.facets,
                filters: ask.filters,
                within: here.as_ref(),
                ..SearchOptions::default()
            };
            let answer = index.search(&ask.query, &options)?;
            let facts = answer
                .hits
                .iter()
                .map(|hit| {
                    Ok(index
                        .record(hit.bib)?
                        .map(|record| (hit.bib, Facts::of(&record))))
                })
                .collect::<Result<Vec<_>, FinderError>>()?;
            Ok((answer, facts))
        });
        let (answer, facts) = looked.await?;
        let bibs: Vec<i64> = answer.hits.iter().map(|hit| hit.bib).collect();
        let holdings = self.store.holdings(&bibs).await?;
        let waiting = self.store.waiting(&bibs).await?;
        let found = facts.into_iter().flatten().map(|(bib, facts)| {
            let copies: Vec<&Holding> = holdings
                .iter()
                .filter(|holding| holding.bib_id == bib)
                .collect();
            FoundBib {
                bib,
                title: facts.title,
                author: facts.author.unwrap_or_default(),
                year: facts.year,
                documents: copies
                    .iter()
                    .map(|copy| copy.document.as_str().to_owned())
                    .collect(),
                waiting: waiting.get(&bib).copied().unwrap_or(0),
                availability: Availability::of(copies),
            }
        });
        Ok(Found {
            count: answer.count,
            bibs: found.collect(),
            facets: answer.facets,
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
            holding(
                "LENS",
                Condition::Damaged,
                Whereabouts::Shelf { branch: lens },
            ),
            holding(
                "LENS",
                Condition::OnSiteOnly,
                Whereabouts::Shelf { branch: lens },
            ),
            holding("LENS", Condition::Good, Whereabouts::Loan { due }),
            holding("VIMY", Condition::Good, Whereabouts::Transit { to: lens }),
            holding(
                "VIMY",
                Condition::Good,
                Whereabouts::HoldShelf { branch: vimy },
            ),
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
