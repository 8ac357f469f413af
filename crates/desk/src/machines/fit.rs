//! Whether a machine can be as is asked.

use circulation::BranchCode;
use store::{Profile, TerminalSettings};

use super::{MachineKind, MachineKinds, TOKEN};
use crate::{Member, MissingRight};

/// Why a machine is not added or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MachineRefused {
    /// No login: 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit.
    #[error("{0:?} is no login: letters, digits, dots and dashes, 64 at most")]
    BadLogin(String),
    /// The login is another one's, in use or not.
    #[error("the login {0:?} is taken: choose another")]
    Taken(String),
    /// There is no such branch.
    #[error("there is no branch {0}")]
    NoBranch(BranchCode),
    /// There is no such profile.
    #[error("there is no profile {0:?}")]
    NoProfile(String),
    /// A terminal is to become a partner, or a partner a terminal.
    #[error("{0:?} is a profile of the other kind: a terminal is one thing, a partner another")]
    OtherKind(String),
    /// Nobody can ask this.
    #[error("{0:?} is nothing that can be asked there")]
    BadMessage(String),
    /// The settings will not do.
    #[error("the settings will not do: {0}")]
    Settings(String),
    /// Somebody changed it since it was seen.
    #[error("it was changed in the meantime")]
    Changed,
    /// None is in use under this login.
    #[error("no machine {0:?} is in use")]
    Unknown(String),
    /// They may not.
    #[error(transparent)]
    Right(#[from] MissingRight),
}

/// The door that these settings are of, if the member looks after such machines there and it can work with them.
pub(super) fn of_one_kind<'k>(
    member: &Member,
    kinds: &'k MachineKinds,
    branch: BranchCode,
    profile: &Profile,
    own: &TerminalSettings,
) -> Result<&'k MachineKind, MachineRefused> {
    let (action, kind) = kinds.of(&profile.settings, own);
    member.require_at(action, branch)?;
    if own.contains_key(TOKEN) {
        let made = "a token is made, and not set".to_owned();
        return Err(MachineRefused::Settings(made));
    }
    (kind.check)(&profile.settings, own).map_err(MachineRefused::Settings)?;
    Ok(kind)
}

pub(super) fn messages(
    kind: &MachineKind,
    profile: &Profile,
    wanted: Vec<String>,
) -> Result<Vec<String>, MachineRefused> {
    let all = (kind.messages)();
    if let Some(none) = wanted.iter().find(|code| !all.contains(&code.as_str())) {
        return Err(MachineRefused::BadMessage(none.clone()));
    }
    let suggested = || profile.messages.clone();
    let everything = || all.iter().map(|code| (*code).to_owned()).collect();
    Ok(match wanted.is_empty() {
        false => wanted,
        true => suggested().unwrap_or_else(everything),
    })
}

pub(super) fn named(login: &str) -> Result<(), MachineRefused> {
    let begins = login.starts_with(|c: char| c.is_ascii_alphanumeric());
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    // What is called new is where one is made.
    match begins && login != "new" && login.len() <= 64 && login.chars().all(fits) {
        true => Ok(()),
        false => Err(MachineRefused::BadLogin(login.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_a_plain_word() {
        for good in ["lens-automate-1", "A.b_C", "9", &"x".repeat(64)] {
            assert_eq!(named(good), Ok(()), "{good}");
        }
        for wrong in ["", "new", "-a", "a b", "é", "a/b", "a\n", &"x".repeat(65)] {
            assert!(named(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn who_says_nothing_may_what_the_profile_suggests_or_everything() {
        let kind = MachineKind {
            messages: || vec!["11", "09"],
            check: |_, _| Ok(()),
            serves: |_, _| Ok(()),
        };
        let profile = |messages: Option<&[&str]>| Profile {
            name: "self-check".into(),
            settings: TerminalSettings::new(),
            messages: messages.map(|all| all.iter().map(|code| (*code).to_owned()).collect()),
            note: String::new(),
        };
        let given = |suggested, wanted: &[&str]| {
            let wanted = wanted.iter().map(|code| (*code).to_owned()).collect();
            messages(&kind, &profile(suggested), wanted).ok()
        };
        assert_eq!(given(None, &[]), Some(vec!["11".into(), "09".into()]));
        assert_eq!(given(Some(&["09"]), &[]), Some(vec!["09".into()]));
        assert_eq!(given(Some(&["09"]), &["11"]), Some(vec!["11".into()]));
        assert_eq!(given(None, &["00"]), None);
    }
}
