//! What was said, line by line, for whoever looks into a terminal's troubles.
//!
//! Switched on for one terminal by its setting `transcript`, while it is connected, and for all of them by the log filter
//! `relire::sip2::transcript=debug`. How long it is kept is the log's affair. Passwords and PINs are never in
//! it, and persons (card, name, address, texts that may name somebody) are masked.

use std::fmt::Display;

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
    write(profile, '<', || shown(profile, message));
}

/// Bytes that are no message.
pub(crate) fn not_understood(profile: Option<&Profile>, frame: &Bytes) {
    write(profile, '<', || unreadable(frame));
}

/// A message to the terminal.
pub(crate) fn sent(profile: Option<&Profile>, message: &Message) {
    write(profile, '>', || shown(profile, message));
}

/// A line of one whose transcript was asked for is for everybody who reads the log; the others' for who turns them on.
fn write<T: Display>(profile: Option<&Profile>, sign: char, line: impl Fn() -> T) {
    let terminal = name(profile);
    if profile.is_some_and(|profile| profile.manners.transcript) {
        tracing::info!(target: "relire::sip2::transcript", terminal, "{sign} {}", line());
    } else {
        tracing::debug!(target: "relire::sip2::transcript", terminal, "{sign} {}", line());
    }
}

fn shown<'a>(profile: Option<&Profile>, message: &'a Message) -> Transcript<'a> {
    let charset = profile.map_or(Charset::default(), |profile| profile.charset);
    Transcript::new(message, Mask::SecretsAndPersons).charset(charset)
}
