//! A change of the rules as a sentence.

use super::super::{Parameter, PolicyChange, Rule};
use super::rule::names;
use crate::language::Language;
use crate::rulebook::Rulebook;

impl PolicyChange {
    /// "DVD · Lens : durée du prêt, 14 jours → 7 jours."
    #[must_use]
    pub fn sentence(&self, language: Language, book: &Rulebook) -> String {
        let say = |fr, en| language.pick(fr, en);
        match self {
            Self::RuleAdded(rule) => format!(
                "{} {}{}",
                say("Nouvelle règle pour", "New rule for"),
                rule.is_for(language, book),
                settings(rule, language)
            ),
            Self::RuleRemoved(rule) => format!(
                "{} {}{}",
                say("Règle supprimée pour", "Rule removed for"),
                rule.is_for(language, book),
                settings(rule, language)
            ),
            Self::Set {
                names: (branch, category, document),
                parameter,
                before,
                after,
                ..
            } => {
                let said = |value: &Option<_>| match value {
                    Some(value) => parameter.said(value, language),
                    None => say("non précisé", "left open").to_owned(),
                };
                format!(
                    "{}{} {}, {} → {}.",
                    names(*branch, *category, *document, language, book),
                    say(" :", ":"),
                    lower(parameter.label(language)),
                    said(before),
                    said(after)
                )
            }
            Self::LimitAdded(limit) => format!(
                "{} {}",
                say("Nouvelle limite :", "New limit:"),
                limit.sentence(language, book)
            ),
            Self::LimitRemoved(limit) => format!(
                "{} {}",
                say("Limite supprimée :", "Limit removed:"),
                limit.sentence(language, book)
            ),
            Self::LimitChanged { before, after } => format!(
                "{} {} → {}",
                say("Limite modifiée :", "Limit changed:"),
                before.sentence(language, book),
                after.sentence(language, book)
            ),
            Self::FloatGroups => say(
                "Les groupes de bibliothèques qui partagent leur fonds changent.",
                "The groups of branches that share their stock change.",
            )
            .into(),
            Self::BranchPeriods => say(
                "Les périodes particulières de bibliothèques changent (travaux, déménagement).",
                "The special times of branches change (works, moving).",
            )
            .into(),
            Self::Roles => say(
                "La bibliothèque qui compte (prêt, propriétaire, retrait) change pour certaines valeurs.",
                "Which branch counts (loan, owner, pickup) changes for some values.",
            )
            .into(),
            Self::Currency => say("La monnaie change.", "The currency changes.").into(),
        }
    }
}

fn settings(rule: &Rule, language: Language) -> String {
    let set: Vec<String> = Parameter::ALL
        .into_iter()
        .filter_map(|parameter| {
            let value = rule.set.get(parameter)?;
            let said = parameter.said(&value, language);
            Some(format!("{} {said}", lower(parameter.label(language))))
        })
        .collect();
    let colon = language.pick(" : ", ": ");
    match set.is_empty() {
        true => ".".into(),
        false => format!("{colon}{}.", set.join(", ")),
    }
}

/// With a small first letter.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::PolicyDocument;
    use crate::testing::bare;
    use serde_json::json;

    #[test]
    fn changes_are_sentences() {
        let before: PolicyDocument = serde_json::from_value(bare()).unwrap();
        let mut after = bare();
        after["rule"][0]["loan_days"] = json!(21);
        after["rule"].as_array_mut().unwrap().push(json!(
            { "id": "X", "branch": "LENS", "document": "DVD", "loan_days": 7, "renewals": 0 }
        ));
        let after: PolicyDocument = serde_json::from_value(after).unwrap();
        let book = Rulebook::default();
        let said = |language| -> Vec<String> {
            let changes = after.changes_since(&before);
            changes
                .iter()
                .map(|change| change.sentence(language, &book))
                .collect()
        };
        assert_eq!(
            said(Language::French),
            [
                "Règle générale du réseau : durée du prêt, 28 jours → 21 jours.",
                "Nouvelle règle pour DVD · LENS : durée du prêt 7 jours, nombre de prolongations aucune.",
            ]
        );
        assert_eq!(
            said(Language::English)[0],
            "General rule of the network: length of a loan, 28 days → 21 days."
        );
    }
}
