//! What an opener asks of its keeper, as the words of a command line: `ps` shows it as it is.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use crate::account::Account;

/// The hidden first argument.
pub(crate) const HIDDEN: &str = "--keep-private-postgres";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    /// The cluster's own folder.
    pub(crate) room: PathBuf,
    /// The user to run as.
    pub(crate) owner: Account,
    /// The folder with `postgres` and `initdb`.
    pub(crate) binaries: PathBuf,
    pub(crate) durable: bool,
    pub(crate) max_connections: u16,
}

/// The keeper comes to life in two steps, so that it is nobody's child: the first has only to
/// leave the caller's session and start the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Detach,
    Keep,
}

const DETACH: &str = "detach";
const KEEP: &str = "keep";
const DURABLE: &str = "durable";
const THROW_AWAY: &str = "throw-away";

impl Task {
    pub(crate) fn to_arguments(&self, step: Step) -> Vec<OsString> {
        let step = match step {
            Step::Detach => DETACH,
            Step::Keep => KEEP,
        };
        vec![
            HIDDEN.into(),
            step.into(),
            self.room.clone().into(),
            self.binaries.clone().into(),
            self.owner.uid.to_string().into(),
            self.owner.gid.to_string().into(),
            if self.durable { DURABLE } else { THROW_AWAY }.into(),
            self.max_connections.to_string().into(),
        ]
    }

    /// The inverse, without the program's name. `None`: these are not for a keeper.
    pub(crate) fn from_arguments(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Option<(Step, Self)> {
        let mut words = arguments.into_iter();
        if words.next()? != HIDDEN {
            return None;
        }
        let step = match words.next()?.to_str()? {
            DETACH => Step::Detach,
            KEEP => Step::Keep,
            _ => return None,
        };
        let room = words.next()?.into();
        let binaries = words.next()?.into();
        let uid = number(&words.next()?)?;
        let gid = number(&words.next()?)?;
        let durable = match words.next()?.to_str()? {
            DURABLE => true,
            THROW_AWAY => false,
            _ => return None,
        };
        let max_connections = words.next()?.to_str()?.parse().ok()?;
        let owner = Account { uid, gid };
        Some((
            step,
            Self {
                room,
                owner,
                binaries,
                durable,
                max_connections,
            },
        ))
    }
}

fn number(word: &OsStr) -> Option<u32> {
    word.to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_arrives() {
        let task = Task {
            room: "/var/lib/relire/postgres".into(),
            owner: Account { uid: 101, gid: 104 },
            binaries: "/usr/lib/postgresql/15/bin".into(),
            durable: true,
            max_connections: 100,
        };
        for step in [Step::Detach, Step::Keep] {
            let words = task.to_arguments(step);
            assert_eq!(Task::from_arguments(words), Some((step, task.clone())));
        }
        let throw_away = Task {
            durable: false,
            ..task
        };
        let words = throw_away.to_arguments(Step::Keep);
        assert_eq!(
            Task::from_arguments(words.clone()),
            Some((Step::Keep, throw_away))
        );
        assert_eq!(Task::from_arguments(words.into_iter().take(5)), None);
        assert_eq!(Task::from_arguments(["serve".into()]), None);
    }
}
