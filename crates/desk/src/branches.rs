//! Branches of the network: looked up, changed, added.

use std::sync::Arc;

use circulation::BranchCode;
use jiff::Zoned;
use serde_json::json;
use store::{Audited, BranchFile, Locks};

use crate::{Action, Desk, DeskError, Member, MissingRight, rules::committed};

/// A branch to be written.
#[derive(Debug, Clone)]
pub struct BranchAsk {
    /// As it was seen; none: it is new.
    pub before: Option<BranchFile>,
    /// As it is to be.
    pub after: BranchFile,
    /// Look whether it could be done, and do nothing.
    pub dry: bool,
    /// When.
    pub at: Zoned,
}

/// Why a branch is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BranchRefused {
    /// A code has two to eight capital letters and digits.
    #[error("{0} is no code for a branch: two to eight capital letters and digits")]
    BadCode(BranchCode),
    /// There is one of this code.
    #[error("there is a branch {0} already")]
    Taken(BranchCode),
    /// There is none of this code.
    #[error("there is no branch {0}")]
    Unknown(BranchCode),
    /// This field is too long, has characters in it that nobody sees, or is empty and must not be.
    #[error("the branch's {0} will not do")]
    BadField(&'static str),
    /// Somebody changed it since it was seen.
    #[error("this branch was changed in the meantime")]
    Changed,
    /// They may not.
    #[error(transparent)]
    Right(#[from] MissingRight),
    /// The network's branches are changed by who may do so everywhere.
    #[error("this takes the right to change branches everywhere")]
    Network,
}

impl Desk {
    /// All branches, by name. One round trip.
    pub async fn branch_files(self: &Arc<Self>) -> Result<Vec<BranchFile>, DeskError> {
        Ok(self.store.session().await?.branch_files().await?)
    }

    /// A branch. One round trip.
    pub async fn branch_file(
        self: &Arc<Self>,
        code: BranchCode,
    ) -> Result<Option<BranchFile>, DeskError> {
        let mut all = self.branch_files().await?.into_iter();
        Ok(all.find(|branch| branch.code == code))
    }

    /// Changes or adds a branch. Who may at one branch changes that one; adding takes the right everywhere. What is so
    /// already is not written again.
    pub async fn write_branch(
        self: &Arc<Self>,
        member: &Member,
        ask: &BranchAsk,
    ) -> Result<Result<(), BranchRefused>, DeskError> {
        if let Err(refused) = may(member, ask).and_then(|()| fits(&ask.after)) {
            return Ok(Err(refused));
        }
        let after = &ask.after;
        let mut session = self.store.locked_session(Locks::default()).await?;
        session.lock_branches().await?;
        let all = session.branch_files().await?;
        let held = all.into_iter().find(|branch| branch.code == after.code);
        if held.as_ref() == Some(after) {
            return Ok(Ok(()));
        }
        match (&held, &ask.before) {
            (Some(_), None) => return Ok(Err(BranchRefused::Taken(after.code))),
            (None, Some(_)) => return Ok(Err(BranchRefused::Unknown(after.code))),
            (held, before) if held != before => return Ok(Err(BranchRefused::Changed)),
            _ => {}
        }
        if ask.dry {
            return Ok(Ok(()));
        }
        session.write_branch(after, member.id()).await?;
        let audited = Audited {
            action: Action::Branch.name(),
            patron_id: None,
            token_id: member.token(),
            detail: &json!({ "branch": after.code, "was": held, "is": after }),
        };
        session
            .audit(&member.actor().stamp(&ask.at), &audited)
            .await?;
        committed(session).await?;
        Ok(Ok(()))
    }
}

fn may(member: &Member, ask: &BranchAsk) -> Result<(), BranchRefused> {
    match ask.before {
        Some(_) => Ok(member.require_at(Action::Branch, ask.after.code)?),
        None if member.may_everywhere(Action::Branch) => Ok(()),
        None => Err(BranchRefused::Network),
    }
}

fn fits(branch: &BranchFile) -> Result<(), BranchRefused> {
    let code = branch.code.as_str();
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    if code.len() < 2 || !code.chars().all(plain) {
        return Err(BranchRefused::BadCode(branch.code));
    }
    for (field, text, most, empty) in [
        ("name", &branch.name, 120, false),
        ("commune", &branch.commune, 80, false),
        ("phone", &branch.phone, 30, true),
        ("phone2", &branch.phone2, 30, true),
        ("street", &branch.street, 120, true),
        ("postcode", &branch.postcode, 12, true),
        ("town", &branch.town, 80, true),
        ("note", &branch.note, 500, true),
    ] {
        let fits = (empty || !text.is_empty())
            && text.trim() == text
            && text.chars().count() <= most
            && !text.chars().any(char::is_control);
        if !fits {
            return Err(BranchRefused::BadField(field));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lens() -> BranchFile {
        BranchFile {
            code: "LENS".parse().unwrap(),
            name: "Médiathèque Robert-Cousin".into(),
            commune: "Lens".into(),
            phone: String::new(),
            phone2: String::new(),
            street: String::new(),
            postcode: "62300".into(),
            town: "Lens".into(),
            note: String::new(),
        }
    }

    fn with(change: impl FnOnce(&mut BranchFile)) -> Result<(), BranchRefused> {
        let mut branch = lens();
        change(&mut branch);
        fits(&branch)
    }

    #[test]
    fn a_branch_has_a_code_a_name_and_a_commune() {
        assert_eq!(with(|_| {}), Ok(()));
        assert_eq!(
            with(|branch| branch.name.clear()),
            Err(BranchRefused::BadField("name"))
        );
        assert_eq!(
            with(|branch| branch.commune = " Lens".into()),
            Err(BranchRefused::BadField("commune"))
        );
        assert_eq!(
            with(|branch| branch.note = "a".repeat(501)),
            Err(BranchRefused::BadField("note"))
        );
        assert_eq!(
            with(|branch| branch.phone = "03\0".into()),
            Err(BranchRefused::BadField("phone"))
        );
        // Rules may name what no branch is called.
        for code in ["A", "A-B", "A_B"] {
            let code = code.parse().unwrap();
            assert_eq!(
                with(|branch| branch.code = code),
                Err(BranchRefused::BadCode(code))
            );
        }
    }
}
