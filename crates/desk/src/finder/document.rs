//! A bib of the database as the index wants it.

use std::collections::BTreeMap;

use catalogue::{Copy, Document};
use circulation::{Audience, BranchCode};
use jiff::Timestamp;
use marc::{
    DataField, Leader, Record,
    items::{self, Item, ItemProfile},
};
use store::{BibRow, CopyRow};

/// Tags that a source keeps to itself, by its branch.
pub(super) type Private = BTreeMap<BranchCode, Vec<String>>;

/// The served record is the bib's chosen source, without what is its source's own affair, and with the copies that the
/// network has of it now; the other records help to find it.
pub(super) fn document(row: BibRow, private: &Private) -> Document {
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
        let record = public(
            record,
            private.get(&source.branch).map_or(&[], Vec::as_slice),
        );
        if Some(source.id) == row.source_id && served.is_none() {
            served = Some(record);
        } else {
            others.push(record);
        }
    }
    let mut record = served
        .or_else(|| (!others.is_empty()).then(|| others.remove(0)))
        .unwrap_or_else(|| bare(&row));
    for copy in &row.copies {
        record.push(copy_field(copy));
    }
    Document {
        bib: row.id,
        record,
        others,
        copies: row.copies.into_iter().map(copy).collect(),
        changed,
    }
}

/// Without local fields (9XX), former copies among them, and without what the source keeps to itself.
fn public(mut record: Record, private: &[String]) -> Record {
    record.fields.retain(|field| {
        let tag = field.tag();
        tag.block() != b'9' && !private.iter().any(|own| own.as_bytes() == tag.as_bytes())
    });
    record
}

/// A copy as Recommandation 995 has it.
fn copy_field(copy: &CopyRow) -> DataField {
    ItemProfile::default().write(&Item {
        barcode: Some(copy.barcode.clone()),
        owner: Some(copy.owner.as_str().to_owned()),
        holder: Some(copy.owner.as_str().to_owned()),
        call_number: (!copy.call_number.is_empty()).then(|| copy.call_number.clone()),
        audience: match copy.audience {
            Audience::Adult => Some(items::Audience::Adult),
            Audience::Youth => Some(items::Audience::Young),
            Audience::Unknown => None,
        },
        ..Item::default()
    })
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

#[cfg(test)]
mod tests {
    use store::RecordRow;

    use super::*;

    #[test]
    fn what_is_local_or_private_is_not_served() {
        let mut record = Record::new(Leader::UNIMARC);
        record.push(DataField::new(b"200", b"1 ").with(b'a', "Germinal"));
        record.push(DataField::new(b"316", b"  ").with(b'a', "Don de la famille"));
        record.push(DataField::new(b"995", b"  ").with(b'f', "ancien"));
        let (raw, _) = marc::charset::to_bytes(&record, marc::charset::Charset::Utf8);
        let branch: BranchCode = "LENS".parse().unwrap();
        let row = BibRow {
            id: 7,
            title: String::new(),
            author: String::new(),
            source_id: Some(1),
            records: vec![RecordRow {
                id: 1,
                branch,
                control_number: "1".into(),
                format: "application/marc;format=unimarc;charset=utf-8".into(),
                body: marc::iso2709::encode(&raw).unwrap(),
                delivered_at: None,
            }],
            copies: vec![CopyRow {
                barcode: "A17".into(),
                owner: branch,
                document: "LIV".parse().unwrap(),
                audience: Audience::Adult,
                call_number: "R ZOL".into(),
            }],
        };
        let private = Private::from([(branch, vec!["316".to_owned()])]);
        let served = document(row, &private).record;
        assert_eq!(served.first(b"200", b'a').unwrap(), "Germinal");
        assert!(!served.has(b"316"));
        let copies: Vec<_> = served.all(b"995", b'f').collect();
        assert_eq!(copies, ["A17"]);
    }
}
