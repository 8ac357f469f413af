//! The changes, one by one. Nobody is named: a loan or an event leads to a reader where somebody may look.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::{Side, What};
use desk::{Action, LabCase, LabFilter, LabReport, LabState, LabSubject, LabThings};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::asked;
use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, cursor, shown},
    },
    pages::laboratory::words,
};

const LIST: &str = "trial";

/// One change.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TrialCase {
    /// Its kind: `due`, `renewals`, `lendable`, `limit`, `recall`, `answer` or `answer_due`.
    #[schema(example = "due")]
    kind: &'static str,
    /// Better for the reader; otherwise worse.
    gain: bool,
    /// What the rules in force give: a date, a number, an answer, or a count and its limit.
    #[schema(value_type = Object)]
    before: Value,
    /// What the draft would.
    #[schema(value_type = Object)]
    after: Value,
    /// Where.
    branch: String,
    /// The reader’s category; null: not known any more.
    category: Option<String>,
    /// The document type; null: a limit of all of them.
    document: Option<String>,
    /// The rule or limit in force.
    rule_before: Option<String>,
    /// The rule or limit of the draft.
    rule_after: Option<String>,
    /// The event, of a request of the log.
    event: Option<i64>,
    /// The item’s barcode, where it is about one.
    barcode: Option<String>,
    /// How the rules in force come to it.
    trace_before: Vec<String>,
    /// How the draft does.
    trace_after: Vec<String>,
}

pub(super) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/policies/drafts/{draft}/laboratory/cases",
        needs: Needs::Here(Action::Policy),
        name: "policy_trial_cases",
        summary: "Les changements un par un — The changes one by one",
        text: "The largest first, at most 5000, of a trial that is ready; none before. Nobody is named.",
        parameters: PAGED,
        takes: None,
        gives: Shape::around::<Page<TrialCase>, TrialCase>(
            r#"{"items": [{"kind": "due", "gain": false, "before": "2026-06-23", "after": "2026-06-16", "branch": "LENS",
                "category": "ADU", "document": "DVD", "rule_before": "R-DVD", "rule_after": "X-LENS-DVD", "event": null,
                "barcode": "3620000000019", "trace_before": [], "trace_after": []}], "next": null}"#,
        ),
        keyed: false,
        serve: || get(cases),
    }
}

async fn cases(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(draft): Named,
    RawQuery(asked_for): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let page: Asked = query(asked_for.as_deref())?;
    let (limit, skip) = (page.limit()?, page.after(LIST)?.unwrap_or(0));
    let (draft, ask) = asked(&door, &caller, &draft).await?;
    let state = door
        .desk
        .laboratory_so_far(&draft, &ask, &caller.at)
        .await?;
    let LabState::Ready(report) = state else {
        let none: Page<TrialCase> = Page {
            items: Vec::new(),
            next: None,
        };
        return shown(&headers, &none);
    };
    let skipped = usize::try_from(skip).unwrap_or(usize::MAX);
    let (count, cases) = report.page(&LabFilter::default(), skipped, limit);
    let things = door
        .desk
        .lab_things(cases.iter().map(|(_, case)| *case))
        .await?;
    let next = skipped.saturating_add(cases.len());
    let page = Page {
        items: cases
            .into_iter()
            .map(|(_, case)| told(&caller, &report, case, &things))
            .collect(),
        next: (next < count).then(|| cursor(LIST, i64::try_from(next).unwrap_or(i64::MAX))),
    };
    shown(&headers, &page)
}

fn told(caller: &Caller, report: &LabReport, case: &LabCase, things: &LabThings) -> TrialCase {
    let change = &case.change;
    let (before, after) = values(&change.what);
    let (event, thing) = match &case.subject {
        LabSubject::Loan { custody, .. } => (None, things.loans.get(custody)),
        LabSubject::Event { event, .. } => (Some(*event), things.events.get(event)),
        LabSubject::Reader => (None, None),
    };
    let (trace_before, trace_after) = report.lines(case, caller.member.language());
    TrialCase {
        kind: words::kind_code(change.kind()),
        gain: change.side() == Side::Gain,
        before,
        after,
        branch: change.branch.to_string(),
        category: change.category.map(|code| code.to_string()),
        document: change.document.map(|code| code.to_string()),
        rule_before: change.rule_before.as_ref().map(ToString::to_string),
        rule_after: change.rule_after.as_ref().map(ToString::to_string),
        event,
        barcode: thing.map(|(barcode, _)| barcode.clone()),
        trace_before,
        trace_after,
    }
}

fn values(what: &What) -> (Value, Value) {
    match *what {
        What::Due { before, after } | What::AnswerDue { before, after, .. } => {
            (json!(before), json!(after))
        }
        What::Renewals { before, after } => (json!(before), json!(after)),
        What::Lendable { after } => (json!(!after), json!(after)),
        What::Recall { blocks } => (json!(blocks), json!(!blocks)),
        What::Answer { lifted, .. } => (json!(!lifted), json!(lifted)),
        What::Limit { before, after } => {
            let room =
                |side: circulation::Counted| json!({ "counted": side.counted, "max": side.max });
            (room(before), room(after))
        }
    }
}
