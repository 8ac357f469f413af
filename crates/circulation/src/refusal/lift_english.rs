//! What would lift a refusal, in English.

use jiff::civil::Date;

use super::Refusal;
use crate::codes::BranchCode;
use crate::days;
use crate::facts::Condition;
use crate::language::Language::English;
use crate::rulebook::Rulebook;
use crate::words;

pub(super) fn text(refusal: &Refusal, book: &Rulebook) -> Option<String> {
    let way = match refusal {
        Refusal::CardUnknown | Refusal::CardAmbiguous { .. } => {
            "after the desk has looked for your registration".into()
        }
        Refusal::CardLost => "with a new card from the desk".into(),
        Refusal::CardReplaced => "with your newer card".into(),
        Refusal::CardCancelled => "after registering at the desk".into(),
        Refusal::CardTaken => "with a new card, of another number".into(),
        Refusal::ValueWrong { .. } => "with a value that fits".into(),
        Refusal::ReaderUnknown => "after looking for the reader again".into(),
        Refusal::SameReader => "with the file of another reader".into(),
        Refusal::ReaderAlike { .. } => {
            "with the account that is there, or by saying that it is another person".into()
        }
        Refusal::PinTooSimple => "with another PIN".into(),
        Refusal::AgeOutside { .. } => "in the category of that age".into(),
        Refusal::GuarantorUnfit => "with another reader, of full age".into(),
        Refusal::FileChanged => "after looking at the file as it is now".into(),
        Refusal::AccountInUse { .. } => {
            "once everything is returned, cancelled or collected, and paid".into()
        }
        Refusal::AnswersForOthers { .. } => "once somebody else answers for them".into(),
        Refusal::CardExpired { .. } => "after renewing your card at the desk".into(),
        Refusal::PinWrong => "with the right PIN, or a new one from the desk".into(),
        Refusal::PinTooOften => "in a while, or at the desk".into(),
        Refusal::Suspended { free_on } => format!("from {}", date(*free_on)),
        Refusal::Blocked { .. } => "after settling it at the desk".into(),
        Refusal::RecallBlocked { due, .. } => {
            format!("after returning the item due on {}", date(*due))
        }
        Refusal::GuarantorMissing => "after the desk has noted who is responsible for you".into(),
        Refusal::ItemUnknown | Refusal::ItemAmbiguous { .. } => {
            "after the desk has looked at the item".into()
        }
        Refusal::ItemCondition { condition } => {
            return state(*condition).or_else(|| force(refusal));
        }
        Refusal::AlreadyLentToYou { due } => {
            format!(
                "after returning the copy that you have, due on {}",
                date(*due)
            )
        }
        Refusal::LentToAnother => "with a hold: a copy will be kept for you".into(),
        Refusal::InTransit { to } => format!(
            "once it has arrived at {}; a hold keeps it for you",
            words::branch_name(*to, book)
        ),
        Refusal::NothingToUndo
        | Refusal::NotTemporary
        | Refusal::NothingOwed
        | Refusal::SeenSince { .. } => return None,
        Refusal::RequestTaken => "with another number".into(),
        Refusal::LessOwed { cents } => {
            format!("by paying €{}", words::euros(*cents, English))
        }
        Refusal::NotHeld => "with a new hold".into(),
        Refusal::HoldIsReady { branch } => format!(
            "by collecting it at {}, or with a new hold once this one is cancelled",
            words::branch_name(*branch, book)
        ),
        Refusal::HeldAlready => "once the hold that you have is over".into(),
        Refusal::NotAtMachine { .. } => "at the desk".into(),
        Refusal::OnShelf { .. } => "without a hold: by borrowing the copy on the shelf".into(),
        Refusal::QueueFull { max: 0, .. } => return force(refusal),
        Refusal::QueueFull { max, waiting, .. } => {
            let over = waiting.saturating_sub(*max).saturating_add(1);
            format!(
                "once {} before you {} over",
                words::count(over, "hold", "holds", English),
                if over == 1 { "is" } else { "are" }
            )
        }
        Refusal::PickupClosed { until, .. } => {
            format!("at another branch, or from {}", date(days::next(*until)))
        }
        Refusal::HeldForAnother => "with a hold: your turn will come".into(),
        Refusal::RenewalsUsed { .. }
        | Refusal::OverdueTooLong { .. }
        | Refusal::HeldByWaiting { .. } => "after returning it, as a new loan or a hold".into(),
        Refusal::WouldNotExtend { .. } => "later, nearer to the due date".into(),
        Refusal::Limit { max: 0, .. } => return force(refusal),
        Refusal::Limit {
            max,
            counted,
            holds,
            at,
            ..
        } => {
            let needed = counted.saturating_sub(*max).saturating_add(1);
            let which = match (needed, *counted) {
                (1, 1) => "it".to_owned(),
                (1, _) => "one of them".to_owned(),
                (needed, _) => format!("{needed} of them"),
            };
            let what = if *holds {
                "collecting or cancelling"
            } else {
                "returning"
            };
            format!("after {what} {which}{}", places(at))
        }
        Refusal::AudienceLimit | Refusal::NotLoanable { .. } => return force(refusal),
        Refusal::NotOnLoan
        | Refusal::NothingToServe
        | Refusal::NoPolicy { .. }
        | Refusal::NotHoldable { .. } => return None,
    };
    Some(way)
}

/// " (one at GREN, one at LENS)"
fn places(at: &[(BranchCode, u32)]) -> String {
    let place = |(branch, count): &(BranchCode, u32)| {
        let count = match count {
            1 => "one".to_owned(),
            count => count.to_string(),
        };
        format!("{count} at {branch}")
    };
    match at {
        [] => String::new(),
        at => format!(" ({})", at.iter().map(place).collect::<Vec<_>>().join(", ")),
    }
}

fn state(condition: Condition) -> Option<String> {
    let way = match condition {
        Condition::Damaged => "once it is repaired",
        Condition::InProcess => "once it is prepared; a hold keeps it for you",
        Condition::OnOrder => "once it has come; a hold keeps it for you",
        Condition::Good | Condition::Lost | Condition::Missing | Condition::ClaimedReturned => {
            "after the desk has looked at the item"
        }
        Condition::OnSiteOnly => return None,
        Condition::Withdrawn => "with another copy",
    };
    Some(way.into())
}

fn force(refusal: &Refusal) -> Option<String> {
    let right = refusal.right()?;
    Some(format!("if staff allow it ({})", right.name()))
}

fn date(day: Date) -> String {
    words::full_date(day, English)
}
