//! What readers should have brought back.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::BranchCode;
use desk::{Action, LateAt, OverdueAsk, OverdueLine};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{PAGED, Page, shown},
    },
};

/// A late loan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct OverdueLoan {
    /// The item’s barcode.
    barcode: String,
    /// Its title.
    title: String,
    /// When it was due (SIP2 AH).
    #[schema(value_type = String, format = "date")]
    due: Date,
    /// How many days it is late.
    days: u32,
    /// The recall level that it has reached; 0: none.
    level: u8,
    /// The card of who has it, for who may see readers; none too where no card of theirs is active.
    card: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    limit: Option<u32>,
    cursor: Option<String>,
}

pub(super) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/branches/{branch}/overdue",
        needs: Needs::AtBranch(Action::List),
        name: "overdue",
        summary: "En retard — Overdue",
        text: "Loans made at the branch, the longest overdue first. Never more than 50 are told at a time.",
        parameters: PAGED,
        takes: None,
        gives: Shape::around::<Page<OverdueLoan>, OverdueLoan>(r#"{"items": [], "next": null}"#),
        keyed: false,
        serve: || get(list),
    }
}

async fn list(
    State(door): State<Arc<Door>>,
    Named(branch): Named,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let branch: BranchCode = branch.parse().map_err(|_| Problem::not_found())?;
    let reads = caller.member.may_at(Action::PatronRead, branch);
    if reads {
        let read = serde_json::json!({ "read": "overdue", "branch": branch });
        door.desk
            .note_staff(&caller.member, Action::List, None, &read, &caller.at)
            .await?;
    }
    let ask = OverdueAsk {
        at: LateAt::Lent(branch),
        level: None,
        after: after("overdue", asked.cursor.as_deref())?,
        most: most(asked.limit)?,
        on: caller.at.clone(),
    };
    let listed = door.desk.overdue(&ask).await?;
    let line = |line: OverdueLine| OverdueLoan {
        due: line.due(),
        days: line.days,
        level: line.level,
        card: line.late.reader.card.filter(|_| reads),
        barcode: line.late.barcode,
        title: line.late.title,
    };
    let page: Page<OverdueLoan> = Page {
        items: listed.lines.into_iter().map(line).collect(),
        next: listed.next.and_then(|last| cursor("overdue", &last)),
    };
    shown(&headers, &page)
}
