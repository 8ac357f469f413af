//! What a browser or program shows to be let in.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{DeskError, request::hex};

/// 256 random bits, written as 64 hexadecimal digits. It cannot be printed by accident, and is kept nowhere: the
/// database has its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A fresh one.
    pub(super) fn new() -> Result<Self, DeskError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| DeskError::Internal(format!("no random number: {error}")))?;
        Ok(Self(hex(&bytes)))
    }

    /// A fresh password: twenty letters and digits, none of which is taken for another one on paper.
    pub(crate) fn password() -> Result<Self, DeskError> {
        const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
        let mut bytes = [0_u8; 20];
        getrandom::fill(&mut bytes)
            .map_err(|error| DeskError::Internal(format!("no random number: {error}")))?;
        let letters = bytes
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        Ok(Self(letters.collect()))
    }

    /// What somebody shows; nothing where it can be none of ours.
    pub fn shown(text: &str) -> Option<Self> {
        let ours = text.len() == 64
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        ours.then(|| Self(text.to_owned()))
    }

    /// For the cookie, or for whoever made the token: once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database knows it by.
    pub(super) fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// What the forms of this session's pages carry: only a page of ours knows it, since it is made of the secret, and
    /// nobody learns the secret from it.
    pub fn form_key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"form ");
        hash.update(self.0.as_bytes());
        hex(&hash.finalize())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_as_it_was_made_and_never_printed() {
        let made = Secret::new().unwrap();
        assert_eq!(Secret::shown(made.reveal()), Some(made.clone()));
        assert!(!format!("{made:?}").contains(made.reveal()));
        assert_ne!(made.form_key(), made.reveal());
        assert_ne!(made, Secret::new().unwrap());
        for wrong in ["", "abc", &"A".repeat(64), &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(Secret::shown(wrong), None, "{wrong}");
        }
    }
}
