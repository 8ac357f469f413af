//! Which right lifts a refusal.

use super::Refusal;
use crate::{Condition, Right};

impl Refusal {
    /// The right that lifts it; `None` if nothing does.
    ///
    /// A lost, replaced or cancelled card is never good, whoever stands at the desk; an item that
    /// is lent must first be returned; a withdrawn one must first be taken back into the stock;
    /// what cannot be held would keep its hold waiting in vain; and where a machine may not lend,
    /// the desk may.
    #[must_use]
    pub const fn right(&self) -> Option<Right> {
        match self {
            Self::CardExpired { .. }
            | Self::Suspended { .. }
            | Self::Blocked { .. }
            | Self::RecallBlocked { .. }
            | Self::GuarantorMissing => Some(Right::Block),
            Self::ItemCondition {
                condition: Condition::Withdrawn,
            } => None,
            Self::ItemCondition { .. } | Self::InTransit { .. } | Self::HeldForAnother => {
                Some(Right::Item)
            }
            Self::AudienceLimit
            | Self::AgeOutside { .. }
            | Self::NotLoanable { .. }
            | Self::OnShelf { .. }
            | Self::QueueFull { .. }
            | Self::PickupClosed { .. }
            | Self::RenewalsUsed { .. }
            | Self::OverdueTooLong { .. }
            | Self::HeldByWaiting { .. } => Some(Right::Rule),
            Self::Limit { .. } => Some(Right::Limit),
            Self::CardUnknown
            | Self::CardAmbiguous { .. }
            | Self::CardLost
            | Self::CardReplaced
            | Self::CardCancelled
            | Self::CardTaken
            | Self::ValueWrong { .. }
            | Self::ReaderUnknown
            | Self::SameReader
            | Self::ReaderAlike { .. }
            | Self::PinTooSimple
            | Self::GuarantorUnfit
            | Self::FileChanged
            | Self::AccountInUse { .. }
            | Self::AnswersForOthers { .. }
            | Self::PinWrong
            | Self::PinTooOften
            | Self::ItemUnknown
            | Self::ItemAmbiguous { .. }
            | Self::AlreadyLentToYou { .. }
            | Self::LentToAnother
            | Self::NotOnLoan
            | Self::NotHeld
            | Self::NothingOwed
            | Self::LessOwed { .. }
            | Self::NotTemporary
            | Self::RequestTaken
            | Self::NothingToUndo
            | Self::SeenSince { .. }
            | Self::HoldIsReady { .. }
            | Self::HeldAlready
            | Self::NothingToServe
            | Self::NoPolicy { .. }
            | Self::NotAtMachine { .. }
            | Self::NotHoldable { .. }
            | Self::WouldNotExtend { .. } => None,
        }
    }
}
