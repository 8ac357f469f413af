//! A bib of the database as the index wants it.

use catalogue::{Copy, Document};
use circulation::Audience;
use jiff::Timestamp;
use marc::{DataField, Leader, Record};
use store::{BibRow, CopyRow};

/// The served record is the bib's chosen source; the others help to find it.
pub(super) fn document(row: BibRow) -> Document {
    let changed = row
        .records
        .iter()
        .filter_map(|record| record.delivered_at)
        .max()
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let (mut served, mut others) = (None, Vec::new());
    for source in &row.records {
        let Some(record) = intake::read_source(&source.format, &source.body) else {
            continue;
        };
        if Some(source.id) == row.source_id && served.is_none() {
            served = Some(record);
        } else {
            others.push(record);
        }
    }
    let record = served
        .or_else(|| (!others.is_empty()).then(|| others.remove(0)))
        .unwrap_or_else(|| bare(&row));
    Document {
        bib: row.id,
        record,
        others,
        copies: row.copies.into_iter().map(copy).collect(),
        changed,
    }
}

/// What nobody delivered a record for, or none that can be read, is found by its title.
fn bare(row: &BibRow) -> Record {
    let mut record = Record::new(Leader::UNIMARC);
    let mut title = DataField::new(b"200", b"1 ").with(b'a', row.title.clone());
    if !row.author.is_empty() {
        title.push(b'f', row.author.clone());
        record.push(DataField::new(b"700", b" 0").with(b'a', row.author.clone()));
    }
    record.push(title);
    record
}

fn copy(row: CopyRow) -> Copy {
    Copy {
        branch: row.owner.as_str().to_owned(),
        document_type: Some(row.document.as_str().to_owned()),
        audience: match row.audience {
            Audience::Adult => Some("a".to_owned()),
            Audience::Youth => Some("j".to_owned()),
            Audience::Unknown => None,
        },
        barcode: Some(row.barcode),
        call_number: (!row.call_number.is_empty()).then_some(row.call_number),
    }
}
