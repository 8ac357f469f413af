//! What holds for every record and for all bytes.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use relire_marc::charset::{Charset, TextReader, compose};
use relire_marc::iso2709::{Limits, ReadError, Reader, decode, encode};
use relire_marc::xml::{self, Dialect, Form};
use relire_marc::{Code, DataField, Indicators, Leader, Record, Tag};

/// Text that every format can hold.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ -~]{0,30}",
        2 => "[a-zA-Z éèàçœÉñüøß«»’漢\u{98}\u{9C}]{0,30}",
        1 => "\\PC{0,20}",
    ]
}

fn leader() -> impl Strategy<Value = Leader> {
    ("[a-z]", "[a-z]", "[a-z]", "[ 0-9]{3}").prop_map(|(status, kind, level, rest)| {
        let text = format!("00000{status}{kind}{level}  2200000{rest}4500");
        Leader::new(text.as_bytes().try_into().unwrap())
    })
}

fn data_field() -> impl Strategy<Value = DataField> {
    let subfields = prop::collection::vec(("[0-9a-z]", value()), 0..5);
    ("[1-9][0-9]{2}", "[ 0-9|#]{2}", subfields).prop_map(|(tag, indicators, subfields)| {
        let indicators = Indicators(indicators.as_bytes().try_into().unwrap());
        let mut field = DataField::new(Tag::parse(&tag).unwrap(), indicators);
        for (code, value) in subfields {
            field.push(Code(code.as_bytes()[0]), value);
        }
        field
    })
}

fn record() -> impl Strategy<Value = Record> {
    let control = prop::collection::vec(("00[1-9]", value()), 0..3);
    (leader(), control, prop::collection::vec(data_field(), 0..8)).prop_map(
        |(leader, control, data)| {
            let mut record = Record::new(leader);
            for (tag, value) in control {
                record.push_control(Tag::parse(&tag).unwrap(), value);
            }
            data.into_iter().for_each(|field| record.push(field));
            record
        },
    )
}

/// What a file may turn into on its way.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let file = prop::collection::vec(record(), 1..4).prop_map(|records| {
        records
            .iter()
            .flat_map(|record| encode(record).unwrap())
            .collect::<Vec<u8>>()
    });
    (
        file,
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 0..6),
    )
        .prop_map(|(mut bytes, changes)| {
            for (at, byte, kind) in changes {
                let at = at.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ if bytes.len() > 1 => {
                        bytes.remove(at);
                    }
                    _ => {}
                }
            }
            bytes
        })
}

proptest! {
    #[test]
    fn iso_2709_comes_back(record in record()) {
        let bytes = encode(&record).unwrap();
        let read = decode(bytes.clone()).unwrap();
        let nothing = if record.fields.is_empty() { 1 } else { 0 };
        prop_assert_eq!(read.warnings.len(), nothing, "{:?}", read.warnings);
        let text = read.record.map(|_, _, value| String::from_utf8(value.to_vec()).unwrap());
        prop_assert!(text.leader.same_record(&record.leader));
        prop_assert_eq!(&text.fields, &record.fields);
        prop_assert_eq!(encode(&read.record).unwrap(), bytes);
    }

    #[test]
    fn a_file_is_its_records(records in prop::collection::vec(record(), 0..6), between in "(\r\n|\n|)") {
        let mut file = Vec::new();
        for record in &records {
            file.extend(encode(record).unwrap());
            file.extend(between.as_bytes());
        }
        let read: Vec<_> = Reader::new(file.as_slice()).map(|record| record.unwrap()).collect();
        prop_assert_eq!(read.len(), records.len());
        for (read, record) in read.iter().zip(&records) {
            prop_assert_eq!(read.record.fields.len(), record.fields.len());
        }
    }

    #[test]
    fn bytes_never_panic_and_all_are_accounted_for(bytes in prop_oneof![mutated(), prop::collection::vec(any::<u8>(), 0..600)]) {
        let mut reader = TextReader::default();
        let mut last = 0;
        for read in Reader::with_limits(bytes.as_slice(), Limits { max_record: 300 }) {
            let (offset, length) = match read {
                Ok(stored) => {
                    let text = reader.read(&stored.record);
                    prop_assert!(text.record.fields.len() == stored.record.fields.len());
                    // Whatever was read leniently can be written by the letter.
                    if let Ok(written) = encode(&stored.record) {
                        let again = decode(written).unwrap();
                        prop_assert_eq!(again.record.fields, stored.record.fields);
                    }
                    (stored.offset, stored.length as u64)
                }
                Err(ReadError::Damaged(lost)) => (lost.offset, lost.length),
                Err(ReadError::Io(error)) => panic!("{error}"),
            };
            prop_assert!(offset >= last && length > 0, "each byte once");
            last = offset + length;
        }
        prop_assert!(last <= bytes.len() as u64);
    }

    #[test]
    fn reading_in_small_pieces_changes_nothing(bytes in mutated()) {
        struct Drip<'a>(&'a [u8]);
        impl std::io::Read for Drip<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let count = self.0.len().min(777).min(buffer.len());
                let (now, rest) = self.0.split_at(count);
                buffer[..count].copy_from_slice(now);
                self.0 = rest;
                Ok(count)
            }
        }
        let shown = |read: Result<_, ReadError>| format!("{read:?}");
        let whole: Vec<_> = Reader::new(bytes.as_slice()).map(shown).collect();
        let drops: Vec<_> = Reader::new(Drip(&bytes)).map(shown).collect();
        prop_assert_eq!(whole, drops);
    }

    #[test]
    fn xml_comes_back(record in record()) {
        for dialect in [Dialect::Marcxml, Dialect::MarcXchange] {
            let (text, changes) = xml::to_string(&record, dialect, Form::AsStored);
            prop_assert_eq!(changes, &[]);
            let read: Vec<_> = xml::Reader::new(text.as_bytes()).collect();
            prop_assert_eq!(read.len(), 1);
            let read = read[0].as_ref().unwrap();
            prop_assert_eq!(&read.record, &record);
            prop_assert_eq!(&read.warnings, &[]);
            // What is valid stays as it is when written once more.
            let (valid, _) = xml::to_string(&record, dialect, Form::Valid);
            let valid = xml::Reader::new(valid.as_bytes()).next().unwrap().unwrap().record;
            prop_assert_eq!(xml::to_string(&valid, dialect, Form::Valid).1, &[]);
        }
    }

    #[test]
    fn xml_of_any_kind_ends(text in "(<record>|</record>|<leader>|</leader>|<subfield code='a'>|<datafield tag='200'>|</datafield>|</subfield>|&amp;|&x;|<!DOCTYPE a>|[ -~é]{0,9}){0,30}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for source in [text.as_bytes(), &bytes] {
            let read = xml::Reader::new(source).count();
            prop_assert!(read <= source.len() + 1);
        }
    }

    #[test]
    fn text_comes_back_where_nothing_is_told_lost(text in value()) {
        for charset in Charset::ALL {
            let bytes = charset.encode(&text);
            if bytes.losses.is_empty() {
                let back = charset.decode(&bytes.value);
                prop_assert_eq!(&back.losses, &[]);
                prop_assert_eq!(compose(back.value), compose(text.clone()), "{:?}", charset);
            }
        }
    }

    #[test]
    fn any_bytes_are_some_text(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        for charset in Charset::ALL {
            let text = charset.decode(&bytes);
            prop_assert!(text.value.len() <= bytes.len() * 3 + 3);
        }
    }
}

#[test]
fn hostile_files_end_in_time() {
    // Each would take minutes if bytes were looked at again and again.
    let leader = b"00000nam  2200000   450 001000000000";
    let files = [
        vec![0x1D; 300_000],
        [leader.as_slice(), &vec![0x1D; 300_000]].concat(),
        leader.repeat(50_000),
        [leader.as_slice(), &vec![b' '; 1_000_000]].concat(),
        b"22 4522 45".repeat(200_000),
        [leader.as_slice(), b"\x1e", &b"\x1e\x1d22".repeat(300_000)].concat(),
    ];
    for file in files {
        let mut last = 0;
        for read in Reader::new(file.as_slice()) {
            last = match read {
                Ok(stored) => stored.offset + stored.length as u64,
                Err(ReadError::Damaged(lost)) => lost.offset + lost.length,
                Err(ReadError::Io(error)) => panic!("{error}"),
            };
        }
        assert!(last <= file.len() as u64 && last + 64 >= file.len().min(64) as u64);
    }
}
