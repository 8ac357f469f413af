//! What comes with every question: the door it came through, and the rights of who asks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Who stands at the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// A machine that readers use alone. `self_check` is asked here and nowhere else.
    SelfCheck,
    /// Staff at a desk.
    Desk,
    /// Another system (NCIP).
    Partner,
}

/// A right to go over one kind of refusal. Each is given to people on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Limits: `override.limit`.
    Limit,
    /// What stands against the reader: `override.block`.
    Block,
    /// The state and place of the item: `override.item`.
    Item,
    /// What a rule forbids: `override.rule`.
    Rule,
}

impl Right {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Limit, Self::Block, Self::Item, Self::Rule];

    /// Its name in roles and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Limit => "override.limit",
            Self::Block => "override.block",
            Self::Item => "override.item",
            Self::Rule => "override.rule",
        }
    }
}

/// The rights that are used for this one question, and why.
///
/// Without a reason nothing is lifted: an override is always explained in the log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overrides {
    /// The rights in use.
    pub rights: BTreeSet<Right>,
    /// Why, in the words of who overrides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// It has happened: a machine that was alone decided by itself. Whatever can have happened is lifted, and told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub happened: bool,
}

impl Overrides {
    /// Nothing is overridden.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            rights: BTreeSet::new(),
            reason: None,
            happened: false,
        }
    }

    /// What is asked has happened already, without anybody to ask.
    #[must_use]
    pub const fn happened() -> Self {
        Self {
            rights: BTreeSet::new(),
            reason: None,
            happened: true,
        }
    }

    /// These rights, for this reason.
    pub fn new(rights: impl IntoIterator<Item = Right>, reason: impl Into<String>) -> Self {
        Self {
            rights: rights.into_iter().collect(),
            reason: Some(reason.into()),
            happened: false,
        }
    }

    /// Whether this refusal is lifted: its right is held and a reason is given; or it has happened all the same.
    #[must_use]
    pub fn lift(&self, refusal: &Refusal) -> bool {
        if self.happened {
            return refusal.can_have_happened();
        }
        let explained = self
            .reason
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty());
        explained
            && refusal
                .right()
                .is_some_and(|right| self.rights.contains(&right))
    }
}
