//! How far an import is, for whoever waits.

use std::{
    io::{IsTerminal, stderr},
    time::{Duration, Instant},
};

/// Lines on standard error: one that is written over on a terminal, plain ones now and then elsewhere.
pub(super) struct Progress {
    total: u64,
    began: Instant,
    shown: Instant,
    terminal: bool,
}

impl Progress {
    /// Towards so many bytes.
    pub(super) fn new(total: u64) -> Self {
        Self {
            total,
            began: Instant::now(),
            shown: Instant::now(),
            terminal: stderr().is_terminal(),
        }
    }

    /// Says how far it is, if it is time to.
    pub(super) fn show(&mut self, records: u64, bytes: u64) {
        let every = Duration::from_secs(if self.terminal { 1 } else { 10 });
        if self.shown.elapsed() < every || bytes == 0 {
            return;
        }
        self.shown = Instant::now();
        let seconds = self.began.elapsed().as_secs().max(1);
        let left = seconds * self.total.saturating_sub(bytes) / bytes;
        let line = format!(
            "{records} records, {} a second, about {}:{:02} left",
            records / seconds,
            left / 60,
            left % 60
        );
        if self.terminal {
            eprint!("\r{line}\x1b[K");
        } else {
            eprintln!("{line}");
        }
    }

    /// Takes the line away, for others to write.
    pub(super) fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }
}
