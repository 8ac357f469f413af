//! One's own way in: password, sessions, tokens.

use std::{net::IpAddr, sync::Arc};

use jiff::{Timestamp, Zoned};
use store::{Locks, TokenLine};

use super::{
    Member, Secret,
    access::StaffRefused,
    guesses::Buckets,
    users::{Refusable, noted},
};
use crate::{
    Desk, DeskError, Pin,
    password::{hash_in_full, verify},
    rules::committed,
};

impl Desk {
    /// Changes one's own password, from the old one to the new one; one's other sessions end.
    pub async fn change_own_password(
        self: &Arc<Self>,
        member: &Member,
        secret: &Secret,
        passwords: (&Pin, &Pin),
        address: IpAddr,
        at: &Zoned,
    ) -> Refusable<()> {
        let (old, new) = passwords;
        let length = new.reveal().chars().count();
        if !(12..=200).contains(&length) || new.reveal() == member.login() {
            return Ok(Err(StaffRefused::WeakPassword));
        }
        // An open session is no way to guess at a password.
        let buckets = Buckets::of(member.login(), address);
        if let Some(until) = self.staff_waits(buckets, at.timestamp()).await? {
            return Ok(Err(StaffRefused::Later(until)));
        }
        self.store
            .staff_guessed_wrong(&buckets.both(), at.timestamp())
            .await?;
        let right = verify(old.reveal().to_owned(), member.user.password_hash.clone()).await;
        if !right {
            return Ok(Err(StaffRefused::WrongPassword));
        }
        self.store
            .staff_guessed_right(buckets.login, buckets.address)
            .await?;
        let hash = hash_in_full(new.reveal().to_owned()).await?;
        let mut session = self.store.locked_session(Locks::default()).await?;
        session.lock_staff().await?;
        session.write_staff_password(member.id(), &hash).await?;
        session
            .end_staff_sessions(member.id(), Some(&secret.digest()))
            .await?;
        noted(&mut session, member, member.login(), "own_password", at).await?;
        committed(session).await?;
        Ok(Ok(()))
    }

    /// This member's tokens that are good, and how many sessions of theirs are open.
    pub async fn own_ways_in(
        self: &Arc<Self>,
        member: &Member,
        at: Timestamp,
    ) -> Result<(Vec<TokenLine>, i64), DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.staff_ways_in(member.id(), at).await?)
    }

    /// Ends all sessions of this member but the one that asks.
    pub async fn end_own_sessions(
        self: &Arc<Self>,
        member: &Member,
        secret: &Secret,
    ) -> Result<(), DeskError> {
        let mut session = self.store.session().await?;
        session
            .end_staff_sessions(member.id(), Some(&secret.digest()))
            .await?;
        Ok(())
    }
}
