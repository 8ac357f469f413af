//! How often one caller may ask.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Questions a second.
const RATE: f64 = 50.0;
/// Questions at once, after a silence.
const BURST: f64 = 200.0;
/// Callers that are known at a time. Whoever is forgotten begins with a full bucket.
const CALLERS: usize = 4_096;

/// Whose bucket: the digest of a secret, or of an address.
pub(crate) type Whose = [u8; 32];

/// A bucket for each caller. What is taken comes back with time.
#[derive(Debug, Default)]
pub(crate) struct Buckets(Mutex<HashMap<Whose, Bucket>>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    seen: Instant,
}

impl Bucket {
    fn at(self, now: Instant) -> f64 {
        let since = now.saturating_duration_since(self.seen);
        BURST.min(self.left + since.as_secs_f64() * RATE)
    }
}

impl Buckets {
    /// Takes one, or says how long there is none.
    pub(crate) fn take(&self, whose: Whose, now: Instant) -> Result<(), Duration> {
        // A map of numbers is whole after every step.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CALLERS && !known.contains_key(&whose) {
            known.retain(|_, bucket| bucket.at(now) < BURST);
            if known.len() >= CALLERS {
                known.clear();
            }
        }
        let left = known.get(&whose).map_or(BURST, |bucket| bucket.at(now));
        if left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - left) / RATE));
        }
        let (left, seen) = (left - 1.0, now);
        known.insert(whose, Bucket { left, seen });
        Ok(())
    }

    /// Whether this caller has taken any.
    pub(crate) fn knows(&self, whose: &Whose) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains_key(whose)
    }

    /// Whether there is one to take.
    pub(crate) fn has(&self, whose: &Whose, now: Instant) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(whose).is_none_or(|bucket| bucket.at(now) >= 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_at_once_then_fifty_a_second() {
        let buckets = Buckets::default();
        let start = Instant::now();
        for _ in 0..200 {
            assert!(buckets.take([1; 32], start).is_ok());
        }
        let wait = buckets.take([1; 32], start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(20));
        assert!(!buckets.has(&[1; 32], start));
        // Somebody else is not kept waiting.
        assert!(buckets.take([2; 32], start).is_ok());
        let later = start + Duration::from_secs(1);
        for _ in 0..50 {
            assert!(buckets.take([1; 32], later).is_ok());
        }
        assert!(buckets.take([1; 32], later).is_err());
    }

    #[test]
    fn no_more_callers_are_known_than_there_is_room_for() {
        let buckets = Buckets::default();
        let start = Instant::now();
        for number in 0..10_000_u32 {
            let mut whose = [0; 32];
            whose[..4].copy_from_slice(&number.to_be_bytes());
            assert!(buckets.take(whose, start).is_ok());
        }
        assert!(buckets.0.lock().unwrap().len() <= CALLERS);
    }
}
