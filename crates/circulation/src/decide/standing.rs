//! What stands against a reader, whatever the item.

use jiff::civil::Date;

use super::recall::recall_block;
use crate::facts::{CardStatus, ReaderFacts};
use crate::refusal::Refusal;
use crate::rulebook::{Audience, GuarantorNeed, Rulebook};

/// The age at which nobody has to answer for a person any more (*Code civil*, article 414).
const FULL_AGE: i16 = 18;

/// Everything that keeps a reader from borrowing today, whatever the item: the card, then
/// suspension, blocks, recalls and a missing guarantor. Empty if all is well.
#[must_use]
pub fn reader_standing(book: &Rulebook, on: Date, reader: &ReaderFacts) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    match reader.card {
        CardStatus::Active => {}
        CardStatus::Lost => refusals.push(Refusal::CardLost),
        CardStatus::Replaced => refusals.push(Refusal::CardReplaced),
        CardStatus::Cancelled => refusals.push(Refusal::CardCancelled),
    }
    if let Some(last) = reader.expires_on.filter(|last| *last < on) {
        refusals.push(Refusal::CardExpired { on: last });
    }
    if let Some(free_on) = reader.suspended_until.filter(|free_on| on < *free_on) {
        refusals.push(Refusal::Suspended { free_on });
    }
    for block in &reader.blocks {
        refusals.push(Refusal::Blocked {
            kind: block.kind,
            message: block.message.clone(),
        });
    }
    refusals.extend(
        book.policy_on(on)
            .and_then(|policy| recall_block(policy, reader, on)),
    );
    if !reader.has_guarantor && guarantor_needed(book, on, reader.category, reader.born_on) {
        refusals.push(Refusal::GuarantorMissing);
    }
    refusals
}

/// Whether somebody must answer for a reader of this category and age.
pub(super) fn guarantor_needed(
    book: &Rulebook,
    on: Date,
    category: crate::codes::CategoryCode,
    born_on: Option<Date>,
) -> bool {
    match book
        .categories
        .get(&category)
        .map(|category| category.guarantor)
    {
        None | Some(GuarantorNeed::No) => false,
        Some(GuarantorNeed::Yes | GuarantorNeed::Contact) => true,
        Some(GuarantorNeed::IfMinor) => born_on.is_some_and(|born| is_minor(born, on)),
    }
}

pub(super) fn is_minor(born: Date, on: Date) -> bool {
    age(born, on) < FULL_AGE
}

/// In whole years.
pub(super) fn age(born: Date, on: Date) -> i16 {
    let birthday_to_come = (on.month(), on.day()) < (born.month(), born.day());
    on.year() - born.year() - i16::from(birthday_to_come)
}

/// Whether a category may borrow what is meant for this audience. A record that does not say
/// for whom a document is keeps nobody from it.
pub(super) fn audience_allows(
    book: &Rulebook,
    category: crate::codes::CategoryCode,
    audience: Audience,
) -> bool {
    let limit = book
        .categories
        .get(&category)
        .and_then(|category| category.audience_limit);
    audience == Audience::Unknown || limit.is_none_or(|only| only == audience)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Whose;
    use crate::testing::{TODAY, book, book_of, category, open, policy, reader};
    use jiff::civil::date;
    use serde_json::json;

    #[test]
    fn who_must_have_somebody_responsible() {
        let missing = |code, born_on| {
            let reader = ReaderFacts {
                category: category(code),
                born_on,
                ..reader()
            };
            let standing = reader_standing(&book(), TODAY, &reader);
            let with = ReaderFacts {
                has_guarantor: true,
                ..reader
            };
            assert_eq!(reader_standing(&book(), TODAY, &with), []);
            standing == [Refusal::GuarantorMissing]
        };
        assert!(!missing("ADU", None));
        assert!(missing("ENF", None));
        assert!(missing("CLA", None));
        assert!(!missing("MUS", None));
        assert!(missing("MUS", Some(date(2008, 3, 11))));
        assert!(!missing("MUS", Some(date(2008, 3, 10))));
        assert!(!missing("OTHER", None));
        assert!(missing("MUS", Some(Date::MAX)));
        assert!(!missing("MUS", Some(Date::MIN)));
    }

    #[test]
    fn the_loan_that_has_gone_furthest_is_told() {
        let mut reader = reader();
        reader.loans = vec![
            open(Whose::Reader, "LIV", date(2026, 2, 20)),
            open(Whose::Reader, "LIV", date(2026, 1, 20)),
            open(Whose::Household, "LIV", date(2025, 1, 1)),
        ];
        let standing = reader_standing(&book(), TODAY, &reader);
        let (due, rule) = (date(2026, 1, 20), "R0".into());
        assert_eq!(
            standing,
            [Refusal::RecallBlocked {
                level: 3,
                due,
                rule
            }]
        );
    }

    #[test]
    fn level_zero_never_blocks() {
        let book = book_of(policy(
            json!({ "borrowing_blocked_from_recall": 0 }),
            json!([]),
            json!([]),
        ));
        let mut reader = reader();
        reader.loans = vec![open(Whose::Reader, "LIV", date(2025, 12, 20))];
        assert_eq!(reader_standing(&book, TODAY, &reader), []);
    }
}
