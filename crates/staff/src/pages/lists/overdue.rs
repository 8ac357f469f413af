//! What readers should have brought back, and how to reach them.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::{Action, LateAt, OverdueAfter, OverdueAsk, OverdueLine};

use super::Asked;
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "overdue.html")]
struct OverduePage {
    frame: Frame,
    /// What belongs here, wherever it was lent; otherwise what was lent here.
    owned: bool,
    /// The level that is looked at, and how many loans stood at each within the last half minute.
    level: Option<u8>,
    levels: Vec<(u8, i64, bool)>,
    reads: bool,
    goes_on: bool,
    list: Vec<Row>,
    next: Option<String>,
}

#[derive(Debug)]
struct Row {
    barcode: String,
    title: String,
    due: String,
    days: u32,
    level: u8,
    /// For who may see readers: card, name, telephone, mail.
    card: Option<String>,
    name: String,
    phone: String,
    email: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let here = signed.member.branch();
    let owned = asked.only.as_deref() == Some("owned");
    let at = match owned {
        true => LateAt::Owned(here),
        false => LateAt::Lent(here),
    };
    let level = match asked.level.as_deref() {
        None | Some("") => None,
        Some(level) => Some(level.parse().map_err(|_| Trouble::NotFound)?),
    };
    let from: Option<OverdueAfter> = after(asked.after.as_deref())?;
    let reads = signed.member.may(Action::PatronRead);
    if reads {
        let read = serde_json::json!({ "read": "overdue", "branch": here });
        door.desk
            .note_staff(&signed.member, Action::List, None, &read, &signed.at)
            .await?;
    }
    let ask = OverdueAsk {
        at,
        level,
        after: from,
        most: LINES,
        on: signed.at.clone(),
    };
    let list = door.desk.overdue(&ask).await?;
    let levels = door.counts.late(&door.desk, at, &signed.at).await?;
    shown(&OverduePage {
        frame: Frame::of(
            &signed,
            t.say("En retard", "Overdue"),
            "/staff/lists/overdue",
        ),
        owned,
        level,
        levels: levels
            .iter()
            .map(|(at, loans)| (*at, *loans, level == Some(*at)))
            .collect(),
        reads,
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|line| row(t, line, reads))
            .collect(),
    })
}

fn row(t: Tongue, line: OverdueLine, reads: bool) -> Row {
    let due = t.day(&line.due());
    let late = line.late;
    let reader = reads.then_some(late.reader);
    let (card, name, phone, email) = reader.map_or_else(Default::default, |reader| {
        let name = format!("{} {}", reader.family_name, reader.given_name);
        (
            reader.card,
            name.trim().to_owned(),
            reader.phone,
            reader.email,
        )
    });
    Row {
        barcode: late.barcode,
        title: late.title,
        due,
        days: line.days,
        level: line.level,
        card,
        name,
        phone,
        email,
    }
}
