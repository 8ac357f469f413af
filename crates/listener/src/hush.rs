//! A log that a flood cannot fill.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So many lines of one kind …
const LINES: u64 = 10;
/// … in this time.
const WINDOW: Duration = Duration::from_secs(60);

/// Lets through some lines of each kind a minute. The metrics count all.
#[derive(Debug, Default)]
pub(crate) struct Hush(Mutex<HashMap<&'static str, Window>>);

#[derive(Debug)]
struct Window {
    begun: Instant,
    said: u64,
    unsaid: u64,
}

impl Hush {
    /// Whether a line of this kind may be written now, and if so how many were not before it.
    pub(crate) fn may_say(&self, kind: &'static str, now: Instant) -> Option<u64> {
        // Nothing panics while it is held.
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(kind).or_insert(Window {
            begun: now,
            said: 0,
            unsaid: 0,
        });
        if now.duration_since(window.begun) >= WINDOW {
            window.begun = now;
            window.said = 0;
        }
        if window.said >= LINES {
            window.unsaid += 1;
            return None;
        }
        window.said += 1;
        Some(std::mem::take(&mut window.unsaid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_minute_of_each_kind() {
        let (hush, start) = (Hush::default(), Instant::now());
        let said = (0..25).filter_map(|_| hush.may_say("a", start)).count();
        assert_eq!(said, 10);
        assert_eq!(hush.may_say("b", start), Some(0), "another kind");
        let later = start + WINDOW;
        assert_eq!(hush.may_say("a", later), Some(15), "what was left unsaid");
        assert_eq!(hush.may_say("a", later), Some(0));
    }
}
