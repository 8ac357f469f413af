//! Lending, taking back, renewing, and taking the last of these back.

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use circulation::{Overrides, Right};
use desk::{Action, CheckinAsk, CheckoutAsk, PatronAsk, RenewAsk, Undo, UndoAsk};
use serde::Deserialize;

use super::{Before, desk_page, item, key, no_pins, reader, told::Told};
use crate::{
    Door,
    access::{Form, Signed},
    pages::Trouble,
};

/// A question to lend or renew.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Lending {
    pub(super) card: String,
    pub(super) barcode: String,
    #[serde(default)]
    pub(super) once: String,
    /// Rights in use, by their names, with blanks between them.
    #[serde(default)]
    pub(super) rights: String,
    #[serde(default)]
    pub(super) reason: String,
}

impl Lending {
    fn overrides(&self) -> Overrides {
        let named = |right: &Right| {
            self.rights
                .split_whitespace()
                .any(|name| name == right.name())
        };
        let rights: BTreeSet<Right> = Right::ALL.into_iter().filter(named).collect();
        match rights.is_empty() {
            true => Overrides::none(),
            false => Overrides {
                rights,
                reason: Some(self.reason.trim().to_owned()),
                happened: false,
            },
        }
    }
}

pub(super) async fn lend(
    State(door): State<Arc<Door>>,
    form: Form<Lending>,
) -> Result<Response, Trouble> {
    lent(&door, form.signed, form.sent).await
}

/// Lends, and shows the reader with what came of it.
pub(super) async fn lent(
    door: &Door,
    signed: Signed,
    lending: Lending,
) -> Result<Response, Trouble> {
    signed.require(Action::Circulate)?;
    let Lending {
        card,
        barcode,
        once,
        ..
    } = &lending;
    let asked = CheckoutAsk {
        actor: signed.member.overriding(lending.overrides())?,
        card: card.clone(),
        barcode: barcode.clone(),
        pin: None,
        visit: no_pins(),
        at: signed.at.clone(),
        key: Some(key(
            &signed,
            once,
            &["loan", card, barcode, &lending.rights],
        )),
        desired_due: None,
        renew_if_lent: true,
        dry: false,
    };
    let answer = door.desk.checkout(asked).await?;
    let mut told = Told::lent(signed.tongue(), &door.desk.rulebook(), &answer, barcode);
    told.forced_by = Some(("/staff/lend", barcode.clone()));
    let before = Before {
        told: Some(told),
        reader: reader::again(&door.desk, &signed, card).await?,
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}

/// A barcode, from the list of a reader's loans or by itself.
#[derive(Debug, Deserialize)]
pub(super) struct OfItem {
    barcode: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn take_back(
    State(door): State<Arc<Door>>,
    form: Form<OfItem>,
) -> Result<Response, Trouble> {
    let OfItem { barcode, card, .. } = form.sent;
    taken_back(&door, form.signed, &barcode, Some(&card)).await
}

/// Takes back, and shows where the item goes; the reader beside it, where one was open.
pub(super) async fn taken_back(
    door: &Door,
    signed: Signed,
    barcode: &str,
    card: Option<&str>,
) -> Result<Response, Trouble> {
    signed.require(Action::Circulate)?;
    let asked = CheckinAsk {
        actor: signed.actor(),
        barcode: barcode.to_owned(),
        at: signed.at.clone(),
        capture: true,
        dry: false,
    };
    let answer = door.desk.checkin(asked).await?;
    let reads = signed.member.may(Action::PatronRead);
    let waits = answer
        .outcome
        .as_ref()
        .ok()
        .and_then(|returned| returned.for_whom.as_ref());
    if let Some(reader) = waits.filter(|_| reads) {
        reader::noted(&door.desk, &signed, reader.id, "return").await?;
    }
    let book = door.desk.rulebook();
    let told = Told::returned(signed.tongue(), &book, &answer, barcode, reads);
    moved(door, &signed, told, barcode, card.unwrap_or_default()).await
}

/// The page after an item moved: the reader who is open, and the item itself where nobody is.
async fn moved(
    door: &Door,
    signed: &Signed,
    told: Told,
    barcode: &str,
    card: &str,
) -> Result<Response, Trouble> {
    let reader = reader::again(&door.desk, signed, card).await?;
    let item = match reader {
        Some(_) => None,
        None => item::part(door, signed, barcode).await?.ok(),
    };
    let before = Before {
        told: Some(told),
        reader,
        item,
        ..Before::default()
    };
    desk_page(&door.desk, signed, before)
}

pub(super) async fn undo(
    State(door): State<Arc<Door>>,
    form: Form<OfItem>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Circulate)?;
    let what = match sent.what.as_str() {
        "loan" => Undo::Loan,
        "return" => Undo::Return,
        _ => return Err(Trouble::Unreadable("no movement is named".into())),
    };
    let asked = UndoAsk {
        actor: signed.actor(),
        what,
        barcode: sent.barcode.clone(),
        key: Some(key(
            &signed,
            &sent.once,
            &["undo", &sent.what, &sent.barcode],
        )),
        at: signed.at.clone(),
    };
    let answer = door.desk.undo(asked).await?;
    let told = Told::undone(signed.tongue(), &door.desk.rulebook(), what, &answer);
    moved(&door, &signed, told, &sent.barcode, &sent.card).await
}

pub(super) async fn renew(
    State(door): State<Arc<Door>>,
    form: Form<Lending>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Circulate)?;
    let Lending {
        card,
        barcode,
        once,
        ..
    } = &sent;
    let asked = RenewAsk {
        actor: signed.member.overriding(sent.overrides())?,
        card: card.clone(),
        barcode: barcode.clone(),
        pin: None,
        visit: no_pins(),
        at: signed.at.clone(),
        key: Some(key(&signed, once, &["renew", card, barcode, &sent.rights])),
        dry: false,
    };
    let answer = door.desk.renew(asked).await?;
    let mut told = Told::lent(signed.tongue(), &door.desk.rulebook(), &answer, barcode);
    // A renewal is not undone: its loan goes on under the former rules.
    told.undo = None;
    told.forced_by = Some(("/staff/renew", barcode.clone()));
    let before = Before {
        told: Some(told),
        reader: reader::again(&door.desk, &signed, card).await?,
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}

#[derive(Debug, Deserialize)]
pub(super) struct OfReader {
    card: String,
}

pub(super) async fn renew_all(
    State(door): State<Arc<Door>>,
    form: Form<OfReader>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Circulate)?;
    let t = signed.tongue();
    let asked = PatronAsk {
        actor: signed.actor(),
        card: sent.card.clone(),
        pin: None,
        visit: no_pins(),
        at: signed.at.clone(),
    };
    let book = door.desk.rulebook();
    let told = match door.desk.renew_all(asked).await? {
        Err(refusal) => Told::no_one(t, &book, &refusal),
        Ok((_, renewed)) => {
            let done = renewed.iter().filter(|(_, answer)| answer.outcome.is_ok());
            let (done, all) = (done.count(), renewed.len());
            let head = match t.0 {
                circulation::Language::French => format!("{done} prêts sur {all} prolongés"),
                circulation::Language::English => format!("{done} of {all} loans renewed"),
            };
            let why_not = renewed.iter().filter_map(|(line, answer)| {
                let refused = answer.outcome.as_ref().err()?;
                Some(format!(
                    "{} : {}",
                    line.title,
                    refused.headline().text(t.0, &book)
                ))
            });
            Told {
                good: done == all,
                head,
                lines: why_not.collect(),
                ..Told::default()
            }
        }
    };
    let before = Before {
        told: Some(told),
        reader: reader::again(&door.desk, &signed, &sent.card).await?,
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}
