//! What must hold for whatever arrives as a file of MARC records.

use relire_marc::charset::TextReader;
use relire_marc::crosswalk::{dublin_core, mods, to_marc21, to_unimarc};
use relire_marc::iso2709::{Limits, ReadError, Reader, decode, encode};
use relire_marc::items::ItemProfile;
use relire_marc::xml::{self, Dialect, Form};
use relire_marc::{Format, Record, linked};

/// Reads the bytes as a file, first in ISO 2709, then in XML. Panics where the crate breaks its
/// word.
pub fn run(bytes: &[u8]) {
    let mut texts = TextReader::default();
    let mut behind = 0;
    for read in Reader::with_limits(bytes, Limits { max_record: 2048 }) {
        let (offset, length) = match read {
            Ok(stored) => {
                if let Ok(written) = encode(&stored.record) {
                    let again = decode(written).expect("what was written is read");
                    assert_eq!(
                        again.record.fields, stored.record.fields,
                        "and says the same"
                    );
                }
                let text = texts.read(&stored.record);
                use_record(&text.record, text.format);
                (stored.offset, stored.length as u64)
            }
            Err(ReadError::Damaged(lost)) => (lost.offset, lost.length),
            Err(ReadError::Io(error)) => panic!("a slice does not fail: {error}"),
        };
        assert!(offset >= behind && length > 0, "no byte twice");
        behind = offset + length;
    }
    assert!(behind <= bytes.len() as u64);
    for record in xml::Reader::new(bytes).flatten() {
        use_record(&record.record, Format::Unimarc);
    }
}

fn use_record(record: &Record, format: Format) {
    for dialect in [Dialect::Marcxml, Dialect::MarcXchange] {
        let (text, _) = xml::to_string(record, dialect, Form::Valid);
        let read = xml::Reader::new(text.as_bytes()).next();
        let read = read.expect("one record").expect("which can be read");
        let (_, changes) = xml::to_string(&read.record, dialect, Form::Valid);
        assert!(changes.is_empty(), "valid stays valid: {changes:?}");
    }
    let _ = ItemProfile::default().items(record);
    let _ = linked::all(record).count();
    let _ = (to_marc21(record), to_unimarc(record));
    let _ = (
        dublin_core(record, format).to_oai_dc(),
        mods(record, format),
    );
}
