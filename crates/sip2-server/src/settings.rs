//! What can be set, for all terminals of a door.

use std::time::Duration;

use sip2::frame::Terminator;

/// Bounds and manners of the door. The default serves a branch as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The longest message, in bytes.
    pub max_message: usize,
    /// How long a new connection may say nothing at all.
    pub first_byte: Duration,
    /// How long a connection may be without a log-in.
    pub log_in: Duration,
    /// How long a message may take from its first byte to its last.
    pub message: Duration,
    /// How long a terminal may be silent between messages. Kiosks say 99 every few minutes.
    pub idle: Duration,
    /// How long an answer may take to be made. Beyond it a question is answered by "unavailable";
    /// of a command nobody knows what happened, so that the connection ends, while what was begun
    /// goes on to its end.
    pub answer: Duration,
    /// How long a terminal may take to accept an answer.
    pub write: Duration,
    /// Wrong log-ins in a row after which the connection ends.
    pub wrong_logins: u32,
    /// Times in a row that a message or an answer may be asked for again (96, 97) before the
    /// connection ends.
    pub repetitions: u32,
    /// What ends a message to a terminal that has not logged in: its own line end is not known yet.
    pub line_end: Terminator,
    /// 98, timeout period: how long a terminal should wait for an answer, in tenths of a second.
    pub promised_timeout: u16,
    /// 98, retries allowed.
    pub promised_retries: u16,
    /// Whether a 64 has address, e-mail and phone (BD, BE, BF).
    pub contact_details: bool,
    /// How returns are answered.
    pub returns: Returns,
    /// What "no block" means: the transaction was done while the terminal was off-line.
    pub no_block: NoBlock,
}

/// What is made of a transaction that a terminal says it has done by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBlock {
    /// It has happened, and is taken over with its own date.
    Honour {
        /// So many days back at most.
        back_days: u32,
    },
    /// It is decided as if it happened now, and may be refused: for a terminal that says so by mistake.
    AsNow,
}

/// How returns are answered: sorters of different makers expect different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returns {
    /// Whether an item that was not on loan is taken (`101`); else a sorter rejects it (`100`).
    pub accept_not_lent: bool,
    /// Whether a return is set aside at once for whoever waits for it; else that is left to staff.
    pub capture_holds: bool,
    /// Whether CY and DA say for whom: the slip is printed from them.
    pub name_hold_patron: bool,
    /// Whether CV is there even with nothing to say (`CV00`).
    pub always_alert_type: bool,
    /// Whether CT is there even when the item stays: then it names this branch.
    pub always_destination: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_message: 8 * 1024,
            first_byte: Duration::from_secs(30),
            log_in: Duration::from_secs(60),
            message: Duration::from_secs(30),
            idle: Duration::from_secs(20 * 60),
            answer: Duration::from_secs(20),
            write: Duration::from_secs(10),
            wrong_logins: 3,
            repetitions: 10,
            line_end: Terminator::Cr,
            promised_timeout: 600,
            promised_retries: 3,
            contact_details: true,
            returns: Returns::default(),
            no_block: NoBlock::Honour { back_days: 14 },
        }
    }
}

impl Default for Returns {
    fn default() -> Self {
        Self {
            accept_not_lent: true,
            capture_holds: true,
            name_hold_patron: true,
            always_alert_type: false,
            always_destination: false,
        }
    }
}
