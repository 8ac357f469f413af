//! Browsers' sessions.

use std::{
    net::IpAddr,
    sync::{Arc, LazyLock},
};

use circulation::BranchCode;
use jiff::{SignedDuration, Timestamp};
use store::NewStaffSession;

use super::{
    Member, Secret,
    guesses::{Buckets, OF_ADDRESS, OF_LOGIN, until},
};
use crate::{Desk, DeskError, Pin, hash_password, password::verify};

/// After so long a session ends, whatever is done: a working day and a long evening.
pub const SESSION_HOURS: i64 = 12;
/// A desk that nobody used for so long was left.
const IDLE: SignedDuration = SignedDuration::from_hours(2);

/// What signing in came to. Every failure looks the same from outside and takes as long.
#[derive(Debug)]
pub enum StaffSignIn {
    /// They are in, and this is to be shown with all that they ask.
    In(Secret, Member),
    /// No such login, one that is disabled, or the wrong password.
    Refused,
    /// Too many wrong ones: until then nobody is looked at.
    Later(Timestamp),
}

/// Checked against where the login is unknown, so that the answer takes as long as for a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password("nobody").unwrap_or_default());

impl Desk {
    /// Signs a member of staff in. They begin where they work; a new session, whatever was shown before.
    pub async fn staff_sign_in(
        self: &Arc<Self>,
        login: &str,
        password: &Pin,
        address: IpAddr,
        at: Timestamp,
    ) -> Result<StaffSignIn, DeskError> {
        let buckets = Buckets::of(login, address);
        if let Some(until) = self.staff_waits(buckets, at).await? {
            return Ok(StaffSignIn::Later(until));
        }
        // Counted first: many tries at once are many tries.
        self.store.staff_guessed_wrong(&buckets.both(), at).await?;
        let known = self.store.session().await?.staff_user(login).await?;
        let hash = match &known {
            Some(known) => known.password_hash.clone(),
            None => NOBODY.clone(),
        };
        let right = verify(password.reveal().to_owned(), hash).await;
        let (true, Some(user)) = (right, known) else {
            metrics::counter!("relire_staff_sign_ins_total", "outcome" => "refused").increment(1);
            return Ok(StaffSignIn::Refused);
        };
        self.store
            .staff_guessed_right(buckets.login, buckets.address)
            .await?;
        let secret = Secret::new()?;
        let branch = user.branch;
        let ends_at = at
            .saturating_add(SignedDuration::from_hours(SESSION_HOURS))
            .map_err(|error| DeskError::Internal(format!("the end of a session: {error}")))?;
        let new = NewStaffSession {
            digest: secret.digest(),
            user_id: user.id,
            branch,
            at,
            ends_at,
        };
        self.store.session().await?.open_staff_session(&new).await?;
        metrics::counter!("relire_staff_sign_ins_total", "outcome" => "in").increment(1);
        let member = Member {
            user,
            branch,
            token: None,
        };
        Ok(StaffSignIn::In(secret, member))
    }

    /// Until when nobody is looked at who comes like this.
    pub(super) async fn staff_waits(
        &self,
        buckets: Buckets,
        at: Timestamp,
    ) -> Result<Option<Timestamp>, DeskError> {
        let of = async |bucket, slips| -> Result<Option<Timestamp>, DeskError> {
            let guesses = self.store.staff_guesses(&[bucket]).await?;
            Ok(guesses
                .into_iter()
                .map(|(wrong, last)| until(wrong, slips, last))
                .max())
        };
        let login = of(buckets.login, OF_LOGIN).await?;
        let address = of(buckets.address, OF_ADDRESS).await?;
        Ok(login.max(address).filter(|until| *until > at))
    }

    /// Whose session this is, if it goes on. Two round trips.
    pub async fn staff_at(
        self: &Arc<Self>,
        secret: &Secret,
        at: Timestamp,
    ) -> Result<Option<Member>, DeskError> {
        let idle_since = at.saturating_sub(IDLE).unwrap_or(at);
        let mut session = self.store.session().await?;
        let found = session
            .staff_session(&secret.digest(), at, idle_since)
            .await?;
        Ok(found.map(|found| Member {
            user: found.user,
            branch: found.branch,
            token: None,
        }))
    }

    /// From now on they work there, in this session.
    pub async fn staff_works_at(
        self: &Arc<Self>,
        secret: &Secret,
        branch: BranchCode,
    ) -> Result<(), DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.move_staff_session(&secret.digest(), branch).await?)
    }

    /// Ends a session.
    pub async fn staff_sign_out(self: &Arc<Self>, secret: &Secret) -> Result<(), DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.close_staff_session(&secret.digest()).await?)
    }
}
