//! Why somebody's access is not changed, in words for pages and programs.

use circulation::Language;
use desk::{Action, StaffRefused};

use crate::tongue::Tongue;

/// Why not, and what to do.
pub(crate) fn refused_text(refused: &StaffRefused, language: Language) -> String {
    let t = Tongue(language);
    match refused {
        StaffRefused::Nobody => t
            .say("Personne n’a cet identifiant.", "Nobody has this login.")
            .into(),
        StaffRefused::Taken => t
            .say(
                "Cet identifiant est pris : choisissez-en un autre.",
                "This login is taken: choose another one.",
            )
            .into(),
        StaffRefused::BadLogin => t
            .say(
                "Un identifiant a de 2 à 60 lettres sans accent, chiffres, points ou tirets.",
                "A login has 2 to 60 plain letters, digits, full stops or hyphens.",
            )
            .into(),
        StaffRefused::BadName => t
            .say(
                "Donnez un nom de 1 à 120 caractères, sur une ligne.",
                "Give a name of 1 to 120 characters, in one line.",
            )
            .into(),
        StaffRefused::Unknown(what) => {
            format!("{} {what}.", t.say("Inconnu :", "Not known:"))
        }
        StaffRefused::Oneself => t
            .say(
                "Vos propres accès sont changés par quelqu’un d’autre : rien n’a été fait.",
                "Your own access is changed by somebody else: nothing was done.",
            )
            .into(),
        StaffRefused::NotTheirs { action, branch } => {
            let known = Action::all().find(|known| known.name() == action);
            let label = known.map_or(action.as_str(), |known| known.label(language));
            let place = branch.map_or_else(
                || t.say("partout", "everywhere").to_owned(),
                |branch| branch.to_string(),
            );
            format!(
                "{} {label} ({place}). {}",
                t.say(
                    "Cela touche un droit que vous n’avez pas vous-même :",
                    "This touches a right that you do not have yourself:"
                ),
                t.say("Rien n’a été fait.", "Nothing was done.")
            )
        }
        StaffRefused::Right(missing) => format!(
            "{} {} ({}).",
            t.say("Il vous manque le droit", "You have no right to"),
            missing.action.label(language),
            missing.branch
        ),
        StaffRefused::Program => t
            .say(
                "Le personnel est géré par des personnes, en session.",
                "Staff are managed by people, in a session.",
            )
            .into(),
        StaffRefused::WrongPassword => t
            .say(
                "Le mot de passe actuel n’est pas le bon : rien n’a changé.",
                "The present password is not the right one: nothing has changed.",
            )
            .into(),
        StaffRefused::Later(_) => t
            .say(
                "Trop d’essais. Attendez un moment, puis recommencez.",
                "Too many tries. Wait for a while, then try again.",
            )
            .into(),
        StaffRefused::WeakPassword => t
            .say(
                "Choisissez un mot de passe de 12 à 200 caractères, autre que votre identifiant.",
                "Choose a password of 12 to 200 characters, other than your login.",
            )
            .into(),
    }
}
