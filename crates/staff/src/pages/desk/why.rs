//! Why something was decided as it was.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use desk::{Action, Why};

use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage {
    frame: Frame,
    why: Why,
    when: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(event): Path<i64>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let why = door.desk.why(event, t.0).await?.ok_or(Trouble::NotFound)?;
    // What happened at another branch is that branch's: it takes the right to read the log there.
    let here = why.event.branch == Some(signed.member.branch());
    if !here || !signed.member.may(Action::Circulate) {
        let branch = why.event.branch.unwrap_or(signed.member.branch());
        signed.member.require_at(Action::EventRead, branch)?;
    }
    let when = why.event.at.to_zoned(door.desk.now().time_zone().clone());
    shown(&WhyPage {
        frame: Frame::of(&signed, t.say("Pourquoi ?", "Why?"), ""),
        when: when.strftime("%d/%m/%Y %H:%M").to_string(),
        why,
    })
}
