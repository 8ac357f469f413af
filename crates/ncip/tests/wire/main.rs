//! The wire from outside: what partners send, what is refused, what is answered.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

mod answers;
mod characters;
mod dialects;
mod hostile;
mod limits;
mod parts;
mod said;
mod samples;
mod schemas;

use relire_ncip::{Fault, FaultKind, Leniency, masked, question, reply};

/// A LookupUser of no namespace; what is inside begins on line 3.
fn within(inside: &str) -> String {
    format!("<NCIPMessage>\n<LookupUser>\n{inside}\n</LookupUser>\n</NCIPMessage>\n")
}

/// Why a document is no question.
#[track_caller]
fn fault(document: impl AsRef<[u8]>) -> Fault {
    let document = document.as_ref();
    match question(document, None, Leniency::default()) {
        Ok(asked) => panic!("{asked:?} of {}", String::from_utf8_lossy(document)),
        Err(unread) => unread.fault,
    }
}

/// Why a document is refused before anybody looks for a message in it: for every reader of documents the same, and
/// the log shows nothing of it.
#[track_caller]
fn refused(document: impl AsRef<[u8]>) -> (FaultKind, usize) {
    let document = document.as_ref();
    let fault = fault(document);
    assert_eq!(reply(document, None), Err(fault.clone()));
    // The log's reader is given no more bytes than a message may have.
    if !matches!(fault.kind, FaultKind::TooLarge(_)) {
        let shown = format!("{} bytes that cannot be read: {fault}", document.len());
        assert_eq!(masked(document, true), shown);
    }
    (fault.kind, fault.line)
}

/// Refused as not well-formed: the line.
#[track_caller]
fn ill_formed(document: impl AsRef<[u8]>) -> usize {
    let (kind, line) = refused(document);
    assert!(matches!(kind, FaultKind::Syntax(_)), "{kind:?}");
    line
}

/// Read, and a LookupUser.
#[track_caller]
fn is_read(document: impl AsRef<[u8]>) {
    let document = document.as_ref();
    let shown =
        || String::from_utf8_lossy(document.get(..document.len().min(2_000)).unwrap()).into_owned();
    let asked = question(document, None, Leniency::default())
        .unwrap_or_else(|unread| panic!("{}: {}", unread.fault, shown()));
    assert!(
        matches!(
            asked.question,
            relire_ncip::message::Question::LookupUser(_)
        ),
        "{}",
        shown()
    );
}
