//! Why a machine or partner is not set as was asked, in words for pages and programs.

use circulation::Language;
use desk::MachineRefused;

/// Why not.
pub(crate) fn machine_refused_text(refused: &MachineRefused, language: Language) -> String {
    if language == Language::English {
        return format!("Nothing was done: {refused}.");
    }
    let why = match refused {
        MachineRefused::BadLogin(login) => format!(
            "« {login} » ne peut être un identifiant : lettres, chiffres, points et tirets, 64 au plus"
        ),
        MachineRefused::Taken(login) => {
            format!("l’identifiant « {login} » est déjà pris, en service ou non")
        }
        MachineRefused::NoBranch(branch) => format!("la bibliothèque {branch} n’existe pas"),
        MachineRefused::NoProfile(name) => format!("le profil « {name} » n’existe pas"),
        MachineRefused::OtherKind(name) => format!(
            "le profil « {name} » est de l’autre sorte : un automate n’est pas un partenaire"
        ),
        MachineRefused::BadMessage(code) => format!("« {code} » ne se demande pas ici"),
        MachineRefused::Settings(why) => format!("les réglages ne conviennent pas : {why}"),
        MachineRefused::Changed => "quelqu’un l’a modifié entre-temps".to_owned(),
        MachineRefused::Unknown(login) => format!("« {login} » n’est pas en service"),
        MachineRefused::Right(missing) => missing.to_string(),
    };
    format!("Rien n’a été fait : {why}.")
}
