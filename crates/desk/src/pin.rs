//! PINs: checked, remembered for one visit, and guessed at only so often.

use std::{collections::HashMap, fmt, sync::Mutex};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{PatronRow, Store};

use crate::password::{hash_in_full, is_cheap, verify};

/// A PIN or password as typed. It cannot be printed.
#[derive(Clone)]
pub struct Pin(String);

impl Pin {
    /// Takes what was typed; nothing where nothing was.
    pub fn typed(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }
}

impl Pin {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// What a PIN turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinCheck {
    /// None was typed.
    NotGiven,
    /// It is the patron's.
    Right,
    /// It is not, or the patron has none.
    Wrong,
    /// Too many wrong ones at this terminal: not looked at, right or not. The card itself is not locked.
    TooMany,
}

/// What one connection remembers: PINs found right (a check costs 20 ms of a core). It ends with the connection.
/// How often one was wrong at this terminal outlives it, since who guesses would only connect anew.
#[derive(Default)]
pub struct Visit {
    salt: [u8; 16],
    memory: Mutex<Memory>,
    guard: Option<(Store, i64)>,
}

#[derive(Default)]
struct Memory {
    right: HashMap<(i64, i32), [u8; 32]>,
    wrong: HashMap<i64, (u32, Timestamp)>,
}

/// A visit remembers this many patrons, then begins anew.
const REMEMBERED: usize = 64;
/// After this many wrong PINs for one patron, no more are looked at until [`QUIET`] has passed; after each further one
/// the time doubles, up to [`LONGEST`].
const MOST_WRONG: u32 = 5;
const QUIET: SignedDuration = SignedDuration::from_mins(5);
/// Wrong PINs are forgotten after so long, too.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(24);

impl Visit {
    /// A fresh memory with its own salt, so that what it holds is of no use elsewhere.
    pub fn new() -> Self {
        let mut salt = [0; 16];
        // Without randomness there is no memory to protect with it: every PIN is then checked in full.
        let _ = getrandom::fill(&mut salt);
        Self {
            salt,
            memory: Mutex::default(),
            guard: None,
        }
    }

    /// A memory for a connection of this terminal: wrong PINs are remembered beyond it.
    pub(crate) fn at(store: Store, terminal: i64) -> Self {
        Self {
            guard: Some((store, terminal)),
            ..Self::new()
        }
    }

    /// Forgets every PIN: the reader has left (SIP2 35).
    pub fn forget(&self) {
        self.memory().right.clear();
    }

    pub(crate) async fn check(
        &self,
        pin: Option<&Pin>,
        patron: &PatronRow,
        at: Timestamp,
    ) -> PinCheck {
        let Some(pin) = pin else {
            return PinCheck::NotGiven;
        };
        let Some(hash) = &patron.pin_hash else {
            return PinCheck::Wrong;
        };
        let key = (patron.id, patron.credential_version);
        let digest = self.digest(pin);
        if self.memory().right.get(&key) == Some(&digest) {
            return PinCheck::Right;
        }
        let wrong = self.wrong(patron.id).await;
        if wrong.is_some_and(|(times, last)| at.duration_since(last) < pause(times)) {
            return PinCheck::TooMany;
        }
        let right = verify(pin.reveal().to_owned(), hash.clone()).await;
        if !right {
            self.was_wrong(patron.id, at).await;
            return PinCheck::Wrong;
        }
        if wrong.is_some() {
            self.was_right(patron.id).await;
        }
        if is_cheap(hash) {
            self.hash_in_full(pin, patron.id, hash).await;
        }
        let mut memory = self.memory();
        if memory.right.len() >= REMEMBERED {
            memory.right.clear();
        }
        memory.right.insert(key, digest);
        PinCheck::Right
    }

    async fn wrong(&self, patron: i64) -> Option<(u32, Timestamp)> {
        let here = self.memory().wrong.get(&patron).copied();
        let Some((store, terminal)) = &self.guard else {
            return here;
        };
        // Without the database this connection's own memory has to do.
        store.pin_guesses(*terminal, patron).await.unwrap_or(here)
    }

    async fn was_wrong(&self, patron: i64, at: Timestamp) {
        {
            let mut memory = self.memory();
            if memory.wrong.len() >= REMEMBERED {
                memory.wrong.clear();
            }
            let entry = memory.wrong.entry(patron).or_insert((0, at));
            *entry = (entry.0 + 1, at);
        }
        metrics::counter!("relire_wrong_pins_total").increment(1);
        if let Some((store, terminal)) = &self.guard
            && let Err(error) = store.guessed_wrong(*terminal, patron, at).await
        {
            tracing::warn!(%error, "a wrong PIN is remembered on its connection only");
        }
    }

    async fn was_right(&self, patron: i64) {
        self.memory().wrong.remove(&patron);
        if let Some((store, terminal)) = &self.guard
            && let Err(error) = store.guessed_right(*terminal, patron).await
        {
            tracing::debug!(%error, "wrong PINs before a right one are not forgotten yet");
        }
    }

    /// A PIN that came from a former system was hashed at a lower cost; now that it is known, it is hashed as any other.
    /// The PIN is the same, so that nothing else ends by it. Whoever changed it in the meantime has the last word.
    async fn hash_in_full(&self, pin: &Pin, patron: i64, old: &str) {
        let Some((store, _)) = &self.guard else {
            return;
        };
        let done = match hash_in_full(pin.reveal().to_owned()).await {
            Ok(new) => store
                .rehash_pin(patron, old, &new)
                .await
                .map_err(Into::into),
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            tracing::debug!(%error, "a PIN keeps its imported hash until it is next typed");
        }
    }

    fn digest(&self, pin: &Pin) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.salt);
        hash.update(pin.reveal().as_bytes());
        hash.finalize().into()
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        // A panic while the lock was held leaves at worst a PIN to be checked again.
        self.memory
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// How long no PIN is looked at after so many wrong ones.
fn pause(times: u32) -> SignedDuration {
    match times.checked_sub(MOST_WRONG) {
        None => SignedDuration::ZERO,
        Some(more) => QUIET
            .checked_mul(1 << more.min(16))
            .map_or(LONGEST, |pause| pause.min(LONGEST)),
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visit(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_gets_slower_and_slips_do_not() {
        let minutes = |times| pause(times).as_mins();
        assert_eq!([1, 4].map(minutes), [0, 0]);
        assert_eq!([5, 6, 7, 8].map(minutes), [5, 10, 20, 40]);
        assert_eq!([14, 40, u32::MAX].map(minutes), [24 * 60; 3]);
    }
}
