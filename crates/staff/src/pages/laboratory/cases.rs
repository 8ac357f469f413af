//! Changes one by one, each with what it was, what it would be, and why.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::{ChangeKind, Rulebook, Side};
use desk::{Action, LabCase, LabFilter, LabReport, LabState, LabSubject, LabThings};
use serde::{Deserialize, Serialize};

use super::{asked, base, report::frame, words};
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

const PAGE: usize = 25;

/// What stands behind the question mark. What is no code of ours finds nothing to leave out.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    side: Option<Which>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// So many come before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<usize>,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Which {
    Gain,
    Loss,
}

impl Asked {
    fn filter(&self) -> Result<LabFilter, Trouble> {
        let bad = || Trouble::NotFound;
        let code = |text: &Option<String>| text.clone();
        Ok(LabFilter {
            side: self.side.map(|side| match side {
                Which::Gain => Side::Gain,
                Which::Loss => Side::Loss,
            }),
            kind: code(&self.kind)
                .map(|text| kind(&text).ok_or_else(bad))
                .transpose()?,
            branch: code(&self.branch)
                .map(|text| text.parse().map_err(|_| bad()))
                .transpose()?,
            category: code(&self.category)
                .map(|text| text.parse().map_err(|_| bad()))
                .transpose()?,
            document: code(&self.document)
                .map(|text| text.parse().map_err(|_| bad()))
                .transpose()?,
            rule: code(&self.rule),
        })
    }

    fn link(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = self.clone();
        other.from = None;
        change(&mut other);
        serde_urlencoded::to_string(&other).unwrap_or_default()
    }
}

pub(crate) fn kind(code: &str) -> Option<ChangeKind> {
    words::KINDS
        .into_iter()
        .find(|kind| words::kind_code(*kind) == code)
}

#[derive(Template)]
#[template(path = "laboratory_cases.html")]
struct CasesPage {
    frame: Frame,
    base: String,
    count: usize,
    first: usize,
    last: usize,
    /// Only the largest were kept.
    kept: Option<usize>,
    /// What is left out, in words.
    of: Vec<String>,
    /// All, gains, losses: label, address, whether it is this one.
    sides: Vec<(&'static str, String, bool)>,
    cases: Vec<Row>,
    before: Option<String>,
    next: Option<String>,
    reads: bool,
    /// The report that the list is of.
    stamp: i64,
}

#[derive(Debug)]
struct Row {
    place: usize,
    said: words::Said,
    /// Barcode and title.
    thing: Option<(String, String)>,
    event: Option<i64>,
    at: String,
    branch: String,
    category: String,
    document: String,
    rule_before: Option<String>,
    rule_after: Option<String>,
    lines: (Vec<String>, Vec<String>),
    has_reader: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path(id): Path<String>,
    Query(query): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let (draft, ask) = asked(&door, &signed, &id).await?;
    let filter = query.filter()?;
    let state = door.desk.laboratory(&draft, &ask, &signed.at).await?;
    let base = base(&draft);
    let LabState::Ready(report) = state else {
        // There is nothing to page through yet.
        return Ok(Redirect::to(&format!("{base}/laboratory")).into_response());
    };
    let t = signed.tongue();
    let skip = query.from.unwrap_or(0);
    let (count, cases) = report.page(&filter, skip, PAGE);
    let things = door
        .desk
        .lab_things(cases.iter().map(|(_, case)| *case))
        .await?;
    let book = door.desk.rulebook();
    let last = skip.saturating_add(cases.len());
    let rows = cases
        .into_iter()
        .map(|(place, case)| row(t, &signed, &book, &report, place, case, &things))
        .collect();
    let more = last < count;
    let address = |from: usize| {
        let query = query.link(|asked| asked.from = (from > 0).then_some(from));
        format!("{base}/laboratory/cases?{query}")
    };
    shown(&CasesPage {
        frame: frame(&signed, &draft),
        count,
        first: skip.saturating_add(1),
        last,
        kept: report.is_cut().then_some(report.cases.len()),
        of: of(t, &book, &report, &filter),
        sides: sides(t, &base, &query),
        cases: rows,
        before: (skip > 0).then(|| address(skip.saturating_sub(PAGE))),
        next: more.then(|| address(last)),
        reads: signed.member.may(Action::PatronRead),
        stamp: report.at.timestamp().as_millisecond(),
        base,
    })
}

fn sides(t: Tongue, base: &str, query: &Asked) -> Vec<(&'static str, String, bool)> {
    let address = |side: Option<Which>| {
        let query = query.link(|asked| asked.side = side);
        format!("{base}/laboratory/cases?{query}")
    };
    let now = query.side;
    vec![
        (t.say("Tous", "All"), address(None), now.is_none()),
        (
            t.say("Y gagnent", "Better off"),
            address(Some(Which::Gain)),
            matches!(now, Some(Which::Gain)),
        ),
        (
            t.say("Y perdent", "Worse off"),
            address(Some(Which::Loss)),
            matches!(now, Some(Which::Loss)),
        ),
    ]
}

fn of(t: Tongue, book: &Rulebook, report: &LabReport, filter: &LabFilter) -> Vec<String> {
    let mut of = Vec::new();
    of.extend(filter.kind.map(|kind| words::kind(t, kind).to_owned()));
    of.extend(filter.branch.map(|code| words::branch(book, code)));
    of.extend(
        filter
            .category
            .map(|code| words::category(t, book, Some(code))),
    );
    of.extend(
        filter
            .document
            .map(|code| words::document(t, book, Some(code))),
    );
    let policies = [report.tried(), report.in_force()];
    of.extend(
        filter
            .rule
            .as_ref()
            .map(|id| words::rule(t, book, policies, id)),
    );
    of
}

fn row(
    t: Tongue,
    signed: &Signed,
    book: &Rulebook,
    report: &LabReport,
    place: usize,
    case: &LabCase,
    things: &LabThings,
) -> Row {
    let change = &case.change;
    let policies = [report.tried(), report.in_force()];
    let rule = |id: &Option<circulation::RuleId>| {
        id.as_ref()
            .map(|id| words::rule(t, book, policies, id.as_str()))
    };
    let (thing, event, at) = match &case.subject {
        LabSubject::Loan { custody, loan } => (
            things.loans.get(custody).cloned(),
            None,
            format!("{} {}", t.say("prêté le", "lent on"), t.day(&loan.lent_on)),
        ),
        LabSubject::Event { event, at, .. } => {
            let at = at.to_zoned(signed.at.time_zone().clone());
            let when = format!("{} {}", t.day(&at.date()), at.strftime("%H:%M"));
            (
                things.events.get(event).cloned(),
                Some(*event),
                format!("{} {when}", t.say("demandé le", "asked on")),
            )
        }
        LabSubject::Reader => (None, None, String::new()),
    };
    Row {
        place,
        said: words::said(t, change),
        thing,
        event: event.filter(|_| signed.member.may_at(Action::EventRead, change.branch)),
        at,
        branch: words::branch(book, change.branch),
        category: words::category(t, book, change.category),
        document: words::document(t, book, change.document),
        rule_before: rule(&change.rule_before),
        rule_after: rule(&change.rule_after),
        lines: report.lines(case, t.0),
        has_reader: case.reader.is_some(),
    }
}
