//! Putting documents in, and saying how far the feed was read.

use std::collections::BTreeMap;

use query::AccessPoint;
use serde::{Deserialize, Serialize};
use tantivy::{IndexWriter, TantivyDocument, Term, schema::Field};

use crate::{
    Catalogue, Document, Error, FeedPosition,
    analysis::{fold, stem, whole, words},
    entries::Entries,
    schema::{FORMAT, Fields},
    stored, tokens,
};

/// Between what a facet value or a suggestion is compared by and what is shown of it.
pub(crate) const SHOWN: char = '\u{1F}';

/// What a commit says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) format: u32,
    pub(crate) position: Option<FeedPosition>,
}

/// The one writer of an index; a second one is refused while it lives. What it puts and deletes
/// is seen by nobody until [`Writer::commit`], and is gone if that never comes.
///
/// Memory: what was given to [`Catalogue::writer`], and as much again for a short time while a
/// segment is written or merged.
pub struct Writer {
    catalogue: Catalogue,
    writer: IndexWriter,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    pub(crate) fn new(catalogue: Catalogue, writer: IndexWriter) -> Self {
        Self { catalogue, writer }
    }

    /// Puts a document in the place of the one of the same bib, if there is one.
    pub fn put(&mut self, document: &Document) -> Result<(), Error> {
        self.delete(document.bib)?;
        let built = build(document, self.catalogue.fields());
        self.writer.add_document(built)?;
        Ok(())
    }

    /// Puts a document of a bib that is known not to be there: a new index filled from nothing.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        self.writer
            .add_document(build(document, self.catalogue.fields()))?;
        Ok(())
    }

    /// Takes a bib out. If there is none, nothing happens.
    pub fn delete(&mut self, bib: i64) -> Result<(), Error> {
        self.writer
            .delete_term(Term::from_field_i64(self.catalogue.fields().bib, bib));
        Ok(())
    }

    /// Takes everything out.
    pub fn clear(&mut self) -> Result<(), Error> {
        self.writer.delete_all_documents()?;
        Ok(())
    }

    /// Makes everything since the last commit durable and visible, together with how far the feed
    /// was read. From here on, searches of this [`Catalogue`] and its clones see it.
    pub fn commit(&mut self, position: FeedPosition) -> Result<(), Error> {
        self.commit_at(Some(position))
    }

    /// The same for an index that no feed fills: a file of records.
    pub fn commit_without_feed(&mut self) -> Result<(), Error> {
        self.commit_at(None)
    }

    fn commit_at(&mut self, position: Option<FeedPosition>) -> Result<(), Error> {
        let payload = Payload {
            format: FORMAT,
            position,
        };
        let payload =
            serde_json::to_string(&payload).expect("numbers and bytes always have a JSON form");
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.catalogue.reload()
    }

    /// Waits until segments that are being merged are merged: before an index is measured, or
    /// copied.
    pub fn finish(self) -> Result<(), Error> {
        self.writer.wait_merging_threads()?;
        self.catalogue.reload()
    }
}

fn build(document: &Document, fields: &Fields) -> TantivyDocument {
    let entries = Entries::of(document);
    let mut built = TantivyDocument::new();
    texts(&entries, fields, &mut built);
    for (access, code) in &entries.codes {
        if let Some(field) = fields.wholes.get(access) {
            built.add_text(*field, code);
        }
    }
    facets(&entries, fields, &mut built);
    built.add_i64(fields.bib, document.bib);
    built.add_i64(fields.changed, document.changed.as_second());
    built.add_u64(fields.copies, document.copies.len() as u64);
    built.add_u64(fields.volume, entries.volume);
    if let Some(year) = entries.year {
        built.add_u64(fields.year, year);
    }
    if let Some(key) = &entries.sort_title {
        built.add_text(fields.sort_title, key);
    }
    if let Some(key) = &entries.sort_author {
        built.add_text(fields.sort_author, key);
    }
    built.add_bytes(fields.record, &stored::write(&document.record));
    built
}

fn texts(entries: &Entries, fields: &Fields, built: &mut TantivyDocument) {
    let mut words_of: BTreeMap<AccessPoint, String> = BTreeMap::new();
    let mut stems_of: BTreeMap<AccessPoint, String> = BTreeMap::new();
    let mut wholes_of: BTreeMap<AccessPoint, Vec<&str>> = BTreeMap::new();
    let analysed: Vec<_> = entries
        .texts
        .iter()
        .map(|text| (text, words(&text.text), whole(&text.text)))
        .collect();
    for (text, words, whole) in &analysed {
        let stems: Vec<_> = words
            .iter()
            .filter(|word| !word.extra)
            .map(|word| {
                let mut word = word.clone();
                word.text.truncate(stem(&word.text).len());
                word
            })
            .collect();
        for access in text.access {
            tokens::write_field(words, words_of.entry(*access).or_default());
            if fields.stems.contains_key(access) {
                tokens::write_field(&stems, stems_of.entry(*access).or_default());
            }
        }
        for access in text.wholes() {
            let wholes = wholes_of.entry(*access).or_default();
            if !wholes.contains(&whole.as_str()) {
                wholes.push(whole);
            }
        }
    }
    for (of, fields) in [(words_of, &fields.words), (stems_of, &fields.stems)] {
        for (access, text) in of {
            if let Some(field) = fields.get(&access) {
                built.add_text(*field, text);
            }
        }
    }
    for (access, wholes) in wholes_of {
        if let Some(field) = fields.wholes.get(&access) {
            wholes
                .into_iter()
                .for_each(|whole| built.add_text(*field, whole));
        }
    }
    suggestions(entries, fields.suggestions, built);
}

/// Titles with and without what stands before the second word, names from either end.
fn suggestions(entries: &Entries, field: Field, built: &mut TantivyDocument) {
    let mut add = |key: &str, shown: &str| {
        if !key.is_empty() && shown.chars().count() <= 120 {
            built.add_text(field, format!("{key}{SHOWN}{shown}"));
        }
    };
    for text in &entries.texts {
        let key = whole(&text.text);
        if text.access.contains(&AccessPoint::TitleProper) {
            add(&key, &text.text);
            if let Some((first, rest)) = key.split_once(' ')
                && first.len() <= 3
            {
                add(rest, &text.text);
            }
        } else if text.access.contains(&AccessPoint::PersonalName) {
            add(&key, &text.text);
            if let Some((family, given)) = text.text.split_once(", ") {
                add(&whole(&format!("{given} {family}")), &text.text);
            }
        }
    }
}

fn facets(entries: &Entries, fields: &Fields, built: &mut TantivyDocument) {
    let mut add = |name: &'static str, key: String, shown: &str| {
        if let Some(field) = fields.facets.get(name)
            && !key.is_empty()
        {
            built.add_text(*field, format!("{key}{SHOWN}{shown}"));
        }
    };
    let codes = [
        ("f_type", &entries.document_types),
        ("f_branch", &entries.branches),
        ("f_audience", &entries.audiences),
        ("f_language", &entries.languages),
    ];
    for (name, values) in codes {
        values
            .iter()
            .for_each(|value| add(name, fold(value), value));
    }
    let texts = [
        ("f_subject", &entries.values.subjects),
        ("f_author", &entries.values.authors),
        ("f_series", &entries.values.series),
    ];
    for (name, values) in texts {
        // One spelling of each: a record counts once, however often it says the same.
        let spellings: BTreeMap<_, _> = values.iter().map(|value| (whole(value), value)).collect();
        spellings
            .into_iter()
            .for_each(|(key, value)| add(name, key, value));
    }
}
