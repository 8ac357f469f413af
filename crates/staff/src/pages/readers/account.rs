//! What a reader was charged, paid and was let off.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::{LedgerKind, LedgerLine};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::file::noted;
use crate::{
    Door,
    access::Signed,
    pages::{
        Number, Trouble,
        after::{LINES, after, next},
        desk::fee_label,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "reader_account.html")]
struct AccountPage {
    frame: Frame,
    reader: i64,
    name: String,
    list: Vec<Line>,
    goes_on: bool,
    next: Option<String>,
}

struct Line {
    day: String,
    what: &'static str,
    /// The item that a fee is for: barcode and title.
    item: Option<(String, String)>,
    about: String,
    amount: String,
    balance: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let from: Option<i64> = after(asked.after.as_deref())?;
    noted(&door.desk, &signed, reader, "account").await?;
    let who = door.desk.patron_lines(&[reader], &signed.at).await?;
    let who = who.into_iter().next().ok_or(Trouble::NotFound)?;
    let name = format!("{} {}", who.given_name, who.family_name);
    let list = door.desk.ledger(reader, from, LINES).await?;
    let zone = signed.at.time_zone();
    shown(&AccountPage {
        frame: Frame::of(
            &signed,
            t.say("Mouvements d’argent", "Account"),
            "/staff/readers",
        ),
        reader,
        name: name.trim().to_owned(),
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|line| row(t, zone, line))
            .collect(),
    })
}

fn row(t: Tongue, zone: &TimeZone, line: LedgerLine) -> Line {
    let by = line.staff.or(line.terminal);
    let about = [Some(line.branch.to_string()), by, Some(line.note)];
    let about: Vec<_> = about
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    Line {
        day: t.day(&line.at.to_zoned(zone.clone()).date()),
        what: match line.kind {
            LedgerKind::Fee(kind) => fee_label(t, kind),
            LedgerKind::Payment => t.say("Paiement", "Payment"),
            LedgerKind::Waiver => t.say("Dette annulée", "Let go"),
            LedgerKind::Reversal => t.say("Frais annulés", "Fee taken back"),
        },
        item: line.item,
        about: about.join(" · "),
        amount: t.euros(line.cents),
        balance: t.euros(line.balance),
    }
}
