//! A number in a page's address.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use super::Trouble;
use crate::Door;

/// The one number that a page's address names; what is no number is no page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number(pub(crate) i64);

impl FromRequestParts<Arc<Door>> for Number {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<Self, Trouble> {
        let Path(number) = Path::<i64>::from_request_parts(parts, door)
            .await
            .map_err(|_| Trouble::NotFound)?;
        Ok(Self(number))
    }
}
