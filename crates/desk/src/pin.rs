//! PINs: checked, remembered for one visit, and guessed at only so often.

use std::{collections::HashMap, fmt, sync::Mutex};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::PatronRow;

use crate::password::verify;

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

/// What one connection remembers: PINs found right (a check costs 20 ms of a core), and how often one was
/// wrong. It ends with the connection.
#[derive(Default)]
pub struct Visit {
    salt: [u8; 16],
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    right: HashMap<(i64, i32), [u8; 32]>,
    wrong: HashMap<i64, (u32, Timestamp)>,
}

/// A visit remembers this many patrons, then begins anew.
const REMEMBERED: usize = 64;
/// After this many wrong PINs for one patron, no more are looked at until [`QUIET`] has passed.
const MOST_WRONG: u32 = 5;
const QUIET: SignedDuration = SignedDuration::from_mins(5);

impl Visit {
    /// A fresh memory with its own salt, so that what it holds is of no use elsewhere.
    pub fn new() -> Self {
        let mut salt = [0; 16];
        // Without randomness there is no memory to protect with it: every PIN is then checked in full.
        let _ = getrandom::fill(&mut salt);
        Self {
            salt,
            memory: Mutex::default(),
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
        {
            let mut memory = self.memory();
            if memory.right.get(&key) == Some(&digest) {
                return PinCheck::Right;
            }
            if let Some((times, since)) = memory.wrong.get(&patron.id).copied() {
                if at.duration_since(since) > QUIET {
                    memory.wrong.remove(&patron.id);
                } else if times >= MOST_WRONG {
                    return PinCheck::TooMany;
                }
            }
        }
        let right = verify(pin.reveal().to_owned(), hash.clone()).await;
        let mut memory = self.memory();
        if right {
            memory.wrong.remove(&patron.id);
            if memory.right.len() >= REMEMBERED {
                memory.right.clear();
            }
            memory.right.insert(key, digest);
            PinCheck::Right
        } else {
            if memory.wrong.len() >= REMEMBERED {
                memory.wrong.clear();
            }
            let entry = memory.wrong.entry(patron.id).or_insert((0, at));
            *entry = (entry.0 + 1, at);
            PinCheck::Wrong
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

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visit(…)")
    }
}
