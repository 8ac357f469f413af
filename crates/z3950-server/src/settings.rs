//! What the operator decides, and what a client is served by the name of a database.

use std::{collections::BTreeMap, time::Duration};

use marc::charset::Charset;
use serde::Deserialize;
use z3950::ber::Limits;

/// The settings of the door.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Databases by name; names are compared without regard to capitals. The name of a branch is one besides: its copies.
    pub databases: BTreeMap<String, Database>,
    /// What one request may cost to read.
    pub limits: Limits,
    /// The largest answer, in bytes, whatever a client prefers.
    pub most_bytes: usize,
    /// Result sets of one association, in number. The one that was used longest ago goes when another comes.
    pub most_sets: usize,
    /// What they may take together, in bytes.
    pub set_bytes: usize,
    /// What those of all associations may take, in bytes: beyond it each keeps one.
    pub all_set_bytes: usize,
    /// How long an association may be silent.
    pub idle: Duration,
    /// How long a client may take to read an answer.
    pub write: Duration,
}

impl Default for Settings {
    /// `Default` and `relire` in UTF-8; `TOUT` and `TOUT-UTF8` as the national library's clients expect them.
    fn default() -> Self {
        let utf8 = Database::default();
        let legacy = Database {
            charset: RecordCharset::Iso5426,
        };
        let named = |(name, database): (&str, &Database)| (name.to_owned(), database.clone());
        Self {
            databases: [
                ("default", &utf8),
                ("relire", &utf8),
                ("tout-utf8", &utf8),
                ("tout", &legacy),
            ]
            .into_iter()
            .map(named)
            .collect(),
            limits: Limits {
                depth: 100,
                size: 256 << 10,
                count: 20_000,
            },
            most_bytes: 4 << 20,
            most_sets: 100,
            set_bytes: 8 << 20,
            all_set_bytes: 256 << 20,
            idle: Duration::from_secs(30 * 60),
            write: Duration::from_secs(30),
        }
    }
}

impl Settings {
    /// The same with databases of one's own, by name; one that is called as another takes its place.
    #[must_use]
    pub fn with_databases(mut self, own: impl IntoIterator<Item = (String, Database)>) -> Self {
        let own = own.into_iter();
        self.databases
            .extend(own.map(|(name, database)| (name.to_lowercase(), database)));
        self
    }
}

/// One database: all the catalogue, in the habits that its clients have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// The characters of MARC records.
    pub charset: RecordCharset,
}

/// The characters of records in ISO 2709. XML is always UTF-8.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordCharset {
    /// UTF-8, and declared as such.
    #[default]
    Utf8,
    /// ISO 5426 in UNIMARC, MARC-8 in MARC21: for clients that know nothing else.
    Iso5426,
}

impl RecordCharset {
    /// In UNIMARC and in MARC21.
    pub(crate) const fn of(self, format: marc::Format) -> Charset {
        match (self, format) {
            (Self::Utf8, _) => Charset::Utf8,
            (Self::Iso5426, marc::Format::Unimarc) => Charset::Iso5426,
            (Self::Iso5426, marc::Format::Marc21) => Charset::Marc8,
        }
    }
}
