//! Payments and fees (SIP2 37).

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, ChargeAsk, FeeKind, PayAsk, Settled};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::Command,
        problem::Problem,
        route::{Needs, Route, Shape},
        words::{Cents, Scan, Words},
    },
};

/// How a fee is settled.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum How {
    /// With money.
    #[default]
    Paid,
    /// It is let go.
    Waived,
}

/// A payment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayment {
    /// The reader’s card (SIP2 AA).
    card: Scan,
    /// How much (SIP2 BV); never more than is owed.
    cents: Cents,
    /// The fee that it is for (SIP2 CG); else the oldest first.
    #[serde(default)]
    fee: Option<i64>,
    /// With money, or let go.
    #[serde(default)]
    how: How,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What was settled.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Payment {
    /// How much, in cents.
    cents: i64,
}

/// What a fee is for.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FeeFor {
    /// A late return.
    Late,
    /// A document that came back damaged.
    Damage,
    /// A document that did not come back.
    Loss,
    /// A new card.
    Card,
    /// Something else, which its note tells.
    Other,
}

impl From<FeeKind> for FeeFor {
    fn from(kind: FeeKind) -> Self {
        match kind {
            FeeKind::Late => Self::Late,
            FeeKind::Damage => Self::Damage,
            FeeKind::Loss => Self::Loss,
            FeeKind::Card => Self::Card,
            FeeKind::Other => Self::Other,
        }
    }
}

impl From<FeeFor> for FeeKind {
    fn from(kind: FeeFor) -> Self {
        match kind {
            FeeFor::Late => Self::Late,
            FeeFor::Damage => Self::Damage,
            FeeFor::Loss => Self::Loss,
            FeeFor::Card => Self::Card,
            FeeFor::Other => Self::Other,
        }
    }
}

/// A fee to ask a reader for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCharge {
    /// The reader’s card.
    card: Scan,
    /// What it is for.
    kind: FeeFor,
    /// How much.
    cents: Cents,
    /// A remark for people.
    #[serde(default)]
    note: Words,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// A fee that is asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Charge {
    /// Its number (SIP2 CG); none for a dry run.
    fee: Option<i64>,
    /// How much, in cents.
    cents: i64,
}

impl Kept for Payment {}
impl Kept for Charge {}

pub(crate) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::POST,
            path: "/payments",
            needs: Needs::Here(Action::Money),
            name: "pay",
            summary: "Encaisser ou remettre une dette — Take or waive a payment",
            text: "More than is owed is refused (`less_owed`), since nobody would give it back (SIP2 37).",
            parameters: &[],
            takes: Some(Shape::of::<NewPayment>(
                r#"{"card": "2620000000017", "cents": 150}"#,
            )),
            gives: Shape::around::<Done<Payment>, Payment>(
                r#"{"outcome": {"cents": 150}, "event": 4716, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(pay),
        },
        Route {
            method: Method::POST,
            path: "/charges",
            needs: Needs::Here(Action::Money),
            name: "charge",
            summary: "Facturer — Charge a fee",
            text: "A fee in the reader’s account. With a key it is written once.",
            parameters: &[],
            takes: Some(Shape::of::<NewCharge>(
                r#"{"card": "2620000000017", "kind": "card", "cents": 200, "note": "Carte perdue"}"#,
            )),
            gives: Shape::around::<Done<Charge>, Charge>(
                r#"{"outcome": {"fee": 9, "cents": 200}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(charge),
        },
    ]
}

async fn pay(
    State(door): State<Arc<Door>>,
    command: Command<NewPayment>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let ask = PayAsk {
            actor: asking.caller.member.actor(),
            how: match sent.how {
                How::Paid => Settled::Paid,
                How::Waived => Settled::Waived,
            },
            card: sent.card.0,
            cents: sent.cents.0,
            fee: sent.fee,
            key,
            at: asking.caller.at.clone(),
        };
        let answer = match asking.dry {
            false => asking.desk().pay(ask).await?,
            true => asking.desk().would_pay(ask).await?,
        };
        asking.told(answer, |paid| Payment { cents: paid.cents })
    })
    .await
}

async fn charge(
    State(door): State<Arc<Door>>,
    command: Command<NewCharge>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let (actor, at) = (asking.caller.member.actor(), &asking.caller.at);
        let ask = ChargeAsk {
            note: sent.note.0,
            key,
            ..ChargeAsk::of(&actor, &sent.card.0, sent.kind.into(), sent.cents.0, at)
        };
        let answer = match asking.dry {
            false => asking.desk().charge(ask).await?,
            true => asking.desk().would_charge(ask).await?,
        };
        let dry = asking.dry;
        asking.told(answer, |charged| Charge {
            fee: Some(charged.fee).filter(|_| !dry),
            cents: charged.cents,
        })
    })
    .await
}
