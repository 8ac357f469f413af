use query::{Limits, Sort};

use super::{Facet, FacetCounts, budget::Effort};
use crate::{BibSet, plan::Sets};

/// How an answer is wanted.
#[derive(Clone, Debug)]
pub struct SearchOptions<'a> {
    /// Hits that are passed over.
    pub offset: usize,
    /// Hits that are given; with the offset at most [`super::MOST_HITS`].
    pub limit: usize,
    /// In which order.
    pub sort: Sort,
    /// Lists to narrow by, and how many values of each.
    pub facets: Vec<(Facet, usize)>,
    /// What was chosen in such lists. Values of one list widen, different lists narrow.
    pub filters: Vec<Filter>,
    /// Only these: what is available here now.
    pub within: Option<&'a BibSet>,
    /// Sets that the question may name.
    pub sets: Option<&'a Sets>,
    /// How much work it may be.
    pub effort: Effort,
    /// How large a question is answered.
    pub limits: Limits,
}

impl Default for SearchOptions<'_> {
    /// The ten best.
    fn default() -> Self {
        Self {
            offset: 0,
            limit: 10,
            sort: Sort::Relevance,
            facets: Vec::new(),
            filters: Vec::new(),
            within: None,
            sets: None,
            effort: Effort::Whole,
            limits: Limits::default(),
        }
    }
}

/// Values chosen in one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The list. Its own counts are made as if nothing were chosen in it, so that more can be.
    pub facet: Facet,
    /// At least one of them.
    pub any_of: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// All of it, not only what is given.
    pub count: u64,
    /// In the order that was asked for.
    pub hits: Vec<Hit>,
    /// In the order in which they were asked for.
    pub facets: Vec<FacetCounts>,
}

/// One record found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its number.
    pub bib: i64,
    /// How likely it is what was meant: only to be compared within one answer. 0 if not ranked.
    pub score: f32,
}
