//! The log of the branches whose log one may read.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use circulation::BranchCode;
use desk::{Action, LogAfter, LogAsk, LogLine};
use serde::Deserialize;

use super::days::span;
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::{LINES, after, next},
        reasons,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

/// What can be asked for, by its name in the log.
const KINDS: [&str; 20] = [
    "checkout",
    "checkin",
    "renew",
    "undo_checkout",
    "undo_checkin",
    "hold",
    "hold_change",
    "hold_cancel",
    "hold_lapsed",
    "hold_not_collected",
    "fee",
    "item_state",
    "register",
    "card",
    "block",
    "unblock",
    "policy",
    "calendar",
    "due_moved",
    "ready_moved",
];

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    branch: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    barcode: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage {
    frame: Frame,
    asked: Asked,
    branches: Vec<(String, String, bool)>,
    /// They may read the log of all branches at once.
    everywhere: bool,
    kinds: Vec<(&'static str, String, bool)>,
    unknown: bool,
    list: Vec<Row>,
    kept: String,
    goes_on: bool,
    next: Option<String>,
}

struct Row {
    event: i64,
    when: String,
    kind: String,
    done: bool,
    headline: String,
    item: Option<(String, String)>,
    who: String,
    /// Whose it was, for who may see readers: by number, and their file notes who looks.
    reader: Option<i64>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::EventRead)?;
    let t = signed.tongue();
    let book = door.desk.rulebook();
    let everywhere = signed.member.may_everywhere(Action::EventRead);
    let branch: Option<BranchCode> = match asked.branch.as_str() {
        "*" if everywhere => None,
        "" | "*" => Some(signed.member.branch()),
        code => Some(code.parse().map_err(|_| Trouble::NotFound)?),
    };
    if let Some(branch) = branch {
        signed.member.require_at(Action::EventRead, branch)?;
    }
    let barcode = asked.barcode.trim();
    let item = match barcode {
        "" => Ok(None),
        barcode => {
            let copy = door.desk.copy(signed.member.branch(), barcode).await?;
            copy.map(|copy| Some(copy.item))
        }
    };
    let unknown = item.is_err();
    let (from, until) = span(&signed.at, &asked.from, &asked.until);
    let before: Option<LogAfter> = after(asked.after.as_deref())?;
    let ask = LogAsk {
        branch,
        kind: Some(asked.kind.clone()).filter(|kind| !kind.is_empty() && !kind.contains('\0')),
        done: match asked.outcome.as_str() {
            "done" => Some(true),
            "refused" => Some(false),
            _ => None,
        },
        item: item.ok().flatten(),
        from,
        until,
        after: before,
        ..LogAsk::default()
    };
    let list = match unknown {
        true => None,
        false => Some(door.desk.log(&ask, LINES).await?),
    };
    let reads = signed.member.may(Action::PatronRead);
    let (lines, goes) = list.map_or_else(Default::default, |list| (list.lines, list.next));
    shown(&LogPage {
        frame: Frame::of(&signed, t.say("Journal", "Log"), "/staff/log"),
        branches: book
            .branches
            .values()
            .filter(|known| signed.member.may_at(Action::EventRead, known.code))
            .map(|known| {
                let here = branch == Some(known.code);
                (known.code.to_string(), known.name.clone(), here)
            })
            .collect(),
        everywhere,
        kinds: KINDS
            .map(|kind| (kind, reasons::asked(t, kind).to_owned(), asked.kind == kind))
            .to_vec(),
        unknown,
        list: lines
            .into_iter()
            .map(|line| row(t, &signed, line, reads))
            .collect(),
        kept: kept(&asked),
        goes_on: before.is_some(),
        next: next(goes.as_ref()),
        asked,
    })
}

/// The filters, for the address of the next page.
fn kept(asked: &Asked) -> String {
    let fields = [
        ("branch", &asked.branch),
        ("kind", &asked.kind),
        ("outcome", &asked.outcome),
        ("barcode", &asked.barcode),
        ("from", &asked.from),
        ("until", &asked.until),
    ];
    serde_urlencoded::to_string(fields).unwrap_or_default()
}

fn row(t: Tongue, signed: &Signed, line: LogLine, reads: bool) -> Row {
    let when = line.at.to_zoned(signed.at.time_zone().clone());
    let who = [
        line.staff.map(|(_, name)| name),
        line.terminal.map(|(_, name)| name),
    ];
    let who: Vec<_> = who.into_iter().flatten().collect();
    Row {
        event: line.event,
        when: format!("{} {}", t.day(&when.date()), when.strftime("%H:%M:%S")),
        kind: reasons::asked(t, &line.kind).to_owned(),
        done: line.done,
        headline: line
            .headline
            .map(|code| reasons::label(t, &code))
            .unwrap_or_default(),
        item: line.item.map(|(_, barcode, title)| (barcode, title)),
        who: who.join(" · "),
        reader: line.patron.filter(|_| reads),
    }
}
