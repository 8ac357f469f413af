//! What was said, line by line, for whoever looks into a terminal's troubles.
//!
//! Switched on by the log filter `relire::sip2::transcript=debug`. Passwords and PINs are never in
//! it, and persons (card, name, address, texts that may name somebody) are masked.

use bytes::Bytes;
use sip2::{
    Charset, Message,
    transcript::{Mask, Transcript, unreadable},
};

use crate::profile::Profile;

/// What stands for a terminal that has not logged in.
const NOBODY: &str = "-";

fn name(profile: Option<&Profile>) -> &str {
    profile.map_or(NOBODY, Profile::login)
}

/// A message from the terminal.
pub(crate) fn received(profile: Option<&Profile>, message: &Message) {
    tracing::debug!(target: "relire::sip2::transcript", terminal = name(profile), "< {}", shown(profile, message));
}

/// Bytes that are no message.
pub(crate) fn not_understood(profile: Option<&Profile>, frame: &Bytes) {
    tracing::debug!(target: "relire::sip2::transcript", terminal = name(profile), "< {}", unreadable(frame));
}

/// A message to the terminal.
pub(crate) fn sent(profile: Option<&Profile>, message: &Message) {
    tracing::debug!(target: "relire::sip2::transcript", terminal = name(profile), "> {}", shown(profile, message));
}

fn shown<'a>(profile: Option<&Profile>, message: &'a Message) -> Transcript<'a> {
    let charset = profile.map_or(Charset::default(), |profile| profile.charset);
    Transcript::new(message, Mask::SecretsAndPersons).charset(charset)
}
