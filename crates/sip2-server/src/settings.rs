//! The bounds of the door, for all its terminals; what differs from one to the next is in `manners`.

use std::time::Duration;

use sip2::frame::Terminator;

/// Bounds of the door. The default serves a branch as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The longest message, in bytes.
    pub max_message: usize,
    /// How long a new connection may say nothing at all.
    pub first_byte: Duration,
    /// How long a connection may be without a log-in.
    pub log_in: Duration,
    /// How long a message may take from its first byte to its last.
    pub message: Duration,
    /// How long an answer may take to be made. Beyond it a question is answered by "unavailable";
    /// of a command nobody knows what happened, so that the connection ends, while what was begun
    /// goes on to its end.
    pub answer: Duration,
    /// How long a terminal may take to accept an answer.
    pub write: Duration,
    /// Wrong log-ins in a row after which the connection ends.
    pub wrong_logins: u32,
    /// Times in a row that a message or an answer may be asked for again (96, 97) before the
    /// connection ends.
    pub repetitions: u32,
    /// What ends a message to a terminal that has not logged in: its own line end is not known yet.
    pub line_end: Terminator,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_message: 8 * 1024,
            first_byte: Duration::from_secs(30),
            log_in: Duration::from_secs(60),
            message: Duration::from_secs(30),
            answer: Duration::from_secs(20),
            write: Duration::from_secs(10),
            wrong_logins: 3,
            repetitions: 10,
            line_end: Terminator::Cr,
        }
    }
}
