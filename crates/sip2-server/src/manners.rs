//! How one terminal is spoken to and what it is told: its settings, typed.
//!
//! They are data: a profile's, with the terminal's own laid over them, both changed while terminals are
//! connected. Every setting is here because some maker's machines or some library's habits need it; where
//! nothing is set, the standard holds.

mod fields;
mod parse;
mod ready_made;
mod template;
#[cfg(test)]
mod tests;
mod words;

pub use fields::{Extra, Hidden};
pub use parse::{SettingError, parsed_setting};
pub use ready_made::ready_made;
pub use template::{FineTemplate, ItemTemplate};
pub use words::{CertificateRule, CharsetName, DueDate, LineEnd, OffLine, Persons, Resend, Spoken};

use std::time::Duration;

use listener::Network;
use serde::{Deserialize, Serialize};

/// The settings of one terminal, or of a profile. What is left out has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manners {
    /// The bytes of its texts. Units read what they are built for, and sums are made of these bytes.
    pub charset: CharsetName,
    /// What ends an answer. Some clients wait for an LF, others loop for ever on one.
    pub line_end: LineEnd,
    /// What a 97 gets. The standard has no AY in a repeated answer; some units compare it with what they missed.
    pub resend: Resend,
    /// It logs in by prompts, as over telnet, from `addresses` alone.
    pub telnet: bool,

    /// Whether it must show a client certificate.
    pub certificate: CertificateRule,
    /// The networks that it may log in from; none: any.
    #[serde(with = "fields::networks")]
    pub addresses: Vec<Network>,

    /// What people are spoken to in whose own language is not known.
    pub language: Spoken,
    /// How AH is written: the standard leaves the form free, and kiosks print it as it comes.
    pub due_date: DueDate,
    /// 98, timeout period: how long it should wait for an answer, in tenths of a second; 999: not known.
    pub timeout: u16,
    /// 98, retries allowed; 999: not known.
    pub retries: u16,
    /// How many seconds it may be silent. Units ask for a 98 every five to seven minutes: less drops them.
    pub idle: u32,
    /// Whether what it says and hears is in the log, with secrets and persons masked: for as long as somebody looks
    /// into its troubles.
    pub transcript: bool,

    /// Whether a second scan of what the patron has renews it, if the 11 allows that.
    pub renew_by_checkout: bool,
    /// What becomes of what it says was done off-line. It has happened, so that it is taken over; `as_now` is for a
    /// unit that is stuck in its off-line mode and would lend past every rule.
    pub off_line: OffLine,
    /// How many days back something done off-line may lie.
    pub off_line_days: u16,

    /// Whether a return is set aside at once for whoever waits; some sites leave that to staff.
    pub capture_holds: bool,
    /// Whether a return of what was not lent is taken (`101`); else a sorter rejects it (`100`).
    pub accept_not_lent: bool,
    /// Whether CV is there even with nothing to say (`CV00`): some sorters stop without it.
    pub always_alert_type: bool,
    /// Whether CT is there even when the item stays: then it names this branch.
    pub always_destination: bool,
    /// Whether the alert flag of a 10 is up for nothing but a CV other than `00`. Else also for what is not taken.
    pub alert_only_with_cv: bool,
    /// Whether CY and DA of a 10 say for whom it is set aside: the slip is printed from them.
    pub name_hold_patron: bool,
    /// Whether BF of a 10 has that patron's telephone number, for sorters that print it.
    pub phone_of_hold_patron: bool,

    /// What a terminal is told of persons.
    pub persons: Persons,
    /// Whether a loan, renewal or hold needs the PIN, typed and right; else it is only looked at where it is there.
    pub loans_need_pin: bool,
    /// Whether BL says `Y` only with the right PIN: for partners that look at BL alone.
    pub valid_patron_needs_pin: bool,
    /// Whether CQ says `Y` where no PIN was sent. Partners then let in whoever has found a card.
    pub valid_pin_without_pin: bool,

    /// AS: `barcode`, `title`, or a text with `{barcode}`, `{title}`, `{due}` (the last day that it waits).
    pub hold_items: ItemTemplate,
    /// Whether AS has what is on its way to its pickup branch too; else that is in CD, since devices show all
    /// of AS as «at the desk».
    pub hold_items_on_their_way: bool,
    /// CD, as AS.
    pub unavailable_hold_items: ItemTemplate,
    /// AT: `barcode`, `title`, or a text with `{barcode}`, `{title}`, `{due}`.
    pub overdue_items: ItemTemplate,
    /// AU, as AT. Some devices ask for each line by a 17 and need barcodes, simple ones show it as it is.
    pub charged_items: ItemTemplate,
    /// BU, as AT.
    pub recall_items: ItemTemplate,
    /// AV: a text with `{id}` (which CG takes), `{amount}`, `{text}`, `{kind}` (the standard's two digits).
    /// Devices take it to pieces by patterns of their own.
    pub fine_items: FineTemplate,

    /// Fields beyond the standard that 24 and 64 have: `BD`, `BE`, `BF` (in 24; 64 has them), `PA`, `PB`, `PC`.
    pub extras: Vec<Extra>,
    /// Fields that its answers do not have; required ones are there and empty.
    pub hidden: Vec<Hidden>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            charset: CharsetName::default(),
            line_end: LineEnd::default(),
            resend: Resend::default(),
            telnet: false,
            certificate: CertificateRule::default(),
            addresses: Vec::new(),
            language: Spoken::default(),
            due_date: DueDate::default(),
            timeout: 600,
            retries: 3,
            idle: 20 * 60,
            transcript: false,
            renew_by_checkout: true,
            off_line: OffLine::default(),
            off_line_days: 14,
            capture_holds: true,
            accept_not_lent: true,
            always_alert_type: false,
            always_destination: false,
            alert_only_with_cv: false,
            name_hold_patron: true,
            phone_of_hold_patron: false,
            persons: Persons::default(),
            loans_need_pin: false,
            valid_patron_needs_pin: false,
            valid_pin_without_pin: false,
            hold_items: ItemTemplate::default(),
            hold_items_on_their_way: false,
            unavailable_hold_items: ItemTemplate::default(),
            overdue_items: ItemTemplate::default(),
            charged_items: ItemTemplate::default(),
            recall_items: ItemTemplate::default(),
            fine_items: FineTemplate::default(),
            extras: Vec::new(),
            hidden: Vec::new(),
        }
    }
}

/// How returns are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Returns {
    pub(crate) accept_not_lent: bool,
    pub(crate) capture_holds: bool,
    pub(crate) name_hold_patron: bool,
    pub(crate) phone_of_hold_patron: bool,
    pub(crate) always_alert_type: bool,
    pub(crate) always_destination: bool,
    pub(crate) alert_only_with_cv: bool,
}

impl Manners {
    /// How long it may be silent.
    pub(crate) fn idle(&self) -> Duration {
        Duration::from_secs(self.idle.into())
    }

    /// How returns are answered. No PIN comes with a return: who names persons only with one names nobody.
    pub(crate) fn returns(&self) -> Returns {
        let names = self.persons == Persons::Always;
        Returns {
            accept_not_lent: self.accept_not_lent,
            capture_holds: self.capture_holds,
            name_hold_patron: self.name_hold_patron && names,
            phone_of_hold_patron: self.phone_of_hold_patron && names,
            always_alert_type: self.always_alert_type,
            always_destination: self.always_destination,
            alert_only_with_cv: self.alert_only_with_cv,
        }
    }
}

#[cfg(test)]
impl Default for Returns {
    fn default() -> Self {
        Manners::default().returns()
    }
}
