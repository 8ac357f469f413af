//! Tokens of programs.

use std::sync::Arc;

use jiff::Timestamp;
use store::NewStaffToken;

use super::{Action, Member, MissingRight, Secret};
use crate::{Desk, DeskError};

/// A token to make.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is called in lists.
    pub name: String,
    /// What it may do.
    pub actions: Vec<Action>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A token that was made: its secret is shown this once.
#[derive(Debug)]
pub struct TokenMade {
    /// Its number.
    pub id: i64,
    /// What the program shows.
    pub secret: Secret,
}

impl Desk {
    /// Makes a token in this member's name, for where they work. It may do nothing that they may not.
    pub async fn make_staff_token(
        self: &Arc<Self>,
        member: &Member,
        new: &NewToken,
        at: Timestamp,
    ) -> Result<Result<TokenMade, MissingRight>, DeskError> {
        for action in &new.actions {
            if let Err(missing) = member.require(*action) {
                return Ok(Err(missing));
            }
        }
        let secret = Secret::new()?;
        let actions: Vec<String> = new
            .actions
            .iter()
            .map(|action| action.name().into())
            .collect();
        let mut session = self.store.session().await?;
        let id = session
            .add_staff_token(&NewStaffToken {
                digest: secret.digest(),
                user_id: member.id(),
                name: &new.name,
                branch: member.branch(),
                actions: &actions,
                expires_at: new.expires_at,
                at,
            })
            .await?;
        Ok(Ok(TokenMade { id, secret }))
    }

    /// In whose name a program asks, if its token is good. Two round trips.
    pub async fn staff_program(
        self: &Arc<Self>,
        secret: &Secret,
        at: Timestamp,
    ) -> Result<Option<Member>, DeskError> {
        let mut session = self.store.session().await?;
        let found = session.staff_token(&secret.digest(), at).await?;
        Ok(found.map(|token| Member {
            user: token.user,
            branch: token.branch,
            token: Some((token.id, token.actions)),
        }))
    }

    /// Ends a token of this member; whether there was one.
    pub async fn revoke_staff_token(
        self: &Arc<Self>,
        member: &Member,
        id: i64,
        at: Timestamp,
    ) -> Result<bool, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.revoke_staff_token(id, member.id(), at).await?)
    }
}
