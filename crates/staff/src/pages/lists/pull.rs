//! What is to be fetched from the shelves, in their order.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::{Action, PullAfter, ToPull};

use super::{Asked, branch_name};
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "pull.html")]
struct PullPage {
    frame: Frame,
    list: Vec<(ToPull, String)>,
    /// It goes on after a former page.
    goes_on: bool,
    next: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let from: Option<PullAfter> = after(asked.after.as_deref())?;
    let here = signed.member.branch();
    let list = door
        .desk
        .pull_page(here, from.as_ref(), LINES, &signed.at)
        .await?;
    let book = door.desk.rulebook();
    let title = signed
        .tongue()
        .say("À chercher en rayon", "To pull from the shelves");
    shown(&PullPage {
        frame: Frame::of(&signed, title, "/staff/lists/pull"),
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|line| {
                let goal = branch_name(&book, line.pickup);
                (line, goal)
            })
            .collect(),
    })
}
