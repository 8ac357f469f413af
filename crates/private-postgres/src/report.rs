//! The keeper's word to the opener that started it.

use std::{
    fs::File,
    io::{self, Write},
};

use rustix::stdio::dup2_stdout;

/// What the keeper tells its opener, on standard output: this, or [`FAILED`] and why.
pub(crate) const READY: &str = "ready";
/// Followed by the reason.
pub(crate) const FAILED: &str = "failed ";

/// Standard output, used for one word to the opener and then closed: its end tells the opener that
/// there is no more to come.
#[derive(Default)]
pub(crate) struct Report {
    made: bool,
}

impl Report {
    /// Whether the opener has had its word.
    pub(crate) fn is_made(&self) -> bool {
        self.made
    }

    pub(crate) fn make(&mut self, text: &str) {
        if self.made {
            return;
        }
        self.made = true;
        // An opener that is gone needs no report.
        let mut opener = io::stdout().lock();
        drop(
            opener
                .write_all(text.as_bytes())
                .and_then(|()| opener.flush()),
        );
        drop(
            File::options()
                .write(true)
                .open("/dev/null")
                .map(dup2_stdout),
        );
    }
}
