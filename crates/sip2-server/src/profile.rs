//! What one terminal may do and how it is spoken to: a snapshot, taken when it logs in, and again when its
//! settings change.

use std::sync::Arc;

use circulation::Language;
use desk::{Presence, Registered, Terminal, Visit};
use sip2::{Charset, Code, Field, FieldId, Message, frame::Terminator, value::SupportedMessages};

use crate::{counts::TerminalMeters, manners::Manners};

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

/// A terminal that logged in. It does not change: a message is answered under one profile from its first byte to
/// its last, and the next may find another one in its place.
#[derive(Debug)]
pub(crate) struct Profile {
    known: Arc<Registered>,
    pub(crate) manners: Manners,
    pub(crate) charset: Charset,
    pub(crate) line_end: Terminator,
    /// What is allowed: BX.
    pub(crate) supported: SupportedMessages,
    /// What this connection has: it stays when the profile is replaced.
    pub(crate) kept: Arc<Kept>,
}

/// What belongs to the connection of a terminal, and not to its settings. The terminal is there as long as this
/// lives.
#[derive(Debug)]
pub(crate) struct Kept {
    /// What is remembered of PINs.
    pub(crate) visit: Arc<Visit>,
    /// That the terminal is there.
    pub(crate) presence: Presence,
    /// The terminal's own meters.
    pub(crate) meters: Arc<TerminalMeters>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.meters.left();
    }
}

impl Profile {
    pub(crate) fn new(
        known: Arc<Registered>,
        manners: Manners,
        visit: Visit,
        presence: Presence,
        meters: Arc<TerminalMeters>,
    ) -> Self {
        meters.connected();
        let kept = Kept {
            visit: Arc::new(visit),
            presence,
            meters,
        };
        Self::with(known, manners, Arc::new(kept))
    }

    /// The same connection's, after something has changed.
    pub(crate) fn renewed(&self, known: Arc<Registered>, manners: Manners) -> Self {
        Self::with(known, manners, self.kept.clone())
    }

    fn with(known: Arc<Registered>, manners: Manners, kept: Arc<Kept>) -> Self {
        let messages = &known.terminal.messages;
        let allowed =
            |code: &Code| ALWAYS.contains(code) || messages.iter().any(|own| own == code.as_str());
        Self {
            charset: manners.charset.into(),
            line_end: manners.line_end.into(),
            supported: SupportedMessages::ORDER
                .into_iter()
                .filter(allowed)
                .collect(),
            manners,
            kept,
            known,
        }
    }

    /// The terminal and its settings, as they were when this profile was made.
    pub(crate) fn known(&self) -> &Arc<Registered> {
        &self.known
    }

    /// The terminal.
    pub(crate) fn terminal(&self) -> &Terminal {
        &self.known.terminal
    }

    /// SIP2 field CN.
    pub(crate) fn login(&self) -> &str {
        &self.known.terminal.login
    }

    /// What people whose own language is not known are spoken to in.
    pub(crate) fn language(&self) -> Language {
        self.manners.language.into()
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
                self.known.terminal.branch.as_str(),
                self.charset,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::profile_of;

    #[test]
    fn the_rights_are_those_of_the_standard() {
        assert_eq!(
            SupportedMessages::ORDER.map(|code| code.to_string()),
            MESSAGES
        );
    }

    #[test]
    fn bx_is_what_is_allowed() {
        let everything = profile_of(&MESSAGES);
        assert_eq!(everything.supported.to_string(), "YYYYYYYYYYYYYYYY");
        let returns_only = profile_of(&["09"]);
        assert_eq!(returns_only.supported.to_string(), "NNYNYYYNNNNNNNNN");
        assert!(
            !returns_only.may(Code::ITEM_STATUS_UPDATE),
            "allowed, but not served"
        );
    }

    #[test]
    fn a_missing_ao_is_the_terminals_branch() {
        let profile = profile_of(&MESSAGES);
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
