//! What the desk refuses about rules, as a problem.

use circulation::{Language, Rulebook};
use desk::DraftRefused;

use crate::{
    api::problem::{CHANGED, MISSING_RIGHT, Problem, REFUSED, SESSION_ONLY},
    rules::refused_text,
};

pub(super) fn problem(refused: &DraftRefused, book: &Rulebook) -> Problem {
    let fr = refused_text(refused, Language::French, book);
    let en = refused_text(refused, Language::English, book);
    match refused {
        DraftRefused::Right(missing) => (*missing).into(),
        DraftRefused::NoDraft => Problem::not_found(),
        DraftRefused::NoVersion(_) => Problem::unfit("from", fr, en),
        DraftRefused::BadName => Problem::unfit("name", fr, en),
        DraftRefused::Misfit(field) => Problem::unfit(&format!("rules.{field}"), fr, en),
        DraftRefused::DayPast(_) => Problem::unfit("effective_from", fr, en),
        DraftRefused::Changed(_) => Problem::new(CHANGED, fr, en),
        DraftRefused::Program => Problem::new(SESSION_ONLY, fr, en),
        DraftRefused::OtherRules(_) | DraftRefused::Network | DraftRefused::NotYours => {
            Problem::new(MISSING_RIGHT, fr, en)
        }
        DraftRefused::Published(_)
        | DraftRefused::NameTaken(_)
        | DraftRefused::TooMany
        | DraftRefused::Unsound(_)
        | DraftRefused::Unread { .. }
        | DraftRefused::DayTaken(..)
        | DraftRefused::Begun(..) => Problem::new(REFUSED, fr, en),
    }
}
