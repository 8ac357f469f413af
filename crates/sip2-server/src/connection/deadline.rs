//! Until when the next bytes must come.

use std::time::Duration;

use tokio::time::Instant;

use crate::{ending::Ending, settings::Settings};

/// What a connection waited for, and since when.
#[derive(Debug)]
pub(crate) struct Deadline {
    /// Since when nobody is logged in.
    nameless: Instant,
    /// When the last message was whole.
    whole: Instant,
    /// When the first bytes of the present message were seen.
    begun: Option<Instant>,
    /// Whether anything ever came.
    heard: bool,
    /// When the certificate that was shown is over.
    expires: Option<Instant>,
}

impl Deadline {
    pub(crate) fn new(now: Instant, lasts: Option<Duration>) -> Self {
        Self {
            nameless: now,
            whole: now,
            begun: None,
            heard: false,
            // Farther than a clock reaches is never.
            expires: lasts.and_then(|lasts| now.checked_add(lasts)),
        }
    }

    /// Bytes came.
    pub(crate) fn heard(&mut self) {
        self.heard = true;
    }

    /// A message was whole.
    pub(crate) fn whole(&mut self) {
        self.whole = Instant::now();
        self.begun = None;
    }

    /// A terminal lost its log-in.
    pub(crate) fn nameless(&mut self) {
        self.nameless = Instant::now();
    }

    /// Whether the certificate that was shown is over.
    pub(crate) fn is_over(&self) -> bool {
        self.expires.is_some_and(|end| end <= Instant::now())
    }

    /// Until when bytes must come, and why the connection ends if none do. Who is logged in may be silent for
    /// `idle`.
    pub(crate) fn next(
        &mut self,
        settings: &Settings,
        idle: Option<Duration>,
        in_message: bool,
    ) -> (Instant, Ending) {
        let silence = if let Some(idle) = idle {
            (self.whole + idle, Ending::Idle)
        } else if self.heard {
            (self.nameless + settings.log_in, Ending::NoLogIn)
        } else {
            (
                self.nameless + settings.first_byte.min(settings.log_in),
                Ending::Mute,
            )
        };
        let silence = match self.expires {
            Some(end) if end < silence.0 => (end, Ending::Revoked),
            _ => silence,
        };
        if !in_message {
            return silence;
        }
        let begun = *self.begun.get_or_insert_with(Instant::now);
        let half = (begun + settings.message, Ending::HalfMessage);
        if half.0 < silence.0 { half } else { silence }
    }
}
