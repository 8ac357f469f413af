//! What the reader who is open owes: asked for, paid, or let go.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use desk::{Action, ChargeAsk, FeeKind, PayAsk, Settled};
use serde::Deserialize;

use super::{Before, desk_page, key, reader, told::Told};
use crate::{Door, access::Form, pages::Trouble, tongue::Tongue};

#[derive(Debug, Deserialize)]
pub(super) struct Payment {
    card: String,
    fee: i64,
    /// As people write it: 3,50 or 3.50.
    euros: String,
    /// `pay` or `waive`.
    how: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn pay(
    State(door): State<Arc<Door>>,
    form: Form<Payment>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Money)?;
    let t = signed.tongue();
    let how = match sent.how.as_str() {
        "pay" => Settled::Paid,
        "waive" => Settled::Waived,
        _ => return Err(Trouble::Unreadable("paid or waived is not said".into())),
    };
    let told = match cents(&sent.euros) {
        None => Told::no(no_amount(t)),
        Some(cents) => {
            let fee = sent.fee.to_string();
            let what = [sent.how.as_str(), &sent.card, &fee, &sent.euros];
            let asked = PayAsk {
                actor: signed.actor(),
                how,
                card: sent.card.clone(),
                cents,
                fee: Some(sent.fee),
                key: Some(key(&signed, &sent.once, &what)),
                at: signed.at.clone(),
            };
            let answer = door.desk.pay(asked).await?;
            let mut told = match &answer.outcome {
                Ok(paid) => {
                    let done = match how {
                        Settled::Paid => t.say("Payé :", "Paid:"),
                        Settled::Waived => t.say("Annulé :", "Let go:"),
                    };
                    Told::yes(format!("{done} {}", t.euros(paid.cents)))
                }
                Err(refused) => Told::refused(t, &door.desk.rulebook(), refused),
            };
            told.event = answer.event;
            told
        }
    };
    let before = Before {
        told: Some(told),
        reader: reader::again(&door.desk, &signed, &sent.card).await?,
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}

#[derive(Debug, Deserialize)]
pub(super) struct Fee {
    card: String,
    kind: FeeKind,
    /// As people write it: 3,50 or 3.50.
    euros: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn charge(
    State(door): State<Arc<Door>>,
    form: Form<Fee>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Money)?;
    let t = signed.tongue();
    let told = match cents(&sent.euros) {
        None => Told::no(no_amount(t)),
        Some(cents) => {
            let what = [
                "charge",
                &sent.card,
                sent.kind.name(),
                &sent.euros,
                &sent.note,
            ];
            let asked = ChargeAsk {
                actor: signed.actor(),
                card: sent.card.clone(),
                kind: sent.kind,
                cents,
                note: sent.note.trim().to_owned(),
                key: Some(key(&signed, &sent.once, &what)),
                at: signed.at.clone(),
            };
            let answer = door.desk.charge(asked).await?;
            let mut told = match &answer.outcome {
                Ok(charged) => {
                    let done = t.say("Frais demandés :", "Fee asked for:");
                    Told::yes(format!("{done} {}", t.euros(charged.cents)))
                }
                Err(refused) => Told::refused(t, &door.desk.rulebook(), refused),
            };
            told.event = answer.event;
            told
        }
    };
    let before = Before {
        told: Some(told),
        reader: reader::again(&door.desk, &signed, &sent.card).await?,
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}

fn no_amount(t: Tongue) -> String {
    t.say("Ce montant n’en est pas un.", "This is no amount.")
        .to_owned()
}

/// `3`, `3,5`, `3.50`, with or without the sign; above zero and below 10,000 euros.
fn cents(text: &str) -> Option<i64> {
    let text = text.trim().trim_matches('€').trim();
    let (whole, rest) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) || rest.len() > 2 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let rest: i64 = format!("{rest:0<2}").parse().ok()?;
    Some(whole * 100 + rest).filter(|cents| *cents > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, read) in [
            ("3", 300),
            ("3,5", 350),
            (" 3.50 € ", 350),
            ("€0.05", 5),
            ("9999,99", 999_999),
        ] {
            assert_eq!(cents(text), Some(read), "{text}");
        }
        for wrong in [
            "", "0", "0,00", "-3", "3,505", "1e3", "10000", ",50", "3,,5", "٣", "3 50",
        ] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }
}
