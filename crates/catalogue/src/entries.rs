//! What a record is found by: every text and number in it, with the access points that it stands
//! for. The one place that knows which field of UNIMARC is which access point.

mod names;
mod numbers;
mod subjects;
mod titles;

use std::collections::BTreeSet;

use marc::{DataField, Record, charset::nonsorting};
pub(crate) use names::main as shown_author;
pub(crate) use numbers::{all as codes, year};
use query::AccessPoint;
pub(crate) use titles::shown as shown_title;

use crate::{
    Document,
    analysis::{normal, sort_key, whole},
};

/// A text of a record: a field, or the part of it that stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// As it stands, without non-sorting marks.
    pub(crate) text: String,
    /// What it answers to. [`AccessPoint::Any`] is among them unless another text says the same.
    pub(crate) access: &'static [AccessPoint],
    /// Only part of an entry, or none at all: its words answer to all of these, but as a whole it
    /// is an entry of the first only. So each whole subject or author is a value to narrow by.
    pub(crate) part: bool,
}

impl Text {
    pub(crate) const fn new(text: String, access: &'static [AccessPoint]) -> Self {
        Self {
            text,
            access,
            part: false,
        }
    }

    pub(crate) const fn part(text: String, access: &'static [AccessPoint]) -> Self {
        Self {
            text,
            access,
            part: true,
        }
    }

    /// What it is an entry of, as a whole.
    pub(crate) fn wholes(&self) -> &'static [AccessPoint] {
        if self.part {
            self.access.get(..1).unwrap_or_default()
        } else {
            self.access
        }
    }
}

/// A list that results can be narrowed by, and the values of one record in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    pub(crate) subjects: BTreeSet<String>,
    pub(crate) authors: BTreeSet<String>,
    pub(crate) series: BTreeSet<String>,
}

/// Everything that is known of a document but its record itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entries {
    pub(crate) texts: Vec<Text>,
    /// Codes and numbers, normal; and for some the beginning as it is written.
    pub(crate) codes: BTreeSet<(AccessPoint, String)>,
    pub(crate) values: Values,
    pub(crate) year: Option<u64>,
    pub(crate) sort_title: Option<String>,
    pub(crate) sort_author: Option<String>,
    /// Number within a series or work, where it is a small one: the first comes before the fifth.
    pub(crate) volume: u64,
    /// Values that branches and types are shown by.
    pub(crate) branches: BTreeSet<String>,
    pub(crate) document_types: BTreeSet<String>,
    pub(crate) audiences: BTreeSet<String>,
    pub(crate) languages: BTreeSet<String>,
}

impl Entries {
    /// Reads a document.
    pub(crate) fn of(document: &Document) -> Self {
        let mut entries = Self::default();
        let mut seen = BTreeSet::new();
        for (index, record) in std::iter::once(&document.record)
            .chain(&document.others)
            .enumerate()
        {
            let served = index == 0;
            for text in texts(record) {
                // What another source says as well need not stand twice.
                if seen.insert((whole(&text.text), text.access, text.part)) || served {
                    entries.texts.push(text);
                }
            }
            for (access, value) in numbers::all(record) {
                entries.code(access, &value);
            }
            entries.values(record);
            if served {
                entries.served(record);
            }
        }
        let languages = entries.codes.iter();
        let languages = languages.filter(|(access, _)| *access == AccessPoint::Language);
        entries.languages = languages.map(|(_, language)| language.clone()).collect();
        entries.copies(document);
        entries.code(AccessPoint::Bib, &document.bib.to_string());
        entries
    }

    fn served(&mut self, record: &Record) {
        self.year = year(record);
        self.sort_title = titles::sort_title(record)
            .map(|title| sort_key(&title))
            .filter(|key| !key.is_empty());
        self.sort_author = names::main(record)
            .map(|name| sort_key(&name))
            .filter(|key| !key.is_empty());
        self.volume = titles::volume(record);
    }

    /// What every source says is found, so it is counted as well.
    fn values(&mut self, record: &Record) {
        self.values.subjects.extend(subjects::values(record));
        self.values.authors.extend(names::values(record));
        self.values.series.extend(titles::series(record));
    }

    fn copies(&mut self, document: &Document) {
        for copy in &document.copies {
            self.code(AccessPoint::Branch, &copy.branch);
            self.branches.insert(copy.branch.clone());
            if let Some(document_type) = &copy.document_type {
                self.code(AccessPoint::DocumentType, document_type);
                self.document_types.insert(document_type.clone());
            }
            if let Some(audience) = &copy.audience {
                self.code(AccessPoint::Audience, audience);
                self.audiences.insert(audience.clone());
            }
            if let Some(barcode) = &copy.barcode {
                self.code(AccessPoint::Barcode, barcode);
            }
        }
        let shelved: BTreeSet<_> = document
            .copies
            .iter()
            .filter_map(|copy| copy.call_number.as_ref())
            .collect();
        for call_number in shelved {
            self.texts
                .push(Text::new(call_number.clone(), &[AccessPoint::CallNumber]));
        }
    }

    fn code(&mut self, access: AccessPoint, value: &str) {
        let identifier = normal(access, value);
        for form in std::iter::once(identifier.normal).chain(identifier.written) {
            // No number is longer; what is was no number.
            if !form.is_empty() && form.len() <= 100 {
                self.codes.insert((access, form));
            }
        }
    }
}

/// Every text of a record.
pub(crate) fn texts(record: &Record) -> Vec<Text> {
    let mut texts = Vec::new();
    titles::texts(record, &mut texts);
    names::texts(record, &mut texts);
    subjects::texts(record, &mut texts);
    published(record, &mut texts);
    texts.retain(|text| text.text.contains(char::is_alphanumeric));
    texts
}

fn published(record: &Record, texts: &mut Vec<Text>) {
    use AccessPoint::{Any, Note, Place, Publisher};
    for field in record.data(b"210").chain(record.data(b"214")) {
        add(texts, field.all(b'c'), &[Publisher, Any]);
        add(texts, field.all(b'a'), &[Place, Any]);
    }
    for field in record
        .data_fields()
        .filter(|field| field.tag.block() == b'3')
    {
        add(texts, field.all(b'a'), &[Note, Any]);
    }
    add(texts, record.all(b"205", b'a'), &[Any]);
    // What it is made of: `1 disque compact`, `livre audio`.
    for code in [b'a', b'c', b'e'] {
        add(texts, record.all(b"215", code), &[Any]);
    }
    add(texts, record.all(b"200", b'b'), &[Any]);
}

/// One text for each value.
fn add<'a>(
    texts: &mut Vec<Text>,
    values: impl Iterator<Item = &'a String>,
    access: &'static [AccessPoint],
) {
    texts.extend(values.map(|value| Text::new(clean(value), access)));
}

/// Without non-sorting marks and blanks around.
fn clean(value: &str) -> String {
    nonsorting::strip(value).trim().to_owned()
}

/// Some subfields of a field, in their order.
fn joined(field: &DataField, codes: &[u8], mark: &str) -> String {
    let parts = field
        .subfields
        .iter()
        .filter(|subfield| codes.contains(&subfield.code.0));
    let parts: Vec<_> = parts
        .map(|subfield| clean(&subfield.value))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(mark)
}
