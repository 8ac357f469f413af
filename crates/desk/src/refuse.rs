//! A refusal: logged, counted, answered with.

use circulation::{Decision, Language, Rulebook};
use jiff::Zoned;
use serde::Serialize;
use store::{ItemFacts, PatronRow};

use crate::{
    Actor, Answer, DeskError, ItemShown,
    answer::Body,
    attempt::{Tried, Trouble, Way},
};

/// What a refusal is logged with.
pub(crate) struct Asked<'a> {
    pub(crate) kind: &'static str,
    pub(crate) actor: &'a Actor,
    pub(crate) at: &'a Zoned,
    pub(crate) dry: bool,
}

/// Logs a refusal, counts it and answers with it.
pub(crate) async fn refuse<P: Serialize + Sync, T>(
    way: &mut Way,
    asked: &Asked<'_>,
    book: &Rulebook,
    patron: Option<&PatronRow>,
    item: Option<&ItemFacts>,
    decision: Decision<P>,
    language: Language,
) -> Result<Tried<Answer<T>>, Trouble> {
    let patron = patron.map(|patron| patron.id);
    refuse_about(way, asked, book, patron, item, decision, language).await
}

/// The same about a patron of whom no more than the number was read.
pub(crate) async fn refuse_about<P: Serialize + Sync, T>(
    way: &mut Way,
    asked: &Asked<'_>,
    book: &Rulebook,
    patron: Option<i64>,
    item: Option<&ItemFacts>,
    decision: Decision<P>,
    language: Language,
) -> Result<Tried<Answer<T>>, Trouble> {
    let event = if asked.dry {
        None
    } else {
        let body = Body::of(&decision, asked.actor.overrides().reason.as_deref());
        let id = way
            .session()
            .await?
            .log_refusal(&store::Refused {
                kind: asked.kind,
                terminal_id: asked.actor.terminal_id(),
                staff_id: asked.actor.staff_id(),
                branch: asked.actor.branch(),
                item_id: item.map(|item| item.row.id),
                patron_id: patron,
                at: asked.at.timestamp(),
                body: &body,
            })
            .await?;
        // Under locks the line would go with them.
        way.commit_here().await?;
        Some(id)
    };
    let Err(refused) = decision.outcome else {
        return Err(DeskError::Internal("a refusal without a reason".into()).into());
    };
    for refusal in refused.all() {
        metrics::counter!("relire_refusals_total", "kind" => asked.kind, "reason" => refusal.code(),
            "rule" => refusal.rule().unwrap_or_default().to_owned(), "branch" => asked.actor.branch().to_string())
        .increment(1);
    }
    Ok(Tried::Done(Answer {
        outcome: Err(refused),
        trace: decision.trace,
        event,
        language,
        item: item.map(|item| ItemShown::new(book, item)),
        replayed: false,
    }))
}
