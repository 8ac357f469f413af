//! Partner systems, by login.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use desk::Action;

use crate::{
    Door,
    access::Signed,
    calendar::place_name,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
};

pub(super) const HERE: &str = "/staff/partners";

#[derive(Template)]
#[template(path = "partners.html")]
struct PartnersPage {
    frame: Frame,
    list: Vec<Row>,
}

struct Row {
    login: String,
    name: String,
    place: String,
    profile: String,
    services: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::Partner)?;
    let t = signed.tongue();
    let book = door.desk.rulebook();
    let partners = door.desk.partners(&signed.member, &door.machines);
    shown(&PartnersPage {
        frame: Frame::of(&signed, t.say("Partenaires", "Partners"), HERE),
        list: partners
            .into_iter()
            .map(|partner| Row {
                place: place_name(&book, Some(partner.branch), t),
                services: partner.messages.join(", "),
                login: partner.login,
                name: partner.name,
                profile: partner.profile,
            })
            .collect(),
    })
}
