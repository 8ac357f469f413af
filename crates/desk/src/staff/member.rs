//! A member of staff who is in, and what they may do there.

use circulation::{BranchCode, Language, Overrides};
use store::StaffUser;

use super::Action;
use crate::{Actor, NotAllowed};

/// A member of staff at work: a person at a browser, or a program in their name.
#[derive(Debug, Clone)]
pub struct Member {
    pub(super) user: StaffUser,
    pub(super) branch: BranchCode,
    /// A program's token, with all that it may do.
    pub(super) token: Option<(i64, Vec<String>)>,
}

/// Something that this member of staff may not do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} at {branch} is not among the rights of this user", action.name())]
pub struct MissingRight {
    /// What it takes.
    pub action: Action,
    /// Where.
    pub branch: BranchCode,
}

impl Member {
    /// Their number.
    pub fn id(&self) -> i64 {
        self.user.id
    }

    /// What they sign in with.
    pub fn login(&self) -> &str {
        &self.user.login
    }

    /// Their name, as colleagues see it.
    pub fn name(&self) -> &str {
        &self.user.name
    }

    /// What their pages are written in.
    pub fn language(&self) -> Language {
        self.user.language
    }

    /// Where they work at the moment: what they do happens there.
    pub fn branch(&self) -> BranchCode {
        self.branch
    }

    /// The number of the token that they show; none at a browser.
    pub fn token(&self) -> Option<i64> {
        self.token.as_ref().map(|(id, _)| *id)
    }

    /// Whether they may do this at a branch.
    pub fn may_at(&self, action: Action, branch: BranchCode) -> bool {
        let name = action.name();
        let granted = |(held, at): &(String, Option<BranchCode>)| {
            held == name && at.is_none_or(|at| at == branch)
        };
        // A token is good where it was made for, wherever else its user may.
        let passed_on = |(_, actions): &(i64, Vec<String>)| {
            branch == self.branch && actions.iter().any(|held| held == name)
        };
        self.user.rights.iter().any(granted) && self.token.as_ref().is_none_or(passed_on)
    }

    /// Whether they may do this at every branch, those that are yet to come too: what concerns the network as a whole
    /// takes that. A program may not, whoever made its token: it works at one branch.
    pub fn may_everywhere(&self, action: Action) -> bool {
        let granted =
            |(held, at): &(String, Option<BranchCode>)| held == action.name() && at.is_none();
        self.token.is_none() && self.user.rights.iter().any(granted)
    }

    /// Whether they may do this where they work.
    pub fn may(&self, action: Action) -> bool {
        self.may_at(action, self.branch)
    }

    /// They may, or what they would need.
    pub fn require(&self, action: Action) -> Result<(), MissingRight> {
        self.require_at(action, self.branch)
    }

    /// They may there, or what they would need.
    pub fn require_at(&self, action: Action, branch: BranchCode) -> Result<(), MissingRight> {
        match self.may_at(action, branch) {
            true => Ok(()),
            false => Err(MissingRight { action, branch }),
        }
    }

    /// Who asks the desk, without any override.
    pub fn actor(&self) -> Actor {
        Actor::staff_member(self.user.id, self.branch)
    }

    /// Who asks the desk, with overrides: each must be theirs where they work, and the reason must say something.
    pub fn overriding(&self, overrides: Overrides) -> Result<Actor, NotAllowed> {
        for right in &overrides.rights {
            self.require(Action::Override(*right))
                .map_err(|missing| NotAllowed {
                    right: right.name(),
                    branch: missing.branch,
                })?;
        }
        Actor::staff(&self.user, self.branch, overrides)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use circulation::Right;

    use super::*;

    fn code(text: &str) -> BranchCode {
        text.parse().unwrap()
    }

    fn member(rights: &[(&str, Option<&str>)], token: Option<&[&str]>) -> Member {
        let of = |(action, at): &(&str, Option<&str>)| ((*action).to_owned(), at.map(code));
        Member {
            user: StaffUser {
                id: 1,
                login: "anne".into(),
                password_hash: String::new(),
                name: "Anne".into(),
                branch: code("LENS"),
                language: Language::French,
                rights: rights.iter().map(of).collect(),
            },
            branch: code("LENS"),
            token: token.map(|actions| (7, actions.iter().map(ToString::to_string).collect())),
        }
    }

    #[test]
    fn a_right_is_good_where_it_was_given() {
        let here = member(&[("circulate", Some("LENS"))], None);
        assert!(here.may(Action::Circulate));
        assert!(!here.may_at(Action::Circulate, code("VIMY")));
        assert!(!here.may(Action::Hold));
        let everywhere = member(&[("circulate", None)], None);
        assert!(everywhere.may_at(Action::Circulate, code("VIMY")));
        assert!(everywhere.may_everywhere(Action::Circulate));
        assert!(!here.may_everywhere(Action::Circulate));
        let missing = here.require_at(Action::Money, code("VIMY")).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "money at VIMY is not among the rights of this user"
        );
    }

    #[test]
    fn a_program_may_what_its_token_says_and_its_user_may() {
        let program = member(
            &[("circulate", None), ("hold", None)],
            Some(&["circulate", "money"]),
        );
        assert!(program.may(Action::Circulate));
        assert!(!program.may(Action::Hold));
        assert!(!program.may(Action::Money));
        assert!(!program.may_at(Action::Circulate, code("VIMY")));
        assert!(!program.may_everywhere(Action::Circulate));
    }

    #[test]
    fn an_override_is_theirs_through_their_token_or_not_at_all() {
        let asked = || Overrides {
            rights: BTreeSet::from([Right::Limit]),
            reason: Some("a class of 30".into()),
            happened: false,
        };
        let rights = [("override.limit", Some("LENS"))];
        assert!(member(&rights, None).overriding(asked()).is_ok());
        assert!(
            member(&rights, Some(&["circulate"]))
                .overriding(asked())
                .is_err()
        );
        assert!(
            member(&[("override.limit", Some("VIMY"))], None)
                .overriding(asked())
                .is_err()
        );
        let unexplained = Overrides {
            reason: None,
            ..asked()
        };
        assert!(member(&rights, None).overriding(unexplained).is_err());
    }
}
