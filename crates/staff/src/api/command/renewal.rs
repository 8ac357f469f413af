//! Renewing one loan, or all of a reader's (SIP2 29 and 65, NCIP RenewItem).

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, PatronAsk, RenewAsk, Visit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::loan::Loan;
use crate::{
    Door,
    api::{
        answer::{Asking, Done, Kept, once},
        input::Command,
        problem::Problem,
        refusal::{RefusalShown, refused},
        route::{Needs, Route, Shape},
        words::{OverridesAsked, Scan},
    },
};

/// A renewal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRenewal {
    /// The reader's card (SIP2 AA).
    card: Scan,
    /// The item's barcode (SIP2 AB).
    barcode: Scan,
    /// Rights to use against a refusal.
    #[serde(default)]
    overrides: Option<OverridesAsked>,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// A renewal of everything.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenewAll {
    /// The reader's card (SIP2 AA).
    card: Scan,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What came of each loan, the first due first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RenewedAll {
    /// How many were renewed.
    renewed: usize,
    /// All of them.
    loans: Vec<RenewedLoan>,
}

/// What came of one loan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RenewedLoan {
    /// The item.
    barcode: String,
    /// Its title.
    title: String,
    /// The last day of the loan, renewed or not.
    #[schema(value_type = String, format = "date")]
    due: jiff::civil::Date,
    /// Whether it was renewed.
    renewed: bool,
    /// Otherwise, why not.
    refusals: Vec<RefusalShown>,
    /// The event that the log keeps of it.
    event: Option<i64>,
}

impl Kept for RenewedAll {}

pub(crate) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/renewals",
        needs: Needs::Here(Action::Circulate),
        name: "renew",
        summary: "Prolonger un prêt — Renew a loan",
        text: "A renewal as any door’s (SIP2 29).",
        parameters: &[],
        takes: Some(Shape::of::<NewRenewal>(
            r#"{"card": "2620000000017", "barcode": "3620000000019", "dry_run": true}"#,
        )),
        gives: Shape::around::<Done<Loan>, Loan>(
            r#"{"outcome": {"due": "2026-08-04", "renewed": true}, "event": null, "dry_run": true, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(renew),
    }
}

pub(crate) fn route_of_all() -> Route {
    Route {
        method: Method::POST,
        path: "/renewals/all",
        needs: Needs::Here(Action::Circulate),
        name: "renew_all",
        summary: "Prolonger tous les prêts d’un lecteur — Renew all loans of a reader",
        text: "Each as by itself (SIP2 65), the first due first; what is refused says why. Reading the list is noted.",
        parameters: &[],
        takes: Some(Shape::of::<RenewAll>(r#"{"card": "2620000000017"}"#)),
        gives: Shape::around::<Done<RenewedAll>, RenewedAll>(
            r#"{"outcome": {"renewed": 1, "loans": [{"barcode": "3620000000019", "title": "Germinal", "due": "2026-08-04",
                "renewed": true, "refusals": [], "event": 4713}]}, "event": null, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(renew_all),
    }
}

async fn renew(
    State(door): State<Arc<Door>>,
    command: Command<NewRenewal>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let actor = asking.actor(sent.overrides)?;
        let ask = RenewAsk {
            actor,
            key,
            ..asked(&asking, sent.card.0, sent.barcode.0)
        };
        let answer = asking.desk().renew(ask).await?;
        asking.told(answer, Loan::from)
    })
    .await
}

async fn renew_all(
    State(door): State<Arc<Door>>,
    command: Command<RenewAll>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, _| async move {
        let Asking { caller, .. } = &asking;
        let desk = asking.desk();
        let ask = PatronAsk {
            actor: caller.member.actor(),
            card: sent.card.0.clone(),
            pin: None,
            visit: Arc::new(Visit::new()),
            at: caller.at.clone(),
        };
        let renewed = match asking.dry {
            false => desk.renew_all(ask).await?,
            true => would_renew(&asking, ask).await?,
        };
        let (view, renewed) = renewed
            .map_err(|refusal| refused(desk, caller, &refusal.into(), &Default::default(), None))?;
        let (action, nothing) = (Action::Circulate, serde_json::json!({ "read": "renewals" }));
        let noted = desk.note_staff(&caller.member, action, Some(view.id), &nothing, &caller.at);
        noted.await?;
        let book = desk.rulebook();
        let loans = renewed.into_iter().map(|(line, answer)| RenewedLoan {
            barcode: line.barcode,
            title: line.title,
            due: answer
                .outcome
                .as_ref()
                .map_or(line.loan.due, |lent| lent.due),
            renewed: answer.outcome.is_ok(),
            refusals: (answer.outcome.as_ref().err().into_iter())
                .flat_map(|no| no.all())
                .map(|refusal| RefusalShown::new(refusal, &book))
                .collect(),
            event: answer.event,
        });
        let loans: Vec<_> = loans.collect();
        Ok(Done {
            outcome: RenewedAll {
                renewed: loans.iter().filter(|loan| loan.renewed).count(),
                loans,
            },
            event: None,
            dry_run: asking.dry,
            replayed: false,
            item: None,
            trace: None,
        })
    })
    .await
}

/// What renewing all would come to.
async fn would_renew(
    asking: &Asking,
    ask: PatronAsk,
) -> Result<Result<(desk::PatronView, Vec<desk::Renewed>), circulation::Refusal>, Problem> {
    let card = ask.card.clone();
    let view = match asking.desk().patron(ask).await? {
        Ok(view) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut renewed = Vec::with_capacity(view.loans.len());
    for line in &view.loans {
        let ask = asked(asking, card.clone(), line.barcode.clone());
        renewed.push((line.clone(), asking.desk().renew(ask).await?));
    }
    Ok(Ok((view, renewed)))
}

fn asked(asking: &Asking, card: String, barcode: String) -> RenewAsk {
    RenewAsk {
        actor: asking.caller.member.actor(),
        card,
        barcode,
        pin: None,
        visit: Arc::new(Visit::new()),
        at: asking.caller.at.clone(),
        key: None,
        dry: asking.dry,
    }
}
