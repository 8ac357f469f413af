//! Waiting for what a daemon hears of by itself.

use std::time::{Duration, Instant};

/// A change reaches a daemon at once if it was heard, and within five seconds if not.
pub const SOON: Duration = Duration::from_secs(20);

/// Asks until it is so; each question takes a round trip.
///
/// # Panics
/// If it does not come about.
pub async fn until<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(begun.elapsed() < SOON, "it did not come about");
    }
}
