//! Which values a file takes, whoever writes them.

use circulation::{ContactField, Refusal};
use jiff::{Span, civil::Date};
use store::ReaderData;

/// The longest name.
const NAME: usize = 200;
/// The longest text that staff write down.
const TEXT: usize = 500;
/// The longest number of a card.
const CARD: usize = 40;
/// No card is given for longer.
const YEARS: i64 = 10;

pub(crate) fn email_fits(text: &str) -> bool {
    let whole = text
        .split_once('@')
        .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'));
    text.is_empty()
        || whole && text.len() <= 254 && plain(text) && !text.contains(char::is_whitespace)
}

pub(crate) fn phone_fits(text: &str) -> bool {
    let fits = |char: char| char.is_ascii_digit() || " +.-()".contains(char);
    text.len() <= 40 && text.chars().all(fits)
}

pub(crate) fn address_fits(text: &str) -> bool {
    text.chars().count() <= TEXT && plain(text)
}

/// What staff write for readers or colleagues. It may have lines.
pub(super) fn text_fits(text: &str) -> bool {
    let fits = |char: char| char == '\n' || !char.is_control();
    text.chars().count() <= TEXT && text.chars().all(fits)
}

pub(crate) fn card_fits(number: &str) -> bool {
    !number.is_empty()
        && number.chars().count() <= CARD
        && plain(number)
        && !number.contains(char::is_whitespace)
}

fn plain(text: &str) -> bool {
    text.chars().all(|char| !char.is_control())
}

/// A name has a letter or a digit in it: nobody is found by blanks.
fn name_fits(name: &str) -> bool {
    name.chars().count() <= NAME && plain(name)
}

/// The same without the blanks around each value.
pub(super) fn trimmed(data: &ReaderData) -> ReaderData {
    let trimmed = |text: &str| text.trim().to_owned();
    ReaderData {
        family_name: trimmed(&data.family_name),
        given_name: trimmed(&data.given_name),
        email: trimmed(&data.email),
        phone: trimmed(&data.phone),
        address: trimmed(&data.address),
        note: trimmed(&data.note),
        ..data.clone()
    }
}

/// The values that cannot be, in the order of the form.
pub(super) fn wrong_values(data: &ReaderData, today: Date) -> Vec<Refusal> {
    let latest = today.saturating_add(Span::new().years(YEARS));
    let nameless = !data.family_name.contains(char::is_alphanumeric);
    let wrong = [
        (
            nameless || !name_fits(&data.family_name) || !name_fits(&data.given_name),
            ContactField::Name,
        ),
        (!email_fits(&data.email), ContactField::Email),
        (!phone_fits(&data.phone), ContactField::Phone),
        (!address_fits(&data.address), ContactField::Address),
        (
            data.expires_on.is_some_and(|last| last > latest),
            ContactField::Expiry,
        ),
        (!text_fits(&data.note), ContactField::Note),
    ];
    wrong
        .into_iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(|(_, field)| Refusal::ValueWrong { field })
        .collect()
}

/// The names of the fields in which two files differ.
pub(super) fn fields_changed(before: &ReaderData, after: &ReaderData) -> Vec<&'static str> {
    let fields = [
        (before.family_name != after.family_name, "family_name"),
        (before.given_name != after.given_name, "given_name"),
        (before.born_on != after.born_on, "born_on"),
        (before.category != after.category, "category"),
        (before.home_branch != after.home_branch, "home_branch"),
        (before.guarantor != after.guarantor, "guarantor"),
        (before.email != after.email, "email"),
        (before.phone != after.phone, "phone"),
        (before.address != after.address, "address"),
        (before.language != after.language, "language"),
        (before.expires_on != after.expires_on, "expires_on"),
        (before.note != after.note, "note"),
    ];
    fields
        .into_iter()
        .filter(|(changed, _)| *changed)
        .map(|(_, name)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use circulation::Language;
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = Date::constant(2026, 6, 9);

    fn zoe() -> ReaderData {
        ReaderData {
            family_name: "D'Hont".into(),
            given_name: "Zoé".into(),
            born_on: Some(date(2014, 5, 3)),
            category: "ENF".parse().unwrap(),
            home_branch: "LENS".parse().unwrap(),
            guarantor: None,
            email: "a.b@c.example".into(),
            phone: "+33 (0)3.21-00".into(),
            address: "1 rue, 62300 Lens".into(),
            language: Language::French,
            expires_on: Some(date(2027, 6, 9)),
            note: "Appeler\nle soir".into(),
        }
    }

    fn wrong(change: impl FnOnce(&mut ReaderData)) -> Vec<ContactField> {
        let mut data = zoe();
        change(&mut data);
        let field = |refusal| match refusal {
            Refusal::ValueWrong { field } => field,
            other => panic!("{other:?}"),
        };
        wrong_values(&data, TODAY).into_iter().map(field).collect()
    }

    #[test]
    fn values_that_can_be() {
        assert_eq!(wrong(|_| {}), []);
        assert_eq!(wrong(|data| data.given_name.clear()), []);
        assert_eq!(wrong(|data| data.expires_on = None), []);
        assert_eq!(wrong(|data| data.expires_on = Some(date(2036, 6, 9))), []);
    }

    #[test]
    fn values_that_cannot_be() {
        for name in ["", " ", "%_'", "a\u{0}b", &"é".repeat(201)] {
            let field = wrong(|data| data.family_name = name.into());
            assert_eq!(field, [ContactField::Name], "{name:?}");
        }
        let given = wrong(|data| data.given_name = "a\tb".into());
        assert_eq!(given, [ContactField::Name]);
        let late = wrong(|data| data.expires_on = Some(date(2036, 6, 10)));
        assert_eq!(late, [ContactField::Expiry]);
        for note in ["a\u{0}".to_owned(), "a".repeat(501)] {
            assert_eq!(wrong(|data| data.note = note), [ContactField::Note]);
        }
        let all = wrong(|data| {
            data.email = "x".into();
            data.phone = "x".into();
            data.address = "\u{7}".into();
        });
        assert_eq!(
            all,
            [
                ContactField::Email,
                ContactField::Phone,
                ContactField::Address
            ]
        );
    }

    #[test]
    fn numbers_of_cards() {
        assert!(card_fits("2620000000017") && card_fits("LENS-0012"));
        for bad in ["", "1 2", "1\u{0}", "\u{a0}1", &"1".repeat(41)] {
            assert!(!card_fits(bad), "{bad:?}");
        }
    }

    #[test]
    fn what_changed_is_named() {
        let mut after = zoe();
        assert_eq!(fields_changed(&zoe(), &after), [""; 0]);
        after.given_name = "Zoë".into();
        after.expires_on = None;
        assert_eq!(fields_changed(&zoe(), &after), ["given_name", "expires_on"]);
        let blanks = ReaderData {
            family_name: " D'Hont\n".into(),
            ..zoe()
        };
        assert!(trimmed(&blanks) == zoe());
    }
}
