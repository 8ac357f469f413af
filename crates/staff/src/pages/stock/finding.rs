//! What a scan says, in words and with what to do.

use circulation::Rulebook;
use desk::Finding;

use crate::{calendar::place_name, pages::desk::condition_label, tongue::Tongue};

/// What is to be said of a scanned item.
pub(super) struct Said {
    /// Nothing is to be done.
    pub(super) good: bool,
    pub(super) text: String,
    /// The next step, where there is one.
    pub(super) advice: &'static str,
    /// It should be taken back, and the page offers it.
    pub(super) back: bool,
}

/// In words.
pub(super) fn said(t: Tongue, book: &Rulebook, finding: &Finding) -> Said {
    let name = |code| place_name(book, Some(code), t);
    let of = |text: String, advice, back| Said {
        good: false,
        text,
        advice,
        back,
    };
    match finding {
        Finding::Expected => Said {
            good: true,
            text: t.say("À sa place.", "In its place.").into(),
            advice: "",
            back: false,
        },
        Finding::OtherShelf => of(
            t.say(
                "D’un autre rayon de cette bibliothèque.",
                "Of another shelf of this branch.",
            )
            .into(),
            t.say("À ranger ailleurs.", "It goes elsewhere."),
            false,
        ),
        Finding::Elsewhere { branch } => of(
            format!(
                "{} {}.",
                t.say("Devrait être en rayon à", "Should be on a shelf at"),
                name(*branch)
            ),
            t.say(
                "Enregistrez le retour : la page dira où il va.",
                "Take it back: the page says where it goes.",
            ),
            true,
        ),
        Finding::OnLoan { due } => of(
            format!(
                "{} {}.",
                t.say("Encore prêté, à rendre le", "Still on loan, due on"),
                t.day(due)
            ),
            t.say("Enregistrez le retour.", "Take it back."),
            true,
        ),
        Finding::Travelling { from, to } => of(
            format!(
                "{} {} {} {}.",
                t.say("Devrait être en navette de", "Should be under way from"),
                name(*from),
                t.say("à", "to"),
                name(*to)
            ),
            t.say(
                "Enregistrez le retour : la page dira où il va.",
                "Take it back: the page says where it goes.",
            ),
            true,
        ),
        Finding::HoldShelf { branch } => of(
            format!(
                "{} {}.",
                t.say("Mis de côté pour un lecteur à", "Set aside for a reader at"),
                name(*branch)
            ),
            t.say(
                "À remettre avec les réservations.",
                "Put it back on the hold shelf.",
            ),
            false,
        ),
        Finding::NotInOrder { condition } => of(
            format!(
                "{} {}.",
                t.say("Signalé :", "Declared:"),
                condition_label(t, *condition)
            ),
            t.say(
                "S’il est là et en bon état, déclarez-le.",
                "If it is here and good, declare it.",
            ),
            false,
        ),
        Finding::Withdrawn => of(
            t.say("Retiré du fonds.", "Withdrawn.").into(),
            t.say("À sortir du rayon.", "Take it off the shelf."),
            false,
        ),
        Finding::Ambiguous { branches } => {
            let names: Vec<_> = branches.iter().map(|branch| name(*branch)).collect();
            of(
                format!(
                    "{} {}.",
                    t.say("Ce numéro existe à", "This number exists at"),
                    names.join(", ")
                ),
                t.say("À confier au catalogage.", "For the cataloguers."),
                false,
            )
        }
        Finding::Unknown => of(
            t.say("Code-barres inconnu.", "Unknown barcode.").into(),
            t.say("À confier au catalogage.", "For the cataloguers."),
            false,
        ),
    }
}
