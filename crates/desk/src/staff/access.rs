//! What may be changed of a member of staff, by whom.

use std::collections::{BTreeMap, BTreeSet};

use circulation::BranchCode;
use jiff::{Timestamp, Zoned};
use store::{Role, StaffFile};

use super::{Action, Member, MissingRight};

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
    pub(super) const fn name(&self) -> &'static str {
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

pub(super) fn may(member: &Member, branch: BranchCode) -> Result<(), StaffRefused> {
    match member.token() {
        Some(_) => Err(StaffRefused::Program),
        None => Ok(member.require_at(Action::User, branch)?),
    }
}

/// Everything that somebody may do, this member may too: there, or everywhere.
pub(super) fn theirs(
    member: &Member,
    actions: &[(String, Option<BranchCode>)],
) -> Result<(), StaffRefused> {
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

pub(super) fn changed(
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

pub(super) fn fits(file: &StaffFile) -> Result<(), StaffRefused> {
    let name = &file.name;
    let fits = !name.is_empty()
        && name.trim() == name
        && name.chars().count() <= 120
        && !name.chars().any(char::is_control);
    fits.then_some(()).ok_or(StaffRefused::BadName)
}

pub(super) fn login_fits(login: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    (2..=60).contains(&login.len()) && login.chars().all(plain)
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
