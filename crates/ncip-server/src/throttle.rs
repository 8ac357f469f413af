//! How often a partner's password is looked at.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So many wrong ones …
const WRONG: u32 = 10;
/// … within this are enough: then none is looked at until it is over. Who is at work has shown the right one before and
/// is known by that.
const WITHIN: Duration = Duration::from_secs(60);

/// Counts wrong passwords of one partner.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<Option<(Instant, u32)>>);

impl Throttle {
    pub(crate) fn may_try(&self) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *counted {
            Some((since, _)) if since.elapsed() >= WITHIN => {
                *counted = None;
                true
            }
            Some((_, wrong)) => wrong < WRONG,
            None => true,
        }
    }

    pub(crate) fn was_wrong(&self) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, wrong) = counted.unwrap_or((Instant::now(), 0));
        *counted = Some((since, wrong + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_wrong_ones_none_is_looked_at() {
        let throttle = Throttle::default();
        for _ in 0..WRONG {
            assert!(throttle.may_try());
            throttle.was_wrong();
        }
        assert!(!throttle.may_try());
    }
}
