//! What a reader's file must be: who may have which card, until when, and which PIN will do.

use jiff::{Span, civil::Date};

use super::standing::{age, guarantor_needed, is_minor};
use crate::codes::{BranchCode, CategoryCode};
use crate::refusal::{ContactField, Refusal};
use crate::rulebook::{Category, CategoryKind, Rulebook};

/// Nobody who reads was born before.
const OLDEST: Date = Date::constant(1890, 1, 1);
/// The shortest and the longest PIN that staff give.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// What the rules look at in a file that is to be made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// The category.
    pub category: CategoryCode,
    /// The branch that the reader calls home.
    pub home_branch: BranchCode,
    /// Date of birth, where known.
    pub born_on: Option<Date>,
    /// Who is to answer for the reader, if somebody is named.
    pub guarantor: Option<GuarantorFacts>,
}

/// What the rules look at in who is to answer for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuarantorFacts {
    /// Their category.
    pub category: CategoryCode,
    /// Their date of birth, where known.
    pub born_on: Option<Date>,
}

/// Everything that is wrong with a file on this day; empty if it can stand.
#[must_use]
pub fn file_refusals(book: &Rulebook, on: Date, file: &FileFacts) -> Vec<Refusal> {
    let wrong = |field| Refusal::ValueWrong { field };
    let mut refusals = Vec::new();
    if !book.branches.contains_key(&file.home_branch) {
        refusals.push(wrong(ContactField::HomeBranch));
    }
    let born_on = file.born_on.filter(|born| (OLDEST..=on).contains(born));
    if born_on != file.born_on {
        refusals.push(wrong(ContactField::BirthDate));
    }
    let Some(category) = book.categories.get(&file.category) else {
        refusals.push(wrong(ContactField::Category));
        return refusals;
    };
    if let Some(born) = born_on
        && !is_of_age_for(category, age(born, on))
    {
        refusals.push(Refusal::AgeOutside {
            min: category.min_age,
            max: category.max_age,
        });
    }
    match file.guarantor {
        Some(guarantor) if !can_answer(book, on, guarantor) => {
            refusals.push(Refusal::GuarantorUnfit);
        }
        None if guarantor_needed(book, on, file.category, born_on) => {
            refusals.push(Refusal::GuarantorMissing);
        }
        _ => {}
    }
    refusals
}

fn is_of_age_for(category: &Category, age: i16) -> bool {
    category.min_age.is_none_or(|min| age >= i16::from(min))
        && category.max_age.is_none_or(|max| age <= i16::from(max))
}

/// A person who is no minor; whose birth date is not known is not taken for one.
fn can_answer(book: &Rulebook, on: Date, guarantor: GuarantorFacts) -> bool {
    let category = book.categories.get(&guarantor.category);
    category.is_some_and(|category| category.kind == CategoryKind::Person)
        && !guarantor.born_on.is_some_and(|born| is_minor(born, on))
}

/// The last day of a card of this category that is given or renewed today. What is left of a card that still runs is
/// not lost. A category that nobody knows any more gives a year.
#[must_use]
pub fn card_runs_until(
    book: &Rulebook,
    category: CategoryCode,
    today: Date,
    until_now: Option<Date>,
) -> Date {
    let months = book
        .categories
        .get(&category)
        .map_or(12, |category| category.card_months);
    let from = until_now.map_or(today, |until| until.max(today));
    from.saturating_add(Span::new().months(months))
}

/// Whether a PIN that staff give will do: four to eight digits, no run up or down, not one digit only or one pair again
/// and again, and nothing of the birth date.
#[must_use]
pub fn pin_will_do(pin: &str, born_on: Option<Date>) -> bool {
    let digits: Vec<u8> = pin.bytes().collect();
    if !PIN_DIGITS.contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let steps = |by: i16| {
        digits.windows(2).all(|pair| match pair {
            [one, next] => (i16::from(*next) - i16::from(*one)).rem_euclid(10) == by,
            _ => true,
        })
    };
    if [0, 1, 9].into_iter().any(steps)
        || digits.iter().skip(2).eq(digits.iter().rev().skip(2).rev())
    {
        return false;
    }
    born_on.is_none_or(|born| !is_of_date(pin, born))
}

fn is_of_date(pin: &str, born: Date) -> bool {
    let (day, month, year) = (born.day(), born.month(), born.year());
    let short = year.rem_euclid(100);
    [
        format!("{year:04}"),
        format!("{day:02}{month:02}"),
        format!("{month:02}{day:02}"),
        format!("{day:02}{month:02}{short:02}"),
        format!("{month:02}{day:02}{short:02}"),
        format!("{short:02}{month:02}{day:02}"),
        format!("{day:02}{month:02}{year:04}"),
        format!("{month:02}{day:02}{year:04}"),
        format!("{year:04}{month:02}{day:02}"),
        format!("{month:02}{short:02}"),
        format!("{month:02}{year:04}"),
        format!("{year:04}{month:02}"),
    ]
    .iter()
    .any(|date| date == pin)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::testing::{book, branch, category};

    const TODAY: Date = Date::constant(2026, 6, 9);

    fn file(
        code: &str,
        born_on: Option<Date>,
        guarantor: Option<(&str, Option<Date>)>,
    ) -> FileFacts {
        FileFacts {
            category: category(code),
            home_branch: branch("LENS"),
            born_on,
            guarantor: guarantor.map(|(code, born_on)| GuarantorFacts {
                category: category(code),
                born_on,
            }),
        }
    }

    fn wrong(file: &FileFacts) -> Vec<Refusal> {
        let mut book = book();
        let adult = book.categories.get_mut(&category("ADU")).unwrap();
        adult.min_age = Some(18);
        let child = book.categories.get_mut(&category("ENF")).unwrap();
        child.max_age = Some(11);
        file_refusals(&book, TODAY, file)
    }

    #[test]
    fn a_category_has_its_ages() {
        let outside = |min, max| vec![Refusal::AgeOutside { min, max }];
        let adult = |born| wrong(&file("ADU", Some(born), None));
        assert_eq!(adult(date(2008, 6, 9)), []);
        assert_eq!(adult(date(2008, 6, 10)), outside(Some(18), None));
        assert_eq!(wrong(&file("ADU", None, None)), []);
        let child = |born| wrong(&file("ENF", Some(born), Some(("ADU", None))));
        assert_eq!(child(date(2014, 6, 10)), []);
        assert_eq!(child(date(2014, 6, 9)), outside(None, Some(11)));
    }

    #[test]
    fn somebody_answers_for_whoever_needs_it() {
        let child = Some(date(2016, 1, 1));
        assert_eq!(
            wrong(&file("ENF", child, None)),
            [Refusal::GuarantorMissing]
        );
        assert_eq!(
            wrong(&file("MUS", child, None)),
            [Refusal::GuarantorMissing]
        );
        assert_eq!(wrong(&file("MUS", Some(date(1980, 1, 1)), None)), []);
        assert_eq!(wrong(&file("CLA", None, None)), [Refusal::GuarantorMissing]);
        assert_eq!(wrong(&file("CLA", None, Some(("ADU", None)))), []);
        for unfit in [("MUS", child), ("CLA", None), ("NIX", None)] {
            assert_eq!(
                wrong(&file("ENF", child, Some(unfit))),
                [Refusal::GuarantorUnfit]
            );
        }
    }

    #[test]
    fn what_the_network_does_not_know_is_wrong() {
        let value = |field| vec![Refusal::ValueWrong { field }];
        assert_eq!(
            wrong(&file("NIX", None, None)),
            value(ContactField::Category)
        );
        for born in [date(1889, 12, 31), date(2026, 6, 10)] {
            assert_eq!(
                wrong(&file("MUS", Some(born), None)),
                value(ContactField::BirthDate)
            );
        }
        let nowhere = FileFacts {
            home_branch: branch("NIRGENDS"),
            ..file("ADU", None, None)
        };
        assert_eq!(wrong(&nowhere), value(ContactField::HomeBranch));
    }

    #[test]
    fn a_card_runs_for_its_category_s_months() {
        let runs = |until_now| card_runs_until(&book(), category("ADU"), TODAY, until_now);
        assert_eq!(runs(None), date(2027, 6, 9));
        assert_eq!(runs(Some(date(2025, 1, 1))), date(2027, 6, 9));
        assert_eq!(runs(Some(date(2026, 8, 31))), date(2027, 8, 31));
        let last = card_runs_until(&book(), category("ADU"), Date::MAX, None);
        assert_eq!(last, Date::MAX);
    }

    #[test]
    fn a_pin_is_neither_simple_nor_a_birthday() {
        let born = Some(date(2014, 5, 3));
        for good in ["4711", "0497", "83150264", "2041", "13579"] {
            assert!(pin_will_do(good, born), "{good}");
        }
        for bad in [
            "",
            "123",
            "123456789",
            "12a4",
            "１２３４",
            "4 11",
            "0000",
            "77777777",
            "1234",
            "4321",
            "8901",
            "2109",
            "90123456",
            "1212",
            "474747",
            "2014",
            "0305",
            "0503",
            "030514",
            "050314",
            "140503",
            "03052014",
            "20140503",
            "0514",
            "052014",
            "201405",
        ] {
            assert!(!pin_will_do(bad, born), "{bad}");
        }
        assert!(pin_will_do("2014", None));
    }
}
