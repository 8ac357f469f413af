//! What one terminal may do and how it is spoken to: a snapshot, taken when it logs in.

use std::sync::Arc;

use circulation::Language;
use desk::{Terminal, Visit};
use sip2::{Charset, Code, Field, FieldId, Message, frame::Terminator, value::SupportedMessages};

/// Every request of the standard, in the order of BX: what a terminal's rights are made of.
pub const MESSAGES: [&str; 16] = [
    "23", "11", "09", "01", "99", "97", "93", "63", "35", "37", "17", "19", "25", "15", "29", "65",
];

/// What keeps a session going is nobody's to withhold.
pub(crate) const ALWAYS: [Code; 3] = [Code::SC_STATUS, Code::REQUEST_ACS_RESEND, Code::LOGIN];

/// Whether a request may leave something behind: then it is not known what happened
/// until there is an answer.
pub(crate) fn changes_something(code: Code) -> bool {
    matches!(
        code,
        Code::CHECKOUT
            | Code::CHECKIN
            | Code::HOLD
            | Code::RENEW
            | Code::RENEW_ALL
            | Code::BLOCK_PATRON
            | Code::PATRON_ENABLE
            | Code::FEE_PAID
            | Code::ITEM_STATUS_UPDATE
    )
}

/// A terminal that logged in. It does not change while the session lasts: a message is answered
/// under one set of rights from its first byte to its last.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) terminal: Arc<Terminal>,
    pub(crate) charset: Charset,
    pub(crate) line_end: Terminator,
    /// What is allowed: BX.
    pub(crate) supported: SupportedMessages,
    /// What this connection remembers of PINs.
    pub(crate) visit: Arc<Visit>,
}

impl Profile {
    pub(crate) fn new(terminal: Arc<Terminal>) -> Self {
        let allowed = |code: &Code| {
            ALWAYS.contains(code) || terminal.messages.iter().any(|own| own == code.as_str())
        };
        Self {
            charset: charset(&terminal.charset),
            line_end: if terminal.line_end == "crlf" {
                Terminator::CrLf
            } else {
                Terminator::Cr
            },
            supported: SupportedMessages::ORDER
                .into_iter()
                .filter(allowed)
                .collect(),
            visit: Arc::new(Visit::new()),
            terminal,
        }
    }

    /// SIP2 field CN.
    pub(crate) fn login(&self) -> &str {
        &self.terminal.login
    }

    /// What people whose own language is not known are spoken to in.
    pub(crate) fn language(&self) -> Language {
        self.terminal.language
    }

    /// Whether this terminal may send a message.
    pub(crate) fn may(&self, code: Code) -> bool {
        self.supported.contains(code)
    }

    /// Adds the AO that a terminal left out: it means its own branch.
    pub(crate) fn at_home(&self, message: &mut Message) {
        if message.get(FieldId::AO).is_none() {
            message.fields.push(Field::text(
                FieldId::AO,
                self.terminal.branch.as_str(),
                self.charset,
            ));
        }
    }
}

/// The store's four words; a check of the table keeps others out.
fn charset(word: &str) -> Charset {
    match word {
        "cp850" => Charset::Cp850,
        "latin-1" => Charset::Latin1,
        "ascii" => Charset::Ascii,
        _ => Charset::Utf8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::terminal;

    #[test]
    fn the_rights_are_those_of_the_standard() {
        assert_eq!(
            SupportedMessages::ORDER.map(|code| code.to_string()),
            MESSAGES
        );
    }

    #[test]
    fn bx_is_what_is_allowed() {
        let everything = Profile::new(terminal(&MESSAGES));
        assert_eq!(everything.supported.to_string(), "YYYYYYYYYYYYYYYY");
        let returns_only = Profile::new(terminal(&["09"]));
        assert_eq!(returns_only.supported.to_string(), "NNYNYYYNNNNNNNNN");
        assert!(
            !returns_only.may(Code::ITEM_STATUS_UPDATE),
            "allowed, but not served"
        );
    }

    #[test]
    fn a_missing_ao_is_the_terminals_branch() {
        let profile = Profile::new(terminal(&MESSAGES));
        for (frame, institution) in [
            ("35|AO|", "LENS"),
            ("35", "LENS"),
            ("3520261122    153012AOCAGL|", "CAGL"),
        ] {
            let mut message = Message::decode(frame.into()).unwrap();
            profile.at_home(&mut message);
            assert_eq!(message.get(FieldId::AO).unwrap(), institution, "{frame}");
        }
    }
}
