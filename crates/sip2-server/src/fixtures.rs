//! What tests of several files need.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use desk::{Presence, Registered, Terminal, TerminalSettings};
use sip2::{ErrorDetection, Message};

use crate::{
    counts::TerminalMeters,
    manners::Manners,
    profile::{MESSAGES, Profile},
};

pub(crate) fn terminal(messages: &[&str]) -> Terminal {
    Terminal {
        id: 7,
        login: "lens-automate-1".into(),
        password_hash: String::new(),
        name: "Automate 1".into(),
        branch: "LENS".parse().unwrap(),
        messages: messages.iter().map(|code| (*code).to_owned()).collect(),
        profile: "self-check".into(),
        settings: TerminalSettings::new(),
        sort_bins: Vec::new(),
        version: 1,
    }
}

pub(crate) fn registered(terminal: Terminal) -> Arc<Registered> {
    Arc::new(Registered {
        terminal,
        profile: TerminalSettings::new(),
    })
}

pub(crate) fn profile() -> Profile {
    profile_of(&MESSAGES)
}

/// With these rights.
pub(crate) fn profile_of(messages: &[&str]) -> Profile {
    profile_with(messages, Manners::default())
}

/// With these rights and manners.
pub(crate) fn profile_with(messages: &[&str], manners: Manners) -> Profile {
    let known = registered(terminal(messages));
    let meters = Arc::new(TerminalMeters::new(&known.terminal.login));
    Profile::new(
        known,
        manners,
        desk::Visit::new(),
        Presence::of_nobody(),
        meters,
    )
}

/// A frame with error detection.
pub(crate) fn checked(body: &str, sequence: u8) -> Bytes {
    let mut bytes = BytesMut::new();
    message(body).encode(&mut bytes, ErrorDetection::Sequence(sequence));
    bytes.freeze()
}

pub(crate) fn message(body: &str) -> Message {
    Message::decode(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

/// An answer as it stands on the wire, without error detection.
pub(crate) fn wire(message: &Message) -> String {
    let mut bytes = BytesMut::new();
    message.encode(&mut bytes, ErrorDetection::Off);
    String::from_utf8(bytes.to_vec()).unwrap()
}
