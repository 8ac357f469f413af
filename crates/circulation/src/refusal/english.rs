//! Refusals in English: polite, short, with what to do.

use jiff::civil::Date;

use super::{ContactField, Refusal};
use crate::facts::{BlockKind, Condition};
use crate::language::Language::English;
use crate::policy::{Over, Whom};
use crate::rulebook::Rulebook;
use crate::words;

pub(super) fn text(refusal: &Refusal, book: &Rulebook) -> String {
    match refusal {
        Refusal::CardUnknown => "Unknown card. Please ask at the desk.".into(),
        Refusal::CardAmbiguous { branches } => format!(
            "Several branches have given out this card number ({}). Please ask at the desk.",
            words::list(branches)
        ),
        Refusal::CardLost => "This card was reported lost. Please ask at the desk.".into(),
        Refusal::CardReplaced => {
            "This card was replaced. Please use the new one, or ask at the desk.".into()
        }
        Refusal::CardCancelled => {
            "This card is not in use any more. Please ask at the desk.".into()
        }
        Refusal::CardTaken => {
            "This number is that of another card of this library. Please take a new card.".into()
        }
        Refusal::ValueWrong { field } => match field {
            ContactField::Email => "This is no e-mail address: name@domain, without blanks.",
            ContactField::Phone => "This is no telephone number: digits, 40 characters at most.",
            ContactField::Address => "This postal address is too long: 500 characters at most.",
            ContactField::Pin => "This PIN will not do: 4 to 64 characters.",
            ContactField::Name => "This name will not do: 1 to 200 characters for each name.",
            ContactField::BirthDate => "Nobody is born on this day: please look at the date again.",
            ContactField::Category => "The network has no such category of readers.",
            ContactField::HomeBranch => "The network has no such branch.",
            ContactField::Card => "This card number will not do: 40 characters at most, no blanks.",
            ContactField::Expiry => "A card cannot be valid until this day.",
            ContactField::Note => "This text will not do: 500 characters at most.",
        }
        .into(),
        Refusal::ReaderUnknown => "There is no such reader, or the account is closed.".into(),
        Refusal::SameReader => "This is one and the same file already.".into(),
        Refusal::ReaderAlike { card, .. } => format!(
            "A reader of the same name and birth date has {} already. Is it the same person?",
            match card.as_str() {
                "" => "an account".to_owned(),
                card => format!("card {card}"),
            }
        ),
        Refusal::PinTooSimple => {
            "This PIN will not do: 4 to 8 digits, not in a row, not all alike, no birth date."
                .into()
        }
        Refusal::AgeOutside { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("This category is for ages {min} to {max}."),
            (Some(min), None) => format!("This category is for ages {min} and over."),
            (None, Some(max)) => format!("This category is for ages up to {max}."),
            (None, None) => "This category is for readers of another age.".into(),
        },
        Refusal::GuarantorUnfit => {
            "Who answers for a reader must be another reader, of full age.".into()
        }
        Refusal::FileChanged => {
            "This file was changed in the meantime. Please look at it again.".into()
        }
        Refusal::AccountInUse {
            loans,
            holds,
            cents,
        } => format!(
            "The account cannot be closed yet: {}, {}, €{} to pay.",
            words::count(*loans, "loan", "loans", English),
            words::count(*holds, "hold", "holds", English),
            words::euros(*cents, English)
        ),
        Refusal::AnswersForOthers { readers } => format!(
            "This reader answers for {}. Please name somebody else for them first.",
            words::count(*readers, "other reader", "other readers", English)
        ),
        Refusal::CardExpired { on } => format!(
            "Your card was valid until {}. Please renew it at the desk.",
            date(*on)
        ),
        Refusal::PinWrong => "Wrong PIN. Please try again, or ask at the desk.".into(),
        Refusal::PinTooOften => {
            "Too many tries of the PIN. Please wait a while, or ask at the desk.".into()
        }
        Refusal::Suspended { free_on } => format!(
            "Borrowing is suspended after a late return. You may borrow again from {}.",
            date(*free_on)
        ),
        Refusal::Blocked { kind, message } => match message.as_deref().map(str::trim) {
            None | Some("") => block(*kind).into(),
            Some(message) => message.to_owned(),
        },
        Refusal::RecallBlocked { level, due, rule } => format!(
            "An item has been due since {} (recall {level}, rule {rule}). Please return it to \
             borrow.",
            date(*due)
        ),
        Refusal::GuarantorMissing => {
            "Your registration names nobody responsible. Please ask at the desk.".into()
        }
        Refusal::AudienceLimit => {
            "Your card does not cover this item (its audience). Please ask at the desk.".into()
        }
        Refusal::ItemUnknown => "Unknown item. Please hand it in at the desk.".into(),
        Refusal::ItemAmbiguous { branches } => format!(
            "Several branches have this barcode ({}). Please hand the item in at the desk.",
            words::list(branches)
        ),
        Refusal::ItemCondition { condition } => state(*condition).into(),
        Refusal::AlreadyLentToYou { due } => {
            format!("You have this item already, due on {}.", date(*due))
        }
        Refusal::LentToAnother => {
            "This item is still lent to somebody else. Please hand it in at the desk.".into()
        }
        Refusal::InTransit { to } => format!(
            "This item is expected at: {}. Please hand it in at the desk.",
            words::branch_name(*to, book)
        ),
        Refusal::NotOnLoan => "This item is not on loan: there is nothing to renew.".into(),
        Refusal::NotHeld => "There is no such hold any more: nothing to change.".into(),
        Refusal::NothingOwed => "Nothing is owed on this account. Please ask at the desk.".into(),
        Refusal::LessOwed { cents } => format!(
            "Only €{} is owed. Please pay that amount, or ask at the desk.",
            words::euros(*cents, English)
        ),
        Refusal::NotTemporary => {
            "This copy is the network's own: only what this partner brought can be deleted.".into()
        }
        Refusal::RequestTaken => "This request number was used for another reader.".into(),
        Refusal::NothingToUndo => {
            "Nothing to undo for this item at this device. Please hand it in at the desk.".into()
        }
        Refusal::SeenSince { on } => format!(
            "Done off line too long ago: this item was seen since, on {}. Nothing is changed.",
            date(*on)
        ),
        Refusal::HoldIsReady { branch } => format!(
            "This item waits for you already at: {}. It cannot be moved now.",
            words::branch_name(*branch, book)
        ),
        Refusal::HeldAlready => "You have a hold on this title already: your place is kept.".into(),
        Refusal::NothingToServe => {
            "No copy is left that could serve this hold. Please ask at the desk.".into()
        }
        Refusal::NoPolicy { on } => {
            format!(
                "No loan rules are in force on {}. Please ask at the desk.",
                date(*on)
            )
        }
        Refusal::NotLoanable { rule } => format!(
            "This item is not lent on your kind of card (rule {rule}). Please ask at the desk."
        ),
        Refusal::NotAtMachine { rule } => {
            format!("This item is lent at the desk, not at the machine (rule {rule}).")
        }
        Refusal::NotHoldable { rule } => {
            format!("This title cannot be held (rule {rule}). Please ask at the desk.")
        }
        Refusal::OnShelf { rule } => format!(
            "A copy is on the shelf (rule {rule}): please come and take it, without a hold."
        ),
        Refusal::QueueFull { max, waiting, rule } => format!(
            "{} on this title already, at most {max} (rule {rule}). Please try later.",
            words::count(*waiting, "hold", "holds", English)
        ),
        Refusal::PickupClosed { branch, until } => format!(
            "No pickup until {} at: {}. Please choose another branch.",
            date(*until),
            words::branch_name(*branch, book)
        ),
        Refusal::HeldForAnother => {
            "This item is reserved for somebody else. Please hand it in at the desk.".into()
        }
        Refusal::RenewalsUsed {
            allowed: 0, rule, ..
        } => {
            format!("This loan cannot be renewed (rule {rule}). Please return it when due.")
        }
        Refusal::RenewalsUsed {
            used,
            allowed,
            rule,
        } => format!(
            "Renewed {used} times already, at most {allowed} (rule {rule}). Please return it when \
             due."
        ),
        Refusal::OverdueTooLong { days, max, rule } => format!(
            "{} late, at most {max} to renew (rule {rule}). Please return this item.",
            words::count(*days, "day", "days", English)
        ),
        Refusal::HeldByWaiting { rule } => {
            format!("Somebody else waits for this item (rule {rule}). Please return it when due.")
        }
        Refusal::WouldNotExtend { due } => {
            format!(
                "Renewing would change nothing: this item stays due on {}.",
                date(*due)
            )
        }
        Refusal::Limit {
            id,
            of,
            over,
            max,
            counted,
            documents,
            novelty,
            holds,
            ..
        } => {
            let who = match of {
                Whom::Patron => "you have",
                Whom::Household => "your household has",
            };
            if *holds {
                let what = words::count(*counted, "hold", "holds", English);
                let of_what = match (documents.is_empty(), novelty) {
                    (true, false) => String::new(),
                    (true, true) => " on new items".into(),
                    (false, _) => format!(" ({})", words::labels(documents, book)),
                };
                let place = match over {
                    Over::Network | Over::Owner => "",
                    Over::Checkout => " here",
                };
                return format!(
                    "Limit {id}: {who} {what}{of_what}{place} already, at most {max}. Wait for \
                     one to end, or cancel one."
                );
            }
            let what = match (documents.is_empty(), novelty) {
                (true, false) => words::count(*counted, "item", "items", English),
                (true, true) => words::count(*counted, "new item", "new items", English),
                (false, _) => format!("{counted} × {}", words::labels(documents, book)),
            };
            let place = match over {
                Over::Network => "",
                Over::Checkout => " from here",
                Over::Owner => " of this collection",
            };
            format!(
                "Limit {id}: {who} {what}{place} already, at most {max}. Return one to borrow \
                 this."
            )
        }
    }
}

fn date(day: Date) -> String {
    words::full_date(day, English)
}

const fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Staff => "Your account is blocked. Please ask at the desk.",
        BlockKind::Fees => "An amount is still to be paid. Please ask at the desk.",
        BlockKind::LostItems => "A lost item is still to be replaced. Please ask at the desk.",
        BlockKind::Address => "Your address is to be confirmed. Please ask at the desk.",
        BlockKind::Treasury => "A claim is with the treasury. Please ask at the desk.",
    }
}

const fn state(condition: Condition) -> &'static str {
    match condition {
        Condition::Good => "This item is to be checked. Please hand it in at the desk.",
        Condition::Damaged => "This item is to be repaired. Please hand it in at the desk.",
        Condition::OnSiteOnly => "This item is for use in the library and is not lent.",
        Condition::InProcess => "This item is being prepared. Please hand it in at the desk.",
        Condition::OnOrder => "This item is noted as on order. Please hand it in at the desk.",
        Condition::Lost => "This item was noted as lost. Please hand it in at the desk.",
        Condition::Missing => "We were looking for this item. Please hand it in at the desk.",
        Condition::ClaimedReturned => {
            "This item is noted as returned, to be checked. Please hand it in at the desk."
        }
        Condition::Withdrawn => {
            "This item is not in the catalogue any more. Please hand it in at the desk."
        }
    }
}
