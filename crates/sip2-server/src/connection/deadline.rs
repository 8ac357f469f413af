//! Until when the next bytes must come.

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
}

impl Deadline {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            nameless: now,
            whole: now,
            begun: None,
            heard: false,
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

    /// Until when bytes must come, and why the connection ends if none do.
    pub(crate) fn next(
        &mut self,
        settings: &Settings,
        named: bool,
        in_message: bool,
    ) -> (Instant, Ending) {
        let silence = if named {
            (self.whole + settings.idle, Ending::Idle)
        } else if self.heard {
            (self.nameless + settings.log_in, Ending::NoLogIn)
        } else {
            (
                self.nameless + settings.first_byte.min(settings.log_in),
                Ending::Mute,
            )
        };
        if !in_message {
            return silence;
        }
        let begun = *self.begun.get_or_insert_with(Instant::now);
        let half = (begun + settings.message, Ending::HalfMessage);
        if half.0 < silence.0 { half } else { silence }
    }
}
