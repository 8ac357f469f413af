//! What was played: that everything was tried.

use std::collections::BTreeMap;

use super::{
    command::Command,
    library::{Library, Outcome},
};

/// What is never refused, or only for what no sequence does.
const NEVER_REFUSED: [&str; 6] = ["Block", "Charge", "Days", "Declare", "ReplaceCard", "Turn"];
const REFUSED_AT_TIMES: [&str; 12] = [
    "Cancel",
    "Checkout",
    "Move",
    "Pause",
    "Pay",
    "Place",
    "Renew",
    "Return",
    "Unblock",
    "UndoLoan",
    "UndoReturn",
    "Waive",
];

#[derive(Debug, Default)]
pub(super) struct Played {
    pub(super) commands: u64,
    pub(super) sequences: u64,
    /// By the command's first word.
    done: BTreeMap<String, usize>,
    refused: BTreeMap<String, usize>,
    captured: usize,
    lapsed: usize,
    not_collected: usize,
    /// Returns that suspended, and those of them that were undone.
    late: usize,
    forgiven: usize,
}

impl Played {
    pub(super) fn count(&mut self, command: Command, outcome: Outcome) {
        self.commands += 1;
        let those = match outcome {
            Outcome::Refused => &mut self.refused,
            _ => &mut self.done,
        };
        *those.entry(command.does.name()).or_default() += 1;
        match outcome {
            Outcome::Returned(Some(_)) => self.captured += 1,
            Outcome::Turned(lapsed, not_collected) => {
                self.lapsed += lapsed;
                self.not_collected += not_collected;
            }
            _ => {}
        }
    }

    /// Counts what became of a model that was played to its end.
    pub(super) fn close(&mut self, model: &Library) {
        let suspensions = &model.suspensions;
        self.late += suspensions.len();
        self.forgiven += suspensions.iter().filter(|one| one.lifted).count();
    }

    /// What is always refused, or never, has not been tried.
    pub(super) fn assert_all_was_tried(&self) {
        for name in NEVER_REFUSED.iter().chain(&REFUSED_AT_TIMES) {
            assert!(self.done.contains_key(*name), "{name} was never done");
        }
        for name in REFUSED_AT_TIMES {
            assert!(self.refused.contains_key(name), "{name} was never refused");
        }
        let done: usize = self.done.values().sum();
        assert!(
            done > self.commands as usize / 4,
            "hardly anything was done"
        );
        let happened = [
            self.captured,
            self.lapsed,
            self.not_collected,
            self.late,
            self.forgiven,
        ];
        assert!(!happened.contains(&0), "{happened:?}");
    }
}
