//! What is done with a reader's file as a whole: a new card, a block, the end of it.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, Answer, BlockAsk, CardAsk, CloseAsk, LiftAsk, OldCard, Whose};
use serde::Deserialize;

use super::file::file;
use crate::{
    Door,
    access::{Form, Signed},
    pages::{Number, Trouble, desk::key},
};

#[derive(Debug, Deserialize)]
pub(super) struct Block {
    #[serde(default)]
    message: String,
}

pub(super) async fn block(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    posted: Form<Block>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronEdit)?;
    let ask = BlockAsk {
        actor: signed.actor(),
        patron: reader,
        message: sent.message,
        at: signed.at.clone(),
    };
    let answer = door.desk.block_patron(ask).await?;
    then(&door, &signed, reader, "blocked", answer).await
}

#[derive(Debug, Deserialize)]
pub(super) struct Lift {
    what: String,
    number: i64,
}

pub(super) async fn lift(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    posted: Form<Lift>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronEdit)?;
    let ask = LiftAsk {
        actor: signed.actor(),
        patron: reader,
        number: sent.number,
        at: signed.at.clone(),
    };
    let answer = match sent.what.as_str() {
        "block" => door.desk.lift_block(ask).await?,
        "suspension" => door.desk.lift_suspension(ask).await?,
        _ => return Err(Trouble::NotFound),
    };
    then(&door, &signed, reader, "lifted", answer).await
}

async fn then(
    door: &Door,
    signed: &Signed,
    reader: i64,
    done: &str,
    answer: Answer<()>,
) -> Result<Response, Trouble> {
    match answer.outcome {
        Ok(()) => {
            let file = format!("/staff/readers/{reader}?done={done}");
            Ok(Redirect::to(&file).into_response())
        }
        Err(refused) => file(door, signed, reader, None, Some(&refused)).await,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct NewCard {
    #[serde(default)]
    once: String,
    former: String,
    number: String,
}

pub(super) async fn card(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    posted: Form<NewCard>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronEdit)?;
    let old = match sent.former.as_str() {
        "lost" => OldCard::Lost,
        "replaced" => OldCard::Replaced,
        _ => return Err(Trouble::NotFound),
    };
    let what = ["card", &reader.to_string(), &sent.former, &sent.number];
    let ask = CardAsk {
        actor: signed.actor(),
        reader: Whose::Patron(reader),
        old,
        key: Some(key(&signed, &sent.once, &what)),
        number: sent.number,
        at: signed.at.clone(),
    };
    let answer = door.desk.replace_card(ask).await?;
    then(&door, &signed, reader, "card", answer).await
}

#[derive(Debug, Deserialize)]
pub(super) struct Close {
    #[serde(default)]
    once: String,
    version: i64,
    /// That it is meant.
    #[serde(default)]
    sure: String,
}

pub(super) async fn close(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    posted: Form<Close>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronEdit)?;
    if sent.sure != "yes" {
        return file(&door, &signed, reader, None, None).await;
    }
    let ask = CloseAsk {
        actor: signed.actor(),
        patron: reader,
        version: sent.version,
        key: Some(key(&signed, &sent.once, &["close", &reader.to_string()])),
        at: signed.at.clone(),
    };
    match door.desk.close_patron(ask).await?.outcome {
        Ok(()) => Ok(Redirect::to("/staff/readers?done=closed").into_response()),
        Err(refused) => file(&door, &signed, reader, None, Some(&refused)).await,
    }
}
