//! A refusal: a rule said no. A value, not an error.

mod code;
mod english;
mod french;
mod lift_english;
mod lift_french;
mod refused;
mod right;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{BranchCode, DocumentCode};
use crate::facts::{BlockKind, Condition};
use crate::language::Language;
use crate::policy::{Over, RuleId, Whom};
use crate::rulebook::Rulebook;

pub use refused::Refused;

/// Why something is not done. The order of the variants is the order in which refusals are told
/// (rules of the network, "How the values are used", 10): card, reader, item, limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No such card.
    CardUnknown,
    /// Several branches have issued this number.
    CardAmbiguous {
        /// Those to choose from.
        branches: Vec<BranchCode>,
    },
    /// The card was reported lost.
    CardLost,
    /// A newer card took its place.
    CardReplaced,
    /// The card was withdrawn.
    CardCancelled,
    /// The number of a new card is that of another one of this branch, whoever has or had it.
    CardTaken,
    /// A value that a reader wants in their file cannot be one.
    ValueWrong {
        /// Of which field.
        field: ContactField,
    },
    /// The number leads to no reader, or to one whose account is closed.
    ReaderUnknown,
    /// Two files are to become one, and are one.
    SameReader,
    /// A reader of the same name and birth date is there already.
    ReaderAlike {
        /// The patron.
        patron: i64,
        /// Their card, for whoever stands at the desk. What is logged names nobody: it is not in JSON.
        #[serde(default, skip_serializing)]
        card: String,
    },
    /// A PIN that staff give is too simple, or no PIN at all.
    PinTooSimple,
    /// The category is not for readers of this age.
    AgeOutside {
        /// The youngest, in whole years.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u8>,
        /// The oldest, in whole years.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u8>,
    },
    /// Who is named to answer for a reader cannot: a minor, a group, nobody, or the reader.
    GuarantorUnfit,
    /// The file is not any more as it was looked at.
    FileChanged,
    /// An account that is to be closed still has something.
    AccountInUse {
        /// Open loans.
        loans: u32,
        /// Active holds.
        holds: u32,
        /// What is owed, in cents.
        cents: i64,
    },
    /// An account that is to be closed is that of somebody who answers for others.
    AnswersForOthers {
        /// For how many.
        readers: u32,
    },
    /// The card has run out.
    CardExpired {
        /// Its last valid day.
        on: Date,
    },
    /// The PIN that was typed is not the card's.
    PinWrong,
    /// Too many wrong PINs at this device: none is looked at for a while. The card is not locked.
    PinTooOften,
    /// The reader is suspended.
    Suspended {
        /// The day on which the reader may borrow again.
        free_on: Date,
    },
    /// The reader is blocked.
    Blocked {
        /// Why.
        kind: BlockKind,
        /// A short message of staff for the reader.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// A loan has reached the recall level that stops borrowing.
    RecallBlocked {
        /// The level that it has reached.
        level: u8,
        /// When that loan was due.
        due: Date,
        /// The rule that sets `borrowing_blocked_from_recall`.
        rule: RuleId,
    },
    /// Nobody answers for the reader.
    GuarantorMissing,
    /// The category may not borrow for this audience.
    AudienceLimit,

    /// No such item.
    ItemUnknown,
    /// Several branches have an item with this barcode.
    ItemAmbiguous {
        /// Those to choose from.
        branches: Vec<BranchCode>,
    },
    /// The item's state forbids it.
    ItemCondition {
        /// The state.
        condition: Condition,
    },
    /// The reader has it already.
    AlreadyLentToYou {
        /// Until when.
        due: Date,
    },
    /// Somebody else has it.
    LentToAnother,
    /// It is expected at a branch.
    InTransit {
        /// Which one.
        to: BranchCode,
    },
    /// It is not on loan.
    NotOnLoan,
    /// There is no such hold to be cancelled or changed.
    NotHeld,
    /// Nothing is owed, or nothing of the fee that was named.
    NothingOwed,
    /// Less is owed than was offered.
    LessOwed {
        /// What is owed, in cents.
        cents: i64,
    },
    /// It is a copy of ours, not one that this partner brought.
    NotTemporary,
    /// The partner used this number for another reader.
    RequestTaken,
    /// Its last movement is not one that this door may take back.
    NothingToUndo,
    /// It was lent or came back after the moment that a machine, off-line then, gives for what it did.
    SeenSince {
        /// The day on which it was seen last.
        on: Date,
    },
    /// The hold is ready: it cannot be moved any more.
    HoldIsReady {
        /// Where the item waits.
        branch: BranchCode,
    },
    /// The reader has an active hold on the title.
    HeldAlready,
    /// No copy of the title is left that could ever serve a hold.
    NothingToServe,
    /// No policy was in force.
    NoPolicy {
        /// On this day.
        on: Date,
    },
    /// A rule says that it is not lent.
    NotLoanable {
        /// Which one.
        rule: RuleId,
    },
    /// A rule says that it is not lent at machines.
    NotAtMachine {
        /// Which one.
        rule: RuleId,
    },
    /// A rule says that it cannot be held.
    NotHoldable {
        /// Which one.
        rule: RuleId,
    },
    /// A copy stands on a shelf, and a rule says that it is to be fetched there.
    OnShelf {
        /// Which one.
        rule: RuleId,
    },
    /// As many holds wait on the title as may.
    QueueFull {
        /// The most there may be.
        max: u32,
        /// How many there are.
        waiting: u32,
        /// The rule that says so.
        rule: RuleId,
    },
    /// Nothing can be collected at the branch for a while.
    PickupClosed {
        /// Which one.
        branch: BranchCode,
        /// The last day of that time.
        until: Date,
    },
    /// It waits for somebody else.
    HeldForAnother,
    /// The loan has been renewed as often as it may be.
    RenewalsUsed {
        /// How often it was.
        used: u16,
        /// How often it may be.
        allowed: u16,
        /// The rule that says so.
        rule: RuleId,
    },
    /// The loan is too late to be renewed.
    OverdueTooLong {
        /// Days late.
        days: u32,
        /// The most days late.
        max: u32,
        /// The rule that says so.
        rule: RuleId,
    },
    /// Somebody waits for it.
    HeldByWaiting {
        /// The rule that then forbids renewals.
        rule: RuleId,
    },
    /// A renewal would not move the due date.
    WouldNotExtend {
        /// The due date.
        due: Date,
    },

    /// A limit is reached.
    Limit {
        /// Which one.
        id: RuleId,
        /// Whose loans or holds were counted.
        of: Whom,
        /// Over which branches.
        over: Over,
        /// The most there may be.
        max: u32,
        /// How many there are.
        counted: u32,
        /// The document types it counts; all if empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        documents: Vec<DocumentCode>,
        /// Whether it counts new items only.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        novelty: bool,
        /// Whether it counts holds, not loans.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        holds: bool,
        /// How many of those counted were lent, or are to be collected, at which branch.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<(BranchCode, u32)>,
    },
}

/// What a reader or staff may change of a file, and can get wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The address.
    Address,
    /// The new PIN.
    Pin,
    /// The family or given name.
    Name,
    /// The date of birth.
    BirthDate,
    /// The category.
    Category,
    /// The branch that the reader calls home.
    HomeBranch,
    /// The number of a card.
    Card,
    /// The last day of a card.
    Expiry,
    /// What staff write down.
    Note,
}

impl Refusal {
    /// The rule or limit that says no, where one does.
    #[must_use]
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::RecallBlocked { rule, .. }
            | Self::NotLoanable { rule }
            | Self::NotAtMachine { rule }
            | Self::NotHoldable { rule }
            | Self::OnShelf { rule }
            | Self::QueueFull { rule, .. }
            | Self::RenewalsUsed { rule, .. }
            | Self::OverdueTooLong { rule, .. }
            | Self::HeldByWaiting { rule } => Some(rule.as_str()),
            Self::Limit { id, .. } => Some(id.as_str()),
            _ => None,
        }
    }

    /// What a reader sees on a screen: what is the matter, by which rule or limit and figure, and
    /// what to do. At most about 120 characters, and a few more where a name or message is long.
    #[must_use]
    pub fn text(&self, language: Language, book: &Rulebook) -> String {
        match language {
            Language::French => french::text(self, book),
            Language::English => english::text(self, book),
        }
    }

    /// What would lift it, in one short line that carries on "that is possible…": what the reader
    /// can do or wait for, else the right of staff that may force it. `None` where nothing does.
    #[must_use]
    pub fn would_lift(&self, language: Language, book: &Rulebook) -> Option<String> {
        match language {
            Language::French => lift_french::text(self, book),
            Language::English => lift_english::text(self, book),
        }
    }

    /// Whether it can have happened all the same, where a machine that was alone had to decide by itself. What is
    /// left out names nobody, nothing or no date that a loan could have.
    #[must_use]
    pub const fn can_have_happened(&self) -> bool {
        !matches!(
            self,
            Self::CardUnknown
                | Self::CardAmbiguous { .. }
                | Self::CardTaken
                | Self::ValueWrong { .. }
                | Self::ReaderUnknown
                | Self::SameReader
                | Self::ReaderAlike { .. }
                | Self::PinTooSimple
                | Self::AgeOutside { .. }
                | Self::GuarantorUnfit
                | Self::FileChanged
                | Self::AccountInUse { .. }
                | Self::AnswersForOthers { .. }
                | Self::ItemUnknown
                | Self::ItemAmbiguous { .. }
                | Self::ItemCondition {
                    condition: Condition::Withdrawn,
                }
                | Self::AlreadyLentToYou { .. }
                | Self::LentToAnother
                | Self::NotTemporary
                | Self::RequestTaken
                | Self::NotOnLoan
                | Self::NoPolicy { .. }
                | Self::SeenSince { .. }
                | Self::WouldNotExtend { .. }
        )
    }
}

#[cfg(test)]
mod tests;
