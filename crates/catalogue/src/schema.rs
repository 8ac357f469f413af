//! What stands in the index: for each access point the fields that answer it, and the columns by
//! which results are sorted and narrowed.

use std::collections::BTreeMap;

use query::{AccessPoint, Nature};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use crate::tokens::WORDS;

/// Raised with every change of what is written: an index of another format is made anew.
pub(crate) const FORMAT: u32 = 2;

/// Places between the beginnings of two fields of one access point. So words of two fields are
/// never neighbours, and which field a word stands in can be told from its place.
pub(crate) const FIELD_STRIDE: u32 = 2048;

/// Access points with stems beside the exact words.
const STEMMED: &[AccessPoint] = &[
    AccessPoint::Any,
    AccessPoint::Title,
    AccessPoint::TitleProper,
    AccessPoint::Series,
    AccessPoint::Subject,
    AccessPoint::SubjectTopic,
    AccessPoint::Note,
];

/// Access points that ranking looks at: how long their fields are is kept.
const RANKED: &[AccessPoint] = &[
    AccessPoint::TitleProper,
    AccessPoint::Title,
    AccessPoint::Author,
];

pub(crate) const BIB: &str = "bib";
pub(crate) const YEAR: &str = "year";
pub(crate) const CHANGED: &str = "changed";
pub(crate) const COPIES: &str = "copies";
pub(crate) const VOLUME: &str = "volume";
pub(crate) const SORT_TITLE: &str = "sort_title";
pub(crate) const SORT_AUTHOR: &str = "sort_author";

/// The fields by what they are for.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// Words with their places.
    pub(crate) words: BTreeMap<AccessPoint, Field>,
    /// Stems of words.
    pub(crate) stems: BTreeMap<AccessPoint, Field>,
    /// Whole fields and codes, each as one term.
    pub(crate) wholes: BTreeMap<AccessPoint, Field>,
    /// What is offered while somebody types.
    pub(crate) suggestions: Field,
    pub(crate) bib: Field,
    pub(crate) year: Field,
    pub(crate) changed: Field,
    pub(crate) copies: Field,
    pub(crate) volume: Field,
    pub(crate) sort_title: Field,
    pub(crate) sort_author: Field,
    pub(crate) facets: BTreeMap<&'static str, Field>,
    pub(crate) record: Field,
}

/// Columns of facet values.
pub(crate) const FACETS: &[&str] = &[
    "f_type",
    "f_branch",
    "f_audience",
    "f_language",
    "f_subject",
    "f_author",
    "f_series",
];

impl Fields {
    /// The schema, and the fields in it.
    pub(crate) fn new() -> (Schema, Self) {
        let mut schema = SchemaBuilder::new();
        let mut words = BTreeMap::new();
        let mut stems = BTreeMap::new();
        let mut wholes = BTreeMap::new();
        for access in AccessPoint::ALL.iter().copied() {
            if access.nature() == Nature::Words {
                let places = indexed(
                    WORDS,
                    IndexRecordOption::WithFreqsAndPositions,
                    RANKED.contains(&access),
                );
                words.insert(
                    access,
                    schema.add_text_field(&format!("w_{access}"), places),
                );
            }
            if STEMMED.contains(&access) {
                let found = indexed(WORDS, IndexRecordOption::Basic, false);
                stems.insert(access, schema.add_text_field(&format!("s_{access}"), found));
            }
            if has_wholes(access) {
                let found = indexed("raw", IndexRecordOption::Basic, false);
                wholes.insert(access, schema.add_text_field(&format!("x_{access}"), found));
            }
        }
        let column = || TextOptions::default().set_fast("raw");
        let facets = FACETS
            .iter()
            .map(|name| (*name, schema.add_text_field(name, column())))
            .collect();
        let fields = Self {
            words,
            stems,
            wholes,
            facets,
            suggestions: schema.add_text_field(
                "suggestions",
                indexed("raw", IndexRecordOption::Basic, false),
            ),
            bib: schema.add_i64_field(BIB, INDEXED | FAST),
            year: schema.add_u64_field(YEAR, FAST),
            changed: schema.add_i64_field(CHANGED, FAST),
            copies: schema.add_u64_field(COPIES, FAST),
            volume: schema.add_u64_field(VOLUME, FAST),
            sort_title: schema.add_text_field(SORT_TITLE, column()),
            sort_author: schema.add_text_field(SORT_AUTHOR, column()),
            record: schema.add_bytes_field("record", STORED),
        };
        (schema.build(), fields)
    }
}

/// Whole fields of `any` are those of its parts; a number of any kind is one of the four kinds;
/// years, dates and bibs are columns, years also terms, to be looked through.
pub(crate) const fn has_wholes(access: AccessPoint) -> bool {
    !matches!(
        access,
        AccessPoint::Any | AccessPoint::StandardNumber | AccessPoint::Changed | AccessPoint::Bib
    )
}

fn indexed(tokenizer: &str, option: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(option)
        .set_fieldnorms(lengths);
    TextOptions::default().set_indexing_options(indexing)
}
