//! Why something about loan rules was not done, in words for pages and programs.

use circulation::{Language, PolicyDocument, Rulebook};
use desk::DraftRefused;

/// Why not, and what to do.
pub(crate) fn refused_text(refused: &DraftRefused, language: Language, book: &Rulebook) -> String {
    let say = |fr: &'static str, en: &'static str| match language {
        Language::French => fr,
        Language::English => en,
    };
    match refused {
        DraftRefused::NoDraft => say("Ce brouillon n’existe pas ou n’existe plus.", "There is no such draft, or no more.").into(),
        DraftRefused::NoVersion(version) => {
            format!("{} {version}.", say("Il n’y a pas de version", "There is no version"))
        }
        DraftRefused::Published(version) => format!(
            "{} {version}. {}",
            say("Ce brouillon a été publié : c’est la version", "This draft was published as version"),
            say("Pour la changer, faites-en un nouveau brouillon.", "To change it, make a new draft of it.")
        ),
        DraftRefused::Changed(_) => say(
            "Ce brouillon a été modifié entre-temps par quelqu’un d’autre : rien n’a été fait. Revoyez-le et recommencez.",
            "Somebody changed this draft in the meantime: nothing was done. Look at it again, then try once more.",
        )
        .into(),
        DraftRefused::NameTaken(_) => say(
            "Un brouillon porte déjà ce nom : choisissez-en un autre.",
            "A draft has this name already: choose another one.",
        )
        .into(),
        DraftRefused::BadName => say(
            "Donnez un nom de 1 à 80 caractères, sur une ligne.",
            "Give a name of 1 to 80 characters, in one line.",
        )
        .into(),
        DraftRefused::Misfit(field) => format!(
            "{} ({field}).",
            say(
                "Une valeur est hors de toute mesure, un nom est trop long ou vide, ou il y en a trop",
                "A value is out of all proportion, a name is too long or empty, or there are too many"
            )
        ),
        DraftRefused::TooMany => say(
            "Il y a trop de brouillons : publiez-en ou supprimez-en.",
            "There are too many drafts: publish or throw away some.",
        )
        .into(),
        DraftRefused::Right(missing) => format!(
            "{} {} ({}).",
            say("Il vous manque le droit", "You have no right to"),
            missing.action.label(language),
            missing.branch
        ),
        DraftRefused::OtherRules(branch) => format!(
            "{} {}. {}",
            say("Vous pouvez changer les règles qui nomment", "You may change rules that name"),
            book.branches.get(branch).map_or(branch.as_str(), |branch| branch.name.as_str()),
            say(
                "Le reste est du ressort du réseau : rien n’a été fait.",
                "The rest is up to the network: nothing was done."
            )
        ),
        DraftRefused::Network => say(
            "Publier et retirer des règles est du ressort du réseau : il faut le droit de modifier les règles partout.",
            "Publishing and withdrawing rules is up to the network: it takes the right to change rules everywhere.",
        )
        .into(),
        DraftRefused::Program => say(
            "Une personne publie les règles, en session ; un programme prépare des brouillons.",
            "Rules are published by a person in a session; a program prepares drafts.",
        )
        .into(),
        DraftRefused::Unsound(findings) => {
            let document = nothing();
            let said: Vec<_> = findings
                .iter()
                .filter(|finding| finding.severity() == circulation::Severity::Error)
                .map(|finding| finding.sentence(language, &document, book))
                .collect();
            format!("{} {}", say("Ces règles ne peuvent pas servir.", "These rules cannot be used."), said.join(" "))
        }
        DraftRefused::Unread { behind: Some(last), .. } => format!(
            "{} {last} {}",
            say("La version", "Version"),
            say(
                "a été publiée depuis le début de ce brouillon, qui annulerait ses changements. Cochez la case pour publier quand même.",
                "was published since this draft was begun, which would take back its changes. Tick the box to publish all the same.",
            )
        ),
        DraftRefused::Unread { .. } => say(
            "Il reste des avertissements : lisez-les, puis cochez la case pour publier quand même.",
            "There are warnings: read them, then tick the box to publish all the same.",
        )
        .into(),
        DraftRefused::DayPast(_) => say(
            "Les règles commencent aujourd’hui ou plus tard : choisissez un autre jour.",
            "Rules begin today or later: choose another day.",
        )
        .into(),
        DraftRefused::DayTaken(version, _) => format!(
            "{} {version} {}",
            say("La version", "Version"),
            say(
                "commence déjà ce jour-là : choisissez un autre jour, ou retirez-la d’abord.",
                "begins on that day already: choose another day, or withdraw it first."
            )
        ),
        DraftRefused::Begun(version, _) => format!(
            "{} {version} {}",
            say("La version", "Version"),
            say(
                "a commencé : elle ne peut plus être retirée. Publiez-en une nouvelle.",
                "has begun: it cannot be withdrawn any more. Publish a new one."
            )
        ),
        DraftRefused::NotYours => say(
            "Quelqu’un d’autre a fait ce brouillon : seul le réseau peut le supprimer.",
            "Somebody else made this draft: only the network can throw it away.",
        )
        .into(),
    }
}

/// Rules by their ids, where no document is at hand.
fn nothing() -> PolicyDocument {
    PolicyDocument {
        version: 0,
        effective_from: jiff::civil::Date::constant(2000, 1, 1),
        currency: String::new(),
        roles: std::collections::BTreeMap::new(),
        rules: Vec::new(),
        limits: Vec::new(),
        float_groups: Vec::new(),
        branch_periods: Vec::new(),
    }
}
