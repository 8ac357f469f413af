//! What must hold for whatever arrives at the NCIP door, or as an answer at a partner's.

use relire_ncip::{
    Leniency, Prefix, Style, Version,
    frame::Scanner,
    limits::BYTES,
    masked,
    message::{Question, Reply},
    question, reply, write, write_question,
};

/// Frames, reads, shows and writes the bytes. Panics where the crate breaks its word.
pub fn run(bytes: &[u8]) {
    let end = framed(bytes);
    let asked = question(bytes, None, Leniency::default());
    let said = reply(bytes, None);
    // In UTF-16 nothing is said on a raw line; by HTTP a body has its end.
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !wide && (asked.is_ok() || said.is_ok()) {
        let end = end.expect("what is read has an end, where a stream would be cut");
        assert!(bytes.get(end..).is_some(), "within what came");
        if let Ok(asked) = &asked {
            let cut = question(&bytes[..end], None, Leniency::default());
            assert_eq!(cut.as_ref(), Ok(asked), "nothing after the end counts");
        }
    }
    match &asked {
        Ok(asked) => asked_again(&asked.question),
        Err(unread) => assert!(!unread.fault.to_string().is_empty()),
    }
    if let Ok(said) = &said {
        said_again(said);
    }
    for persons in [true, false] {
        let line = masked(bytes, persons);
        assert!(
            !line.contains(char::is_control),
            "a line of a log stays a line"
        );
    }
    let lenient = Leniency {
        strip_controls: true,
    };
    if let (Ok(strict), Ok(lenient)) = (asked, question(bytes, None, lenient)) {
        assert_eq!(
            strict, lenient,
            "where nothing is to be stripped, nothing is"
        );
    }
}

/// Where the first document ends, however the bytes come.
fn framed(bytes: &[u8]) -> Option<usize> {
    let at_once = Scanner::new().end(bytes);
    for pieces in [2, 3, 7, bytes.len()] {
        let mut scanner = Scanner::new();
        let mut last = Ok(None);
        for piece in 0..=pieces {
            last = scanner.end(&bytes[..bytes.len() * piece / pieces.max(1)]);
            if last != Ok(None) {
                break;
            }
        }
        assert_eq!(
            last, at_once,
            "the end is where it is, however the bytes come"
        );
    }
    let end = at_once.ok()??;
    assert!(end > 0, "a document has bytes");
    Some(end)
}

const STYLES: [(Version, Prefix); 3] = [
    (Version::V2_02, Prefix::Default),
    (Version::V2_02, Prefix::Ns1),
    (Version::V1_0, Prefix::Default),
];

fn styles() -> impl Iterator<Item = Style> {
    STYLES.into_iter().map(|(version, prefix)| Style {
        version,
        prefix,
        agency: "LENS".into(),
    })
}

fn asked_again(asked: &Question) {
    for style in styles() {
        let written = write_question(asked, &style);
        if written.len() > BYTES {
            continue;
        }
        let again = question(written.as_bytes(), None, Leniency::default());
        // 1.0 has no place for what some questions are about.
        if style.version == Version::V1_0 && again.is_err() {
            continue;
        }
        let again = again.expect("what was written is read").question;
        if is_whole(asked, &style) && !matches!(asked, Question::LookupVersion(_, true)) {
            assert_eq!(&again, asked, "and says the same");
        }
        assert_eq!(
            write_question(&again, &style),
            written,
            "and is written the same"
        );
    }
}

fn said_again(said: &Reply) {
    for style in styles() {
        let written = write(said, &style);
        if written.len() > BYTES {
            continue;
        }
        let again = reply(written.as_bytes(), None);
        if style.version == Version::V1_0 && again.is_err() {
            continue;
        }
        let again = again.expect("what was written is read");
        if is_whole(said, &style) {
            assert_eq!(&again, said, "and says the same");
        }
        assert_eq!(write(&again, &style), written, "and is written the same");
    }
}

/// Whether all of it can be written: not in 1.0; and of a day alone the first second is written.
fn is_whole(message: &impl std::fmt::Debug, style: &Style) -> bool {
    style.version != Version::V1_0 && !format!("{message:?}").contains("Day(")
}
