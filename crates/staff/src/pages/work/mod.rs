//! Work lists: records that may be one document, what was decided of them, and what machines did off line.

mod doubts;
mod moves;
mod offline;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use circulation::Language;
use desk::NotMoved;

use crate::{Door, tongue::Tongue};

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/work/records", get(doubts::page))
        .route("/staff/work/records/{doubt}", post(doubts::decide))
        .route("/staff/work/moves", get(moves::page))
        .route("/staff/work/moves/{number}/undo", post(moves::undo))
        .route("/staff/work/offline", get(offline::page))
        .route("/staff/work/offline/{id}/settle", post(offline::settle))
}

/// Why nothing was moved.
fn not_moved(t: Tongue, not: NotMoved) -> String {
    if t.0 == Language::English {
        return format!("Nothing was done: {not}.");
    }
    match not {
        NotMoved::NoBib(bib) => format!(
            "Rien n’a été fait : le titre {bib} n’existe pas, ou a déjà été réuni à un autre."
        ),
        NotMoved::OneBib => "Rien n’a été fait : c’est déjà un seul titre.".into(),
        NotMoved::NoRecord => "Rien n’a été fait : cette notice n’existe pas.".into(),
        NotMoved::OnlyRecord(bib) => {
            format!("Rien n’a été fait : le titre {bib} n’a que cette notice.")
        }
        NotMoved::NoMove(number) => {
            format!("Rien n’a été fait : le mouvement {number} n’existe pas, ou a déjà été défait.")
        }
        NotMoved::Later(number) => format!(
            "Rien n’a été fait : défaites d’abord le mouvement {number}, venu après sur les mêmes titres."
        ),
    }
}
