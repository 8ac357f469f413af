//! How long to wait when accepting fails.

use std::{io, time::Duration};

const FIRST: Duration = Duration::from_millis(10);
const LONGEST: Duration = Duration::from_secs(1);

/// Waits longer with every failure in a row: no file descriptor is free, say, and asking again at
/// once would only burn the processor that could free one.
#[derive(Debug)]
pub(crate) struct Pause(Duration);

impl Default for Pause {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Pause {
    /// How long to wait after this failure; `None` where it was that one peer's, who left early.
    pub(crate) fn after(&mut self, error: &io::Error) -> Option<Duration> {
        use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
        if matches!(
            error.kind(),
            ConnectionAborted | ConnectionRefused | ConnectionReset
        ) {
            return None;
        }
        let now = self.0;
        self.0 = (now * 2).min(LONGEST);
        Some(now)
    }

    /// It works again.
    pub(crate) fn reset(&mut self) {
        self.0 = FIRST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_each_time_up_to_a_second() {
        let full = io::Error::from_raw_os_error(24);
        let mut pause = Pause::default();
        let waits: Vec<_> = (0..9)
            .filter_map(|_| pause.after(&full))
            .map(|wait| wait.as_millis())
            .collect();
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
        pause.reset();
        assert_eq!(pause.after(&full), Some(FIRST));
    }

    #[test]
    fn a_peer_that_left_is_no_trouble_of_ours() {
        let left = io::ErrorKind::ConnectionAborted.into();
        assert_eq!(Pause::default().after(&left), None);
    }
}
