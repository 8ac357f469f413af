//! A draft becomes a version; a version that has not begun is taken back.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use desk::{Action, DraftRefused, PublishAsk};
use serde::Deserialize;

use super::{
    HERE, Trouble,
    draft::{base, show, then, told},
    list, number,
};
use crate::{Door, access::Form};

#[derive(Debug, Deserialize)]
pub(super) struct Publication {
    version: i64,
    #[serde(default)]
    from: String,
    /// The warnings were read.
    read: Option<String>,
}

pub(super) async fn publish(
    State(door): State<Arc<Door>>,
    Path(id): Path<String>,
    form: Form<Publication>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Policy)?;
    let draft = number(&id)?;
    let Ok(from) = sent.from.trim().parse() else {
        let told = signed.tongue().say(
            "Choisissez le premier jour des nouvelles règles.",
            "Choose the first day of the new rules.",
        );
        return show(
            &door,
            &signed,
            draft,
            Some((false, told.into())),
            &sent.from,
        )
        .await;
    };
    let ask = PublishAsk {
        draft,
        version: sent.version,
        from,
        acknowledged: sent.read.is_some(),
        dry: false,
        at: signed.at.clone(),
    };
    match door.desk.publish_policy_draft(&signed.member, &ask).await? {
        Ok(_) => Ok(then(&base(draft), "published")),
        Err(DraftRefused::NoDraft) => Err(Trouble::NotFound),
        Err(refused) => {
            let told = told(&door, &signed, &refused);
            show(&door, &signed, draft, Some(told), &sent.from).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn withdraw(
    State(door): State<Arc<Door>>,
    Path(version): Path<String>,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form { signed, .. } = form;
    signed.require(Action::Policy)?;
    let version: i32 = number(&version)?;
    let withdrawn = door
        .desk
        .withdraw_policy_version(&signed.member, version, &signed.at)
        .await?;
    match withdrawn {
        Ok(()) => Ok(then(HERE, "withdrawn")),
        Err(refused) => {
            let told = told(&door, &signed, &refused);
            list::show(&door, &signed, Some(told), None, String::new()).await
        }
    }
}
