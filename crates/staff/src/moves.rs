//! Why records were not joined or parted, in words for pages and programs.

use circulation::Language;
use desk::NotMoved;

/// Why nothing was moved.
pub(crate) fn not_moved_text(not: NotMoved, language: Language) -> String {
    if language == Language::English {
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
