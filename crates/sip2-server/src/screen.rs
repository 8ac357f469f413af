//! What a screen says beside the refusals of the rules: AF, in French and English.
//!
//! Each fits one field of 255 bytes. No text names a person: screens are seen by whoever stands by.

use circulation::Language;
use desk::FeeKind;
use jiff::civil::Date;

/// A text for a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen<'a> {
    /// The terminal has not logged in.
    LogInFirst,
    /// This terminal may not send that message.
    NotAllowed,
    /// Nobody may, here.
    NotServed,
    /// The database could not be asked.
    Unavailable,
    /// A part of the message is missing.
    Incomplete,
    /// A loan without a PIN, where one is needed.
    PinNeeded,
    /// A renewal without a barcode.
    NoBarcode,
    /// A hold on nothing that we know how to find.
    NothingToHold,
    /// A pickup branch of this name, which is none of ours.
    NoSuchBranch(&'a str),
    /// A payment in another currency than ours.
    OtherCurrency,
    /// What a fee is for.
    Fee(FeeKind),
    /// An undo that was done.
    Undone,
    /// A return that waits here for whoever asked for it, until that day.
    HoldHere(Date),
    /// A return that goes to the branch of this name, for whoever asked for it there.
    HoldAt(&'a str),
    /// A return of what was not lent.
    NotOnLoan,
    /// A return that goes on to the branch of this name.
    Travels(&'a str),
    /// A return so many days late.
    Late(u32),
    /// The first day on which its reader may borrow again.
    SuspendedUntil(Date),
    /// A return that a person has to look at.
    ToStaff,
    /// Something done off-line that staff have to look at.
    Noted,
}

impl Screen<'_> {
    /// The text.
    pub(crate) fn text(self, language: Language) -> String {
        match language {
            Language::French => self.french(),
            Language::English => self.english(),
        }
    }

    fn french(self) -> String {
        match self {
            Self::LogInFirst => "Cet appareil ne s'est pas identifié (message 93).".into(),
            Self::NotAllowed => "Cette opération n'est pas permise sur cet appareil.".into(),
            Self::NotServed => "Cette opération n'est pas disponible ici : adressez-vous à l'accueil.".into(),
            Self::Unavailable => {
                "Le système est momentanément indisponible : rien n'a été enregistré, réessayez dans un instant."
                    .into()
            }
            Self::Incomplete => "Demande incomplète : présentez à nouveau la carte et le document.".into(),
            Self::PinNeeded => "Tapez votre code secret.".into(),
            Self::NoBarcode => "Présentez le document à prolonger.".into(),
            Self::NothingToHold => "Présentez le document à réserver.".into(),
            Self::NoSuchBranch(named) => format!("Bibliothèque de retrait inconnue : {}.", short(named)),
            Self::OtherCurrency => "Les paiements se font en euros.".into(),
            Self::Fee(kind) => match kind {
                FeeKind::Late => "Retard",
                FeeKind::Damage => "Document abîmé",
                FeeKind::Loss => "Document perdu",
                FeeKind::Card => "Carte",
                FeeKind::Other => "Frais divers",
            }
            .into(),
            Self::Undone => "Opération annulée.".into(),
            Self::HoldHere(until) => format!("Réservé : à garder ici jusqu'au {}.", until.strftime("%d/%m/%Y")),
            Self::HoldAt(branch) => format!("Réservé : à envoyer à {branch}."),
            Self::NotOnLoan => "Ce document n'était pas en prêt.".into(),
            Self::Travels(branch) => format!("À envoyer : {branch}."),
            Self::Late(1) => "Rendu avec 1 jour de retard.".into(),
            Self::Late(days) => format!("Rendu avec {days} jours de retard."),
            Self::SuspendedUntil(day) => format!("Emprunts à nouveau possibles à partir du {}.", day.strftime("%d/%m/%Y")),
            Self::ToStaff => "À remettre au personnel, pour vérification.".into(),
            Self::Noted => "Opération hors ligne signalée au personnel.".into(),
        }
    }

    fn english(self) -> String {
        match self {
            Self::LogInFirst => "This device has not logged in (message 93).".into(),
            Self::NotAllowed => "This device may not do that.".into(),
            Self::NotServed => "This is not available here: please ask at the desk.".into(),
            Self::Unavailable => {
                "The system is unavailable for a moment: nothing was recorded, please try again shortly.".into()
            }
            Self::Incomplete => "Incomplete request: please present the card and the item again.".into(),
            Self::PinNeeded => "Please type your PIN.".into(),
            Self::NoBarcode => "Please present the item to be renewed.".into(),
            Self::NothingToHold => "Please present the item to be held.".into(),
            Self::NoSuchBranch(named) => format!("Unknown pickup branch: {}.", short(named)),
            Self::OtherCurrency => "Payments are made in euros.".into(),
            Self::Fee(kind) => match kind {
                FeeKind::Late => "Late return",
                FeeKind::Damage => "Damaged document",
                FeeKind::Loss => "Lost document",
                FeeKind::Card => "Card",
                FeeKind::Other => "Other fees",
            }
            .into(),
            Self::Undone => "Undone.".into(),
            Self::HoldHere(until) => format!("On hold: keep it here until {}.", until.strftime("%-d %B %Y")),
            Self::HoldAt(branch) => format!("On hold: to be sent to {branch}."),
            Self::NotOnLoan => "This item was not on loan.".into(),
            Self::Travels(branch) => format!("To be sent to: {branch}."),
            Self::Late(1) => "Returned 1 day late.".into(),
            Self::Late(days) => format!("Returned {days} days late."),
            Self::SuspendedUntil(day) => format!("Borrowing is possible again from {}.", day.strftime("%-d %B %Y")),
            Self::ToStaff => "Please hand it to the staff, to be checked.".into(),
            Self::Noted => "Done off line: reported to the staff.".into(),
        }
    }
}

/// What somebody else wrote, short enough for a screen.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_text_fits_a_field_in_both_languages() {
        let name = "Médiathèque intercommunale Jacques-Prévert de Noyelles-sous-Lens";
        for screen in [
            Screen::LogInFirst,
            Screen::NotAllowed,
            Screen::NotServed,
            Screen::Unavailable,
            Screen::Incomplete,
            Screen::PinNeeded,
            Screen::NoBarcode,
            Screen::NothingToHold,
            Screen::NoSuchBranch(&"é".repeat(300)),
            Screen::OtherCurrency,
            Screen::Fee(FeeKind::Card),
            Screen::Undone,
            Screen::HoldHere(date(2026, 9, 30)),
            Screen::HoldAt(name),
            Screen::NotOnLoan,
            Screen::Travels(name),
            Screen::Late(1),
            Screen::Late(4000),
            Screen::SuspendedUntil(date(2026, 9, 30)),
            Screen::ToStaff,
        ] {
            let (french, english) = (
                screen.text(Language::French),
                screen.text(Language::English),
            );
            assert!(french.len() <= 255 && english.len() <= 255, "{screen:?}");
            assert_ne!(french, english);
        }
    }

    #[test]
    fn dates_as_the_refusals_write_them() {
        let screen = Screen::SuspendedUntil(date(2026, 8, 1));
        assert_eq!(
            screen.text(Language::French),
            "Emprunts à nouveau possibles à partir du 01/08/2026."
        );
        assert_eq!(
            screen.text(Language::English),
            "Borrowing is possible again from 1 August 2026."
        );
        assert_eq!(
            Screen::Late(1).text(Language::French),
            "Rendu avec 1 jour de retard."
        );
    }
}
