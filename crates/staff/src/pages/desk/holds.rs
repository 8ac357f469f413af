//! Holds of the reader who is open.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use circulation::{BranchCode, Language};
use desk::{Action, HeldThing, HoldAsk, HoldWish};
use serde::Deserialize;

use super::{Before, desk_page, key, no_pins, reader, told::Told};
use crate::{
    Door,
    access::{Form, Signed},
    pages::Trouble,
};

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    card: String,
    /// A barcode of the title, or else the number of its bib.
    #[serde(default)]
    barcode: String,
    bib: Option<i64>,
    pickup: BranchCode,
    #[serde(default)]
    once: String,
}

pub(super) async fn place(
    State(door): State<Arc<Door>>,
    form: Form<Wanted>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let barcode = sent.barcode.trim().to_owned();
    let bib = sent.bib.map(|bib| bib.to_string()).unwrap_or_default();
    let key = key(&signed, &sent.once, &["hold", &sent.card, &barcode, &bib]);
    let what = match sent.bib {
        Some(bib) => HeldThing::Title(bib),
        None => HeldThing::TitleOf(barcode),
    };
    let asked = HoldAsk {
        pickup: Some(known(&door, sent.pickup)?),
        key: Some(key),
        ..ask(&signed, sent.card, HoldWish::Place, what)?
    };
    held(&door, signed, asked).await
}

#[derive(Debug, Deserialize)]
pub(super) struct OfHold {
    card: String,
    hold: i64,
    #[serde(default)]
    once: String,
}

pub(super) async fn cancel(
    State(door): State<Arc<Door>>,
    form: Form<OfHold>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let key = key(&signed, &sent.once, &["cancel", &sent.hold.to_string()]);
    let asked = HoldAsk {
        key: Some(key),
        ..ask(
            &signed,
            sent.card,
            HoldWish::Cancel,
            HeldThing::Hold(sent.hold),
        )?
    };
    held(&door, signed, asked).await
}

/// A branch of the network; a form of ours names no other.
pub(in crate::pages) fn known(door: &Door, pickup: BranchCode) -> Result<BranchCode, Trouble> {
    let known = door.desk.rulebook().branches.contains_key(&pickup);
    known
        .then_some(pickup)
        .ok_or_else(|| Trouble::Unreadable(format!("there is no branch {pickup}")))
}

fn ask(signed: &Signed, card: String, wish: HoldWish, what: HeldThing) -> Result<HoldAsk, Trouble> {
    signed.require(Action::Hold)?;
    Ok(HoldAsk {
        actor: signed.actor(),
        wish,
        card,
        pin: None,
        visit: no_pins(),
        what,
        pickup: None,
        needed_until: None,
        at: signed.at.clone(),
        key: None,
        request: None,
        dry: false,
    })
}

async fn held(door: &Door, signed: Signed, asked: HoldAsk) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let (card, wish) = (asked.card.clone(), asked.wish.clone());
    let answer = door.desk.hold(asked).await?;
    let mut told = match &answer.outcome {
        Ok(_) if wish == HoldWish::Cancel => Told::yes(
            t.say("Réservation annulée.", "The hold is cancelled.")
                .into(),
        ),
        Ok(done) => {
            let mut told = Told::yes(match t.0 {
                Language::French => format!("Réservé, à retirer à {}", done.pickup),
                Language::English => format!("Held, to be collected at {}", done.pickup),
            });
            if done.available {
                let line = t.say(
                    "Un exemplaire est en rayon : il est sur la liste des documents à chercher.",
                    "A copy is on the shelf: it is on the list of what to pull.",
                );
                told.lines.push(line.into());
            }
            told
        }
        Err(refused) => Told::refused(t, &door.desk.rulebook(), refused),
    };
    told.event = answer.event;
    // Nothing of a hold is forced here.
    told.rights.clear();
    let before = Before {
        told: Some(told),
        reader: reader::again(&door.desk, &signed, &card).await?,
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}
