//! What staff read and changed. Who reads this is noted in it, at the reader whose card they look for.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::{Action, AuditAsk, AuditLine};
use serde::Deserialize;
use serde_json::Value;

use super::days::span;
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    login: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    asked: Asked,
    actions: Vec<(&'static str, &'static str, bool)>,
    list: Vec<Row>,
    kept: String,
    goes_on: bool,
    next: Option<String>,
}

struct Row {
    when: String,
    who: String,
    branch: String,
    action: String,
    reader: Option<i64>,
    detail: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::AuditRead)?;
    let t = signed.tongue();
    let everywhere = signed.member.may_everywhere(Action::AuditRead);
    let (from, until) = span(&signed.at, &asked.from, &asked.until);
    let before: Option<i64> = after(asked.after.as_deref())?;
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let ask = AuditAsk {
        branch: (!everywhere).then(|| signed.member.branch()),
        login: said(&asked.login),
        card: said(&asked.card),
        action: said(&asked.action),
        from,
        until,
        after: before,
    };
    let list = door
        .desk
        .audited(&signed.member, &ask, LINES, &signed.at)
        .await?;
    shown(&AuditPage {
        frame: Frame::of(
            &signed,
            t.say("Traces du personnel", "What staff did"),
            "/staff/audit",
        ),
        actions: Action::all()
            .map(|action| {
                (
                    action.name(),
                    action.label(t.0),
                    action.name() == asked.action,
                )
            })
            .collect(),
        list: list
            .lines
            .into_iter()
            .map(|line| row(t, &signed, line))
            .collect(),
        kept: kept(&asked),
        goes_on: before.is_some(),
        next: next(list.next.as_ref()),
        asked,
    })
}

/// The filters, for the address of the next page.
fn kept(asked: &Asked) -> String {
    let fields = [
        ("login", &asked.login),
        ("card", &asked.card),
        ("action", &asked.action),
        ("from", &asked.from),
        ("until", &asked.until),
    ];
    serde_urlencoded::to_string(fields).unwrap_or_default()
}

fn row(t: Tongue, signed: &Signed, line: AuditLine) -> Row {
    let when = line.at.to_zoned(signed.at.time_zone().clone());
    let action = Action::all().find(|action| action.name() == line.action);
    let who = match line.token {
        Some(token) => format!("{} ({}) · {token}", line.name, line.login),
        None => format!("{} ({})", line.name, line.login),
    };
    Row {
        when: format!("{} {}", t.day(&when.date()), when.strftime("%H:%M:%S")),
        who,
        branch: line.branch.to_string(),
        action: action.map_or(line.action, |action| action.label(t.0).to_owned()),
        reader: line.patron,
        detail: told(&line.detail),
    }
}

/// What was noted, as `name: value`, in short.
fn told(detail: &Value) -> String {
    let Value::Object(all) = detail else {
        return String::new();
    };
    let line = |(name, value): (&String, &Value)| match value {
        Value::Null => None,
        Value::String(text) => Some(format!("{name} : {text}")),
        Value::Number(_) | Value::Bool(_) => Some(format!("{name} : {value}")),
        Value::Array(_) | Value::Object(_) => Some(format!("{name} : …")),
    };
    all.iter().filter_map(line).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_noted_is_told_in_short() {
        let detail = json!({ "did": "week", "was": [1], "none": null, "lines": 3 });
        assert_eq!(told(&detail), "did : week · lines : 3 · was : …");
        assert_eq!(told(&json!([])), "");
    }
}
