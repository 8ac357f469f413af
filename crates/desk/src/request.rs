//! The identity of a request, so that one that comes again after a lost answer is known.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Sixteen bytes that stand for (terminal, code, card, barcode, flags, transaction date). A hash, so
/// that the loan which keeps it while it is open holds no number in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestKey(pub(crate) [u8; 16]);

impl RequestKey {
    /// The key of a request. `parts` are its identifying fields in their fixed order, as they were sent.
    ///
    /// ```
    /// use relire_desk::RequestKey;
    /// let once = RequestKey::new(7, &["11", "2620000000017", "3620000000019", "N", "20261122    153030"]);
    /// let again = RequestKey::new(7, &["11", "2620000000017", "3620000000019", "N", "20261122    153030"]);
    /// let other = RequestKey::new(7, &["11", "262000000001", "73620000000019", "N", "20261122    153030"]);
    /// assert_eq!(once, again);
    /// assert_ne!(once, other);
    /// ```
    pub fn new(terminal: i64, parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(terminal.to_be_bytes());
        for part in parts {
            // The length before each part keeps «ab|c» and «a|bc» apart.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut key = [0; 16];
        for (slot, byte) in key.iter_mut().zip(digest) {
            *slot = byte;
        }
        Self(key)
    }
}

/// How long after a loan the same terminal's same question, with another date in it, is that loan's
/// repetition and not a renewal.
pub(crate) const SAME_LOAN: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// A scan as people and devices send it: blanks around it are not part of the number.
pub(crate) fn scanned(text: &str) -> &str {
    text.trim()
}

/// The local date of a moment.
pub(crate) fn local_day(at: &jiff::Zoned) -> Date {
    at.date()
}
