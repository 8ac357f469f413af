//! Rules checked, published, withdrawn.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::post,
};
use desk::{Action, PublishAsk};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Finding, changes, findings},
    draft::found,
    refused::problem,
};
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::{Command, Named},
        problem::Problem,
        refusal::Told,
        route::{Needs, Route, Shape},
        shown::shown,
        words::Day,
    },
};

/// A day to compare with.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckAsked {
    /// The changes are told against the version in force on this day; today if left out.
    #[schema(value_type = Option<String>, format = "date")]
    #[serde(default)]
    on: Option<Day>,
}

/// What was found in a draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Checked {
    /// It can be used as it is.
    sound: bool,
    /// What was found, errors first; at most 200.
    findings: Vec<Finding>,
    /// What is other than in the version in force.
    changes: Vec<Told>,
    /// That version.
    against: Option<i32>,
}

/// A draft to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublicationAsked {
    /// The first day: today or later.
    #[schema(value_type = String, format = "date", example = "2026-07-07")]
    effective_from: Day,
    /// The warnings of the check were read.
    #[serde(default)]
    acknowledged: bool,
    /// Look whether it could be done, and change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// A version that was published.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Publication {
    /// Its number.
    version: i32,
    /// Its first day.
    #[schema(value_type = String, format = "date")]
    effective_from: Date,
}

impl Kept for Publication {}

/// A version to be withdrawn.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawalAsked {}

/// A version that was withdrawn.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Withdrawal {
    /// Its number.
    version: i32,
}

impl Kept for Withdrawal {}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::POST,
            path: "/policies/drafts/{draft}/check",
            needs: Needs::Here(Action::Policy),
            name: "check_policy_draft",
            summary: "Vérifier un brouillon de règles — Check a draft of rules",
            text: "What keeps it from being used, what is probably not meant, and what it changes. Nothing is written.",
            parameters: &[],
            takes: Some(Shape::of::<CheckAsked>(r#"{"on": "2026-07-07"}"#)),
            gives: Shape::around::<Checked, Finding>(
                r#"{"sound": true, "findings": [], "changes": [{"fr": "DVD : durée du prêt, 14 jours → 21 jours.",
                    "en": "DVD: length of a loan, 14 days → 21 days."}], "against": 1}"#,
            ),
            keyed: false,
            serve: || post(check),
        },
        Route {
            method: Method::POST,
            path: "/policies/drafts/{draft}/publish",
            needs: Needs::Here(Action::Policy),
            name: "publish_policy_draft",
            summary: "Publier un brouillon de règles — Publish a draft of rules",
            text: "As the next version, for the whole network: by a person in a session whose right holds everywhere. What has \
                   warnings is published when these are acknowledged. Daemons decide by it at once, from its first day on.",
            parameters: &[],
            takes: Some(Shape::of::<PublicationAsked>(
                r#"{"effective_from": "2026-07-07"}"#,
            )),
            gives: Shape::around::<Done<Publication>, Publication>(
                r#"{"outcome": {"version": 2, "effective_from": "2026-07-07"}, "event": 4720, "dry_run": false,
                    "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(publish),
        },
        Route {
            method: Method::POST,
            path: "/policies/{version}/withdraw",
            needs: Needs::Here(Action::Policy),
            name: "withdraw_policy",
            summary: "Retirer une version des règles — Withdraw a version of the rules",
            text: "Before its first day, by a person whose right holds everywhere. Its draft can be worked on again; its number \
                   is not given again.",
            parameters: &[],
            takes: Some(Shape::of::<WithdrawalAsked>("{}")),
            gives: Shape::around::<Done<Withdrawal>, Withdrawal>(
                r#"{"outcome": {"version": 2}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(withdraw),
        },
    ]
}

async fn check(
    State(door): State<Arc<Door>>,
    Named(draft): Named,
    command: Command<CheckAsked>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    let draft = found(&door, &draft).await?;
    let on = sent.on.map_or_else(|| caller.at.date(), |day| day.0);
    let document = draft.document;
    let checked = door.desk.check_policy(document.clone(), on).await?;
    shown(
        &HeaderMap::new(),
        &Checked {
            sound: checked.is_sound(),
            findings: findings(&door.desk, &document, &checked.findings),
            changes: changes(&door.desk, &checked.changes),
            against: checked.against,
        },
    )
}

async fn publish(
    State(door): State<Arc<Door>>,
    Named(draft): Named,
    command: Command<PublicationAsked>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, _| async move {
        let draft = found(&asking.door, &draft).await?;
        let ask = PublishAsk {
            draft: draft.line.id,
            version: draft.line.version,
            from: sent.effective_from.0,
            acknowledged: sent.acknowledged,
            dry: asking.dry,
            at: asking.caller.at.clone(),
        };
        let desk = asking.desk();
        let published = desk
            .publish_policy_draft(&asking.caller.member, &ask)
            .await?;
        let published = published.map_err(|refused| problem(&refused, &desk.rulebook()))?;
        Ok(Done {
            outcome: Publication {
                version: published.version,
                effective_from: published.from,
            },
            event: published.event,
            dry_run: asking.dry,
            replayed: published.again,
            item: None,
            trace: None,
        })
    })
    .await
}

async fn withdraw(
    State(door): State<Arc<Door>>,
    Named(version): Named,
    command: Command<WithdrawalAsked>,
) -> Result<Response, Problem> {
    once(door, command, false, |asking, _, _| async move {
        let version: i32 = version.parse().map_err(|_| Problem::not_found())?;
        let desk = asking.desk();
        if desk.policy_version(version).await?.is_none() {
            return Err(Problem::not_found());
        }
        let withdrawn = desk
            .withdraw_policy_version(&asking.caller.member, version, &asking.caller.at)
            .await?;
        withdrawn.map_err(|refused| match refused {
            desk::DraftRefused::NoVersion(_) => Problem::not_found(),
            refused => problem(&refused, &desk.rulebook()),
        })?;
        Ok(Done {
            outcome: Withdrawal { version },
            event: None,
            dry_run: false,
            replayed: false,
            item: None,
            trace: None,
        })
    })
    .await
}
