//! What a change of the calendar would move, on a page.

use askama::Template;
use axum::response::Response;
use desk::{CalendarPreview, MovedDays};

use super::HERE;
use crate::{
    access::Signed,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "calendar_preview.html")]
struct PreviewPage {
    frame: Frame,
    told: Option<String>,
    /// What is to be changed, in a sentence.
    what: String,
    /// Where the confirmed form goes, and what it says.
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    /// Where the way back leads.
    back: String,
    confirm: &'static str,
    loans: usize,
    readers: usize,
    stay: usize,
    due: Vec<(String, String, usize)>,
    shelves: Vec<(String, String, usize)>,
}

/// A change to be confirmed.
pub(super) struct Change {
    pub(super) title: &'static str,
    pub(super) what: String,
    pub(super) action: &'static str,
    pub(super) fields: Vec<(&'static str, String)>,
    pub(super) back: String,
    pub(super) confirm: &'static str,
}

/// What it would move, and the form that does it; `told`: why it was not done a moment ago.
pub(super) fn show(
    signed: &Signed,
    change: Change,
    preview: &CalendarPreview,
    told: Option<String>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let mut fields = change.fields;
    fields.push(("seen", preview.version.to_string()));
    shown(&PreviewPage {
        frame: Frame::of(signed, change.title, HERE),
        told,
        what: change.what,
        action: change.action,
        fields,
        back: change.back,
        confirm: change.confirm,
        loans: preview.loans(),
        readers: preview.readers,
        stay: preview.stay,
        due: lines(t, &preview.due),
        shelves: lines(t, &preview.shelves),
    })
}

fn lines(t: Tongue, days: &[MovedDays]) -> Vec<(String, String, usize)> {
    let line = |days: &MovedDays| (t.day(&days.from), t.day(&days.to), days.count);
    days.iter().map(line).collect()
}
