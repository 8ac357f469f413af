//! Why a calendar or a branch is not changed, in words for pages and programs.

use circulation::{BranchCode, Language, Rulebook};
use desk::{BranchRefused, CalendarRefused};

use crate::tongue::Tongue;

/// Why not, and what to do.
pub(crate) fn refused_text(refused: &CalendarRefused, language: Language) -> String {
    let t = Tongue(language);
    match refused {
        CalendarRefused::NoBranch(code) => format!("{} {code}.", t.say("Il n’y a pas de bibliothèque", "There is no branch")),
        CalendarRefused::NoClosure => t
            .say("Cette fermeture n’existe pas ou n’existe plus.", "There is no such closure, or no more.")
            .into(),
        CalendarRefused::Backwards => t
            .say("Le dernier jour précède le premier : corrigez les dates.", "The last day comes before the first: put the days right.")
            .into(),
        CalendarRefused::TooLong => t
            .say("Une fermeture dure 366 jours au plus : annoncez-en plusieurs.", "A closure has at most 366 days: announce several.")
            .into(),
        CalendarRefused::TooEarly(day) => format!(
            "{} {}.",
            t.say("Une fermeture ne peut pas commencer avant le", "A closure cannot begin before"),
            t.day(day)
        ),
        CalendarRefused::TooLate(day) => format!(
            "{} {}.",
            t.say("Une fermeture ne peut pas commencer après le", "A closure cannot begin after"),
            t.day(day)
        ),
        CalendarRefused::BadReason => t
            .say("Dites pourquoi, en 1 à 120 caractères : les lecteurs le liront.", "Say why, in 1 to 120 characters: readers will see it.")
            .into(),
        CalendarRefused::Overlaps(held) => format!(
            "{} {} {} {} ({}). {}",
            t.say("Une fermeture est déjà annoncée du", "A closure is announced already, from"),
            t.day(&held.first),
            t.say("au", "to"),
            t.day(&held.last),
            held.reason,
            t.say("Reprenez-la d’abord, ou choisissez d’autres jours.", "Take it back first, or choose other days.")
        ),
        CalendarRefused::Over(day) => format!(
            "{} {} : {}",
            t.say("Cette fermeture est terminée depuis le", "This closure was over on"),
            t.day(day),
            t.say("rien n’a été fait.", "nothing was done.")
        ),
        CalendarRefused::BadHours(weekday) => format!(
            "{} ({}).",
            t.say("Des horaires se chevauchent ou finissent avant de commencer", "Hours overlap, or end before they begin"),
            weekday_name(*weekday, t)
        ),
        CalendarRefused::Changed(_) => t
            .say(
                "Le calendrier a changé entre-temps : rien n’a été fait. Regardez l’aperçu et confirmez de nouveau.",
                "The calendar was changed in the meantime: nothing was done. Look at the preview and confirm again.",
            )
            .into(),
        CalendarRefused::Right(missing) => format!(
            "{} {} ({}).",
            t.say("Il vous manque le droit", "You have no right to"),
            missing.action.label(language),
            missing.branch
        ),
        CalendarRefused::Network => t
            .say(
                "Fermer toutes les bibliothèques est du ressort du réseau : rien n’a été fait.",
                "Closing every branch is up to the network: nothing was done.",
            )
            .into(),
        CalendarRefused::Program => t
            .say(
                "Une personne annonce en session les fermetures de tout le réseau.",
                "Closures of every branch are announced by a person in a session.",
            )
            .into(),
    }
}

/// Why a branch is not written, and what to do.
pub(crate) fn branch_refused_text(refused: &BranchRefused, language: Language) -> String {
    let t = Tongue(language);
    match refused {
        BranchRefused::BadCode(_) => t
            .say("Un code a 2 à 8 lettres majuscules ou chiffres.", "A code has 2 to 8 capital letters or digits.")
            .into(),
        BranchRefused::Taken(code) => format!("{code} : {}", t.say("ce code est pris.", "this code is taken.")),
        BranchRefused::Unknown(code) => format!("{} {code}.", t.say("Il n’y a pas de bibliothèque", "There is no branch")),
        BranchRefused::BadField(field) => format!(
            "{} : {}",
            branch_field(field, t),
            t.say("trop long, vide, ou avec des caractères invisibles.", "too long, empty, or with characters that nobody sees.")
        ),
        BranchRefused::Changed => t
            .say(
                "Cette bibliothèque a été modifiée entre-temps : rien n’a été fait. Relisez, puis recommencez.",
                "This branch was changed in the meantime: nothing was done. Look again, then try once more.",
            )
            .into(),
        BranchRefused::Right(missing) => format!(
            "{} {} ({}).",
            t.say("Il vous manque le droit", "You have no right to"),
            missing.action.label(language),
            missing.branch
        ),
        BranchRefused::Network => t
            .say(
                "Ajouter une bibliothèque est du ressort du réseau : rien n’a été fait.",
                "Adding a branch is up to the network: nothing was done.",
            )
            .into(),
    }
}

/// What a field of a branch is called.
pub(crate) fn branch_field(field: &str, t: Tongue) -> &'static str {
    match field {
        "name" => t.say("Nom", "Name"),
        "commune" => t.say("Commune", "Commune"),
        "phone" => t.say("Téléphone", "Telephone"),
        "phone2" => t.say("Autre téléphone", "Other telephone"),
        "street" => t.say("Rue", "Street"),
        "postcode" => t.say("Code postal", "Postcode"),
        "town" => t.say("Ville", "Town"),
        _ => t.say("Note", "Note"),
    }
}

/// A day of the week, 1 Monday … 7 Sunday.
pub(crate) fn weekday_name(weekday: u8, t: Tongue) -> &'static str {
    match weekday {
        1 => t.say("lundi", "Monday"),
        2 => t.say("mardi", "Tuesday"),
        3 => t.say("mercredi", "Wednesday"),
        4 => t.say("jeudi", "Thursday"),
        5 => t.say("vendredi", "Friday"),
        6 => t.say("samedi", "Saturday"),
        _ => t.say("dimanche", "Sunday"),
    }
}

/// A branch for people, or its code if the rulebook does not know it; every branch, if none is named.
pub(crate) fn place_name(book: &Rulebook, branch: Option<BranchCode>, t: Tongue) -> String {
    match branch {
        None => t.say("toutes les bibliothèques", "every branch").into(),
        Some(code) => book
            .branches
            .get(&code)
            .map_or_else(|| code.to_string(), |branch| branch.name.clone()),
    }
}
