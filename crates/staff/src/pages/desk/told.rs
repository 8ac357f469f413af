//! What came of a question, in words.

use circulation::{Language, Refusal, Refused, Rulebook};
use desk::{Answer, Lent, Returned, Undo};

use crate::tongue::Tongue;

/// What came of a question: one line that is read from afar, and what stands below it.
#[derive(Debug, Default, Clone)]
pub(super) struct Told {
    pub(super) good: bool,
    /// What it is about: a title.
    pub(super) about: String,
    pub(super) head: String,
    pub(super) lines: Vec<String>,
    /// What would lift a refusal.
    pub(super) lifted_by: Vec<String>,
    /// Rights that would, by their names, where all reasons can be lifted; who has them is offered a form.
    pub(super) rights: Vec<&'static str>,
    /// Where the same is asked for with these rights, and of which barcode.
    pub(super) forced_by: Option<(&'static str, String)>,
    /// The event that explains it.
    pub(super) event: Option<i64>,
    /// The barcode of what can be taken back at once, and which movement it was.
    pub(super) undo: Option<(String, &'static str)>,
}

impl Told {
    pub(super) fn no(head: String) -> Self {
        Self {
            head,
            ..Self::default()
        }
    }

    pub(super) fn yes(head: String) -> Self {
        Self {
            good: true,
            head,
            ..Self::default()
        }
    }

    pub(super) fn no_one(t: Tongue, book: &Rulebook, refusal: &Refusal) -> Self {
        Self::refused(t, book, &Refused::from(refusal.clone()))
    }

    pub(super) fn refused(t: Tongue, book: &Rulebook, refused: &Refused) -> Self {
        let texts: Vec<_> = refused.all().iter().map(|no| no.text(t.0, book)).collect();
        let lifted_by = refused
            .all()
            .iter()
            .filter_map(|no| no.would_lift(t.0, book));
        let rights: Option<Vec<_>> = refused.all().iter().map(Refusal::right).collect();
        let mut rights: Vec<_> = rights
            .unwrap_or_default()
            .iter()
            .map(|right| right.name())
            .collect();
        rights.sort_unstable();
        rights.dedup();
        Self {
            head: texts.first().cloned().unwrap_or_default(),
            lines: texts.into_iter().skip(1).collect(),
            lifted_by: lifted_by.collect(),
            rights,
            ..Self::default()
        }
    }

    /// With the title and event of an answer.
    fn of<T>(self, answer: &Answer<T>) -> Self {
        let about = answer.item.as_ref().map(|item| item.title.clone());
        Self {
            about: about.unwrap_or_default(),
            event: answer.event,
            ..self
        }
    }

    pub(super) fn lent(t: Tongue, book: &Rulebook, answer: &Answer<Lent>, barcode: &str) -> Self {
        let told = match &answer.outcome {
            Ok(lent) => {
                let (prolonged, lent_until) = match t.0 {
                    Language::French => ("Prolongé jusqu’au", "Prêté jusqu’au"),
                    Language::English => ("Renewed until", "Lent until"),
                };
                let head = if lent.renewed { prolonged } else { lent_until };
                Self {
                    undo: (!lent.renewed).then(|| (barcode.to_owned(), "loan")),
                    ..Self::yes(format!("{head} {}", t.day(&lent.due)))
                }
            }
            Err(refused) => Self::refused(t, book, refused),
        };
        told.of(answer)
    }

    pub(super) fn returned(
        t: Tongue,
        book: &Rulebook,
        answer: &Answer<Returned>,
        barcode: &str,
        shows_reader: bool,
    ) -> Self {
        let told = match &answer.outcome {
            Ok(returned) => Self {
                lines: besides(t, returned, shows_reader),
                undo: returned.was_lent.then(|| (barcode.to_owned(), "return")),
                ..Self::yes(destination(t, book, returned))
            },
            Err(refused) => Self::refused(t, book, refused),
        };
        told.of(answer)
    }

    pub(super) fn undone(t: Tongue, book: &Rulebook, what: Undo, answer: &Answer<()>) -> Self {
        let told = match &answer.outcome {
            Ok(()) => Self::yes(
                match what {
                    Undo::Loan => t.say("Prêt annulé.", "The loan is taken back."),
                    Undo::Return => t.say("Retour annulé.", "The return is taken back."),
                }
                .into(),
            ),
            Err(refused) => Self::refused(t, book, refused),
        };
        told.of(answer)
    }
}

/// Where the thing in hand goes now.
fn destination(t: Tongue, book: &Rulebook, returned: &Returned) -> String {
    let name = |code| {
        book.branches
            .get(&code)
            .map_or_else(|| code.to_string(), |branch| branch.name.clone())
    };
    let to_staff = returned.to_staff.then(|| {
        t.say(
            "À vérifier par un bibliothécaire",
            "A librarian has to look at it",
        )
        .to_owned()
    });
    let shelf = returned.hold_shelf.map(|until| {
        let shelf = t.say("Étagère des réservations, jusqu’au", "Hold shelf, until");
        format!("{shelf} {}", t.day(&until))
    });
    let away = returned.to.map(|to| {
        let crate_for = t.say("Navette pour", "Shuttle to");
        format!("{crate_for} {}", name(to))
    });
    to_staff
        .or(shelf)
        .or(away)
        .unwrap_or_else(|| t.say("À remettre en rayon", "Back to the shelf").into())
}

fn besides(t: Tongue, returned: &Returned, shows_reader: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(reader) = returned.for_whom.as_ref().filter(|_| shows_reader) {
        let held_for = t.say("Réservé pour", "Held for");
        let name = format!("{} {}", reader.given_name, reader.family_name);
        lines.push(format!("{held_for} {} · {}", name.trim(), reader.card));
    }
    if !returned.was_lent {
        lines.push(
            t.say("Ce document n’était pas prêté.", "It was not on loan.")
                .into(),
        );
    }
    if returned.late_days > 0 {
        lines.push(match t.0 {
            Language::French => format!("Rendu avec {} jours de retard.", returned.late_days),
            Language::English => format!("{} days late.", returned.late_days),
        });
    }
    if let Some(day) = &returned.suspended_until {
        let again = t.say(
            "Le lecteur peut emprunter à nouveau le",
            "The reader may borrow again on",
        );
        lines.push(format!("{again} {}.", t.day(day)));
    }
    lines
}
