//! The policy laboratory for programs: a draft tried, its figures and its cases.

mod cases;
mod report;

use std::sync::Arc;

use desk::{LabAsk, PolicyDraft};

use super::{caller::Caller, problem::Problem, route::Route};
use crate::{Door, pages::laboratory::ask_of};

pub(crate) fn routes() -> [Route; 3] {
    let [start, read] = report::routes();
    [start, read, cases::route()]
}

/// The draft of an address, and what this caller may be told of it.
async fn asked(
    door: &Arc<Door>,
    caller: &Caller,
    draft: &str,
) -> Result<(PolicyDraft, LabAsk), Problem> {
    let id: i64 = draft.parse().map_err(|_| Problem::not_found())?;
    let draft = door.desk.policy_draft(id).await?;
    let draft = draft.ok_or_else(Problem::not_found)?;
    let ask = ask_of(&caller.member, &draft);
    Ok((draft, ask))
}
