//! What matching looks at in a record, normalised.

use marc::Record;
use serde::{Deserialize, Serialize};

use crate::{
    Kind,
    fold::fold,
    numbers::{self, Isbn},
    person, publisher, size,
    title::Title,
};

/// The version of the rules by which signatures and keys are made. Stored ones of another version
/// are made anew.
pub const VERSION: u8 = 1;

/// Letters of 200 $f that are kept where no field names a person.
const RESPONSIBLE: usize = 60;
/// Letters of a subtitle that are kept.
const REST: usize = 48;

/// What matching looks at. As JSON it is small: names of one letter, nothing that is not said.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signature {
    /// [`VERSION`] of its making.
    #[serde(rename = "z")]
    pub(crate) version: u8,
    #[serde(rename = "k")]
    pub(crate) kind: Kind,
    /// Numbers of the BnF.
    #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) bnf: Vec<u32>,
    /// ISBN: twelve digits.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) isbn: Vec<u64>,
    /// ISBN whose check digit is wrong.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) wrong_isbn: Vec<u64>,
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) ean: Vec<u64>,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) issn: Vec<u32>,
    /// Commercial numbers of sound and films.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) commercial: Vec<String>,
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub(crate) title: String,
    #[serde(rename = "b", default, skip_serializing_if = "String::is_empty")]
    pub(crate) rest: String,
    #[serde(rename = "j", default, skip_serializing_if = "String::is_empty")]
    pub(crate) part: String,
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    pub(crate) set: String,
    #[serde(rename = "v", default, skip_serializing_if = "String::is_empty")]
    pub(crate) volume: String,
    /// The title is cut.
    #[serde(rename = "x", default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) cut: bool,
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) people: Vec<String>,
    /// 200 $f, where no field names a person.
    #[serde(rename = "r", default, skip_serializing_if = "String::is_empty")]
    pub(crate) responsible: String,
    /// 0: not said. The same for the other numbers below.
    #[serde(rename = "y", default, skip_serializing_if = "is_zero")]
    pub(crate) year: u16,
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub(crate) publisher: String,
    #[serde(rename = "g", default, skip_serializing_if = "is_zero")]
    pub(crate) pages: u16,
    #[serde(rename = "u", default, skip_serializing_if = "is_zero")]
    pub(crate) units: u16,
    #[serde(rename = "m", default, skip_serializing_if = "is_zero")]
    pub(crate) minutes: u16,
    #[serde(rename = "f", default, skip_serializing_if = "String::is_empty")]
    pub(crate) carrier: String,
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub(crate) language: String,
}

impl Signature {
    /// What matching looks at in a UNIMARC record. `document` is the network's document type
    /// (`LIV`, `DVD`, …) if the import knows it: the record's own codes are often wrong.
    pub fn of(record: &Record, document: Option<&str>) -> Self {
        let kind = Kind::of(record, document);
        let title = Title::of(record);
        let people = person::people(record);
        let responsible = if people.is_empty() {
            let text = fold(record.first(b"200", b'f').map_or("", String::as_str));
            text.chars().take(RESPONSIBLE).collect()
        } else {
            String::new()
        };
        let mut signature = Self {
            version: VERSION,
            kind,
            bnf: bnf(record),
            isbn: Vec::new(),
            wrong_isbn: Vec::new(),
            ean: sorted(
                record
                    .all(b"073", b'a')
                    .filter_map(|text| numbers::ean(text)),
            ),
            issn: Vec::new(),
            commercial: commercial(record),
            title: title.proper,
            rest: title.rest.chars().take(REST).collect(),
            part: title.part.chars().take(REST).collect(),
            set: title.set,
            // Of a magazine there is one record, not one an issue.
            volume: if kind == Kind::Serial {
                String::new()
            } else {
                title.volume
            },
            cut: title.cut,
            people,
            responsible,
            year: year(record),
            publisher: house(record),
            pages: size::pages(record),
            units: size::units(record),
            minutes: size::minutes(record),
            carrier: match kind {
                Kind::Film | Kind::Music | Kind::Game => size::carrier(record),
                _ => String::new(),
            },
            language: fold(record.first(b"101", b'a').map_or("", String::as_str)),
        };
        signature.read_isbn(record);
        // Books carry the ISSN of their series.
        if kind == Kind::Serial {
            signature.issn = sorted(
                record
                    .all(b"011", b'a')
                    .filter_map(|text| numbers::issn(text)),
            );
        }
        signature
    }

    /// Whether it has a number that parts it from others of the same description: BnF, a right
    /// ISBN, EAN, ISSN.
    pub const fn is_numbered(&self) -> bool {
        !(self.bnf.is_empty()
            && self.isbn.is_empty()
            && self.ean.is_empty()
            && self.issn.is_empty())
    }

    /// What kind of document it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The [`VERSION`] by which it was made.
    pub const fn version(&self) -> u8 {
        self.version
    }

    fn read_isbn(&mut self, record: &Record) {
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for text in record.all(b"010", b'a').chain(record.all(b"073", b'a')) {
            match numbers::isbn(text) {
                Some(Isbn::Right(core)) => right.push(core),
                Some(Isbn::Wrong(core)) => wrong.push(core),
                None => {}
            }
        }
        self.isbn = sorted(right);
        self.wrong_isbn = sorted(wrong.into_iter().filter(|core| !self.isbn.contains(core)));
    }
}

/// 003 and 033: an ark; 001 and 035 as the BnF writes them.
fn bnf(record: &Record) -> Vec<u32> {
    let own = [record.control(b"001"), record.control(b"003")];
    let own = own.into_iter().flatten();
    let others = record.all(b"033", b'a').chain(record.all(b"035", b'a'));
    sorted(own.chain(others).filter_map(|text| numbers::bnf(text)))
}

/// 071: the number of a disc, letters and digits only. Short ones say nothing.
fn commercial(record: &Record) -> Vec<String> {
    sorted(
        record
            .all(b"071", b'a')
            .map(|text| fold(text).replace(' ', ""))
            .filter(|text| text.len() >= 5),
    )
}

/// 214 and 210 $d, else 100 $a 9–12: the first year that can be one.
fn year(record: &Record) -> u16 {
    let said = record
        .all(b"214", b'd')
        .chain(record.all(b"210", b'd'))
        .find_map(|text| first_year(text));
    let coded = || {
        let text: String = record
            .first(b"100", b'a')?
            .chars()
            .skip(9)
            .take(4)
            .collect();
        first_year(&text)
    };
    said.or_else(coded).unwrap_or(0)
}

fn first_year(text: &str) -> Option<u16> {
    text.split(|char: char| !char.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .find(|year| (1400..2100).contains(year))
}

fn house(record: &Record) -> String {
    record
        .all(b"214", b'c')
        .chain(record.all(b"210", b'c'))
        .map(|name| publisher::house(name))
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}

fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    values.dedup();
    values
}

const fn is_zero(number: &u16) -> bool {
    *number == 0
}
