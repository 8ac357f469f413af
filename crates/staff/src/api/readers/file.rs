//! A reader's file as staff keep it: read, changed, closed.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::{delete, get, patch},
};
use circulation::{CategoryCode, Language};
use desk::{Action, ChangeAsk, CloseAsk, Dossier, HouseholdMove, ReaderData};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    file_shown::ReaderFile,
    holder, noted,
    register::{NewPin, Spoken, of_the_network},
};
use crate::{
    Door,
    api::{
        answer::{Asking, Done, Kept, once},
        caller::Caller,
        if_match::{IF_MATCH, if_match},
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::shown,
        words::{Branch, Day, Scan, Words, said},
    },
};

/// What of a file is to be otherwise; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReaderPatch {
    /// Family name.
    #[serde(default)]
    family_name: Option<Words>,
    /// Given name.
    #[serde(default)]
    given_name: Option<Words>,
    /// Date of birth; `null`: unknown.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = "date", pattern = r"^(19|2[01])[0-9]{2}-")]
    born_on: Option<Option<Day>>,
    /// The category.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Z0-9_-]{1,8}$", example = "ADU")]
    category: Option<CategoryCode>,
    /// The branch that the reader calls home.
    #[serde(default)]
    home_branch: Option<Branch>,
    /// A card of whoever answers for the reader; `null`: nobody.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$")]
    guarantor: Option<Option<Scan>>,
    /// A card of somebody in whose household they live from now on; `null`: alone.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$")]
    lives_with: Option<Option<Scan>>,
    /// Telephone number; empty: none.
    #[serde(default)]
    phone: Option<Words>,
    /// E-mail address; empty: none.
    #[serde(default)]
    email: Option<Words>,
    /// Postal address on one line; empty: none.
    #[serde(default)]
    address: Option<Words>,
    /// What the reader is spoken to in.
    #[serde(default)]
    language: Option<Spoken>,
    /// What colleagues are to know.
    #[serde(default)]
    note: Option<Words>,
    /// A new PIN: neither simple nor the birth date.
    #[serde(default)]
    pin: Option<NewPin>,
    /// The card runs on for as long as the category says.
    #[serde(default)]
    renewed: bool,
}

/// Nothing to say about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FileClosed {}

/// Nothing more to say about it: what the file is now is read anew.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct FileChanged {}

impl Kept for FileChanged {}

const PATH: &str = "/patrons/{card}/file";
const DONE: &str = r#"{"outcome": {}, "event": 4724, "dry_run": false, "replayed": false}"#;

pub(super) fn routes() -> [Route; 3] {
    [
        Route {
            method: Method::GET,
            path: PATH,
            needs: Needs::Here(Action::PatronRead),
            name: "patron_file",
            summary: "Lire le dossier d’un lecteur — Read a reader’s file",
            text: "What staff wrote down, with its cards, blocks and suspensions. Its `ETag` is what a change shows as \
                   `If-Match`. Each look is noted, with who looked, before anything is shown.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<ReaderFile>(super::file_shown::EXAMPLE),
            keyed: false,
            serve: || get(read),
        },
        Route {
            method: Method::PATCH,
            path: PATH,
            needs: Needs::Here(Action::PatronEdit),
            name: "change_patron",
            summary: "Modifier le dossier d’un lecteur — Change a reader’s file",
            text: "What was wrong with it before does not keep the rest from being changed.",
            parameters: IF_MATCH,
            takes: Some(Shape::of::<ReaderPatch>(
                r#"{"phone": "03 21 00 00 00", "renewed": true}"#,
            )),
            gives: Shape::around::<Done<FileChanged>, FileChanged>(DONE),
            keyed: true,
            serve: || patch(change),
        },
        Route {
            method: Method::DELETE,
            path: PATH,
            needs: Needs::Here(Action::PatronEdit),
            name: "close_patron",
            summary: "Fermer le compte d’un lecteur — Close a reader’s account",
            text: "Its cards open nothing any more and nothing of the person is kept. Refused while anything is lent, held or \
                   owed, or the reader answers for others. A body is not needed.",
            parameters: IF_MATCH,
            takes: Some(Shape::of::<FileClosed>("{}")),
            gives: Shape::around::<Done<FileChanged>, FileChanged>(DONE),
            keyed: true,
            serve: || delete(close),
        },
    ]
}

async fn read(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(card): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let reader = noted(&door, &caller, card, "file").await?;
    let dossier = door.desk.dossier(reader, &caller.at).await?;
    let dossier = dossier.ok_or_else(Problem::not_found)?;
    shown(&headers, &ReaderFile::from(dossier))
}

/// The file of a card's reader, as the caller has read it.
async fn read_before(
    asking: &Asking,
    card: String,
    headers: &HeaderMap,
) -> Result<Dossier, Problem> {
    let reader = holder(asking, card, "card").await;
    let reader = reader.map_err(|_| Problem::not_found())?;
    let dossier = asking.desk().dossier(reader, &asking.caller.at).await?;
    let dossier = dossier.ok_or_else(Problem::not_found)?;
    if_match(headers, &ReaderFile::from(dossier.clone()))?;
    Ok(dossier)
}

async fn change(
    State(door): State<Arc<Door>>,
    Named(card): Named,
    headers: HeaderMap,
    command: Command<ReaderPatch>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, sent, key| async move {
        let before = read_before(&asking, card, &headers).await?;
        let data = changed(&asking, &before, &sent).await?;
        let household = match sent.lives_with {
            None => HouseholdMove::Stays,
            Some(None) => HouseholdMove::Alone,
            Some(Some(card)) => HouseholdMove::With(holder(&asking, card.0, "lives_with").await?),
        };
        let ask = ChangeAsk {
            actor: asking.caller.member.actor(),
            patron: before.id,
            version: before.version,
            data,
            renewed: sent.renewed,
            household,
            pin: sent.pin.map(|pin| pin.0),
            key,
            at: asking.caller.at.clone(),
        };
        let answer = asking.desk().change_patron(ask).await?;
        asking.told(answer, |_| FileChanged {})
    })
    .await
}

async fn changed(
    asking: &Asking,
    before: &Dossier,
    sent: &ReaderPatch,
) -> Result<ReaderData, Problem> {
    let home = sent.home_branch.map(|Branch(code)| code);
    of_the_network(asking, sent.category, home)?;
    let mut data = before.data.clone();
    let texts = [
        (&mut data.family_name, &sent.family_name),
        (&mut data.given_name, &sent.given_name),
        (&mut data.phone, &sent.phone),
        (&mut data.email, &sent.email),
        (&mut data.address, &sent.address),
        (&mut data.note, &sent.note),
    ];
    for (field, said) in texts {
        if let Some(said) = said {
            field.clone_from(&said.0);
        }
    }
    if let Some(day) = &sent.born_on {
        data.born_on = day.map(|day| day.0);
    }
    data.category = sent.category.unwrap_or(data.category);
    data.home_branch = home.unwrap_or(data.home_branch);
    data.language = sent.language.map_or(data.language, Language::from);
    if let Some(card) = &sent.guarantor {
        data.guarantor = match card {
            None => None,
            Some(card) => Some(holder(asking, card.0.clone(), "guarantor").await?),
        };
    }
    Ok(data)
}

async fn close(
    State(door): State<Arc<Door>>,
    Named(card): Named,
    headers: HeaderMap,
    command: Command<FileClosed>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, _, key| async move {
        let before = read_before(&asking, card, &headers).await?;
        let ask = CloseAsk {
            actor: asking.caller.member.actor(),
            patron: before.id,
            version: before.version,
            key,
            at: asking.caller.at.clone(),
        };
        let answer = asking.desk().close_patron(ask).await?;
        asking.told(answer, |()| FileChanged {})
    })
    .await
}
