//! Every metric of this door.
//!
//! | metric | labels | what |
//! | --- | --- | --- |
//! | `relire_sip2_messages_total` | `code` | messages that were read and answered; repetitions by sequence are not counted again |
//! | `relire_sip2_answer_seconds` | `code` | from the last byte of a message to the last of its answer |
//! | `relire_sip2_bad_total` | `why` | what could not be read or served as it came |
//! | `relire_sip2_closed_total` | `why` | connections that ended |
//! | `relire_sip2_logins_total` | `outcome` | `in`, `refused`, `trouble` |
//! | `relire_sip2_repeated_total` | `by` | answers given again: `sequence` (same AY), `request` (97) |

use std::time::Duration;

use metrics::{Counter, Histogram, counter, histogram};
use sip2::{Code, spec, value::SupportedMessages};

use crate::ending::Ending;

/// What could not be read or served as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bad {
    /// The checksum is not that of the bytes.
    Checksum,
    /// AY or AZ is malformed.
    Trailer,
    /// No message code.
    NoCode,
    /// Longer than any message.
    TooLong,
    /// A code that no terminal sends.
    UnknownCode,
    /// An answer was asked for again, and there is none.
    NothingToRepeat,
    /// A part without which the message makes no sense is missing.
    Incomplete,
    /// A message that this terminal may not send.
    NotAllowed,
    /// A message that is not served.
    NotServed,
    /// A message before log-in.
    BeforeLogIn,
    /// A loan or return that happened off-line, though 98 says that this is not for us.
    Offline,
    /// The same, of what was done a moment ago: the terminal is on line and passes over the rules.
    OfflineOnLine,
    /// The database could not be asked.
    Unavailable,
    /// A fault of ours.
    Internal,
}

impl Bad {
    /// A stable word for logs and metrics.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::Trailer => "trailer",
            Self::NoCode => "no_code",
            Self::TooLong => "too_long",
            Self::UnknownCode => "unknown_code",
            Self::NothingToRepeat => "nothing_to_repeat",
            Self::Incomplete => "incomplete",
            Self::NotAllowed => "not_allowed",
            Self::NotServed => "not_served",
            Self::BeforeLogIn => "before_log_in",
            Self::Offline => "offline",
            Self::OfflineOnLine => "offline_while_on_line",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }
}

/// Counts one.
pub(crate) fn bad(why: Bad) {
    counter!("relire_sip2_bad_total", "why" => why.word()).increment(1);
}

pub(crate) fn closed(why: Ending) {
    counter!("relire_sip2_closed_total", "why" => why.word()).increment(1);
}

pub(crate) fn login(outcome: &'static str) {
    counter!("relire_sip2_logins_total", "outcome" => outcome).increment(1);
}

pub(crate) fn repeated(by: &'static str) {
    counter!("relire_sip2_repeated_total", "by" => by).increment(1);
}

/// The meters of what happens often, looked up once.
pub(crate) struct Meters([(Code, Counter, Histogram); 16]);

impl Meters {
    pub(crate) fn new() -> Self {
        Self(SupportedMessages::ORDER.map(|code| {
            // Of the specification, so that the label lives as long as the program.
            let label = spec::message(code).map_or("", |spec| spec.code.as_str());
            (
                code,
                counter!("relire_sip2_messages_total", "code" => label),
                histogram!("relire_sip2_answer_seconds", "code" => label),
            )
        }))
    }

    /// A message was answered, so long after it had come.
    pub(crate) fn answered(&self, code: Code, after: Duration) {
        if let Some((_, count, seconds)) = self.0.iter().find(|(known, ..)| *known == code) {
            count.increment(1);
            seconds.record(after);
        }
    }
}
