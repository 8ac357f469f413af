//! Counting: one box, and what each scan says.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use desk::{Inventory, NoScan, ScanAnswer};
use serde::Deserialize;

use super::{
    HERE,
    finding::{Said, said},
    found, range,
};
use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Number, Trouble,
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "inventory.html")]
struct CountPage {
    frame: Frame,
    id: i64,
    range: String,
    scanned: i64,
    expected: i64,
    closed: bool,
    /// What was scanned last.
    scan: Option<Scan>,
    told: Option<&'static str>,
}

struct Scan {
    barcode: String,
    title: String,
    call_number: String,
    known: bool,
    said: Said,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Number(id): Number,
    signed: Signed,
) -> Result<Response, Trouble> {
    let inventory = found(&door, &signed, id).await?;
    show(&signed, &inventory, None, None)
}

fn show(
    signed: &Signed,
    inventory: &Inventory,
    scan: Option<Scan>,
    told: Option<&'static str>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let title = format!("{} {}", t.say("Inventaire", "Inventory"), inventory.id);
    shown(&CountPage {
        frame: Frame::of(signed, &title, HERE),
        id: inventory.id,
        range: range(signed, inventory),
        scanned: inventory.scanned,
        expected: inventory.expected,
        closed: inventory.closed_at.is_some(),
        scan,
        told,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Scanned {
    barcode: String,
}

pub(super) async fn scan(
    State(door): State<Arc<Door>>,
    Number(id): Number,
    form: Form<Scanned>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    found(&door, &signed, id).await?;
    let t = signed.tongue();
    let scanned = door.desk.scan(id, &sent.barcode, &signed.at).await?;
    let inventory = found(&door, &signed, id).await?;
    match scanned {
        Ok(answer) => {
            let scan = of(&door, &signed, sent.barcode, answer);
            show(&signed, &inventory, Some(scan), None)
        }
        Err(NoScan::NoInventory) => Err(Trouble::NotFound),
        Err(NoScan::Closed) => show(
            &signed,
            &inventory,
            None,
            Some(t.say(
                "Cet inventaire est clos : rien n’est noté.",
                "This inventory is closed: nothing is taken down.",
            )),
        ),
        Err(NoScan::Empty) => show(&signed, &inventory, None, None),
    }
}

fn of(door: &Door, signed: &Signed, barcode: String, answer: ScanAnswer) -> Scan {
    Scan {
        barcode: barcode.trim().to_owned(),
        known: answer.item.is_some(),
        title: answer.item.map(|(_, title)| title).unwrap_or_default(),
        call_number: answer.call_number,
        said: said(signed.tongue(), &door.desk.rulebook(), &answer.finding),
    }
}
