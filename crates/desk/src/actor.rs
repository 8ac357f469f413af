//! Who asks, from where, and with which rights.

use circulation::{BranchCode, Door, Overrides};
use jiff::Zoned;
use store::Stamp;
use store::{StaffUser, Terminal};

/// The machine or person that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A terminal, by its number.
    Terminal(i64),
    /// A member of staff, by their number.
    Staff(i64),
}

/// Who asks, from where, and with which rights.
#[derive(Debug, Clone)]
pub struct Actor {
    who: Who,
    branch: BranchCode,
    door: Door,
    overrides: Overrides,
}

/// An override that the member of staff has no right to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{right} at {branch} is not among the rights of this user, or no reason was given")]
pub struct NotAllowed {
    /// The right that is missing.
    pub right: &'static str,
    /// Where it would be needed.
    pub branch: BranchCode,
}

impl Actor {
    /// A machine that readers use alone.
    pub fn kiosk(terminal: &Terminal) -> Self {
        Self {
            who: Who::Terminal(terminal.id),
            branch: terminal.branch,
            door: Door::SelfCheck,
            overrides: Overrides::none(),
        }
    }

    /// A partner system, at its branch. It may do what its services say, under the rules that hold for everybody.
    pub fn partner(terminal: &Terminal) -> Self {
        Self {
            door: Door::Partner,
            ..Self::kiosk(terminal)
        }
    }

    /// A member of staff at a branch. Overrides are granted here or nowhere: each right must be the user's at
    /// that branch, and the reason must say something.
    pub fn staff(
        user: &StaffUser,
        branch: BranchCode,
        overrides: Overrides,
    ) -> Result<Self, NotAllowed> {
        let explained = overrides
            .reason
            .as_deref()
            .is_some_and(|reason| !reason.trim().is_empty());
        for right in &overrides.rights {
            let held = user
                .rights
                .iter()
                .any(|(action, at)| action == right.name() && at.is_none_or(|at| at == branch));
            if !held || !explained {
                return Err(NotAllowed {
                    right: right.name(),
                    branch,
                });
            }
        }
        Ok(Self {
            who: Who::Staff(user.id),
            branch,
            door: Door::Desk,
            overrides,
        })
    }

    /// A member of staff at a branch, without overrides.
    pub(crate) fn staff_member(id: i64, branch: BranchCode) -> Self {
        Self {
            who: Who::Staff(id),
            branch,
            door: Door::Desk,
            overrides: Overrides::none(),
        }
    }

    /// Where.
    pub fn branch(&self) -> BranchCode {
        self.branch
    }

    /// Through which kind of door.
    pub fn door(&self) -> Door {
        self.door
    }

    /// With which overrides.
    pub fn overrides(&self) -> &Overrides {
        &self.overrides
    }

    pub(crate) fn terminal_id(&self) -> Option<i64> {
        match self.who {
            Who::Terminal(id) => Some(id),
            Who::Staff(_) => None,
        }
    }

    pub(crate) fn staff_id(&self) -> Option<i64> {
        match self.who {
            Who::Staff(id) => Some(id),
            Who::Terminal(_) => None,
        }
    }
}
impl Actor {
    /// Who does something, where and when, as the log keeps it.
    pub(crate) fn stamp(&self, at: &Zoned) -> Stamp {
        Stamp {
            terminal_id: self.terminal_id(),
            staff_id: self.staff_id(),
            branch: self.branch(),
            at: at.timestamp(),
        }
    }
}
