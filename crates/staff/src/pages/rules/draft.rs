//! A draft: what it changes, what is wrong with it, its rules and limits.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::{PolicyDocument, Rule, Rulebook, Severity};
use desk::{Action, DraftRefused, PolicyDraft};
use serde::Deserialize;

use super::{
    HERE, Trouble, list,
    matrix::{self, Matrix},
    number,
    shown::{Frame, page as shown},
    words::{Remark, day_of, remarks, settings},
};
use crate::{
    Door,
    access::{Form, Signed},
    rules::refused_text,
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "rules_draft.html")]
struct DraftPage {
    frame: Frame,
    told: Option<(bool, String)>,
    base: String,
    version: i64,
    published: Option<i32>,
    state: String,
    /// The number of the version that changes are told against.
    against: Option<i32>,
    changes: Vec<String>,
    errors: Vec<Remark>,
    warnings: Vec<Remark>,
    notes: Vec<Remark>,
    /// The last version, where the draft began as an older one.
    behind: Option<i32>,
    rules: Vec<RuleLine>,
    limits: Vec<LimitLine>,
    /// They may publish.
    publishing: bool,
    /// They may change rules of the network, not only of their branch.
    network: bool,
    today: String,
    /// What was chosen as the first day.
    day: String,
}

#[derive(Debug)]
struct RuleLine {
    id: String,
    is_for: String,
    set: Vec<(&'static str, String)>,
    /// They may change it.
    theirs: bool,
}

#[derive(Debug)]
struct LimitLine {
    id: String,
    text: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Done>,
) -> Result<Response, Trouble> {
    signed.require(Action::Policy)?;
    let t = signed.tongue();
    let told = match wanted.done.as_deref() {
        Some("made") => Some(t.say(
            "Brouillon créé. Rien ne change pour les lecteurs avant sa publication.",
            "Draft made. Nothing changes for readers before it is published.",
        )),
        Some("saved") => Some(t.say("Enregistré dans le brouillon.", "Saved in the draft.")),
        Some("removed") => Some(t.say("Retiré du brouillon.", "Taken out of the draft.")),
        Some("published") => Some(t.say("Publié.", "Published.")),
        _ => None,
    };
    let told = told.map(|told| (true, told.to_owned()));
    show(&door, &signed, number(&id)?, told, "").await
}

/// The page, with what is to be told on it and the day that was chosen.
pub(super) async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    id: i64,
    told: Option<(bool, String)>,
    day: &str,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let draft = door.desk.policy_draft(id).await?.ok_or(Trouble::NotFound)?;
    let book = door.desk.rulebook_of_now().await?;
    let today = signed.at.date();
    let against = against(draft.line.published, &book, today);
    let checked = door
        .desk
        .check_policy(draft.document.clone(), today)
        .await?;
    let changes = against
        .map(|before| draft.document.changes_since(before))
        .unwrap_or_default();
    let network = signed.member.may_everywhere(Action::Policy);
    let of = |severity| remarks(t, &checked.findings, severity, &draft.document, &book);
    let last = book.policies.iter().map(|policy| policy.version).max();
    shown(&DraftPage {
        frame: Frame::of(signed, &draft.line.name, HERE),
        told,
        base: base(id),
        version: draft.line.version,
        published: draft.line.published,
        state: state(t, signed, &draft),
        against: against.map(|policy| policy.version),
        changes: changes
            .iter()
            .map(|change| change.sentence(t.0, &book))
            .collect(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
        behind: last.filter(|last| *last > draft.line.based_on),
        rules: rules(t, signed, &draft.document, &book),
        limits: draft
            .document
            .limits
            .iter()
            .map(|limit| LimitLine {
                id: limit.id.to_string(),
                text: limit.sentence(t.0, &book),
            })
            .collect(),
        publishing: network,
        network,
        today: today.to_string(),
        day: day.to_owned(),
    })
}

/// What a draft is compared with: the version in force, or, once it is published, the one before it.
fn against(
    published: Option<i32>,
    book: &Rulebook,
    today: jiff::civil::Date,
) -> Option<&circulation::Policy> {
    match published {
        Some(version) => list::predecessor(book, version),
        None => book.policy_on(today),
    }
}

pub(super) fn base(id: i64) -> String {
    format!("{HERE}/drafts/{id}")
}

fn state(t: Tongue, signed: &Signed, draft: &PolicyDraft) -> String {
    let line = &draft.line;
    format!(
        "{} {}, {} {}. {} {}, {} {}.",
        t.say("D’après la version", "From version"),
        line.based_on,
        t.say("commencé par", "begun by"),
        line.made_by.1,
        t.say("Modifié le", "Changed on"),
        day_of(t, line.changed_at, &signed.at),
        t.say("par", "by"),
        line.changed_by
    )
}

/// The general rule first, then those of the network, then those of branches.
fn rules(t: Tongue, signed: &Signed, document: &PolicyDocument, book: &Rulebook) -> Vec<RuleLine> {
    let mut rules: Vec<&Rule> = document.rules.iter().collect();
    let names = |rule: &Rule| {
        let named = [rule.category.is_some(), rule.document.is_some()];
        (
            rule.branch,
            named.into_iter().filter(|named| *named).count(),
        )
    };
    rules.sort_by_key(|rule| names(rule));
    rules
        .into_iter()
        .map(|rule| RuleLine {
            id: rule.id.to_string(),
            is_for: rule.is_for(t.0, book),
            set: settings(t, rule),
            theirs: may_change(signed, rule),
        })
        .collect()
}

/// Whether who is in may change a rule: all, or those that name their branch.
pub(super) fn may_change(signed: &Signed, rule: &Rule) -> bool {
    signed.member.may_everywhere(Action::Policy)
        || (signed.member.may(Action::Policy) && rule.branch == Some(signed.member.branch()))
}

#[derive(Template)]
#[template(path = "rules_draft_matrix.html")]
struct MatrixPage {
    frame: Frame,
    base: String,
    name: String,
    against: Option<i32>,
    matrix: Option<Matrix>,
    limits: Vec<String>,
}

pub(super) async fn matrix(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(id): Path<String>,
    Query(wanted): Query<matrix::Wanted>,
) -> Result<Response, Trouble> {
    signed.require(Action::Policy)?;
    let t = signed.tongue();
    let id: i64 = number(&id)?;
    let draft = door.desk.policy_draft(id).await?.ok_or(Trouble::NotFound)?;
    let book = door.desk.rulebook_of_now().await?;
    let before = against(draft.line.published, &book, signed.at.date());
    let base = base(id);
    // Of rules that cannot be used there is no table.
    let table = match &draft.policy {
        Err(_) => None,
        Ok(policy) => Some(Matrix::of(&signed, &book, policy, before, &wanted, &base)?),
    };
    let title = format!("{} · {}", draft.line.name, t.say("tableau", "table"));
    let limits = draft.document.limits.iter();
    shown(&MatrixPage {
        frame: Frame::of(&signed, &title, HERE),
        base,
        name: draft.line.name,
        against: before.map(|policy| policy.version),
        matrix: table,
        limits: limits.map(|limit| limit.sentence(t.0, &book)).collect(),
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct New {
    name: String,
    from: i32,
}

pub(super) async fn make(
    State(door): State<Arc<Door>>,
    form: Form<New>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Policy)?;
    let made = door
        .desk
        .make_policy_draft(&signed.member, &sent.name, sent.from, &signed.at)
        .await?;
    match made {
        Ok(draft) => Ok(then(&base(draft.line.id), "made")),
        Err(refused) => {
            let told = told(&door, &signed, &refused);
            list::show(&door, &signed, Some(told), None, sent.name).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    version: i64,
}

pub(super) async fn throw_away(
    State(door): State<Arc<Door>>,
    Path(id): Path<String>,
    form: Form<Seen>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Policy)?;
    let id = number(&id)?;
    let dropped = door
        .desk
        .drop_policy_draft(&signed.member, id, Some(sent.version), &signed.at)
        .await?;
    match dropped {
        // What is gone already is gone.
        Ok(()) | Err(DraftRefused::NoDraft) => Ok(then(HERE, "dropped")),
        Err(refused) => {
            let told = told(&door, &signed, &refused);
            show(&door, &signed, id, Some(told), "").await
        }
    }
}

/// On to a page that tells what was done.
pub(super) fn then(path: &str, done: &str) -> Response {
    Redirect::to(&format!("{path}?done={done}")).into_response()
}

/// A refusal, to be told on a page.
pub(super) fn told(door: &Door, signed: &Signed, refused: &DraftRefused) -> (bool, String) {
    let book = door.desk.rulebook();
    (false, refused_text(refused, signed.tongue().0, &book))
}
