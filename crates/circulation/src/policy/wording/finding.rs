//! A finding as a sentence that says what to do.

use super::super::{CodeKind, PolicyDocument, PolicyFinding, RuleId};
use super::change::lower;
use super::parameter::and;
use crate::language::Language;
use crate::rulebook::Rulebook;
use crate::words;

impl PolicyFinding {
    /// What is the matter, and what to do; rules and limits by what they are for.
    #[must_use]
    pub fn sentence(
        &self,
        language: Language,
        document: &PolicyDocument,
        book: &Rulebook,
    ) -> String {
        let say = |fr, en| language.pick(fr, en);
        let rule = |id: &RuleId| rule_named(id.as_str(), document, language, book);
        let limit = |id: &RuleId| limit_named(id, document, language, book);
        match self {
            Self::NoRoot => say(
                "Il manque la règle générale du réseau : ajoutez une règle pour toutes les bibliothèques, tous les \
                 lecteurs et tous les documents.",
                "The general rule of the network is missing: add a rule for all branches, all readers and all documents.",
            )
            .into(),
            Self::RootIncomplete { missing, .. } => {
                let labels: Vec<_> = missing.iter().map(|one| lower(one.label(language))).collect();
                format!(
                    "{} {}.",
                    say("La règle générale du réseau doit dire aussi :", "The general rule of the network has to say too:"),
                    and(&labels, language)
                )
            }
            Self::SameNames { first, .. } => format!(
                "{} « {} ». {}",
                say("Deux règles existent pour", "There are two rules for"),
                rule(first),
                say("Réunissez-les en une seule.", "Join them.")
            ),
            Self::SameId { id } => format!(
                "{} {id}. {}",
                say("Deux règles ou limites portent le même nom,", "Two rules or limits have the same name,"),
                say("Supprimez l’une et recréez-la.", "Remove one and add it again.")
            ),
            Self::RoleMissing { parameter } | Self::RoleTwice { parameter } => format!(
                "{} {} : {}",
                say("Pour", "For"),
                lower(parameter.label(language)),
                say(
                    "il faut dire une fois si la bibliothèque du prêt, du propriétaire ou du retrait compte.",
                    "it has to be said once whether the branch of the loan, of the owner or of the pickup counts.",
                )
            ),
            Self::RecallDaysNotRising { rule: id } => format!(
                "{} : {}",
                rule(id),
                say(
                    "chaque rappel doit venir après le précédent (par exemple 14, 28, 42).",
                    "each recall has to come after the one before (for instance 14, 28, 42).",
                )
            ),
            Self::LimitWithoutMax { limit: id } => format!(
                "{} {id} : {}",
                say("Limite", "Limit"),
                say("donnez un nombre de prêts ou de réservations.", "give a number of loans or holds.")
            ),
            Self::LimitBranchOverNetwork { limit: id } => format!(
                "{} {id} : {}",
                say("Limite", "Limit"),
                say(
                    "elle vise une bibliothèque mais compte dans tout le réseau. Comptez ce qui est emprunté là ou le \
                     fonds de cette bibliothèque, ou ne visez aucune bibliothèque.",
                    "it is for a branch but counts over the whole network. Count what is lent there or that branch’s stock, or \
                     name no branch.",
                )
            ),
            Self::PeriodBackwards { branch, from, to } => format!(
                "{} : {} {} {} {}.",
                words::branch_name(*branch, book),
                say("une période finit le", "a time ends on"),
                words::full_date(*to, language),
                say("avant de commencer le", "before it begins on"),
                words::full_date(*from, language)
            ),
            Self::UnknownCode { named_by, kind, code } => format!(
                "{named_by} : {} « {code} » {}",
                match kind {
                    CodeKind::Branch => say("la bibliothèque", "the branch"),
                    CodeKind::Category => say("la catégorie de lecteurs", "the category of readers"),
                    CodeKind::Document => say("le type de document", "the document type"),
                },
                say("n’existe pas.", "does not exist.")
            ),
            Self::NeverWins { rule: id, parameter } => format!(
                "{} : « {} » {}",
                rule(id),
                lower(parameter.label(language)),
                say(
                    "ne sert jamais, car des règles plus précises décident dans tous les cas. Retirez cette valeur.",
                    "never counts, because more precise rules decide in every case. Take this value out.",
                )
            ),
            Self::ChangesNothing { rule: id, parameter, value } => format!(
                "{} : {} {} {}",
                rule(id),
                lower(parameter.label(language)),
                parameter.said(value, language),
                say("ne change rien, ce serait pareil sans cette valeur.", "changes nothing, it would be the same without this value.")
            ),
            Self::LimitNeverBites { limit: id, behind: Some(other) } => format!(
                "{} « {} » {} « {} »",
                say("La limite", "The limit"),
                limit(id),
                say("ne refuse jamais rien : une autre refuse toujours avant elle :", "never says no: another one always does before:"),
                limit(other)
            ),
            Self::LimitNeverBites { limit: id, behind: None } => format!(
                "{} « {} » {}",
                say("La limite", "The limit"),
                limit(id),
                say("ne refuse jamais rien : ce qu’elle compte n’est prêté nulle part.", "never says no: what it counts is lent nowhere.")
            ),
            Self::BranchHidesRule { exception, rule: other, parameter, value, hidden } => format!(
                "{} : {} {} {} « {} » ({}). {}",
                rule(exception),
                lower(parameter.label(language)),
                parameter.said(value, language),
                say("l’emporte ici sur la règle du réseau", "goes here before the network’s rule"),
                rule(other),
                parameter.said(hidden, language),
                say(
                    "Si ce n’est pas voulu, ajoutez une règle qui nomme les deux à la fois.",
                    "If that is not meant, add a rule that names both.",
                )
            ),
            Self::BranchSwallowsRule { exception, rule: other, parameter, value, hidden } => format!(
                "{} : {} {} {} « {} » ({}). {}",
                rule(exception),
                lower(parameter.label(language)),
                parameter.said(value, language),
                say("vaut ici aussi à la place de la règle du réseau", "also counts here instead of the network’s rule"),
                rule(other),
                parameter.said(hidden, language),
                say(
                    "Si ce n’est pas voulu, ajoutez une règle qui nomme les deux à la fois.",
                    "If that is not meant, add a rule that names both.",
                )
            ),
            Self::OrderDecides { winner, loser, parameter, value, hidden } => format!(
                "{} : {} ({}) {} « {} » ({}), {}",
                lower(parameter.label(language)),
                rule(winner),
                parameter.said(value, language),
                say("passe avant", "goes before"),
                rule(loser),
                parameter.said(hidden, language),
                say(
                    "car la bibliothèque compte avant le lecteur, et le lecteur avant le document.",
                    "because the branch counts before the reader, and the reader before the document.",
                )
            ),
        }
    }
}

fn rule_named(id: &str, document: &PolicyDocument, language: Language, book: &Rulebook) -> String {
    let rule = document.rules.iter().find(|rule| rule.id == *id);
    rule.map_or_else(|| id.to_owned(), |rule| rule.is_for(language, book))
}

fn limit_named(
    id: &RuleId,
    document: &PolicyDocument,
    language: Language,
    book: &Rulebook,
) -> String {
    let limit = document.limits.iter().find(|limit| limit.id == *id);
    limit.map_or_else(|| id.to_string(), |limit| limit.sentence(language, book))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Parameter;
    use serde_json::json;

    #[test]
    fn a_finding_names_rules_by_what_they_are_for() {
        let document: PolicyDocument = serde_json::from_value(json!({
            "version": 1, "effective_from": "2026-01-01", "currency": "EUR", "roles": {},
            "rule": [{ "id": "X", "branch": "LENS" }, { "id": "D", "document": "DVD" }],
        }))
        .unwrap();
        let book = Rulebook::default();
        let finding = PolicyFinding::BranchHidesRule {
            exception: "X".into(),
            rule: "D".into(),
            parameter: Parameter::LoanDays,
            value: 28_u32.into(),
            hidden: 14_u32.into(),
        };
        assert_eq!(
            finding.sentence(Language::French, &document, &book),
            "LENS : durée du prêt 28 jours l’emporte ici sur la règle du réseau « DVD » (14 jours). Si ce n’est pas voulu, \
             ajoutez une règle qui nomme les deux à la fois."
        );
        let swallowed = PolicyFinding::BranchSwallowsRule {
            exception: "X".into(),
            rule: "D".into(),
            parameter: Parameter::LoanDays,
            value: 28_u32.into(),
            hidden: 14_u32.into(),
        };
        assert_eq!(
            swallowed.sentence(Language::French, &document, &book),
            "LENS : durée du prêt 28 jours vaut ici aussi à la place de la règle du réseau « DVD » (14 jours). Si ce \
             n’est pas voulu, ajoutez une règle qui nomme les deux à la fois."
        );
        let unknown = PolicyFinding::NeverWins {
            rule: "GONE".into(),
            parameter: Parameter::LoanDays,
        };
        assert!(
            unknown
                .sentence(Language::English, &document, &book)
                .starts_with("GONE : ")
        );
    }
}
