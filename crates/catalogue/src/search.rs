//! A question answered: found, counted, sorted, narrowed.

mod budget;
mod docs;
mod facets;
mod find;
mod options;
mod places;
mod rank;
mod signals;
mod sort;

use query::{AccessPoint, Clause, Form, Node, Sort, SortKey};
use tantivy::Searcher;

pub use budget::Effort;
pub use facets::{Facet, FacetCounts, FacetValue};
pub use options::{Answer, Filter, Hit, SearchOptions};

use crate::{
    BibSet, Catalogue, Error, QuestionError,
    plan::{Plan, Planner, Sets},
};
use budget::Budget;
use docs::Docs;
use find::Finder;
pub(crate) use find::blocks;

/// Records that are given at once.
pub const MOST_HITS: usize = 10_000;

/// What was found in one segment, and what of it each filter lets pass.
pub(crate) struct Found {
    pub(crate) segment: usize,
    pub(crate) docs: Docs,
    /// For each filter, what passes all the others: its own list is counted over that.
    pub(crate) but: Vec<Docs>,
}

impl Catalogue {
    /// Answers a question.
    ///
    /// What it may cost is bounded by what it looks at, never by a clock: more terms or documents
    /// than that is a [`QuestionError`] that says what to do, never part of an answer.
    pub fn search(&self, node: &Node, options: &SearchOptions<'_>) -> Result<Answer, Error> {
        let wanted = options.offset.saturating_add(options.limit);
        if wanted > MOST_HITS {
            return Err(QuestionError::Page {
                asked: wanted,
                most: MOST_HITS,
            }
            .into());
        }
        let searcher = self.searcher();
        let found = self.find(&searcher, node, options)?;
        let count = found.iter().map(|found| found.docs.len() as u64).sum();
        let hits = match &options.sort {
            _ if options.limit == 0 => Vec::new(),
            Sort::Relevance => rank::best(self, &searcher, node, &found, wanted)?,
            Sort::Number => sort::by_number(self, &searcher, &found, wanted)?,
            Sort::Keys(keys) => sort::by_keys(self, &searcher, &found, keys, wanted)?,
        };
        Ok(Answer {
            count,
            hits: hits.into_iter().skip(options.offset).collect(),
            facets: facets::count(&searcher, &found, options)?,
        })
    }

    /// All that answers a question, without order: to be kept under a name.
    pub fn result_set(
        &self,
        node: &Node,
        sets: Option<&Sets>,
        effort: Effort,
    ) -> Result<BibSet, Error> {
        let searcher = self.searcher();
        let options = SearchOptions {
            sets,
            effort,
            ..SearchOptions::default()
        };
        let mut all = Vec::new();
        for found in self.find(&searcher, node, &options)? {
            let bibs = self.bibs(searcher.segment_reader(number(found.segment)))?;
            all.extend(found.docs.iter().filter_map(|doc| bibs.first(*doc)));
        }
        // Each segment's own are in order nearly always: runs to be merged.
        all.sort();
        Ok(BibSet::ascending(all))
    }

    /// A set in an order, all of it: eight bytes a bib. Bibs that are gone meanwhile are left out.
    pub fn sorted(&self, set: &BibSet, keys: &[SortKey]) -> Result<Vec<i64>, Error> {
        let searcher = self.searcher();
        let found = self.members(&searcher, set)?;
        let hits = sort::by_keys(self, &searcher, &found, keys, usize::MAX)?;
        Ok(hits.into_iter().map(|hit| hit.bib).collect())
    }

    fn members(&self, searcher: &Searcher, set: &BibSet) -> Result<Vec<Found>, Error> {
        let budget = Budget::default();
        let mut all = Vec::new();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let finder = Finder::new(self, reader, &budget)?;
            let docs = finder.alive(finder.members(set)?);
            all.push(Found {
                segment,
                docs,
                but: Vec::new(),
            });
        }
        Ok(all)
    }

    fn find(
        &self,
        searcher: &Searcher,
        node: &Node,
        options: &SearchOptions<'_>,
    ) -> Result<Vec<Found>, Error> {
        options.limits.check(node).map_err(QuestionError::from)?;
        let planner = Planner {
            fields: self.fields(),
            sets: options.sets,
        };
        let plan = planner.node(node)?;
        let filters = filters(&planner, options)?;
        let budget = Budget::of(options.effort);
        let mut all = Vec::new();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let finder = Finder::new(self, reader, &budget)?;
            let mut docs = finder.alive(finder.docs(&plan)?);
            if let Some(within) = options.within {
                docs = finder.within(docs, within)?;
            }
            let passed = filters
                .iter()
                .map(|filter| finder.docs(filter))
                .collect::<Result<Vec<_>, _>>()?;
            let others = |own: Option<usize>| {
                let passed = passed
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| Some(*index) != own);
                passed.fold(docs.clone(), |docs, (_, passed)| docs::both(&docs, passed))
            };
            let but = (0..passed.len()).map(|own| others(Some(own))).collect();
            let docs = others(None);
            all.push(Found { segment, docs, but });
        }
        Ok(all)
    }
}

/// A filter lets pass what has any of its values.
fn filters<'a>(
    planner: &Planner<'a>,
    options: &SearchOptions<'_>,
) -> Result<Vec<Plan<'a>>, QuestionError> {
    let plan = |filter: &Filter| {
        let values = filter
            .any_of
            .iter()
            .map(|value| Node::from(filter.facet.clause(value)));
        planner.node(&Node::any_of(values).unwrap_or(Node::All))
    };
    options.filters.iter().map(plan).collect()
}

impl Facet {
    /// What finds the records that are counted for one of its values.
    pub fn clause(self, value: &str) -> Clause {
        let access = match self {
            Self::DocumentType => AccessPoint::DocumentType,
            Self::Branch => AccessPoint::Branch,
            Self::Audience => AccessPoint::Audience,
            Self::Language => AccessPoint::Language,
            Self::Subject => AccessPoint::Subject,
            Self::Author => AccessPoint::Author,
            Self::Series => AccessPoint::Series,
            Self::Decade => {
                let truncation = query::Truncation::Right;
                let decade = value.get(..3).unwrap_or(value);
                return Clause::new(AccessPoint::Year, decade).truncated(truncation);
            }
        };
        Clause::new(access, value).form(Form::Exact)
    }
}

/// Segments are far fewer than documents.
pub(crate) fn number(segment: usize) -> u32 {
    u32::try_from(segment).unwrap_or(u32::MAX)
}
