//! What tests of several files need.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use circulation::Language;
use desk::Terminal;
use sip2::{ErrorDetection, Message};

use crate::profile::{MESSAGES, Profile};

pub(crate) fn terminal(messages: &[&str]) -> Arc<Terminal> {
    Arc::new(Terminal {
        id: 7,
        login: "lens-automate-1".into(),
        password_hash: String::new(),
        name: "Automate 1".into(),
        branch: "LENS".parse().unwrap(),
        messages: messages.iter().map(|code| (*code).to_owned()).collect(),
        charset: "utf-8".into(),
        line_end: "cr".into(),
        language: Language::French,
        renew_by_checkout: true,
        sort_bins: Vec::new(),
        version: 1,
    })
}

pub(crate) fn profile() -> Profile {
    Profile::new(terminal(&MESSAGES))
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
