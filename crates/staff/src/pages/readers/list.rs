//! Readers found by what they say of themselves, in pages.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::{Action, FindAsk, PatronLine};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::LINES,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    words: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "readers.html")]
struct ListPage {
    frame: Frame,
    /// What was just done.
    done: Option<&'static str>,
    words: String,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: i64,
    name: String,
    card: String,
    about: String,
    late: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronRead)?;
    let t = signed.tongue();
    let after = match wanted.after.as_str() {
        "" => None,
        after => Some(after.parse().map_err(|_| Trouble::NotFound)?),
    };
    let ask = FindAsk {
        words: wanted.words.chars().take(200).collect(),
        after,
        most: u16::try_from(LINES).unwrap_or(u16::MAX),
        at: signed.at.clone(),
    };
    let found = match wanted.words.trim() {
        "" => None,
        _ => Some(door.desk.find_patrons(&ask).await?),
    };
    let (lines, next) = found.map_or_else(Default::default, |found| (found.lines, found.next));
    if !lines.is_empty() {
        let detail = json!({ "by": "search", "shown": lines.len() });
        let action = Action::PatronRead;
        door.desk
            .note_staff(&signed.member, action, None, &detail, &signed.at)
            .await?;
    }
    shown(&ListPage {
        frame: Frame::of(&signed, t.say("Lecteurs", "Readers"), "/staff/readers"),
        done: (wanted.done == "closed").then(|| t.say("Compte fermé.", "The account is closed.")),
        words: wanted.words,
        next: next.map(|next| next.to_string()),
        lines: lines.into_iter().map(|line| one(t, line)).collect(),
    })
}

fn one(t: Tongue, line: PatronLine) -> Line {
    let name = format!("{} {}", line.family_name, line.given_name);
    let born = line.born_on.map(|day| t.day(&day));
    let about = [
        born,
        Some(line.category.to_string()),
        Some(line.home_branch.to_string()),
    ];
    Line {
        id: line.id,
        name: name.trim().to_owned(),
        card: line.card.map(|(number, _)| number).unwrap_or_default(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        late: line.overdue > 0,
    }
}
