//! Messages of other programs, as they were found. They are not ours to keep here: they lie beside the sources, or not.

use std::{collections::BTreeMap, fs, path::Path};

use relire_ncip::{
    FaultKind, Leniency, Prefix, Style, Version, frame::Scanner, masked, message::Service,
    question, reply, write, write_question,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/ncip");

/// Those that are neither question nor answer, and why.
const UNREAD: &[(&str, &str)] = &[
    (
        "malformed/",
        "placeholders in angle brackets, where values should be",
    ),
    (
        "LookupItemSetSample2.xml",
        "in Ext, from before the service was in the schema; Ext is left out",
    ),
    (
        "LookupItemSetResponse2.xml",
        "in Ext, from before the service was in the schema; Ext is left out",
    ),
    (
        "RenewAllItemSample1.xml",
        "in Ext, a service of one vendor's",
    ),
];

#[test]
fn every_sample_is_read_framed_and_written_again() {
    let Ok(list) = fs::read_to_string(Path::new(FOLDER).join("SAMPLES.tsv")) else {
        eprintln!("left out: messages of other programs: there is no {FOLDER}");
        return;
    };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in list.lines().skip(1) {
        let mut columns = line.split('\t');
        let (file, message) = (columns.next().unwrap(), columns.next().unwrap());
        let bytes = fs::read(Path::new(FOLDER).join("samples").join(file)).unwrap();
        let unread = UNREAD.iter().find(|(part, _)| file.contains(part));
        let kind = match unread {
            Some((_, why)) => is_unread(&bytes, file, why),
            None if message.ends_with("Response") || message == "Problem" => {
                is_an_answer(&bytes, file, message)
            }
            None => is_a_question(&bytes, file, message),
        };
        *seen.entry(kind).or_default() += 1;
    }
    assert!(
        seen["a question"] > 80 && seen["an answer"] > 40,
        "{seen:?}"
    );
}

/// Who asks gets a fault; in the log is its structure or its fault.
fn is_unread(bytes: &[u8], file: &str, why: &str) -> &'static str {
    let fault = question(bytes, None, Leniency::default())
        .expect_err(why)
        .fault;
    let answer = reply(bytes, None).expect_err(why);
    if file.starts_with("malformed/") {
        assert!(
            matches!(fault.kind, FaultKind::Syntax(_)),
            "{file}: {fault}"
        );
        assert!(fault.line > 1 && fault == answer, "{file}: {fault}");
    } else {
        for fault in [fault, answer] {
            assert!(
                matches!(fault.kind, FaultKind::Missing { .. }),
                "{file}: {fault}"
            );
        }
        is_framed(bytes, file);
    }
    "neither"
}

fn is_a_question(bytes: &[u8], file: &str, message: &str) -> &'static str {
    let asked = question(bytes, None, Leniency::default())
        .unwrap_or_else(|unread| panic!("{file}: {}", unread.fault));
    // One has no namespace, and so no message for whoever made the list.
    if message != "?" {
        assert_eq!(
            Some(asked.question.service()),
            Service::named(message),
            "{file}"
        );
    }
    let of_1 = file.starts_with("v1-valid/");
    let of_2 = file.starts_with("v2-valid/");
    assert!(!of_1 || asked.version == Version::V1_0, "{file}");
    assert!(!of_2 || asked.version > Version::V1_0, "{file}");
    let style = style(asked.prefix);
    let written = write_question(&asked.question, &style);
    let again = question(written.as_bytes(), None, Leniency::default())
        .unwrap_or_else(|unread| panic!("{file}: {}\n{written}", unread.fault));
    // A day alone is written with its first second.
    if !format!("{asked:?}").contains("Day(") {
        assert_eq!(again.question, asked.question, "{file}");
    }
    assert_eq!(write_question(&again.question, &style), written, "{file}");
    assert!(reply(bytes, None).is_err(), "{file}");
    is_framed(bytes, file);
    is_masked(bytes, file);
    "a question"
}

fn is_an_answer(bytes: &[u8], file: &str, message: &str) -> &'static str {
    let said = reply(bytes, None).unwrap_or_else(|fault| panic!("{file}: {fault}"));
    assert_eq!(said.service, Service::answered(message), "{file}");
    let style = style(Prefix::Default);
    let written = write(&said, &style);
    let again = reply(written.as_bytes(), None)
        .unwrap_or_else(|fault| panic!("{file}: {fault}\n{written}"));
    if !format!("{said:?}").contains("Day(") {
        assert_eq!(again, said, "{file}");
    }
    assert_eq!(write(&again, &style), written, "{file}");
    // Sent as a question it is named, so that whoever sent it can be told.
    let unread = question(bytes, None, Leniency::default()).unwrap_err();
    assert_eq!(unread.named.as_deref(), Some(message), "{file}");
    is_framed(bytes, file);
    is_masked(bytes, file);
    "an answer"
}

fn style(prefix: Prefix) -> Style {
    Style {
        version: Version::V2_02,
        prefix,
        agency: "LENS".into(),
    }
}

/// It ends where it ends, at once and in pieces.
fn is_framed(bytes: &[u8], file: &str) {
    let end = bytes.trim_ascii_end().len();
    assert_eq!(Scanner::new().end(bytes), Ok(Some(end)), "{file}");
    let mut scanner = Scanner::new();
    for upto in (1..end).step_by(7) {
        assert_eq!(scanner.end(&bytes[..upto]), Ok(None), "{file} up to {upto}");
    }
    assert_eq!(scanner.end(bytes), Ok(Some(end)), "{file}");
}

/// On one line, and no secret on it.
fn is_masked(bytes: &[u8], file: &str) {
    for persons in [true, false] {
        let line = masked(bytes, persons);
        assert!(line.starts_with("NCIP"), "{file}: {line}");
        assert!(!line.contains(char::is_control), "{file}");
        for secret in ["AuthenticationInputData=", "Authentication="] {
            for (at, _) in line.match_indices(secret) {
                assert!(line[at + secret.len()..].starts_with('…'), "{file}");
            }
        }
        assert!(persons || !line.contains("UserIdentifierValue"), "{file}");
    }
}
