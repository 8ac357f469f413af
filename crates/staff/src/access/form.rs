//! Forms that change something.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use serde::de::DeserializeOwned;

use super::Signed;
use crate::{Door, pages::Trouble};

/// A form of a page that was made for this very session, and who sends it.
#[derive(Debug)]
pub(crate) struct Form<T> {
    pub(crate) signed: Signed,
    pub(crate) sent: T,
}

#[derive(serde::Deserialize)]
struct Keyed {
    #[serde(default)]
    form_key: String,
}

impl<T: DeserializeOwned> FromRequest<Arc<Door>> for Form<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, door: &Arc<Door>) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let signed = Signed::from_request_parts(&mut parts, door).await?;
        let body = Bytes::from_request(Request::from_parts(parts, body), door)
            .await
            .map_err(|error| Trouble::Unreadable(error.body_text()))?;
        let unreadable =
            |error: serde_urlencoded::de::Error| Trouble::Unreadable(error.to_string());
        let keyed: Keyed = serde_urlencoded::from_bytes(&body).map_err(unreadable)?;
        if !same(&keyed.form_key, &signed.secret.form_key()) {
            return Err(Trouble::OldForm);
        }
        // No field of ours has one, and the database takes none.
        if body.windows(3).any(|bytes| bytes == b"%00") || body.contains(&0) {
            return Err(Trouble::Unreadable("there is a NUL".into()));
        }
        let sent = serde_urlencoded::from_bytes(&body).map_err(unreadable)?;
        Ok(Self { signed, sent })
    }
}

/// In a time that does not tell where they differ.
pub(crate) fn same(shown: &str, made: &str) -> bool {
    let differing = shown
        .bytes()
        .zip(made.bytes())
        .fold(0, |all, (a, b)| all | (a ^ b));
    shown.len() == made.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_is_the_same() {
        assert!(same("abc", "abc"));
        for other in ["", "ab", "abd", "abcd", "ABC"] {
            assert!(!same(other, "abc"), "{other}");
        }
    }
}
