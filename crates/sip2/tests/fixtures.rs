//! Every file of `protocol-fixtures/sip2`: it reads as the file beside it says, and nothing in it
//! breaks what the fuzz target holds.

use std::path::{Path, PathBuf};
use std::{env, fs};

use bytes::BytesMut;
use relire_sip2::frame::{Framed, Framer, Limits, Terminator};
use relire_sip2::messages::{Request, Response};
use relire_sip2::{Charset, DecodeError, ErrorDetection, Message};

#[path = "../../../fuzz/src/sip2_message.rs"]
pub mod sip2_message;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../protocol-fixtures/sip2");

#[test]
fn each_reads_as_the_file_beside_it_says() {
    let bless = env::var_os("RELIRE_BLESS").is_some();
    for path in fixtures() {
        let read = describe(&fs::read(&path).unwrap());
        let beside = path.with_extension("expect");
        if bless {
            fs::write(&beside, &read).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert!(
            read == expected,
            "{} reads as\n{read}instead of\n{expected}",
            path.display()
        );
    }
}

#[test]
fn each_good_one_is_written_as_it_was_read() {
    let good: Vec<PathBuf> = fixtures()
        .into_iter()
        .filter(|path| kind(path) == Kind::Good)
        .collect();
    assert!(good.len() > 50, "only {} files are good", good.len());
    for path in good {
        let bytes = fs::read(&path).unwrap();
        let mut written = BytesMut::new();
        for framed in frames(&bytes) {
            let Framed::Message(frame) = framed else {
                panic!("{} is too long", path.display())
            };
            let message = Message::decode(frame)
                .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
            message.encode(&mut written, message.error_detection);
            Terminator::Cr.put(&mut written);
        }
        assert_eq!(written, bytes, "{}", path.display());
    }
}

#[test]
fn each_quirk_is_understood() {
    let quirks: Vec<PathBuf> = fixtures()
        .into_iter()
        .filter(|path| kind(path) == Kind::Quirk)
        .collect();
    assert!(quirks.len() > 10, "only {} files are quirks", quirks.len());
    for path in quirks {
        let read = describe(&fs::read(&path).unwrap());
        assert!(
            read.starts_with("message"),
            "{} holds no message",
            path.display()
        );
        assert!(
            !read.contains("refused: ") && !read.contains("  but "),
            "{} reads as\n{read}",
            path.display()
        );
    }
}

#[test]
fn each_keeps_what_the_fuzz_target_asserts() {
    for path in fixtures() {
        sip2_message::run(&fs::read(path).unwrap());
    }
}

#[derive(Debug, PartialEq)]
enum Kind {
    Good,
    Quirk,
    Hostile,
}

fn kind(path: &Path) -> Kind {
    let name = path.to_string_lossy();
    if name.ends_with(".quirk.sip") {
        Kind::Quirk
    } else if name.ends_with(".hostile.sip") {
        Kind::Hostile
    } else {
        Kind::Good
    }
}

/// Every `.sip` file, in the order of their names.
fn fixtures() -> Vec<PathBuf> {
    let folders = entries(Path::new(FIXTURES))
        .into_iter()
        .filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| entries(&folder));
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "sip"))
        .collect();
    files.sort();
    assert!(
        files.len() >= 60,
        "only {} fixtures in {FIXTURES}",
        files.len()
    );
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the fixtures are part of the repository");
    entries
        .map(|entry| entry.expect("a readable folder").path())
        .collect()
}

fn frames(bytes: &[u8]) -> Vec<Framed> {
    let mut framer = Framer::new(Limits::default());
    let mut buffer = BytesMut::from(bytes);
    std::iter::from_fn(|| framer.next(&mut buffer)).collect()
}

/// What the bytes read as, in the words of the fixtures' README.
fn describe(bytes: &[u8]) -> String {
    let mut text = String::new();
    for framed in frames(bytes) {
        let refused = match framed {
            Framed::TooLong => "too long",
            Framed::Message(frame) => match Message::decode(frame) {
                Ok(message) => {
                    describe_message(&message, &mut text);
                    continue;
                }
                Err(DecodeError::NoCode) => "no message code",
                Err(DecodeError::LineBreak) => "line break",
                Err(DecodeError::Checksum { .. }) => "checksum",
                Err(DecodeError::Trailer) => "trailer",
            },
        };
        text.push_str(&format!("refused: {refused}\n"));
    }
    text
}

fn describe_message(message: &Message, text: &mut String) {
    text.push_str(&format!("message {}", message.code));
    match message.error_detection {
        ErrorDetection::Off => text.push('\n'),
        ErrorDetection::Checksum => text.push_str(", checksum\n"),
        ErrorDetection::Sequence(digit) => text.push_str(&format!(", sequence {digit}\n")),
    }
    if !message.fixed.is_empty() {
        text.push_str(&format!("  fixed \"{}\"\n", message.fixed.escape_ascii()));
    }
    for field in &message.fields {
        text.push_str(&format!(
            "  {} \"{}\"\n",
            field.id,
            field.value.escape_ascii()
        ));
    }
    let fault = match Request::parse(message, Charset::Utf8) {
        Ok(Request::Unknown { .. }) => match Response::parse(message, Charset::Utf8) {
            Ok(Response::Unknown { .. }) => Some("nobody knows this message".to_owned()),
            Ok(_) => None,
            Err(fault) => Some(fault.to_string()),
        },
        Ok(_) => None,
        Err(fault) => Some(fault.to_string()),
    };
    if let Some(fault) = fault {
        text.push_str(&format!("  but {fault}\n"));
    }
}
