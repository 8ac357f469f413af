//! An index of a few titles.

use marc::{DataField, Leader, Record};
use query::parse;
use relire_catalogue::{Catalogue, Document, SearchOptions, Writer};

pub(crate) fn titled(title: &str) -> Record {
    let mut record = Record::new(Leader::UNIMARC);
    record.push(DataField::new(b"200", b"1 ").with(b'a', title));
    record
}

pub(crate) fn document(bib: i64, record: Record) -> Document {
    Document {
        bib,
        record,
        others: vec![],
        copies: vec![],
        changed: jiff::Timestamp::UNIX_EPOCH,
    }
}

pub(crate) fn writer(catalogue: &Catalogue) -> Writer {
    catalogue.writer(15_000_000, 1).unwrap()
}

/// Records numbered from 1.
pub(crate) fn of(records: impl IntoIterator<Item = Record>) -> Catalogue {
    let catalogue = Catalogue::in_memory().unwrap();
    let mut writer = writer(&catalogue);
    for (bib, record) in (1..).zip(records) {
        writer.put(&document(bib, record)).unwrap();
    }
    writer.commit_without_feed().unwrap();
    catalogue
}

/// Bibs found, the likeliest first.
pub(crate) fn found(catalogue: &Catalogue, question: &str) -> Vec<i64> {
    let node = parse(question).unwrap();
    let answer = catalogue.search(&node, &SearchOptions::default()).unwrap();
    answer.hits.iter().map(|hit| hit.bib).collect()
}
