//! A member of staff at a browser.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::request::Parts,
};
use desk::{Action, Actor, Member, Secret};
use jiff::Zoned;

use super::cookie::shown;
use crate::{Door, Origin, pages::Trouble, tongue::Tongue};

/// A member of staff at a browser, and the moment of their question.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) member: Member,
    pub(crate) secret: Secret,
    pub(crate) origin: Origin,
    pub(crate) at: Zoned,
}

impl Signed {
    pub(crate) fn tongue(&self) -> Tongue {
        Tongue(self.member.language())
    }

    pub(crate) fn actor(&self) -> Actor {
        self.member.actor()
    }

    /// They may, or the page says what it takes.
    pub(crate) fn require(&self, action: Action) -> Result<(), Trouble> {
        Ok(self.member.require(action)?)
    }
}

impl FromRequestParts<Arc<Door>> for Signed {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<Self, Trouble> {
        let origin = parts.extensions.get::<Origin>().copied();
        let origin = origin.ok_or(Trouble::NotFound)?;
        let at = door.desk.now();
        let nobody = || {
            let uri = parts.extensions.get::<OriginalUri>();
            let uri = uri.map_or(&parts.uri, |OriginalUri(uri)| uri);
            let back =
                (parts.method.is_safe()).then(|| uri.path_and_query().map(ToString::to_string));
            Trouble::SignIn(back.flatten())
        };
        let secret = shown(&parts.headers, origin).ok_or_else(nobody)?;
        let member = door.desk.staff_at(&secret, at.timestamp()).await?;
        Ok(Self {
            member: member.ok_or_else(nobody)?,
            secret,
            origin,
            at,
        })
    }
}
