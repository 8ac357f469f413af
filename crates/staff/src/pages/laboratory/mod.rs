//! A draft of loan rules, tried: who would gain, who would lose, and why.

mod cases;
mod reader;
mod report;
pub(crate) mod words;

use std::sync::Arc;

use axum::{Router, routing::get};
use circulation::BranchCode;
use desk::{Action, LabAsk, Member, PolicyDraft};

use super::Trouble;
use crate::{Door, access::Signed};

/// How many days of the log are looked at.
pub(crate) const DAYS: u16 = 30;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/rules/drafts/{id}/laboratory", get(report::page))
        .route(
            "/staff/rules/drafts/{id}/laboratory/cases",
            get(cases::page),
        )
        .route(
            "/staff/rules/drafts/{id}/laboratory/cases/{case}",
            get(reader::page),
        )
}

/// The draft, and what may be asked about it by this member of staff.
async fn asked(door: &Door, signed: &Signed, id: &str) -> Result<(PolicyDraft, LabAsk), Trouble> {
    signed.require(Action::Policy)?;
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let draft = door.desk.policy_draft(id).await?;
    let draft = draft.ok_or(Trouble::NotFound)?;
    let ask = ask_of(&signed.member, &draft);
    Ok((draft, ask))
}

/// What a member of staff is told of a draft: who changes the rules of a branch, what would change there.
pub(crate) fn ask_of(member: &Member, draft: &PolicyDraft) -> LabAsk {
    LabAsk {
        draft: draft.line.id,
        version: draft.line.version,
        branch: theirs(member),
        days: DAYS,
    }
}

fn theirs(member: &Member) -> Option<BranchCode> {
    match member.may_everywhere(Action::Policy) {
        true => None,
        false => Some(member.branch()),
    }
}

fn base(draft: &PolicyDraft) -> String {
    format!("/staff/rules/drafts/{}", draft.line.id)
}
