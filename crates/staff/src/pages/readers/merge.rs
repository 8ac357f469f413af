//! Two files, side by side, that are to become one.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::Refused;
use desk::{Action, Dossier, MergeAsk, PatronAsk, PatronLine, Visit};
use serde::Deserialize;

use super::file::about;
use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Number, Trouble,
        desk::{key, once},
        shown::{Frame, page as shown},
    },
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    /// The other file, by its reader's number or by a card of theirs.
    with: Option<i64>,
    #[serde(default)]
    card: String,
}

#[derive(Template)]
#[template(path = "reader_merge.html")]
struct MergePage {
    frame: Frame,
    once: String,
    refused: Vec<String>,
    reader: i64,
    /// What was typed to find the other one.
    card: String,
    unknown: bool,
    files: Vec<File>,
}

struct File {
    reader: i64,
    version: i64,
    name: String,
    about: Vec<(&'static str, String)>,
    /// The one that stays, if nobody says otherwise.
    stays: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronMerge)?;
    let other = match (wanted.with, wanted.card.trim()) {
        (Some(other), _) => Some(other),
        (None, "") => None,
        (None, card) => by_card(&door, &signed, card).await?,
    };
    let unknown = other.is_none() && !wanted.card.trim().is_empty();
    let files = [Some(reader), other.filter(|other| *other != reader)];
    compare(&door, &signed, files, (wanted.card, unknown), None).await
}

async fn by_card(door: &Door, signed: &Signed, card: &str) -> Result<Option<i64>, Trouble> {
    let ask = PatronAsk {
        actor: signed.actor(),
        card: card.to_owned(),
        pin: None,
        visit: Arc::new(Visit::new()),
        at: signed.at.clone(),
    };
    Ok(door.desk.patron(ask).await?.ok().map(|view| view.id))
}

async fn compare(
    door: &Door,
    signed: &Signed,
    readers: [Option<i64>; 2],
    (card, unknown): (String, bool),
    refused: Option<&Refused>,
) -> Result<Response, Trouble> {
    let (desk, t) = (&door.desk, signed.tongue());
    let ids: Vec<i64> = readers.into_iter().flatten().collect();
    let lines = desk.patron_lines(&ids, &signed.at).await?;
    if lines.len() < ids.len() {
        return Err(Trouble::NotFound);
    }
    // Who has more of a life here stays, unless somebody says otherwise.
    let stays = lines
        .iter()
        .max_by_key(|line| (line.card.is_some(), line.loans, -line.id))
        .map(|line| line.id);
    let mut files = Vec::with_capacity(lines.len());
    for line in lines {
        let (action, read) = (Action::PatronRead, serde_json::json!({ "by": "merge" }));
        desk.note_staff(&signed.member, action, Some(line.id), &read, &signed.at)
            .await?;
        let dossier = desk.dossier(line.id, &signed.at).await?;
        let dossier = dossier.ok_or(Trouble::NotFound)?;
        files.push(file(door, signed, line, dossier, stays));
    }
    let book = desk.rulebook();
    let text = |no: &circulation::Refusal| no.text(t.0, &book);
    shown(&MergePage {
        frame: Frame::of(
            signed,
            t.say("Réunir deux dossiers", "Make one file of two"),
            "/staff/work/readers",
        ),
        once: once(signed),
        refused: refused.map_or_else(Vec::new, |no| no.all().iter().map(text).collect()),
        reader: ids.first().copied().unwrap_or_default(),
        card,
        unknown,
        files,
    })
}

fn file(
    door: &Door,
    signed: &Signed,
    line: PatronLine,
    dossier: Dossier,
    stays: Option<i64>,
) -> File {
    let t = signed.tongue();
    let cards: Vec<_> = dossier
        .cards
        .iter()
        .map(|card| format!("{} ({})", card.number, card.branch))
        .collect();
    let guarantor = dossier.data.guarantor.map(|id| id.to_string());
    let mut told = about(t, &door.desk, &dossier, guarantor.unwrap_or_default());
    told.insert(0, (t.say("Cartes", "Cards"), cards.join(", ")));
    told.push((t.say("Prêts", "Loans"), line.loans.to_string()));
    told.push((t.say("À payer", "Owed"), t.euros(line.owed_cents)));
    let name = format!("{} {}", line.family_name, line.given_name);
    File {
        reader: line.id,
        version: dossier.version,
        name: name.trim().to_owned(),
        about: told,
        stays: stays == Some(line.id),
    }
}

/// Which of two files stays; both by their versions, as they were looked at.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    other: i64,
    version: i64,
    other_version: i64,
    stays: i64,
    #[serde(default)]
    sure: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn merge(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronMerge)?;
    let (this, other) = ((reader, sent.version), (sent.other, sent.other_version));
    let (from, into) = match sent.stays {
        stays if stays == reader => (other, this),
        stays if stays == sent.other => (this, other),
        _ => return Err(Trouble::NotFound),
    };
    let files = [Some(reader), Some(sent.other)];
    if sent.sure != "yes" {
        return compare(&door, &signed, files, Default::default(), None).await;
    }
    let what = ["merge", &from.0.to_string(), &into.0.to_string()];
    let ask = MergeAsk {
        actor: signed.actor(),
        from,
        into,
        key: Some(key(&signed, &sent.once, &what)),
        at: signed.at.clone(),
    };
    match door.desk.merge_readers(ask).await?.outcome {
        Ok(_) if signed.member.may(Action::PatronRead) => {
            let file = format!("/staff/readers/{}?done=merged", into.0);
            Ok(Redirect::to(&file).into_response())
        }
        Ok(_) => Ok(Redirect::to("/staff/work/readers?done=merged").into_response()),
        Err(refused) => compare(&door, &signed, files, Default::default(), Some(&refused)).await,
    }
}
