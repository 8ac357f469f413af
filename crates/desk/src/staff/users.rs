//! Staff, managed by those who may: nobody gives what they do not have, and nobody changes who may more than they do.

use std::sync::Arc;

use circulation::BranchCode;
use jiff::Zoned;
use serde_json::json;
use store::{Audited, Locks, Role, Session, StaffFile};

use super::{
    Action, Member, Secret,
    access::{StaffChange, StaffRefused, changed, fits, login_fits, may, theirs},
};
use crate::{Desk, DeskError, Listed, listed::page, password::hash_in_full, rules::committed};

/// Done, or why not.
pub(super) type Refusable<T> = Result<Result<T, StaffRefused>, DeskError>;

impl Desk {
    /// A page of staff by login: of the whole network where they may manage staff everywhere, else of their branch.
    pub async fn staff_files(
        self: &Arc<Self>,
        member: &Member,
        after: &str,
        most: u32,
    ) -> Result<Listed<StaffFile, String>, DeskError> {
        let (most, read) = page(most);
        let branch = (!member.may_everywhere(Action::User)).then(|| member.branch());
        let mut session = self.store.session().await?;
        let lines = session.staff_files(branch, after, read).await?;
        Ok(Listed::cut(lines, most, |line| line.login.clone()))
    }

    /// A member of staff whom this one may manage or look at: of a branch where they manage staff.
    pub async fn staff_file(
        self: &Arc<Self>,
        member: &Member,
        login: &str,
    ) -> Refusable<StaffFile> {
        let file = self.store.session().await?.staff_file(login).await?;
        let Some(file) = file else {
            return Ok(Err(StaffRefused::Nobody));
        };
        Ok(member
            .require_at(Action::User, file.branch)
            .map(|()| file)
            .map_err(StaffRefused::from))
    }

    /// The roles that there are.
    pub async fn staff_roles(self: &Arc<Self>) -> Result<Vec<Role>, DeskError> {
        Ok(self.store.session().await?.staff_roles().await?)
    }

    /// Adds a member of staff, who may do nothing yet; their first password, shown this once.
    pub async fn add_staff_file(
        self: &Arc<Self>,
        member: &Member,
        new: &StaffFile,
        at: &Zoned,
    ) -> Refusable<Secret> {
        if let Err(refused) = may(member, new.branch).and_then(|()| fits(new)) {
            return Ok(Err(refused));
        }
        if !login_fits(&new.login) {
            return Ok(Err(StaffRefused::BadLogin));
        }
        if let Err(refused) = self.known(new.branch).await? {
            return Ok(Err(refused));
        }
        let password = Secret::password()?;
        let hash = hash_in_full(password.reveal().to_owned()).await?;
        let mut session = self.store.locked_session(Locks::default()).await?;
        session.lock_staff().await?;
        if session.staff_user(member.login()).await?.is_none() {
            return Ok(Err(StaffRefused::Nobody));
        }
        let added = session.add_staff_file(new, &hash, at.timestamp()).await?;
        if added.is_none() {
            return Ok(Err(StaffRefused::Taken));
        }
        noted(&mut session, member, &new.login, "add", at).await?;
        committed(session).await?;
        Ok(Ok(password))
    }

    /// Changes a member of staff. What is so already is not done again.
    pub async fn change_staff_file(
        self: &Arc<Self>,
        member: &Member,
        login: &str,
        change: &StaffChange,
        at: &Zoned,
    ) -> Refusable<StaffFile> {
        if let StaffChange::File { branch, .. }
        | StaffChange::GiveRole(_, Some(branch))
        | StaffChange::GiveRight(_, Some(branch)) = change
            && let Err(refused) = self.known(*branch).await?
        {
            return Ok(Err(refused));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        let before = match managed(&mut session, member, login).await? {
            Ok(before) => before,
            Err(refused) => return Ok(Err(refused)),
        };
        let roles = session.staff_roles().await?;
        let after = match changed(&before, change, &roles, at) {
            Ok(after) => after,
            Err(refused) => return Ok(Err(refused)),
        };
        if after == before {
            return Ok(Ok(before));
        }
        let checked = may(member, after.branch)
            .and_then(|()| fits(&after))
            .and_then(|()| theirs(member, &after.actions));
        if let Err(refused) = checked {
            return Ok(Err(refused));
        }
        session.write_staff_file(&after).await?;
        if (&after.roles, &after.rights) != (&before.roles, &before.rights) {
            session.write_staff_rights(&after).await?;
        }
        if after.disabled_at.is_some() {
            session.end_staff_sessions(after.id, None).await?;
            session.end_staff_tokens(after.id, at.timestamp()).await?;
        }
        let detail = json!({
            "did": change.name(), "login": login, "roles": after.roles, "rights": after.rights, "branch": after.branch,
        });
        audited(&mut session, member, &detail, at).await?;
        committed(session).await?;
        Ok(Ok(after))
    }

    /// Gives a member of staff a new password, shown this once; their sessions and tokens end.
    pub async fn reset_staff_password(
        self: &Arc<Self>,
        member: &Member,
        login: &str,
        at: &Zoned,
    ) -> Refusable<Secret> {
        let password = Secret::password()?;
        let hash = hash_in_full(password.reveal().to_owned()).await?;
        let mut session = self.store.locked_session(Locks::default()).await?;
        let file = match managed(&mut session, member, login).await? {
            Ok(file) => file,
            Err(refused) => return Ok(Err(refused)),
        };
        session.write_staff_password(file.id, &hash).await?;
        session.end_staff_sessions(file.id, None).await?;
        session.end_staff_tokens(file.id, at.timestamp()).await?;
        noted(&mut session, member, login, "password", at).await?;
        committed(session).await?;
        Ok(Ok(password))
    }

    async fn known(self: &Arc<Self>, branch: BranchCode) -> Refusable<()> {
        let book = self.rulebook_of_now().await?;
        let known = book.branches.contains_key(&branch);
        Ok(known
            .then_some(())
            .ok_or_else(|| StaffRefused::Unknown(branch.to_string())))
    }
}

/// The file of somebody whom this member may change, under the lock; what they themselves may is as of now.
async fn managed(session: &mut Session, member: &Member, login: &str) -> Refusable<StaffFile> {
    session.lock_staff().await?;
    if session.staff_user(member.login()).await?.is_none() {
        return Ok(Err(StaffRefused::Nobody));
    }
    let Some(file) = session.staff_file(login).await? else {
        return Ok(Err(StaffRefused::Nobody));
    };
    let checked = may(member, file.branch).and_then(|()| match file.id == member.id() {
        true => Err(StaffRefused::Oneself),
        false => theirs(member, &file.actions),
    });
    Ok(checked.map(|()| file))
}

pub(super) async fn noted(
    session: &mut Session,
    member: &Member,
    login: &str,
    did: &str,
    at: &Zoned,
) -> Result<(), DeskError> {
    let detail = json!({ "did": did, "login": login });
    audited(session, member, &detail, at).await
}

async fn audited(
    session: &mut Session,
    member: &Member,
    detail: &serde_json::Value,
    at: &Zoned,
) -> Result<(), DeskError> {
    let audited = Audited {
        action: Action::User.name(),
        patron_id: None,
        token_id: member.token(),
        detail,
    };
    Ok(session.audit(&member.actor().stamp(at), &audited).await?)
}
