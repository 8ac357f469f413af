//! The scan box: a card opens its reader; a barcode is lent to the reader who is open, and taken back where none is; words
//! are looked for in the catalogue.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use circulation::Refusal;
use desk::Action;
use serde::Deserialize;

use super::{Before, desk_page, lend, reader, search, told::Told};
use crate::{Door, access::Form, pages::Trouble};

#[derive(Debug, Deserialize)]
pub(super) struct Scanned {
    /// What was scanned or typed.
    #[serde(default)]
    q: String,
    /// The card of the reader who is open.
    #[serde(default)]
    card: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn scan(
    State(door): State<Arc<Door>>,
    form: Form<Scanned>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let desk = &door.desk;
    // Some scanners send marks of their own around a number.
    let q: String = sent.q.chars().filter(|char| !char.is_control()).collect();
    let q = q.trim();
    if q.is_empty() {
        // An empty scan closes the reader: the next one is served.
        return desk_page(desk, &signed, Before::default());
    }
    let t = signed.tongue();
    let copy = desk.copy(signed.member.branch(), q).await?;
    // A number that is both goes to the reader who is open, else opens its own.
    let is_item = !matches!(copy, Err(Refusal::ItemUnknown));
    if is_item && !sent.card.is_empty() {
        let lent = lend::Lending {
            card: sent.card,
            barcode: q.to_owned(),
            once: sent.once,
            ..lend::Lending::default()
        };
        return lend::lent(&door, signed, lent).await;
    }
    if signed.member.may(Action::PatronRead) {
        match reader::find(desk, &signed, q, "scan").await? {
            Ok(reader) => {
                let before = Before {
                    reader: Some(reader),
                    ..Before::default()
                };
                return desk_page(desk, &signed, before);
            }
            Err(Refusal::CardUnknown) => {}
            Err(refusal) => {
                let told = Some(Told::no_one(t, &desk.rulebook(), &refusal));
                return desk_page(
                    desk,
                    &signed,
                    Before {
                        told,
                        ..Before::default()
                    },
                );
            }
        }
    }
    match copy {
        Ok(_) => lend::taken_back(&door, signed, q, None).await,
        Err(Refusal::ItemUnknown) => {
            let found = search::found(&door, &signed, q).await?;
            let told = found.is_none().then(|| {
                let head = t.say(
                    "Ni carte, ni code-barres, ni lecteur, ni titre connu : ",
                    "No card, barcode, reader or title that is known: ",
                );
                Told::no(format!("{head}{q}"))
            });
            let before = Before {
                told,
                found,
                reader: reader::again(desk, &signed, &sent.card).await?,
                ..Before::default()
            };
            desk_page(desk, &signed, before)
        }
        Err(refusal) => {
            let before = Before {
                told: Some(Told::no_one(t, &desk.rulebook(), &refusal)),
                reader: reader::again(desk, &signed, &sent.card).await?,
                ..Before::default()
            };
            desk_page(desk, &signed, before)
        }
    }
}
