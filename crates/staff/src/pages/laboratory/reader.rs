//! Whose case it is: noted before it is shown.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, LabState};
use serde::Deserialize;

use super::{asked, base, report::frame, words};
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
};

#[derive(Debug, Deserialize)]
pub(super) struct Of {
    /// The report that the list is of.
    of: i64,
}

#[derive(Template)]
#[template(path = "laboratory_reader.html")]
struct ReaderPage {
    frame: Frame,
    base: String,
    said: words::Said,
    branch: String,
    name: Option<String>,
    card: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path((id, case)): Path<(String, String)>,
    Query(of): Query<Of>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let (draft, ask) = asked(&door, &signed, &id).await?;
    signed.require(Action::PatronRead)?;
    let base = base(&draft);
    let state = door
        .desk
        .laboratory_so_far(&draft, &ask, &signed.at)
        .await?;
    let case: usize = case.parse().map_err(|_| Trouble::NotFound)?;
    let LabState::Ready(report) = state else {
        return Ok(Redirect::to(&format!("{base}/laboratory")).into_response());
    };
    if of.of != report.at.timestamp().as_millisecond() {
        return Ok(Redirect::to(&format!("{base}/laboratory")).into_response());
    }
    let found = report.cases.get(case).ok_or(Trouble::NotFound)?;
    let patron = found.reader.ok_or(Trouble::NotFound)?;
    let detail = serde_json::json!({ "occasion": "laboratory", "draft": ask.draft });
    door.desk
        .note_staff(
            &signed.member,
            Action::PatronRead,
            Some(patron),
            &detail,
            &signed.at,
        )
        .await?;
    let line = door.desk.patron_lines(&[patron], &signed.at).await?.pop();
    let book = door.desk.rulebook();
    shown(&ReaderPage {
        frame: frame(&signed, &draft),
        base,
        said: words::said(signed.tongue(), &found.change),
        branch: words::branch(&book, found.change.branch),
        name: line.as_ref().map(|line| {
            format!("{} {}", line.given_name, line.family_name)
                .trim()
                .to_owned()
        }),
        card: line.and_then(|line| line.card).map(|(card, _)| card),
    })
}
