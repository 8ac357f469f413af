//! Staff, managed by those who may: nobody gives what they do not have, and nobody changes who may more than they do.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    sync::Arc,
};

use circulation::BranchCode;
use jiff::{Timestamp, Zoned};
use serde_json::json;
use store::{Audited, Locks, Role, Session, StaffFile, TokenLine};

use super::{Action, Member, MissingRight, Secret, guesses::Buckets};
use crate::{
    Desk, DeskError, Listed, Pin,
    listed::page,
    password::{hash_in_full, verify},
    rules::committed,
};

/// Why somebody's access is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefused {
    /// Nobody has this login.
    #[error("nobody has this login")]
    Nobody,
    /// Somebody has it.
    #[error("somebody has this login")]
    Taken,
    /// A login has 2 to 60 letters, digits, `.`, `_` and `-`.
    #[error("a login has 2 to 60 letters, digits, full stops, low lines and hyphens")]
    BadLogin,
    /// A name is empty, long, or has characters in it that nobody sees.
    #[error("a name has 1 to 120 characters, in one line")]
    BadName,
    /// A branch, role or action is not known.
    #[error("there is no {0}")]
    Unknown(String),
    /// Their own access is changed by somebody else.
    #[error("nobody changes their own access")]
    Oneself,
    /// It takes a right that is not theirs.
    #[error("{action} {} is not yours to give or take", .branch.map_or_else(|| "everywhere".to_owned(), |branch| format!("at {branch}")))]
    NotTheirs {
        /// The action, by its name.
        action: String,
        /// Where.
        branch: Option<BranchCode>,
    },
    /// They may not manage staff there.
    #[error(transparent)]
    Right(#[from] MissingRight),
    /// A program manages nobody.
    #[error("staff are managed by people, not by programs")]
    Program,
    /// The password that was given is not theirs.
    #[error("the password is not the right one")]
    WrongPassword,
    /// Too many wrong ones: until then none is looked at.
    #[error("too many wrong passwords, until {0}")]
    Later(Timestamp),
    /// A password has at least twelve characters and is not the login.
    #[error("a password has 12 to 200 characters")]
    WeakPassword,
}

/// What is to be done about a member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffChange {
    /// Their name, branch, and the language of their pages.
    File {
        /// Their name.
        name: String,
        /// Where they work.
        branch: BranchCode,
        /// What their pages are written in.
        language: circulation::Language,
    },
    /// A role more.
    GiveRole(String, Option<BranchCode>),
    /// A role less.
    TakeRole(String, Option<BranchCode>),
    /// A right more.
    GiveRight(Action, Option<BranchCode>),
    /// A right less.
    TakeRight(Action, Option<BranchCode>),
    /// They may not come in any more: sessions and tokens end at once.
    Disable,
    /// They may come in again.
    Enable,
}

impl StaffChange {
    const fn name(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::GiveRole(..) => "give_role",
            Self::TakeRole(..) => "take_role",
            Self::GiveRight(..) => "give_right",
            Self::TakeRight(..) => "take_right",
            Self::Disable => "disable",
            Self::Enable => "enable",
        }
    }
}

/// Done, or why not.
type Refusable<T> = Result<Result<T, StaffRefused>, DeskError>;

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

fn may(member: &Member, branch: BranchCode) -> Result<(), StaffRefused> {
    match member.token() {
        Some(_) => Err(StaffRefused::Program),
        None => Ok(member.require_at(Action::User, branch)?),
    }
}

/// Everything that somebody may do, this member may too: there, or everywhere.
fn theirs(member: &Member, actions: &[(String, Option<BranchCode>)]) -> Result<(), StaffRefused> {
    for (name, branch) in actions {
        let action = Action::all().find(|action| action.name() == name);
        let held = match (action, branch) {
            (Some(action), Some(branch)) => member.may_at(action, *branch),
            (Some(action), None) => member.may_everywhere(action),
            // What no page opens any more nobody can have.
            (None, _) => true,
        };
        if !held {
            return Err(StaffRefused::NotTheirs {
                action: name.clone(),
                branch: *branch,
            });
        }
    }
    Ok(())
}

fn changed(
    before: &StaffFile,
    change: &StaffChange,
    roles: &[Role],
    at: &Zoned,
) -> Result<StaffFile, StaffRefused> {
    let mut after = before.clone();
    let with = |all: &mut Vec<(String, Option<BranchCode>)>, one: (String, Option<BranchCode>)| {
        if !all.contains(&one) {
            all.push(one);
        }
    };
    match change {
        StaffChange::File {
            name,
            branch,
            language,
        } => {
            name.trim().clone_into(&mut after.name);
            after.branch = *branch;
            after.language = *language;
        }
        StaffChange::GiveRole(role, branch) => {
            if !roles.iter().any(|known| known.name == *role) {
                return Err(StaffRefused::Unknown(role.clone()));
            }
            with(&mut after.roles, (role.clone(), *branch));
        }
        StaffChange::TakeRole(role, branch) => {
            let gone = (role.clone(), *branch);
            after.roles.retain(|held| *held != gone);
        }
        StaffChange::GiveRight(action, branch) => {
            with(&mut after.rights, (action.name().to_owned(), *branch));
        }
        StaffChange::TakeRight(action, branch) => {
            let gone = (action.name().to_owned(), *branch);
            after.rights.retain(|held| *held != gone);
        }
        StaffChange::Disable => {
            after.disabled_at = after.disabled_at.or(Some(at.timestamp()));
        }
        StaffChange::Enable => after.disabled_at = None,
    }
    after.actions = actions(&after, roles);
    Ok(after)
}

/// What roles and rights come to.
fn actions(file: &StaffFile, roles: &[Role]) -> Vec<(String, Option<BranchCode>)> {
    let made_of: BTreeMap<&str, &[String]> = roles
        .iter()
        .map(|role| (role.name.as_str(), role.actions.as_slice()))
        .collect();
    let by_roles = file.roles.iter().flat_map(|(role, branch)| {
        let actions = made_of.get(role.as_str()).copied().unwrap_or_default();
        actions.iter().map(move |action| (action.clone(), *branch))
    });
    let all: BTreeSet<_> = by_roles.chain(file.rights.iter().cloned()).collect();
    all.into_iter().collect()
}

fn fits(file: &StaffFile) -> Result<(), StaffRefused> {
    let name = &file.name;
    let fits = !name.is_empty()
        && name.trim() == name
        && name.chars().count() <= 120
        && !name.chars().any(char::is_control);
    fits.then_some(()).ok_or(StaffRefused::BadName)
}

fn login_fits(login: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    (2..=60).contains(&login.len()) && login.chars().all(plain)
}

async fn noted(
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_plain() {
        for good in ["anne", "a.b-c_2", "LENS-banque"] {
            assert!(login_fits(good), "{good}");
        }
        for bad in ["", "a", "é1", "a b", "a/b", "a\n", &"a".repeat(61)] {
            assert!(!login_fits(bad), "{bad}");
        }
    }

    #[test]
    fn roles_and_rights_come_together() {
        let lens: BranchCode = "LENS".parse().unwrap();
        let roles = [Role {
            name: "loans".into(),
            labels: Default::default(),
            actions: vec!["circulate".into(), "hold".into()],
        }];
        let file = StaffFile {
            id: 1,
            login: "anne".into(),
            name: "Anne".into(),
            branch: lens,
            language: circulation::Language::French,
            disabled_at: None,
            seen_at: None,
            roles: vec![("loans".into(), Some(lens))],
            rights: vec![("hold".into(), Some(lens)), ("money".into(), None)],
            actions: Vec::new(),
        };
        assert_eq!(
            actions(&file, &roles),
            [
                ("circulate".to_owned(), Some(lens)),
                ("hold".to_owned(), Some(lens)),
                ("money".to_owned(), None)
            ]
        );
    }
}
