//! Real records in the other format, and in Dublin Core and MODS.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use relire_marc::charset::{TextReader, nonsorting::strip};
use relire_marc::crosswalk::{Lost, dublin_core, mods, to_marc21, to_unimarc};
use relire_marc::iso2709::{Reader, encode};
use relire_marc::xml::{Dialect, Form, to_string};
use relire_marc::{Format, Record};

use super::files;

fn records(name: &str, format: Format) -> Option<Vec<Record>> {
    let bytes = files::read(name)?;
    let mut reader = TextReader::new(format);
    Some(
        Reader::new(bytes.as_slice())
            .filter_map(Result::ok)
            .map(|stored| reader.read(&stored.record).record)
            .collect(),
    )
}

/// What must survive both ways, whatever else is lost.
fn essentials(record: &Record) -> Vec<String> {
    let wanted = [
        (b"010", b'a'),
        (b"011", b'a'),
        (b"073", b'a'),
        (b"200", b'a'),
        (b"210", b'c'),
        (b"700", b'a'),
        (b"700", b'b'),
        (b"606", b'a'),
        (b"676", b'a'),
    ];
    let values = wanted
        .iter()
        .flat_map(|(tag, code)| record.all(*tag, *code));
    values
        .map(|value| {
            strip(value)
                .trim()
                .trim_end_matches(['.', ',', ' ', ':', ';'])
                .to_owned()
        })
        .filter(|value| !value.is_empty())
        .collect()
}

#[test]
fn real_unimarc_goes_there_and_back() {
    for name in [
        "unimarc-bnf-utf8",
        "unimarc-bnf-iso5426",
        "unimarc-periouni",
    ] {
        let Some(records) = records(&format!("z3950/records/{name}.mrc.gz"), Format::Unimarc)
        else {
            continue;
        };
        let (mut same, mut lost) = (0, BTreeMap::new());
        for record in &records {
            let there = to_marc21(record);
            assert_eq!(
                there
                    .record
                    .control(b"008")
                    .map(|coded| coded.chars().count()),
                Some(40),
                "{name}"
            );
            encode(&there.record).unwrap_or_else(|error| panic!("{name}: {error}"));
            let (_, changes) = to_string(&there.record, Dialect::Marcxml, Form::Valid);
            assert!(changes.is_empty(), "{name}: {changes:?}");
            let back = to_unimarc(&there.record);
            same += usize::from(essentials(&back.record) == essentials(record));
            for what in there.lost {
                if !matches!(what, Lost::Coded(..) | Lost::Local(_)) {
                    *lost.entry(what.to_string()).or_insert(0) += 1;
                }
            }
        }
        println!("{name}: {same} of {}; lost {lost:?}", records.len());
        assert!(
            same * 100 >= records.len() * 99,
            "{name}: only {same} of {} keep what they are known by",
            records.len()
        );
    }
}

#[test]
fn real_marc21_becomes_unimarc() {
    for name in [
        "marc21-harvard",
        "marc21-lc-carpentry",
        "marc21-evergreen-french",
    ] {
        let Some(records) = records(&format!("z3950/records/{name}.mrc.gz"), Format::Marc21) else {
            continue;
        };
        for record in &records {
            let there = to_unimarc(record).record;
            assert_eq!(there.first(b"100", b'a').unwrap().chars().count(), 36);
            assert!(
                record.has(b"245") == there.has(b"200"),
                "{name}: {record:?}"
            );
            assert_eq!(
                Format::of(&there),
                Some(Format::Unimarc),
                "{name}: {there:?}"
            );
        }
    }
}

#[test]
fn summaries_are_well_formed() {
    for (name, format) in [
        ("unimarc-bnf-iso5426", Format::Unimarc),
        ("marc21-harvard", Format::Marc21),
    ] {
        let Some(records) = records(&format!("z3950/records/{name}.mrc.gz"), format) else {
            continue;
        };
        for record in &records {
            for xml in [
                dublin_core(record, format).to_oai_dc(),
                mods(record, format),
            ] {
                let mut reader = quick_xml::Reader::from_str(&xml);
                while reader.read_event().unwrap() != Event::Eof {}
                assert!(!xml.contains(['\u{98}', '\u{9C}']), "{xml}");
                assert!(xml.contains("title>"), "{xml}");
            }
        }
    }
}
