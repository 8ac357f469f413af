//! Every metric of this door.
//!
//! | metric | labels | what |
//! | --- | --- | --- |
//! | `relire_sip2_messages_total` | `code` | messages that were read and answered; repetitions by sequence are not counted again |
//! | `relire_sip2_answer_seconds` | `code` | from the last byte of a message to the last of its answer |
//! | `relire_sip2_bad_total` | `why` | what could not be read or served as it came |
//! | `relire_sip2_closed_total` | `why` | connections that ended |
//! | `relire_sip2_logins_total` | `outcome` | `in`, `refused`, `trouble` |
//! | `relire_sip2_logins_refused_total` | `why` | log-ins that were refused: `password`, or the rule that the terminal did not meet |
//! | `relire_sip2_repeated_total` | `by` | answers given again: `sequence` (same AY), `request` (97) |
//! | `relire_sip2_terminal_messages_total` | `terminal`, `code` | as above, of one terminal |
//! | `relire_sip2_terminal_answer_seconds` | `terminal` | as above, of one terminal |
//! | `relire_sip2_terminal_trouble_total` | `terminal`, `what` | `asked_again` (we said 96), `resend` (it said 97), `checksum`, `offline` (no block while on line) |
//! | `relire_sip2_terminal_connections` | `terminal` | connections that are logged in |
//! | `relire_sip2_terminal_last_seen_seconds` | `terminal` | when it was last heard, in seconds since 1970 |
//! | `relire_sip2_terminal_printer` | `terminal` | as its last 99 said: 0 well, 1 out of paper, 2 shutting down |
//!
//! A terminal has its meters from its first right log-in on: what is only tried as a login is never a label.

use std::{sync::OnceLock, time::Duration};

use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};
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
    /// Whether a 96 is said of it.
    pub(crate) const fn is_asked_again(self) -> bool {
        matches!(
            self,
            Self::Checksum
                | Self::Trailer
                | Self::NoCode
                | Self::TooLong
                | Self::UnknownCode
                | Self::NothingToRepeat
        )
    }

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

/// A log-in was refused by this rule.
pub(crate) fn refused(why: &'static str) {
    counter!("relire_sip2_logins_refused_total", "why" => why).increment(1);
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

/// The meters of one terminal, each made when it is first needed.
pub(crate) struct TerminalMeters {
    login: String,
    messages: [OnceLock<Counter>; 16],
    answers: Histogram,
    connections: Gauge,
    last_seen: Gauge,
    printer: Gauge,
}

impl TerminalMeters {
    /// Of the terminal with this login. It must be one that is in use.
    pub(crate) fn new(login: &str) -> Self {
        let terminal = || login.to_owned();
        Self {
            messages: Default::default(),
            answers: histogram!("relire_sip2_terminal_answer_seconds", "terminal" => terminal()),
            connections: gauge!("relire_sip2_terminal_connections", "terminal" => terminal()),
            last_seen: gauge!("relire_sip2_terminal_last_seen_seconds", "terminal" => terminal()),
            printer: gauge!("relire_sip2_terminal_printer", "terminal" => terminal()),
            login: terminal(),
        }
    }

    /// A message was answered, so long after it had come.
    pub(crate) fn answered(&self, code: Code, after: Duration) {
        self.answers.record(after);
        let place = SupportedMessages::ORDER
            .iter()
            .position(|known| *known == code);
        let Some((place, spec)) = place.zip(spec::message(code)) else {
            return;
        };
        if let Some(count) = self.messages.get(place) {
            count
                .get_or_init(|| {
                    counter!("relire_sip2_terminal_messages_total",
                        "terminal" => self.login.clone(), "code" => spec.code.as_str())
                })
                .increment(1);
        }
    }

    /// Something had to be asked for again, or was not as 98 says. Seldom enough to be looked up each time.
    pub(crate) fn trouble(&self, what: &'static str) {
        counter!("relire_sip2_terminal_trouble_total", "terminal" => self.login.clone(), "what" => what)
            .increment(1);
    }

    /// It was heard, so many seconds after the beginning of 1970.
    pub(crate) fn seen(&self, second: i64) {
        // Exact for the next hundred million years.
        #[expect(clippy::cast_precision_loss, reason = "gauges are floating")]
        self.last_seen.set(second as f64);
    }

    /// What it says of its printer.
    pub(crate) fn printer(&self, number: u8) {
        self.printer.set(f64::from(number));
    }

    /// One connection more.
    pub(crate) fn connected(&self) {
        self.connections.increment(1);
    }

    /// One connection less.
    pub(crate) fn left(&self) {
        self.connections.decrement(1);
    }
}

impl std::fmt::Debug for TerminalMeters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TerminalMeters").field(&self.login).finish()
    }
}
