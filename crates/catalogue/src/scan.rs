//! The list of terms of an access point, looked through from a place on.

use std::{collections::BTreeMap, ops::ControlFlow};

use query::{AccessPoint, Nature};
use tantivy::{
    DocAddress, SegmentReader,
    postings::TermInfo,
    schema::{Field, IndexRecordOption},
};

use crate::{
    Catalogue, Error, QuestionError,
    analysis::{fold, normal, whole, words},
    entries::{codes, texts},
    search::{blocks, number},
    writer::SHOWN,
};

/// Terms that are given at once.
pub const MOST_TERMS: usize = 1000;

/// What a term is in a list of text. Codes and numbers are always whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanForm {
    /// One word.
    Words,
    /// A whole field.
    Wholes,
}

/// A stretch of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// In the order of the list.
    pub terms: Vec<ScanTerm>,
    /// Which of them is the one that was asked for, or the next behind it; the length if none is.
    pub position: usize,
}

impl Scan {
    /// Whether the list has the very term that was asked for, and not only the next behind it.
    pub fn has_itself(&self, term: &str) -> bool {
        let there = self.terms.get(self.position);
        there.is_some_and(|there| there.term == whole(term))
    }
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanTerm {
    /// As it is searched for.
    pub term: String,
    /// As a record has it, with capitals and accents.
    pub display: String,
    /// Records that are found by it, exactly.
    pub records: u64,
}

/// Where a term was met first, and how many records have it.
struct Met {
    records: u64,
    first: DocAddress,
}

impl Catalogue {
    /// Terms around one: so many before it, and so many from it on (itself, if it is there).
    ///
    /// ```
    /// # use marc::{DataField, Leader, Record};
    /// # use relire_catalogue::{Catalogue, Document};
    /// use query::AccessPoint;
    /// use relire_catalogue::ScanForm;
    /// # let catalogue = Catalogue::in_memory()?;
    /// # let mut writer = catalogue.writer(15_000_000, 1)?;
    /// # for (bib, title) in (1..).zip(["Dune", "Été", "Zazie", "Dune"]) {
    /// #     let mut record = Record::new(Leader::UNIMARC);
    /// #     record.push(DataField::new(b"200", b"1 ").with(b'a', title));
    /// #     writer.put(&Document { bib, record, others: vec![], copies: vec![], changed: Default::default() })?;
    /// # }
    /// # writer.commit_without_feed()?;
    /// let scan = catalogue.scan(AccessPoint::Title, ScanForm::Wholes, "été", 1, 5)?;
    /// let shown: Vec<_> = scan.terms.iter().map(|term| (term.display.as_str(), term.records)).collect();
    /// assert_eq!((shown, scan.position), (vec![("Dune", 2), ("Été", 1), ("Zazie", 1)], 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scan(
        &self,
        access: AccessPoint,
        form: ScanForm,
        term: &str,
        before: usize,
        after: usize,
    ) -> Result<Scan, Error> {
        if before.saturating_add(after) > MOST_TERMS {
            return Err(QuestionError::Page {
                asked: before.saturating_add(after),
                most: MOST_TERMS,
            }
            .into());
        }
        let (field, start, form) = self.list(access, form, term)?;
        let searcher = self.searcher();
        let (mut earlier, mut later) = (BTreeMap::new(), BTreeMap::new());
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(field)?;
            let terms = inverted.terms();
            if after > 0 {
                let mut stream = terms.range().ge(&start).into_stream()?;
                let mut taken = 0;
                while taken < after && stream.advance() {
                    taken += usize::from(meet(
                        reader,
                        segment,
                        field,
                        stream.key(),
                        stream.value(),
                        &mut later,
                    )?);
                }
            }
            if before > 0 {
                let mut stream = terms.range().lt(&start).backward().into_stream()?;
                let mut taken = 0;
                while taken < before && stream.advance() {
                    taken += usize::from(meet(
                        reader,
                        segment,
                        field,
                        stream.key(),
                        stream.value(),
                        &mut earlier,
                    )?);
                }
            }
        }
        let surplus = earlier.len().saturating_sub(before);
        let earlier: Vec<_> = earlier.into_iter().skip(surplus).collect();
        let position = earlier.len();
        let all = earlier.into_iter().chain(later.into_iter().take(after));
        let terms = all.map(|(term, met)| {
            let display = self.display(&searcher, access, form, &term, met.first)?;
            Ok(ScanTerm {
                term,
                display,
                records: met.records,
            })
        });
        Ok(Scan {
            terms: terms.collect::<Result<_, Error>>()?,
            position,
        })
    }

    fn list(
        &self,
        access: AccessPoint,
        form: ScanForm,
        term: &str,
    ) -> Result<(Field, String, ScanForm), QuestionError> {
        let fields = self.fields();
        let text = access.nature() == Nature::Words;
        let wholes = fields.wholes.get(&access).copied();
        let (field, start, form) = match (text, form, wholes) {
            (true, ScanForm::Wholes, Some(field)) => (Some(field), whole(term), ScanForm::Wholes),
            // Whole fields of everything are no list that anybody reads.
            (true, _, _) => {
                let word = words(term)
                    .into_iter()
                    .find(|word| !word.extra)
                    .map(|word| word.text);
                (
                    fields.words.get(&access).copied(),
                    word.unwrap_or_default(),
                    ScanForm::Words,
                )
            }
            (false, _, field) => (field, normal(access, term).normal, ScanForm::Wholes),
        };
        Ok((field.ok_or(QuestionError::Scan(access))?, start, form))
    }

    /// How a record spells it; the term itself where only another source had it.
    fn display(
        &self,
        searcher: &tantivy::Searcher,
        access: AccessPoint,
        form: ScanForm,
        term: &str,
        first: DocAddress,
    ) -> Result<String, Error> {
        let column = match access {
            AccessPoint::Branch => "f_branch",
            AccessPoint::DocumentType => "f_type",
            AccessPoint::Audience => "f_audience",
            _ => "",
        };
        let found = if column.is_empty() {
            let record = self.stored(searcher, first, 0)?;
            match (access.nature(), form) {
                (Nature::Words, ScanForm::Wholes) => {
                    let mut texts = texts(&record)
                        .into_iter()
                        .filter(|text| text.wholes().contains(&access));
                    texts
                        .find(|text| whole(&text.text) == term)
                        .map(|text| text.text)
                }
                (Nature::Words, ScanForm::Words) => {
                    let texts = texts(&record)
                        .into_iter()
                        .filter(|text| text.access.contains(&access));
                    texts.map(|text| text.text).find_map(|text| {
                        let mut words = text.split(|char: char| !char.is_alphanumeric());
                        words.find(|word| fold(word) == term).map(str::to_owned)
                    })
                }
                _ => codes(&record)
                    .into_iter()
                    .find(|(of, value)| *of == access && normal(access, value).normal == term)
                    .map(|(_, value)| value),
            }
        } else {
            let reader = searcher.segment_reader(first.segment_ord);
            shown(reader, column, first.doc_id, term)?
        };
        Ok(found.unwrap_or_else(|| term.to_owned()))
    }
}

fn shown(
    reader: &SegmentReader,
    column: &str,
    doc: u32,
    term: &str,
) -> Result<Option<String>, Error> {
    let Some(column) = reader.fast_fields().str(column)? else {
        return Ok(None);
    };
    let mut value = String::new();
    for ord in column.ords().values_for_doc(doc) {
        column.ord_to_str(ord, &mut value)?;
        if let Some((key, shown)) = value.split_once(SHOWN)
            && key == term
        {
            return Ok(Some(shown.to_owned()));
        }
    }
    Ok(None)
}

/// Counts a term's living records. Whether there is any.
fn meet(
    reader: &SegmentReader,
    segment: usize,
    field: Field,
    key: &[u8],
    info: &TermInfo,
    met: &mut BTreeMap<String, Met>,
) -> Result<bool, Error> {
    let (mut records, mut first) = (0, None);
    let inverted = reader.inverted_index(field)?;
    let alive = reader.alive_bitset();
    // Without deletions the dictionary knows the number: only the first document is looked at.
    let _: ControlFlow<()> = blocks(&inverted, info, IndexRecordOption::Basic, |docs, _| {
        let mut living = docs
            .iter()
            .filter(|doc| alive.is_none_or(|alive| alive.is_alive(**doc)));
        if first.is_none() {
            first = living.next().copied();
            records += u64::from(first.is_some());
        }
        records += living.count() as u64;
        if alive.is_none() {
            records = u64::from(info.doc_freq);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    let Some(first) = first else { return Ok(false) };
    let term = String::from_utf8_lossy(key).into_owned();
    let place = DocAddress::new(number(segment), first);
    met.entry(term)
        .or_insert(Met {
            records: 0,
            first: place,
        })
        .records += records;
    Ok(true)
}
