//! What other systems ask: sets and their pages, records as they are served, lists of terms, copies as they stand now.

use std::{collections::BTreeMap, sync::Arc};

use catalogue::{
    BibSet, Catalogue, Effort, Facet, FacetCounts, MOST_HITS, Scan, ScanForm, SearchOptions, Sets,
};
use marc::Record;
use query::{AccessPoint, Node, Sort, SortKey};
use store::Holding;

use super::{Finder, FinderError};

/// Records that are read where one stands: each takes some ten microseconds.
const FEW: usize = 50;

/// A bib's number and its record; none if the bib went away a moment ago.
pub type Served = (i64, Option<Record>);

/// A stretch of what a question finds.
#[derive(Debug, Clone)]
pub struct PageAsk {
    /// The question.
    pub query: Node,
    /// In which order. By number it is the same on every page.
    pub order: Sort,
    /// Hits that are passed over.
    pub offset: usize,
    /// Hits that are given.
    pub limit: usize,
    /// Lists to count besides, and how many values of each.
    pub facets: Vec<(Facet, usize)>,
}

impl PageAsk {
    /// The ten first, by number.
    pub fn new(query: Node) -> Self {
        Self {
            query,
            order: Sort::Number,
            offset: 0,
            limit: 10,
            facets: Vec::new(),
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// All of it, not only what is given.
    pub count: u64,
    /// In the order that was asked for.
    pub records: Vec<Served>,
    /// In the order in which they were asked for.
    pub facets: Vec<FacetCounts>,
}

/// A stretch of a list of terms.
#[derive(Debug, Clone)]
pub struct ScanAsk {
    /// Whose terms.
    pub access: AccessPoint,
    /// Words, or whole fields.
    pub form: ScanForm,
    /// Where to begin.
    pub term: String,
    /// So many terms before that.
    pub before: usize,
    /// And so many from there on.
    pub after: usize,
}

/// The copies of one bib at this moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BibCopies {
    /// By branch and call number.
    pub copies: Vec<Holding>,
    /// How many readers wait for the bib.
    pub waiting: u32,
}

fn records(index: &Catalogue, bibs: impl Iterator<Item = i64>) -> Result<Vec<Served>, FinderError> {
    bibs.map(|bib| Ok((bib, index.record(bib)?))).collect()
}

impl Finder {
    /// Most questions cost less than the way to another thread and back: they are answered where they stand. What turns
    /// out to be more is asked again on a thread that may take its time.
    async fn at_a_glance<T: Send + 'static>(
        &self,
        look: impl Fn(Effort) -> Result<T, FinderError> + Send + 'static,
    ) -> Result<T, FinderError> {
        match look(Effort::Glance) {
            Err(FinderError::Index(error)) if error.is_effort() => {
                self.aside(move || look(Effort::Whole)).await
            }
            answered => answered,
        }
    }

    /// A page of what a question finds, with its records. Cost: the index alone, no database.
    pub async fn page(&self, ask: PageAsk) -> Result<Page, FinderError> {
        let simple = ask.order == Sort::Number && ask.facets.is_empty() && ask.limit <= FEW;
        let index = self.index.clone();
        let look = move |effort| {
            let options = SearchOptions {
                offset: ask.offset,
                limit: ask.limit,
                sort: ask.order.clone(),
                facets: ask.facets.clone(),
                effort,
                ..SearchOptions::default()
            };
            let answer = index.search(&ask.query, &options)?;
            let bibs = answer.hits.iter().map(|hit| hit.bib);
            Ok(Page {
                count: answer.count,
                records: records(&index, bibs)?,
                facets: answer.facets,
            })
        };
        match simple {
            true => self.at_a_glance(look).await,
            false => self.aside(move || look(Effort::Whole)).await,
        }
    }

    /// All that a question finds, to be kept. It may speak of sets that were kept before.
    pub async fn result_set(&self, query: Node, sets: Arc<Sets>) -> Result<BibSet, FinderError> {
        let index = self.index.clone();
        self.at_a_glance(move |effort| Ok(index.result_set(&query, Some(&sets), effort)?))
            .await
    }

    /// The likeliest of what a question finds, best first: at most [`MOST_HITS`].
    pub async fn ranked(&self, query: Node, sets: Arc<Sets>) -> Result<Vec<i64>, FinderError> {
        let index = self.index.clone();
        self.aside(move || {
            let options = SearchOptions {
                limit: MOST_HITS,
                sets: Some(&sets),
                ..SearchOptions::default()
            };
            let answer = index.search(&query, &options)?;
            Ok(answer.hits.iter().map(|hit| hit.bib).collect())
        })
        .await
    }

    /// A kept set in an order, all of it.
    pub async fn ordered(
        &self,
        set: Arc<BibSet>,
        order: Vec<SortKey>,
    ) -> Result<Vec<i64>, FinderError> {
        let index = self.index.clone();
        self.aside(move || Ok(index.sorted(&set, &order)?)).await
    }

    /// The records of these bibs, in this order.
    pub async fn records(&self, bibs: Vec<i64>) -> Result<Vec<Served>, FinderError> {
        if bibs.len() <= FEW {
            return records(&self.index, bibs.into_iter());
        }
        let index = self.index.clone();
        self.aside(move || records(&index, bibs.into_iter())).await
    }

    /// Terms of a list around one.
    pub async fn scan(&self, ask: ScanAsk) -> Result<Scan, FinderError> {
        let index = self.index.clone();
        self.aside(move || Ok(index.scan(ask.access, ask.form, &ask.term, ask.before, ask.after)?))
            .await
    }

    /// Where the copies of these bibs are now, and how many readers wait; no reader is named. Two statements.
    pub async fn copies(&self, bibs: &[i64]) -> Result<BTreeMap<i64, BibCopies>, FinderError> {
        let mut found: BTreeMap<i64, BibCopies> = bibs
            .iter()
            .map(|bib| (*bib, BibCopies::default()))
            .collect();
        for holding in self.store.holdings(bibs).await? {
            found
                .entry(holding.bib_id)
                .or_default()
                .copies
                .push(holding);
        }
        for (bib, waiting) in self.store.waiting(bibs).await? {
            found.entry(bib).or_default().waiting = waiting;
        }
        Ok(found)
    }

    /// Labels of the document types, by code.
    pub async fn document_labels(&self) -> Result<Vec<(String, String)>, FinderError> {
        Ok(self.store.document_labels().await?)
    }

    /// Names of the branches, by code.
    pub async fn branch_names(&self) -> Result<BTreeMap<String, String>, FinderError> {
        let names = self.store.branch_names().await?;
        Ok(names
            .into_iter()
            .map(|branch| (branch.code.as_str().to_owned(), branch.name))
            .collect())
    }
}
