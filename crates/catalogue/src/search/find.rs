//! A plan carried out in one segment.

use std::{fmt::Debug, ops::ControlFlow};

use query::AccessPoint;
use tantivy::{
    SegmentReader,
    columnar::Column as Values,
    index::InvertedIndexReader,
    postings::TermInfo,
    schema::{Field, IndexRecordOption},
};

use super::{
    budget::Budget,
    docs::{self, Docs},
};
use crate::{
    BibSet, Catalogue, Error,
    plan::{Bound, Column, Matcher, Pattern, Plan, Terms},
    schema::{Fields, YEAR},
};

pub(crate) struct Finder<'a> {
    pub(crate) reader: &'a SegmentReader,
    pub(crate) fields: &'a Fields,
    pub(crate) budget: &'a Budget,
    bibs: Values<i64>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        reader: &'a SegmentReader,
        budget: &'a Budget,
    ) -> Result<Self, Error> {
        Ok(Self {
            reader,
            fields: catalogue.fields(),
            budget,
            bibs: catalogue.bibs(reader)?,
        })
    }

    /// What a plan finds, deleted documents among it.
    pub(crate) fn docs(&self, plan: &Plan<'_>) -> Result<Docs, Error> {
        Ok(match plan {
            Plan::All => {
                self.budget.documents(u64::from(self.reader.max_doc()))?;
                self.all()
            }
            Plan::Nothing => Docs::new(),
            Plan::Set(set) => self.members(set)?,
            Plan::Terms(terms) => self.terms(terms)?,
            Plan::Phrase(phrase) => self.phrase(phrase)?,
            Plan::Near(near) => self.near(near)?,
            Plan::Column(column) => self.column(*column)?,
            Plan::And(left, right) => match (self.docs(left)?, right) {
                (left, _) if left.is_empty() => left,
                (left, right) => docs::both(&left, &self.docs(right)?),
            },
            Plan::Or(left, right) => docs::either(&self.docs(left)?, &self.docs(right)?),
            Plan::Not(left, right) => match self.docs(left)? {
                left if left.is_empty() => left,
                left => docs::without(&left, &self.docs(right)?),
            },
        })
    }

    fn all(&self) -> Docs {
        (0..self.reader.max_doc()).collect()
    }

    /// Without deleted ones.
    pub(crate) fn alive(&self, mut docs: Docs) -> Docs {
        if let Some(alive) = self.reader.alive_bitset() {
            docs.retain(|doc| alive.is_alive(*doc));
        }
        docs
    }

    /// Where the bibs of a set lie here.
    pub(crate) fn members(&self, set: &BibSet) -> Result<Docs, Error> {
        let few = set.len() * 64 < u64::from(self.reader.max_doc());
        if !few {
            return self.within(self.all(), set);
        }
        let inverted = self.reader.inverted_index(self.fields.bib)?;
        let mut found = Docs::new();
        for bib in set.iter() {
            let term = tantivy::Term::from_field_i64(self.fields.bib, bib);
            if let Some(info) = inverted.get_term_info(&term)? {
                read(&inverted, &info, &mut found)?;
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Those whose bibs are in a set.
    pub(crate) fn within(&self, mut docs: Docs, set: &BibSet) -> Result<Docs, Error> {
        if set.len() * 64 < docs.len() as u64 {
            return Ok(docs::both(&docs, &self.members(set)?));
        }
        docs.retain(|doc| self.bibs.first(*doc).is_some_and(|bib| set.contains(bib)));
        Ok(docs)
    }

    fn column(&self, column: Column) -> Result<Docs, Error> {
        self.budget.documents(u64::from(self.reader.max_doc()))?;
        if column.name == YEAR {
            let unsigned = |end: i64| u64::try_from(end).unwrap_or(0);
            if column.to < 0 {
                return Ok(Docs::new());
            }
            let values = self.reader.fast_fields().u64(YEAR)?;
            return Ok(self.between(&values, unsigned(column.from), unsigned(column.to)));
        }
        let values = self.reader.fast_fields().i64(column.name)?;
        Ok(self.between(&values, column.from, column.to))
    }

    /// Documents with a value between two, both included.
    fn between<T: Copy + PartialOrd + Debug + Send + Sync + 'static>(
        &self,
        values: &Values<T>,
        from: T,
        to: T,
    ) -> Docs {
        let mut found = Docs::new();
        // A range below all values would be taken for one that begins at the lowest.
        let within = from <= to && from <= values.max_value() && to >= values.min_value();
        if within {
            values.get_docids_for_value_range(from..=to, 0..self.reader.max_doc(), &mut found);
        }
        found
    }

    fn terms(&self, terms: &Terms) -> Result<Docs, Error> {
        let inverted = self.reader.inverted_index(terms.field)?;
        let infos = self.infos(terms.access, terms.field, &terms.matcher)?;
        let mut found = Docs::new();
        for info in &infos {
            self.budget.documents(u64::from(info.doc_freq))?;
            read(&inverted, info, &mut found)?;
        }
        if infos.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
        Ok(found)
    }

    /// The terms of a field that a matcher means.
    pub(crate) fn infos(
        &self,
        access: AccessPoint,
        field: Field,
        matcher: &Matcher,
    ) -> Result<Vec<TermInfo>, Error> {
        let inverted = self.reader.inverted_index(field)?;
        let terms = inverted.terms();
        let mut infos = Vec::new();
        let mut take = |typed: &str, info: &TermInfo| {
            infos.push(info.clone());
            self.budget.term(typed, access)
        };
        match matcher {
            Matcher::Is(term) => return Ok(terms.get(term)?.into_iter().collect()),
            Matcher::Begins(prefix) => {
                let mut stream = terms.range().ge(prefix).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    take(prefix, stream.value())?;
                }
            }
            Matcher::Pattern(typed) => {
                let pattern = Pattern::new(typed);
                let prefix = pattern.prefix();
                let mut stream = terms.range().ge(&prefix).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    self.budget.compared(typed, access)?;
                    let term = std::str::from_utf8(stream.key()).unwrap_or_default();
                    if pattern.matches(term) {
                        take(typed, stream.value())?;
                    }
                }
            }
            Matcher::Between(from, to) => {
                let mut range = terms.range();
                if let Some(Bound { term, included }) = from {
                    range = if *included {
                        range.ge(term)
                    } else {
                        range.gt(term)
                    };
                }
                if let Some(Bound { term, included }) = to {
                    range = if *included {
                        range.le(term)
                    } else {
                        range.lt(term)
                    };
                }
                let typed = |bound: &Option<Bound>| {
                    bound
                        .as_ref()
                        .map(|bound| bound.term.clone())
                        .unwrap_or_default()
                };
                let typed = format!("{}..{}", typed(from), typed(to));
                let mut stream = range.into_stream()?;
                while stream.advance() {
                    take(&typed, stream.value())?;
                }
            }
        }
        Ok(infos)
    }
}

/// Adds the documents of a term.
pub(crate) fn read(
    inverted: &InvertedIndexReader,
    info: &TermInfo,
    found: &mut Docs,
) -> Result<(), Error> {
    let _: ControlFlow<()> = blocks(inverted, info, IndexRecordOption::Basic, |docs, _| {
        found.extend_from_slice(docs);
        ControlFlow::Continue(())
    })?;
    Ok(())
}

/// Goes through a term's documents, some hundred at a time, with how often it stands in each.
pub(crate) fn blocks(
    inverted: &InvertedIndexReader,
    info: &TermInfo,
    option: IndexRecordOption,
    mut each: impl FnMut(&[u32], &[u32]) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Error> {
    let mut block = inverted.read_block_postings_from_terminfo(info, option)?;
    while !block.docs().is_empty() {
        if each(block.docs(), block.freqs()).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        block.advance();
    }
    Ok(ControlFlow::Continue(()))
}
