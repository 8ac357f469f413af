//! A limit as a sentence.

use super::super::{Limit, Over, Whom};
use super::parameter::and;
use super::rule::{label_of_category, label_of_document};
use crate::language::Language;
use crate::rulebook::Rulebook;
use crate::words;

impl Limit {
    /// "5 prêts de DVD par lecteur dans tout le réseau (adulte, enfant)."
    #[must_use]
    pub fn sentence(&self, language: Language, book: &Rulebook) -> String {
        let say = |fr, en| language.pick(fr, en);
        let mut most = Vec::new();
        if let Some(loans) = self.max_loans {
            most.push(words::count(
                loans,
                say("prêt", "loan"),
                say("prêts", "loans"),
                language,
            ));
        }
        if let Some(holds) = self.max_holds {
            let (one, many) = (say("réservation", "hold"), say("réservations", "holds"));
            most.push(words::count(holds, one, many, language));
        }
        let mut text = match most.is_empty() {
            true => say("Aucun nombre donné", "No number given").to_owned(),
            false => and(&most, language),
        };
        match self.novelty {
            Some(true) => text += say(" de nouveautés", " of new documents"),
            Some(false) => text += say(" hors nouveautés", " of documents that are not new"),
            None => {}
        }
        if !self.documents.is_empty() {
            let labels: Vec<_> = self
                .documents
                .iter()
                .map(|code| label_of_document(*code, book))
                .collect();
            let of = match self.novelty {
                None => say(" : ", ": "),
                Some(_) => say(", ", ", "),
            };
            text += of;
            text += &labels.join(" + ");
        }
        text += match self.of {
            Whom::Patron => say(", par lecteur", ", for each reader"),
            Whom::Household => say(", pour tout le foyer", ", for the whole household"),
        };
        text += ", ";
        text += &self.place(language, book);
        if !self.categories.is_empty() {
            let labels: Vec<_> = self
                .categories
                .iter()
                .map(|code| label_of_category(*code, book))
                .collect();
            text += say(" ; seulement : ", "; only: ");
            text += &labels.join(", ");
        }
        text + "."
    }

    fn place(&self, language: Language, book: &Rulebook) -> String {
        let say = |fr, en| language.pick(fr, en);
        let name = self.branch.map(|branch| words::branch_name(branch, book));
        match (self.over, name) {
            (Over::Network, _) => say("dans tout le réseau", "over the whole network").into(),
            (Over::Checkout, None) => say("dans chaque bibliothèque", "at each branch").into(),
            (Over::Checkout, Some(name)) => format!("{} {name}", say("empruntés à", "lent at")),
            (Over::Owner, None) => say(
                "dans le fonds de chaque bibliothèque",
                "of each branch’s stock",
            )
            .into(),
            (Over::Owner, Some(name)) => {
                format!("{} {name}", say("du fonds de", "of the stock of"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn said(limit: Value) -> [String; 2] {
        let limit: Limit = serde_json::from_value(limit).unwrap();
        let book = Rulebook::default();
        [Language::French, Language::English].map(|language| limit.sentence(language, &book))
    }

    #[test]
    fn a_limit_is_a_sentence() {
        assert_eq!(
            said(
                json!({ "id": "L", "of": "patron", "where": "network", "max_loans": 20,
                         "categories": ["ADU", "ENF"] })
            ),
            [
                "20 prêts, par lecteur, dans tout le réseau ; seulement : ADU, ENF.",
                "20 loans, for each reader, over the whole network; only: ADU, ENF."
            ]
        );
        assert_eq!(
            said(
                json!({ "id": "L", "of": "household", "where": "owner", "branch": "SALL",
                         "documents": ["ART", "INS"], "max_loans": 1 })
            )[0],
            "1 prêt : ART + INS, pour tout le foyer, du fonds de SALL."
        );
        assert_eq!(
            said(
                json!({ "id": "L", "of": "patron", "where": "checkout", "novelty": true,
                         "max_loans": 2, "max_holds": 1 })
            )[0],
            "2 prêts et 1 réservation de nouveautés, par lecteur, dans chaque bibliothèque."
        );
        assert_eq!(
            said(json!({ "id": "L", "of": "patron", "where": "network" }))[1],
            "No number given, for each reader, over the whole network."
        );
    }
}
