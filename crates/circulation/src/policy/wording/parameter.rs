//! What a parameter is called, and its values.

use std::borrow::Cow;

use super::super::{Parameter, ParameterGroup, ParameterValue};
use crate::language::Language;
use crate::words;

/// What kind of value a parameter takes, as forms ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// So many days.
    Days,
    /// So many times, or so many of something.
    Count,
    /// Cents.
    Cents,
    /// Days of several levels, rising.
    Levels,
    /// A fixed day, or none.
    Day,
    /// One of a few words.
    Word(&'static [&'static str]),
}

impl ParameterGroup {
    /// What it is called.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        let (fr, en) = match self {
            Self::Loan => ("Prêt", "Loan"),
            Self::Renewal => ("Prolongation", "Renewal"),
            Self::Late => ("Retard", "Lateness"),
            Self::Hold => ("Réservation", "Holds"),
            Self::Novelty => ("Nouveautés", "New documents"),
            Self::Return => ("Retour", "Return"),
        };
        pick(language, fr, en)
    }
}

const fn pick(language: Language, fr: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::French => fr,
        Language::English => en,
    }
}

impl Parameter {
    /// What it is called.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        let (fr, en) = match self {
            Self::Loanable => ("Peut être emprunté", "May be borrowed"),
            Self::SelfCheck => ("Prêt à l’automate", "Borrowed at a machine"),
            Self::CheckedByStaff => (
                "Vérifié par le personnel au retour",
                "Looked over by staff when it comes back",
            ),
            Self::LoanDays => ("Durée du prêt", "Length of a loan"),
            Self::LoanUntil => ("À rendre à une date fixe", "Due on a fixed day"),
            Self::DueOnClosedDay => (
                "Date de retour un jour de fermeture",
                "Due date on a closed day",
            ),
            Self::Renewals => ("Nombre de prolongations", "Number of renewals"),
            Self::RenewDays => ("Durée d’une prolongation", "Length of a renewal"),
            Self::RenewFrom => ("La prolongation compte", "A renewal counts"),
            Self::RenewWhenHeld => ("Prolongeable s’il est réservé", "May be renewed while held"),
            Self::RenewOverdueMaxDays => (
                "Prolongeable avec un retard jusqu’à",
                "May be renewed when late by up to",
            ),
            Self::AutoRenew => ("Prolongation automatique", "Renewed without asking"),
            Self::GraceDays => ("Retard sans conséquence", "Lateness without consequence"),
            Self::SuspensionDaysPerDayLate => (
                "Suspension par jour de retard",
                "Suspension for each day late",
            ),
            Self::SuspensionMaxDays => ("Suspension la plus longue", "Longest suspension"),
            Self::FineCentsPerDay => ("Amende par jour de retard", "Fine for each day late"),
            Self::RecallDays => ("Lettres de rappel", "Recalls"),
            Self::PredueNoticeDays => {
                ("Avis avant la date de retour", "Notice before the due date")
            }
            Self::TreasuryAfterDays => ("Transmis au Trésor public", "Handed to the treasury"),
            Self::BorrowingBlockedFromRecall => (
                "Plus de prêt à partir du rappel",
                "No more loans from recall",
            ),
            Self::NoveltyLoanDays => (
                "Durée du prêt d’une nouveauté, au plus",
                "Length of a loan while new, at most",
            ),
            Self::NoveltyRenewals => (
                "Prolongations d’une nouveauté, au plus",
                "Renewals while new, at most",
            ),
            Self::Holdable => ("Peut être réservé", "May be held"),
            Self::HoldOnShelf => (
                "Réservable quand il est en rayon",
                "May be held while on the shelf",
            ),
            Self::HoldQueueMax => ("Réservations en attente, au plus", "Holds waiting, at most"),
            Self::HoldExpiresDays => (
                "Réservation non servie annulée",
                "A hold that is not served ends",
            ),
            Self::NoveltyDays => ("Reste une nouveauté", "Counts as new"),
            Self::NoveltyLeavesBranch => (
                "Nouveauté envoyée ailleurs sur réservation",
                "Sent elsewhere for a hold while new",
            ),
            Self::ReturnsTo => ("Après le retour", "After its return"),
            Self::HoldShelfOpenDays => ("Réservation gardée à l’accueil", "Kept on the hold shelf"),
        };
        pick(language, fr, en)
    }

    /// What kind of value it takes.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Loanable
            | Self::SelfCheck
            | Self::CheckedByStaff
            | Self::RenewWhenHeld
            | Self::AutoRenew
            | Self::Holdable
            | Self::HoldOnShelf
            | Self::NoveltyLeavesBranch => Kind::Flag,
            Self::LoanDays
            | Self::RenewDays
            | Self::RenewOverdueMaxDays
            | Self::GraceDays
            | Self::SuspensionDaysPerDayLate
            | Self::SuspensionMaxDays
            | Self::PredueNoticeDays
            | Self::TreasuryAfterDays
            | Self::NoveltyLoanDays
            | Self::HoldExpiresDays
            | Self::NoveltyDays
            | Self::HoldShelfOpenDays => Kind::Days,
            Self::Renewals
            | Self::NoveltyRenewals
            | Self::HoldQueueMax
            | Self::BorrowingBlockedFromRecall => Kind::Count,
            Self::FineCentsPerDay => Kind::Cents,
            Self::RecallDays => Kind::Levels,
            Self::LoanUntil => Kind::Day,
            Self::DueOnClosedDay => Kind::Word(&["next_open", "keep"]),
            Self::RenewFrom => Kind::Word(&["due_date", "today"]),
            Self::ReturnsTo => Kind::Word(&["owner", "float_group", "stay"]),
        }
    }

    /// One of its words, said.
    #[must_use]
    pub fn word(self, word: &str, language: Language) -> Option<&'static str> {
        let (fr, en) = match (self, word) {
            (Self::DueOnClosedDay, "next_open") => (
                "reportée à l’ouverture suivante",
                "moved to the next open day",
            ),
            (Self::DueOnClosedDay, "keep") => ("maintenue", "kept"),
            (Self::RenewFrom, "due_date") => ("à partir de la date de retour", "from the due date"),
            (Self::RenewFrom, "today") => (
                "à partir du jour de la demande",
                "from the day it is asked for",
            ),
            (Self::ReturnsTo, "owner") => ("rejoint sa bibliothèque", "goes home to its branch"),
            (Self::ReturnsTo, "float_group") => (
                "reste dans le groupe de bibliothèques",
                "stays within the group of branches",
            ),
            (Self::ReturnsTo, "stay") => ("reste où il est rendu", "stays where it was returned"),
            (Self::LoanUntil, "") => ("aucune", "none"),
            _ => return None,
        };
        Some(pick(language, fr, en))
    }

    /// A value of it, said: "28 jours", "aucune", "0,20 €".
    #[must_use]
    pub fn said(self, value: &ParameterValue, language: Language) -> String {
        let say = |fr, en| pick(language, fr, en);
        let days =
            |number| words::count(number, say("jour", "day"), say("jours", "days"), language);
        match value {
            ParameterValue::Flag(true) => say("oui", "yes").into(),
            ParameterValue::Flag(false) => say("non", "no").into(),
            ParameterValue::Day(day) => words::full_date(*day, language),
            ParameterValue::Word(word) => self
                .word(word, language)
                .map_or_else(|| word.to_string(), str::to_owned),
            ParameterValue::Days(levels) if levels.as_slice().is_empty() => {
                say("aucune", "none").into()
            }
            ParameterValue::Days(levels) => {
                let levels: Vec<_> = levels.as_slice().iter().map(ToString::to_string).collect();
                let after = say("après", "after");
                format!(
                    "{after} {} {}",
                    and(&levels, language),
                    say("jours", "days")
                )
            }
            ParameterValue::Number(number) => match (self, *number) {
                (Self::BorrowingBlockedFromRecall, 0) => say("jamais", "never").into(),
                (Self::BorrowingBlockedFromRecall, level) => {
                    format!("{} {level}", say("n°", "no."))
                }
                (
                    Self::FineCentsPerDay
                    | Self::SuspensionDaysPerDayLate
                    | Self::Renewals
                    | Self::NoveltyRenewals,
                    0,
                ) => say("aucune", "none").into(),
                (Self::FineCentsPerDay, cents) => {
                    format!("{} €", words::euros(cents.into(), language))
                }
                (Self::HoldShelfOpenDays, number) => {
                    let (one, many) = match language {
                        Language::French => ("jour d’ouverture", "jours d’ouverture"),
                        Language::English => ("open day", "open days"),
                    };
                    words::count(number, one, many, language)
                }
                (Self::TreasuryAfterDays | Self::HoldExpiresDays, number) => {
                    format!("{} {}", say("après", "after"), days(number))
                }
                (_, number) if self.kind() == Kind::Days => days(number),
                (_, number) => number.to_string(),
            },
        }
    }

    /// The same, as short as a cell of a table: "28 j".
    #[must_use]
    pub fn said_shortly(self, value: &ParameterValue, language: Language) -> String {
        let day = pick(language, "j", "d");
        match value {
            ParameterValue::Number(number) if self.kind() == Kind::Days => {
                format!("{number} {day}")
            }
            ParameterValue::Days(levels) => {
                let levels: Vec<_> = levels.as_slice().iter().map(ToString::to_string).collect();
                format!("{} {day}", levels.join(", "))
            }
            other => self.said(other, language),
        }
    }

    /// The value that somebody wrote in a form, if it can be one of this parameter.
    #[must_use]
    pub fn read(self, text: &str) -> Option<serde_json::Value> {
        let text = text.trim();
        match self.kind() {
            Kind::Flag => match text {
                "true" => Some(true.into()),
                "false" => Some(false.into()),
                _ => None,
            },
            Kind::Days | Kind::Count | Kind::Cents => text.parse::<u32>().ok().map(Into::into),
            Kind::Levels => text
                .split([',', ' ', ';'])
                .filter(|part| !part.is_empty())
                .map(|part| part.parse::<u32>().ok())
                .collect::<Option<Vec<_>>>()
                .map(Into::into),
            Kind::Day => match text {
                "none" => Some("".into()),
                day => day
                    .parse::<jiff::civil::Date>()
                    .ok()
                    .map(|day| day.to_string().into()),
            },
            Kind::Word(words) => words.contains(&text).then(|| Cow::Borrowed(text).into()),
        }
    }
}

/// "14, 28 et 42".
pub(super) fn and(parts: &[String], language: Language) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!(
            "{} {} {last}",
            first.join(", "),
            pick(language, "et", "and")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{LoanUntil, RecallDays};
    use jiff::civil::date;

    #[test]
    fn values_are_said_as_people_say_them() {
        let both = |parameter: Parameter, value: ParameterValue| {
            [Language::French, Language::English].map(|language| parameter.said(&value, language))
        };
        let number = ParameterValue::Number;
        assert_eq!(
            both(Parameter::LoanDays, number(28)),
            ["28 jours", "28 days"]
        );
        assert_eq!(both(Parameter::LoanDays, number(1)), ["1 jour", "1 day"]);
        assert_eq!(both(Parameter::Renewals, number(0)), ["aucune", "none"]);
        assert_eq!(both(Parameter::Renewals, number(2)), ["2", "2"]);
        assert_eq!(
            both(Parameter::FineCentsPerDay, number(20)),
            ["0,20 €", "0.20 €"]
        );
        assert_eq!(
            both(Parameter::BorrowingBlockedFromRecall, number(1)),
            ["n° 1", "no. 1"]
        );
        assert_eq!(
            both(Parameter::RecallDays, RecallDays::from([14, 28, 42]).into()),
            ["après 14, 28 et 42 jours", "after 14, 28 and 42 days"]
        );
        assert_eq!(
            both(Parameter::LoanUntil, LoanUntil(None).into()),
            ["aucune", "none"]
        );
        assert_eq!(
            both(
                Parameter::LoanUntil,
                LoanUntil(Some(date(2026, 8, 31))).into()
            ),
            ["31/08/2026", "31 August 2026"]
        );
        assert_eq!(
            Parameter::LoanDays.said_shortly(&number(28), Language::French),
            "28 j"
        );
    }

    #[test]
    fn every_word_is_said_and_read_back() {
        for parameter in Parameter::ALL {
            let Kind::Word(words) = parameter.kind() else {
                continue;
            };
            for word in words {
                assert!(parameter.word(word, Language::French).is_some());
                assert_eq!(parameter.read(word), Some((*word).into()));
            }
            assert_eq!(parameter.read("no such word"), None);
        }
    }

    #[test]
    fn what_is_written_in_a_form_is_a_value_of_the_rules() {
        let root = &crate::testing::bare()["rule"][0];
        for (parameter, text) in [
            (Parameter::Loanable, "false"),
            (Parameter::LoanDays, " 21 "),
            (Parameter::Renewals, "0"),
            (Parameter::RecallDays, "7, 14 21"),
            (Parameter::LoanUntil, "2026-08-31"),
            (Parameter::LoanUntil, "none"),
        ] {
            let mut rule = root.clone();
            rule[parameter.name()] = parameter.read(text).unwrap();
            serde_json::from_value::<crate::Rule>(rule).unwrap();
        }
        for (parameter, text) in [
            (Parameter::Loanable, "oui"),
            (Parameter::LoanDays, "-1"),
            (Parameter::LoanDays, "4294967296"),
            (Parameter::RecallDays, "7, x"),
            (Parameter::LoanUntil, "31/08/2026"),
        ] {
            assert_eq!(parameter.read(text), None, "{text}");
        }
    }
}
