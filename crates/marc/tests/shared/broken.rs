//! Fifty damages, each followed by a good record that must be read whatever stands before it.

use std::collections::BTreeMap;

use relire_marc::charset::{Charset, TextReader, What, compose};
use relire_marc::iso2709::{Damage, ReadError, Reader, StoredRecord, Warning};
use relire_marc::{Format, Record};

use super::files;

type Outcome = Result<StoredRecord, (u64, Damage)>;

/// Every record of the file by the number that the list of damages gives it.
fn outcomes() -> Option<Vec<(String, Outcome)>> {
    let (bytes, list) = (
        files::read("catalogue/broken.mrc")?,
        files::read("catalogue/broken.tsv")?,
    );
    let mut read = BTreeMap::new();
    for record in Reader::new(bytes.as_slice()) {
        let (end, outcome) = match record {
            Ok(record) => (record.offset + record.length as u64, Ok(record)),
            Err(ReadError::Damaged(lost)) => {
                assert!(lost.control_number.is_some(), "{lost}");
                (lost.offset + lost.length, Err((lost.offset, lost.damage)))
            }
            Err(ReadError::Io(error)) => panic!("{error}"),
        };
        read.insert(end, outcome);
    }
    let list = String::from_utf8(list).unwrap();
    let rows = list.lines().skip(1).map(|row| {
        let row: Vec<_> = row.split('\t').collect();
        let (offset, length): (u64, u64) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        // Text after a record counts as its own in the list, as the next one's junk here.
        let text = if row[3] == "junk_between_records" {
            24
        } else {
            0
        };
        let outcome = read
            .remove(&(offset + length - text))
            .unwrap_or_else(|| panic!("not read: {row:?}"));
        (row[3].to_owned(), outcome)
    });
    let rows: Vec<_> = rows.collect();
    assert!(read.is_empty(), "read besides: {read:?}");
    assert_eq!(rows.len(), 101);
    Some(rows)
}

#[test]
fn each_damage_costs_itself_only() {
    let Some(outcomes) = outcomes() else { return };
    let mut after_junk = false;
    for (defect, outcome) in &outcomes {
        if defect == "good" {
            let record = outcome.as_ref().unwrap();
            let expected: &[Warning] = match after_junk {
                true => &[Warning::JunkBefore {
                    length: 24,
                    text: true,
                }],
                false => &[],
            };
            assert_eq!(record.warnings, expected, "at byte {}", record.offset);
            assert!(record.record.has(b"200") && record.record.control_number().is_some());
        }
        after_junk = defect == "junk_between_records";
    }
}

#[test]
fn each_damage_is_named() {
    let Some(outcomes) = outcomes() else { return };
    for (defect, outcome) in outcomes {
        let tags = |record: &StoredRecord| record.record.fields.len();
        let expected = match (defect.as_str(), &outcome) {
            ("truncated_mid_field", Err((_, damage))) => {
                assert_eq!(
                    *damage,
                    Damage::Truncated {
                        promised: 20,
                        whole: 11
                    }
                );
                continue;
            }
            (_, Err((offset, damage))) => panic!("{defect} at {offset}: {damage}"),
            ("leader_length_too_short", Ok(r)) => vec![Warning::Length {
                declared: Some(r.length - 200),
                found: r.length,
            }],
            ("leader_length_too_long", Ok(r)) => vec![Warning::Length {
                declared: Some(r.length + 150),
                found: r.length,
            }],
            ("leader_length_00000", Ok(r)) => vec![Warning::Length {
                declared: Some(0),
                found: r.length,
            }],
            ("leader_length_not_numeric", Ok(r)) => vec![Warning::Length {
                declared: None,
                found: r.length,
            }],
            ("base_address_wrong", Ok(r)) => {
                let found = 24 + 12 * tags(r) + 1;
                vec![Warning::BaseAddress {
                    declared: Some(found + 7),
                    found,
                }]
            }
            (
                "directory_not_multiple_of_12"
                | "directory_field_beyond_end"
                | "directory_letters_in_length"
                | "field_over_9999",
                Ok(_),
            ) => {
                vec![Warning::DirectoryRepaired]
            }
            ("directory_offsets_shifted", Ok(_)) => vec![Warning::DirectoryShifted(1)],
            ("no_record_terminator", Ok(r)) => vec![
                Warning::NoRecordTerminator,
                Warning::Length {
                    declared: Some(r.length + 1),
                    found: r.length,
                },
            ],
            ("utf8_bom", Ok(_)) => vec![Warning::JunkBefore {
                length: 3,
                text: false,
            }],
            ("control_characters", Ok(_)) => {
                vec![Warning::ControlCharacters(b"200".into(), Some(b'a'.into()))]
            }
            ("field_terminator_in_data" | "record_terminator_in_data", Ok(_)) => {
                vec![Warning::TerminatorInField(b"330".into())]
            }
            ("missing_indicators", Ok(_)) => vec![Warning::NoIndicators(b"200".into())],
            ("no_subfield_delimiter", Ok(_)) => vec![Warning::NoSubfieldCode(b"200".into())],
            ("record_over_99999", Ok(r)) => vec![
                Warning::Length {
                    declared: Some(99_999),
                    found: r.length,
                },
                Warning::DirectoryRepaired,
            ],
            ("empty_record", Ok(_)) => vec![Warning::NoFields],
            // What is wrong with the others is no matter of ISO 2709.
            ("good", Ok(_)) => continue,
            (_, Ok(_)) => vec![],
        };
        let record = outcome.unwrap();
        assert_eq!(record.warnings, expected, "{defect}");
        check(&defect, &record);
    }
}

/// What is in the records that were repaired.
fn check(defect: &str, record: &StoredRecord) {
    let tags: Vec<_> = record
        .record
        .fields
        .iter()
        .map(|field| field.tag().to_string())
        .collect();
    let mut sorted = tags.clone();
    sorted.sort();
    match defect {
        "record_over_99999" => {
            let barcodes: Vec<_> = record.record.all(b"995", b'f').collect();
            assert_eq!(
                (barcodes.len(), barcodes[1099].starts_with(b"91099")),
                (1100, true)
            );
        }
        "field_over_9999" => {
            let long = record
                .record
                .data(b"330")
                .find_map(|field| field.first(b'a').filter(|a| a.len() == 12_001));
            assert!(long.is_some_and(|value| value.ends_with(b"YYY")));
        }
        "record_terminator_in_data" | "field_terminator_in_data" => {
            let last = record.record.data(b"330").last().unwrap();
            assert_eq!(
                last.first(b'a').unwrap().as_ref(),
                "Résumé   coupé".as_bytes()
            );
        }
        "no_subfield_delimiter" => {
            assert_eq!(
                record.record.first(b"200", b'a').unwrap().as_ref(),
                b"Un titre sans sous-zone"
            );
        }
        "fields_out_of_order" => assert!(tags[0] == "995" && tags.last().unwrap() == "001"),
        "two_001" => assert_ne!(
            record.record.control_number().unwrap().as_ref(),
            b"AUTRE0001"
        ),
        "status_d_deleted" => assert!(record.record.leader.is_deletion()),
        "marc21_in_unimarc_file" => assert_eq!(Format::of(&record.record), Some(Format::Marc21)),
        "directory_not_multiple_of_12"
        | "directory_field_beyond_end"
        | "directory_letters_in_length"
        | "base_address_wrong" => {
            assert_eq!(tags, sorted);
            assert_eq!(tags.last().unwrap(), "995");
        }
        _ => {}
    }
}

#[test]
fn encodings_are_seen_through() {
    let Some(outcomes) = outcomes() else { return };
    let mut reader = TextReader::default();
    for (defect, outcome) in outcomes {
        let Ok(stored) = outcome else { continue };
        let text = reader.read(&stored.record);
        let (declared, charset) = (text.decision.declared, text.decision.charset);
        match defect.as_str() {
            "latin1_declared_utf8" => {
                assert_eq!((declared, charset), (Some(Charset::Utf8), Charset::Latin1))
            }
            "utf8_declared_iso5426" => {
                assert_eq!((declared, charset), (Some(Charset::Iso5426), Charset::Utf8))
            }
            "iso5426_declared_utf8" => {
                assert_eq!((declared, charset), (Some(Charset::Utf8), Charset::Iso5426))
            }
            "double_utf8" => assert_eq!(
                (declared, charset),
                (Some(Charset::Utf8), Charset::Utf8Twice)
            ),
            "mixed_encodings" => assert!(text.decision.is_mixed()),
            "utf8_cut_character" => {
                assert_eq!(charset, Charset::Utf8);
                assert_eq!(text.losses[0].loss.what, What::CutOff);
                assert_eq!(text.record.first(b"200", b'a').unwrap(), "Les années d'");
                continue;
            }
            "decomposed_nfd" => assert!(
                text.record
                    .values()
                    .all(|(_, _, value)| *value == compose(value.clone()))
            ),
            "good" => assert!(!text.decision.is_lie()),
            _ => {}
        }
        assert_eq!(text.losses, [], "{defect}");
        assert!(!looks_wrong(&text.record), "{defect}: {:?}", text.record);
    }
}

/// What a wrong reading leaves in French text.
fn looks_wrong(record: &Record) -> bool {
    record.values().any(|(_, _, value)| {
        value.contains(['\u{FFFD}', 'Ã', 'Â', 'Ø', 'Ł', 'Đ'])
            || value.chars().any(|c| ('\u{300}'..'\u{370}').contains(&c))
    })
}
