//! A reader is registered.

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use circulation::{BranchCode, CategoryCode, Language};
use desk::{Action, Enrolled, Pin, ReaderData, RegisterAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::holder;
use crate::{
    Door,
    api::{
        answer::{Asking, Done, Kept, once},
        input::Command,
        problem::Problem,
        route::{Needs, Route, Shape},
        words::{Branch, Day, Scan, Words},
    },
};

/// A PIN of four to eight digits. It is told nowhere.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[0-9]{4,8}$", example = "4711")]
pub(super) struct NewPin(pub(super) Pin);

impl TryFrom<String> for NewPin {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let pin = digits.then(|| Pin::typed(&text)).flatten();
        pin.map(Self).ok_or("4 à 8 chiffres / 4 to 8 digits")
    }
}

/// What a reader is spoken to in.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Spoken {
    #[default]
    Fr,
    En,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Fr => Self::French,
            Spoken::En => Self::English,
        }
    }
}

/// A reader to be registered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewReader {
    /// The number of a blank card, as scanned.
    card: Scan,
    /// Family name.
    family_name: Words,
    /// Given name; left out for groups.
    #[serde(default)]
    given_name: Words,
    /// Date of birth.
    #[serde(default)]
    born_on: Option<Day>,
    /// The category.
    #[schema(value_type = String, pattern = "^[A-Z0-9_-]{1,8}$", example = "ADU")]
    category: CategoryCode,
    /// The branch that the reader calls home; where you work, if left out.
    #[serde(default)]
    home_branch: Option<Branch>,
    /// A card of whoever answers for the reader.
    #[serde(default)]
    guarantor: Option<Scan>,
    /// A card of a reader in whose household they live.
    #[serde(default)]
    lives_with: Option<Scan>,
    /// Telephone number.
    #[serde(default)]
    phone: Words,
    /// E-mail address.
    #[serde(default)]
    email: Words,
    /// Postal address on one line.
    #[serde(default)]
    address: Words,
    /// What the reader is spoken to in.
    #[serde(default)]
    language: Spoken,
    /// What colleagues are to know.
    #[serde(default)]
    note: Words,
    /// Neither simple nor the birth date.
    #[serde(default)]
    pin: Option<NewPin>,
    /// Another reader of the same names and birth date is known to be somebody else.
    #[serde(default)]
    even_if_alike: bool,
}

/// A reader who was registered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Registered {
    /// The number of the reader.
    patron: i64,
}

impl Kept for Registered {}

pub(super) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/patrons",
        needs: Needs::Here(Action::PatronEdit),
        name: "register_patron",
        summary: "Inscrire un lecteur — Register a reader",
        text: "With a blank card, which your branch issues. A value that cannot be, a category that is not for that age, \
               nobody who answers for a minor, a card that is taken, a reader who is there already are refusals.",
        parameters: &[],
        takes: Some(Shape::of::<NewReader>(
            r#"{"card": "2620099000024", "family_name": "Fictif", "given_name": "Essai", "born_on": "1990-05-04",
                "category": "ADU", "home_branch": "LENS"}"#,
        )),
        gives: Shape::around::<Done<Registered>, Registered>(
            r#"{"outcome": {"patron": 4711}, "event": 4722, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(register),
    }
}

async fn register(
    State(door): State<Arc<Door>>,
    command: Command<NewReader>,
) -> Result<Response, Problem> {
    once(door, command, false, |asking, sent, key| async move {
        let data = data(&asking, &sent).await?;
        let lives_with = match sent.lives_with {
            None => None,
            Some(card) => Some(holder(&asking, card.0, "lives_with").await?),
        };
        let ask = RegisterAsk {
            actor: asking.caller.member.actor(),
            card: sent.card.0,
            data,
            lives_with,
            pin: sent.pin.map(|pin| pin.0),
            even_if_alike: sent.even_if_alike,
            key,
            at: asking.caller.at.clone(),
        };
        let answer = asking.desk().register(ask).await?;
        asking.told(answer, |enrolled: Enrolled| Registered {
            patron: enrolled.patron,
        })
    })
    .await
}

async fn data(asking: &Asking, sent: &NewReader) -> Result<ReaderData, Problem> {
    let home = sent.home_branch.map(|Branch(code)| code);
    let home_branch = home.unwrap_or(asking.caller.member.branch());
    of_the_network(asking, Some(sent.category), Some(home_branch))?;
    let guarantor = match &sent.guarantor {
        None => None,
        Some(card) => Some(holder(asking, card.0.clone(), "guarantor").await?),
    };
    Ok(ReaderData {
        family_name: sent.family_name.0.clone(),
        given_name: sent.given_name.0.clone(),
        born_on: sent.born_on.map(|day| day.0),
        category: sent.category,
        home_branch,
        guarantor,
        email: sent.email.0.clone(),
        phone: sent.phone.0.clone(),
        address: sent.address.0.clone(),
        language: sent.language.into(),
        expires_on: None,
        note: sent.note.0.clone(),
    })
}

/// Whether the network has this category and this branch.
pub(super) fn of_the_network(
    asking: &Asking,
    category: Option<CategoryCode>,
    branch: Option<BranchCode>,
) -> Result<(), Problem> {
    let book = asking.desk().rulebook();
    if category.is_some_and(|code| !book.categories.contains_key(&code)) {
        return Err(Problem::unfit(
            "category",
            "Cette catégorie n’existe pas dans le réseau.",
            "The network has no such category.",
        ));
    }
    if branch.is_some_and(|code| !book.branches.contains_key(&code)) {
        return Err(Problem::unfit(
            "home_branch",
            "Cette bibliothèque n’existe pas dans le réseau.",
            "The network has no such branch.",
        ));
    }
    Ok(())
}
