//! The desk: one scan box, the reader or item before it, and what came of the last scan.

mod holds;
mod item;
mod lend;
mod money;
mod reader;
mod scan;
mod search;
mod title;
mod told;
mod why;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use desk::{Desk, RequestKey, Visit};

use super::{
    Trouble,
    shown::{Frame, page as shown},
};
use crate::{Door, access::Signed};

pub(super) use holds::known;
pub(super) use item::label as condition_label;
pub(super) use reader::fee_label;

use item::ItemPart;
use reader::ReaderPart;
use search::FoundPart;
use title::TitlePart;
use told::Told;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff", get(home))
        .route("/staff/scan", get(home).post(scan::scan))
        .route("/staff/lend", post(lend::lend))
        .route("/staff/return", post(lend::take_back))
        .route("/staff/undo", post(lend::undo))
        .route("/staff/renew", post(lend::renew))
        .route("/staff/renew-all", post(lend::renew_all))
        .route("/staff/hold", post(holds::place))
        .route("/staff/hold/cancel", post(holds::cancel))
        .route("/staff/pay", post(money::pay))
        .route("/staff/charge", post(money::charge))
        .route("/staff/items/{barcode}", get(item::page))
        .route("/staff/items/{barcode}/condition", post(item::declare))
        .route("/staff/titles/{bib}", get(title::page))
        .route("/staff/events/{event}", get(why::page))
}

/// What lies on the desk.
#[derive(Debug, Default)]
struct Before {
    told: Option<Told>,
    reader: Option<ReaderPart>,
    item: Option<ItemPart>,
    found: Option<FoundPart>,
    title: Option<TitlePart>,
}

impl Before {
    fn is_empty(&self) -> bool {
        let item = self.item.is_none() && self.title.is_none();
        self.reader.is_none() && item && self.found.is_none()
    }
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    before: Before,
    /// Whether nothing lies there yet.
    is_empty: bool,
    /// The network's branches: code, name, whether it is the one where they work.
    branches: Vec<(String, String, bool)>,
    /// What makes the forms of this page known when they come again.
    once: String,
}

/// The page with this before it.
fn desk_page(desk: &Desk, signed: &Signed, before: Before) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let title = match &before {
        Before {
            reader: Some(reader),
            ..
        } => reader.name.clone(),
        Before {
            item: Some(item), ..
        } => item.title.clone(),
        Before {
            title: Some(title), ..
        } => title.title.clone(),
        _ => t.say("Prêt et retour", "Desk").into(),
    };
    let here = signed.member.branch();
    let branches = desk
        .rulebook()
        .branches
        .values()
        .map(|branch| {
            let code = branch.code.to_string();
            (code, branch.name.clone(), branch.code == here)
        })
        .collect();
    shown(&DeskPage {
        frame: Frame::of(signed, &title, "/staff"),
        is_empty: before.is_empty(),
        before,
        branches,
        once: once(signed),
    })
}

async fn home(State(door): State<Arc<Door>>, signed: Signed) -> Result<Response, Trouble> {
    desk_page(&door.desk, &signed, Before::default())
}

/// A mark that no other page has.
pub(in crate::pages) fn once(signed: &Signed) -> String {
    static PAGES: AtomicU64 = AtomicU64::new(0);
    let page = PAGES.fetch_add(1, Ordering::Relaxed);
    format!("{}.{page}", signed.at.timestamp().as_nanosecond())
}

/// What a form of a page is known by when it is sent again: by a reload, or a second press of its button. No terminal
/// has a number below zero.
pub(in crate::pages) fn key(signed: &Signed, once: &str, what: &[&str]) -> RequestKey {
    let secret = signed.secret.form_key();
    let parts: Vec<&str> = [secret.as_str(), once]
        .into_iter()
        .chain(what.iter().copied())
        .collect();
    RequestKey::new(-signed.member.id(), &parts)
}

/// Staff type no PINs: there is nothing to remember.
pub(in crate::pages) fn no_pins() -> Arc<Visit> {
    Arc::new(Visit::new())
}
