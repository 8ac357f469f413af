//! A reader's file, as staff keep it: who they are, their cards, who lives with them, what keeps them from borrowing.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::{Language, Refused};
use desk::{Action, CardState, Desk, Dossier, PatronLine};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Door,
    access::Signed,
    pages::{
        Number, Trouble,
        desk::once,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "reader_file.html")]
struct FilePage {
    frame: Frame,
    reader: i64,
    /// The file as it was read: what was changed since is not closed.
    version: i64,
    once: String,
    /// What they owe, in words; none if nothing.
    owed: Option<String>,
    /// What was just done.
    done: Option<&'static str>,
    refused: Vec<String>,
    card: Option<String>,
    about: Vec<(&'static str, String)>,
    standing: Vec<String>,
    cards: Vec<(String, String)>,
    household: Vec<(i64, String, String)>,
    blocks: Vec<(i64, String, String)>,
    suspensions: Vec<(i64, String)>,
}

/// Notes that somebody looks into a file, before they do.
pub(super) async fn noted(
    desk: &Arc<Desk>,
    signed: &Signed,
    reader: i64,
    how: &str,
) -> Result<(), Trouble> {
    signed.require(Action::PatronRead)?;
    // Of nobody there is nothing to note.
    if desk.patron_lines(&[reader], &signed.at).await?.is_empty() {
        return Err(Trouble::NotFound);
    }
    let (action, detail) = (Action::PatronRead, json!({ "by": how }));
    Ok(desk
        .note_staff(&signed.member, action, Some(reader), &detail, &signed.at)
        .await?)
}

/// A card of a reader's, as the field of a form takes it; empty where there is none.
pub(super) async fn card_of(
    desk: &Arc<Desk>,
    signed: &Signed,
    reader: Option<i64>,
) -> Result<String, Trouble> {
    let Some(reader) = reader else {
        return Ok(String::new());
    };
    let lines = desk.patron_lines(&[reader], &signed.at).await?;
    let card = lines.into_iter().next().and_then(|line| line.card);
    Ok(card.map(|(number, _)| number).unwrap_or_default())
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    done: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    Query(told): Query<Told>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let done = match told.done.as_str() {
        "registered" => Some(t.say("Lecteur inscrit.", "The reader is registered.")),
        "changed" => Some(t.say("Modifications enregistrées.", "The changes are kept.")),
        "blocked" => Some(t.say("Compte bloqué.", "The account is blocked.")),
        "lifted" => Some(t.say("C’est levé.", "It is lifted.")),
        "merged" => Some(t.say(
            "Les deux dossiers n’en font qu’un.",
            "The two files are one.",
        )),
        "card" => Some(t.say("Nouvelle carte en service.", "The new card is in use.")),
        _ => None,
    };
    match file(&door, &signed, reader, done, None).await {
        Err(Trouble::NotFound) => moved(&door, &signed, reader).await,
        shown => shown,
    }
}

/// A file that was made one with another leads there.
async fn moved(door: &Door, signed: &Signed, reader: i64) -> Result<Response, Trouble> {
    signed.require(Action::PatronRead)?;
    let into = door.desk.merged_into(reader).await?;
    let into = into.ok_or(Trouble::NotFound)?;
    Ok(Redirect::to(&format!("/staff/readers/{into}")).into_response())
}

pub(super) async fn file(
    door: &Door,
    signed: &Signed,
    reader: i64,
    done: Option<&'static str>,
    refused: Option<&Refused>,
) -> Result<Response, Trouble> {
    noted(&door.desk, signed, reader, "file").await?;
    let (desk, t) = (&door.desk, signed.tongue());
    let dossier = desk.dossier(reader, &signed.at).await?;
    let dossier = dossier.ok_or(Trouble::NotFound)?;
    let household = desk.household(reader, &signed.at).await?;
    let members = household.map_or_else(Vec::new, |household| household.members);
    let own = members.iter().find(|line| line.id == reader);
    let book = desk.rulebook();
    let text = |no: &circulation::Refusal| no.text(t.0, &book);
    let name = format!("{} {}", dossier.data.given_name, dossier.data.family_name);
    let guarantor = card_of(desk, signed, dossier.data.guarantor).await?;
    shown(&FilePage {
        frame: Frame::of(signed, name.trim(), "/staff/readers"),
        reader,
        version: dossier.version,
        once: once(signed),
        owed: own
            .filter(|line| line.owed_cents != 0)
            .map(|line| t.euros(line.owed_cents)),
        done,
        refused: refused.map_or_else(Vec::new, |no| no.all().iter().map(text).collect()),
        card: own.and_then(|line| line.card.as_ref().map(|(number, _)| number.clone())),
        about: about(t, desk, &dossier, guarantor),
        standing: own.map_or_else(Vec::new, |line| line.standing.iter().map(text).collect()),
        cards: dossier
            .cards
            .iter()
            .map(|card| {
                (
                    card.number.clone(),
                    format!("{} · {}", card.branch, state(t, card.state)),
                )
            })
            .collect(),
        household: members
            .iter()
            .filter(|line| line.id != reader)
            .map(|line| member(t, line))
            .collect(),
        blocks: dossier
            .blocks
            .into_iter()
            .map(|block| {
                let since = block.placed_at.to_zoned(signed.at.time_zone().clone());
                let by = block.staff.or(block.terminal).unwrap_or_default();
                (
                    block.id,
                    block.message,
                    format!("{} {by}", t.day(&since.date())),
                )
            })
            .collect(),
        suspensions: dossier
            .suspensions
            .iter()
            .map(|suspension| {
                let until = t.say("suspendu jusqu’au", "suspended until");
                (
                    suspension.id,
                    format!("{until} {}", t.day(&suspension.free_on)),
                )
            })
            .collect(),
    })
}

pub(super) fn about(
    t: Tongue,
    desk: &Desk,
    dossier: &Dossier,
    guarantor: String,
) -> Vec<(&'static str, String)> {
    let (book, data) = (desk.rulebook(), &dossier.data);
    let category = book
        .categories
        .get(&data.category)
        .map(|category| category.label.clone());
    let branch = book
        .branches
        .get(&data.home_branch)
        .map(|branch| branch.name.clone());
    let language = match data.language {
        Language::French => t.say("français", "French"),
        Language::English => t.say("anglais", "English"),
    };
    let pin = match dossier.has_pin {
        true => t.say("oui", "yes"),
        false => t.say("non", "no"),
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| t.day(&day)).unwrap_or_default();
    let lines = [
        (t.say("Catégorie", "Category"), category.unwrap_or_default()),
        (t.say("Bibliothèque", "Branch"), branch.unwrap_or_default()),
        (t.say("Né(e) le", "Born on"), day(data.born_on)),
        (
            t.say("Carte valable jusqu’au", "Card good until"),
            day(data.expires_on),
        ),
        (t.say("Téléphone", "Telephone"), data.phone.clone()),
        (t.say("Courriel", "E-mail"), data.email.clone()),
        (t.say("Adresse", "Address"), data.address.clone()),
        (t.say("Langue", "Language"), language.to_owned()),
        (t.say("Responsable (carte)", "Guarantor (card)"), guarantor),
        (t.say("Code secret", "PIN"), pin.to_owned()),
        (t.say("Note", "Note"), data.note.clone()),
    ];
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

fn member(t: Tongue, line: &PatronLine) -> (i64, String, String) {
    let name = format!("{} {}", line.given_name, line.family_name);
    let mut about = vec![format!("{} {}", line.loans, t.say("prêts", "loans"))];
    if line.overdue > 0 {
        about.push(format!(
            "{} {}",
            line.overdue,
            t.say("en retard", "overdue")
        ));
    }
    if line.owed_cents != 0 {
        about.push(format!(
            "{} {}",
            t.say("doit", "owes"),
            t.euros(line.owed_cents)
        ));
    }
    (line.id, name.trim().to_owned(), about.join(" · "))
}

fn state(t: Tongue, state: CardState) -> &'static str {
    match state {
        CardState::Active => t.say("en service", "in use"),
        CardState::Alias => t.say("ancien numéro", "older number"),
        CardState::Lost => t.say("perdue", "lost"),
        CardState::Replaced => t.say("remplacée", "replaced"),
        CardState::Cancelled => t.say("annulée", "cancelled"),
    }
}
