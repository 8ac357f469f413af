//! The identity of a request, so that one that comes again after a lost answer is known.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::Keep;

use crate::{
    DeskError,
    attempt::{Trouble, Way},
};

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

    /// A key that no other request has: of one that names nothing it could be known by. It is known again all the
    /// same while its own command tries anew after a commit whose answer was lost.
    pub fn once() -> Result<Self, DeskError> {
        let mut key = [0; 16];
        getrandom::fill(&mut key)
            .map_err(|error| DeskError::Internal(format!("no random number: {error}")))?;
        Ok(Self(key))
    }

    /// The key that a question was given, or else one that no other has.
    pub(crate) fn given_or_once(given: Option<Self>) -> Result<Self, DeskError> {
        given.map_or_else(Self::once, Ok)
    }

    /// How its effect keeps it, from this moment on.
    pub(crate) fn keep(self, at: Timestamp) -> Keep {
        Keep {
            key: self.0,
            until: at.saturating_add(KEPT).unwrap_or(Timestamp::MAX),
        }
    }
}

/// How long an answer is kept: a machine that got none asks again within minutes, or when it is switched on again after
/// a weekend's day.
const KEPT: SignedDuration = SignedDuration::from_hours(48);

/// What the same question was answered with: its event, and the typed answer.
pub(crate) async fn remembered<R: DeserializeOwned>(
    way: &mut Way,
    key: RequestKey,
) -> Result<Option<(i64, R)>, Trouble> {
    let Some(found) = way.session().await?.remembered(key.0).await? else {
        return Ok(None);
    };
    let result = serde_json::from_value(found.result)
        .map_err(|error| DeskError::Internal(format!("an answer that was kept: {error}")))?;
    Ok(Some((found.event, result)))
}

/// How long after a loan the same terminal's same question, with another date in it, is that loan's
/// repetition and not a renewal.
pub(crate) const SAME_LOAN: SignedDuration = SignedDuration::from_mins(5);

/// A scan as people and devices send it: blanks around it are not part of the number. The database takes no NUL: a scan
/// with one is nobody's and nothing's.
pub(crate) fn scanned(text: &str) -> &str {
    match text.contains('\0') {
        true => "",
        false => text.trim(),
    }
}

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The local date of a moment.
pub(crate) fn local_day(at: &jiff::Zoned) -> Date {
    at.date()
}
