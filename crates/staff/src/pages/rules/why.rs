//! Why a cell says what it says: the rule that gave each value, and those that it beat.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use circulation::{Case, Contender, Parameter, ParameterGroup, Policy, Rulebook};
use desk::Action;
use serde::Deserialize;

use super::{
    HERE, Trouble, case, list,
    matrix::known_branch,
    number,
    shown::{Frame, page as shown},
    words::{branch_name, named, role, short},
};
use crate::{Door, access::Signed, tongue::Tongue};

#[derive(Template)]
#[template(path = "rules_why.html")]
struct WhyPage {
    frame: Frame,
    /// Where the table is, and what it is called.
    back: (String, String),
    branch: String,
    category: String,
    document: String,
    groups: Vec<(&'static str, Vec<Reason>)>,
    limits: Vec<String>,
}

/// A value, and where it comes from.
#[derive(Debug)]
struct Reason {
    label: &'static str,
    value: String,
    winner: Said,
    beaten: Vec<Said>,
    /// Whose branch counts, where some rule names one.
    role: Option<&'static str>,
}

/// A rule, in words.
#[derive(Debug)]
struct Said {
    is_for: String,
    names: String,
    value: String,
    /// An exception of the branch.
    local: bool,
    /// Where it is changed, in a draft.
    edit: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    branch: String,
    category: String,
    document: String,
}

pub(super) async fn of_version(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(version): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let version: i32 = number(&version)?;
    let book = door.desk.rulebook_of_now().await?;
    let policy = list::of_number(&book, version).ok_or(Trouble::NotFound)?;
    let back = (
        format!("{HERE}/{version}"),
        format!("{} {version}", t.say("Version", "Version")),
    );
    show(&signed, &book, policy, &wanted, back, None)
}

pub(super) async fn of_draft(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    signed.require(Action::Policy)?;
    let id: i64 = number(&id)?;
    let draft = door.desk.policy_draft(id).await?.ok_or(Trouble::NotFound)?;
    // Of rules that cannot be used there is no table.
    let policy = draft.policy.map_err(|_| Trouble::NotFound)?;
    let book = door.desk.rulebook_of_now().await?;
    let base = format!("{HERE}/drafts/{id}");
    let back = (format!("{base}/matrix"), draft.line.name);
    show(&signed, &book, &policy, &wanted, back, Some(&base))
}

fn show(
    signed: &Signed,
    book: &Rulebook,
    policy: &Policy,
    wanted: &Wanted,
    (to, name): (String, String),
    draft: Option<&str>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let branch = known_branch(book, &wanted.branch)?;
    let category = wanted.category.parse().map_err(|_| Trouble::NotFound)?;
    let document = wanted.document.parse().map_err(|_| Trouble::NotFound)?;
    let category = book.categories.get(&category).ok_or(Trouble::NotFound)?;
    let document = book.documents.get(&document).ok_or(Trouble::NotFound)?;
    let case = case(branch, category.code, document.code);
    let groups = ParameterGroup::ALL.into_iter().map(|group| {
        let reasons = group
            .parameters()
            .iter()
            .filter_map(|parameter| reason(t, book, policy, *parameter, &case, draft));
        (group.label(t.0), reasons.collect())
    });
    let limits = policy
        .limits
        .iter()
        .filter(|limit| limit.concerns(branch, category.code, document.code));
    let title = format!("{}, {}", short(&document.label), short(&category.label));
    shown(&WhyPage {
        frame: Frame::of(signed, &title, HERE),
        back: (format!("{to}?branch={branch}"), name),
        branch: branch_name(book, branch),
        category: category.label.clone(),
        document: document.label.clone(),
        groups: groups.collect(),
        limits: limits.map(|limit| limit.sentence(t.0, book)).collect(),
    })
}

fn reason(
    t: Tongue,
    book: &Rulebook,
    policy: &Policy,
    parameter: Parameter,
    case: &Case,
    draft: Option<&str>,
) -> Option<Reason> {
    let said = |contender: Contender<'_>| Said {
        is_for: contender.rule.is_for(t.0, book),
        names: named(t, contender.rule),
        value: parameter.said(&contender.value, t.0),
        local: contender.level.names_branch(),
        edit: draft.map(|base| {
            let id = serde_urlencoded::to_string([("id", contender.rule.id.as_str())]);
            format!("{base}/rule?{}", id.unwrap_or_default())
        }),
    };
    let contenders = policy.contenders(parameter, case);
    let by_branch = contenders.iter().any(|one| one.level.names_branch());
    let mut contenders = contenders.into_iter().map(said);
    let winner = contenders.next()?;
    Some(Reason {
        label: parameter.label(t.0),
        value: winner.value.clone(),
        winner,
        beaten: contenders.collect(),
        role: by_branch.then(|| role(t, policy.role(parameter))),
    })
}
