//! The first page: the scan box, and where to go from there.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};

use super::{
    Trouble,
    shown::{Frame, page as shown},
};
use crate::{Door, access::Signed};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    branches: Vec<(String, String, bool)>,
}

pub(crate) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let book = door.desk.rulebook();
    let here = signed.member.branch();
    let branches = book
        .branches
        .iter()
        .map(|(code, branch)| (code.to_string(), branch.name.clone(), *code == here))
        .collect();
    shown(&HomePage {
        frame: Frame::of(&signed, t.say("Accueil", "Home")),
        branches,
    })
}
