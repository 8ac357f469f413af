//! What is written down of a reader, as the fields of a form.

use circulation::{BranchCode, CategoryCode, ContactField, Language, Refusal, Refused, Rulebook};
use desk::{Desk, PatronAsk, ReaderData};
use serde::Deserialize;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    access::Signed,
    pages::{Trouble, desk::no_pins},
    tongue::Tongue,
};

/// The form, as it was sent. It comes back as it was typed when something is wrong with it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub(super) once: String,
    #[serde(default)]
    pub(super) version: i64,
    #[serde(default)]
    pub(super) card: String,
    #[serde(default)]
    pub(super) family_name: String,
    #[serde(default)]
    pub(super) given_name: String,
    #[serde(default)]
    pub(super) born_on: String,
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) home_branch: String,
    /// A card of whoever answers for the reader.
    #[serde(default)]
    pub(super) guarantor: String,
    /// A card of somebody of the household.
    #[serde(default)]
    pub(super) lives_with: String,
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    pub(super) phone: String,
    #[serde(default)]
    pub(super) address: String,
    #[serde(default)]
    pub(super) language: String,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) alike: String,
    #[serde(default)]
    pub(super) renewed: String,
    /// Never shown again.
    #[serde(default)]
    pub(super) pin: Secret,
}

/// A PIN as it was typed: in no log and on no page.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Secret(pub(super) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What is wrong, by the field that it stands beside; without one it is about all of it.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    pub(super) fields: BTreeMap<&'static str, String>,
    pub(super) all: Vec<String>,
    /// Another reader has these names and this birth date.
    pub(super) alike: Option<i64>,
}

impl Wrong {
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.all.is_empty()
    }

    pub(super) fn of(t: Tongue, book: &Rulebook, refused: &Refused) -> Self {
        let mut wrong = Self::default();
        for refusal in refused.all() {
            let text = refusal.text(t.0, book);
            if let Refusal::ReaderAlike { patron, .. } = refusal {
                wrong.alike = Some(*patron);
            }
            match field(refusal) {
                Some(field) => drop(wrong.fields.insert(field, text)),
                None => wrong.all.push(text),
            }
        }
        wrong
    }

    pub(super) fn at(&self, field: &str) -> Option<&String> {
        self.fields.get(field)
    }
}

/// Beside which field a refusal stands.
fn field(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::ValueWrong { field } => match field {
            ContactField::Email => "email",
            ContactField::Phone => "phone",
            ContactField::Address => "address",
            ContactField::Pin => "pin",
            ContactField::Name => "family_name",
            ContactField::BirthDate => "born_on",
            ContactField::Category => "category",
            ContactField::HomeBranch => "home_branch",
            ContactField::Card => "card",
            ContactField::Note => "note",
            ContactField::Expiry => return None,
        },
        Refusal::CardTaken => "card",
        Refusal::PinTooSimple => "pin",
        Refusal::AgeOutside { .. } => "category",
        Refusal::GuarantorMissing | Refusal::GuarantorUnfit => "guarantor",
        _ => return None,
    })
}

impl Sent {
    /// What the desk is asked to write down, or what of it cannot be read.
    pub(super) async fn data(
        &self,
        desk: &Arc<Desk>,
        signed: &Signed,
        before: Option<&ReaderData>,
    ) -> Result<Result<(ReaderData, Option<i64>), Wrong>, Trouble> {
        let t = signed.tongue();
        let mut wrong = Wrong::default();
        let mut miss = |field, fr: &'static str, en: &'static str| {
            wrong.fields.insert(field, t.say(fr, en).to_owned());
        };
        let born_on = match self.born_on.trim() {
            "" => None,
            text => {
                let day = text.parse().ok();
                if day.is_none() {
                    miss(
                        "born_on",
                        "Cette date n’en est pas une : jour, mois, année.",
                        "This is no date: day, month, year.",
                    );
                }
                day
            }
        };
        let category = self.category.parse::<CategoryCode>().ok();
        if category.is_none() {
            miss(
                "category",
                "Choisissez une catégorie.",
                "Choose a category.",
            );
        }
        let home_branch = match self.home_branch.as_str() {
            "" => Some(signed.member.branch()),
            code => code.parse::<BranchCode>().ok(),
        };
        if home_branch.is_none() {
            miss(
                "home_branch",
                "Choisissez une bibliothèque.",
                "Choose a branch.",
            );
        }
        let mut others = [None, None];
        for (place, (field, card)) in [
            ("guarantor", &self.guarantor),
            ("lives_with", &self.lives_with),
        ]
        .into_iter()
        .enumerate()
        {
            if card.trim().is_empty() {
                continue;
            }
            let ask = PatronAsk {
                actor: signed.actor(),
                card: card.clone(),
                pin: None,
                visit: no_pins(),
                at: signed.at.clone(),
            };
            match desk.patron(ask).await? {
                Ok(view) => others[place] = Some(view.id),
                Err(refusal) => {
                    let text = refusal.text(t.0, &desk.rulebook());
                    wrong.fields.insert(field, text);
                }
            }
        }
        let (Some(category), Some(home_branch), true) = (category, home_branch, wrong.is_empty())
        else {
            return Ok(Err(wrong));
        };
        let [guarantor, lives_with] = others;
        let data = ReaderData {
            family_name: self.family_name.clone(),
            given_name: self.given_name.clone(),
            born_on,
            category,
            home_branch,
            guarantor,
            email: self.email.clone(),
            phone: self.phone.clone(),
            address: self.address.clone(),
            language: match self.language.as_str() {
                "en" => Language::English,
                _ => Language::French,
            },
            expires_on: before.and_then(|before| before.expires_on),
            note: self.note.clone(),
        };
        Ok(Ok((data, lives_with)))
    }

    /// A file as the form shows it.
    pub(super) fn of(data: &ReaderData, version: i64, guarantor: String) -> Self {
        Self {
            version,
            family_name: data.family_name.clone(),
            given_name: data.given_name.clone(),
            born_on: data.born_on.map(|day| day.to_string()).unwrap_or_default(),
            category: data.category.to_string(),
            home_branch: data.home_branch.to_string(),
            guarantor,
            email: data.email.clone(),
            phone: data.phone.clone(),
            address: data.address.clone(),
            language: match data.language {
                Language::English => "en",
                Language::French => "fr",
            }
            .into(),
            note: data.note.clone(),
            ..Self::default()
        }
    }
}
