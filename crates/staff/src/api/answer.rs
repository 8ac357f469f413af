//! What a command is answered with.

use std::sync::Arc;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use circulation::{Language, Overrides, Trace};
use desk::{Actor, Answer, Desk, ItemShown, Known};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    input::Command,
    problem::{KEY_REUSED, Problem},
    refusal::refused,
    words::OverridesAsked,
};
use crate::Door;

/// What was done.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Done<T> {
    /// What came of it.
    pub(crate) outcome: T,
    /// The event that the log keeps of it; none for a dry run, or where nothing changed.
    pub(crate) event: Option<i64>,
    /// It was decided and explained, and nothing changed.
    pub(crate) dry_run: bool,
    /// The same question was answered before, and this is that answer. It names no reader.
    pub(crate) replayed: bool,
    /// The item, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) item: Option<ItemTold>,
    /// How the rules came to it, with `?trace=1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<Vec<String>>,
}

/// An item as answers show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemTold {
    /// Its title (SIP2 AJ).
    pub(crate) title: String,
    /// Its document type.
    #[schema(example = "LIV")]
    pub(crate) document: String,
    /// The branch that it belongs to (SIP2 AQ).
    #[schema(example = "LENS")]
    pub(crate) owner: String,
    /// Where it stands on the shelf (SIP2 CS).
    pub(crate) call_number: String,
}

impl From<ItemShown> for ItemTold {
    fn from(shown: ItemShown) -> Self {
        Self {
            title: shown.title,
            document: shown.document.to_string(),
            owner: shown.owner.to_string(),
            call_number: shown.call_number,
        }
    }
}

/// A command under way: whose it is, and how it wants to be told.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub(crate) door: Arc<Door>,
    pub(crate) caller: Caller,
    pub(crate) trace: bool,
    pub(crate) dry: bool,
}

impl Asking {
    pub(crate) fn desk(&self) -> &Arc<Desk> {
        &self.door.desk
    }

    /// Who asks the desk, with these overrides.
    pub(crate) fn actor(&self, overrides: Option<OverridesAsked>) -> Result<Actor, Problem> {
        let overrides = overrides.map_or_else(Overrides::none, Overrides::from);
        Ok(self.caller.member.overriding(overrides)?)
    }

    /// The desk's answer in the words of programs: done, or a refusal with its reasons.
    pub(crate) fn told<T, S>(
        &self,
        answer: Answer<T>,
        outcome: impl FnOnce(T) -> S,
    ) -> Result<Done<S>, Problem> {
        let done = answer
            .outcome
            .map_err(|no| refused(self.desk(), &self.caller, &no, &answer.trace, answer.event))?;
        Ok(Done {
            outcome: outcome(done),
            event: answer.event,
            dry_run: self.dry,
            replayed: answer.replayed,
            item: answer.item.map(ItemTold::from),
            trace: self.trace.then(|| self.lines(&answer.trace)),
        })
    }

    pub(crate) fn language(&self) -> Language {
        self.caller.member.language()
    }

    fn lines(&self, trace: &Trace) -> Vec<String> {
        trace.lines(self.language(), &self.desk().rulebook())
    }
}

/// Something that is told again to whoever asks again; without a person in it.
pub(crate) trait Kept: Serialize {
    /// What is kept of it.
    fn kept(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

/// Runs a command to its end, whatever becomes of its connection, and once under its key.
pub(crate) async fn once<T, S, W, F>(
    door: Arc<Door>,
    command: Command<T>,
    dry: bool,
    work: W,
) -> Result<Response, Problem>
where
    T: Send + 'static,
    S: Kept + Send + 'static,
    W: FnOnce(Asking, T, Option<desk::RequestKey>) -> F + Send + 'static,
    F: Future<Output = Result<Done<S>, Problem>> + Send + 'static,
{
    let Command {
        caller,
        sent,
        keyed,
        trace,
    } = command;
    let task = tokio::spawn(async move {
        let desk = door.desk.clone();
        let at = caller.at.timestamp();
        let asking = Asking {
            door,
            caller,
            trace,
            dry,
        };
        // What changes nothing is nothing to be known by.
        let Some(keyed) = keyed.filter(|_| !dry) else {
            return Ok(Json(work(asking, sent, None).await?).into_response());
        };
        let claim = match desk.claim(keyed, at).await? {
            Known::No(claim) => claim,
            Known::Answered(answer) => return again(&asking, answer).await,
            Known::Otherwise => return Err(reused()),
        };
        let done = work(asking, sent, Some(keyed.key)).await?;
        if let Some(outcome) = done.outcome.kept() {
            let kept = serde_json::json!({
                "outcome": outcome, "event": done.event, "dry_run": false, "replayed": true, "item": done.item,
            });
            // It is done, and told even where it cannot be kept: the command knows its effect.
            if let Err(error) = desk.settle(claim, kept, at).await {
                tracing::warn!(%error, "an answer was not kept for its key");
            }
        }
        Ok(Json(done).into_response())
    });
    task.await.unwrap_or_else(|_| {
        Err(desk::DeskError::OutcomeUnknown("the question's task ended early".to_owned()).into())
    })
}

/// The first answer, with the trace that the log has.
async fn again(asking: &Asking, mut answer: Value) -> Result<Response, Problem> {
    let event = answer.get("event").and_then(Value::as_i64);
    if let (true, Some(event), Some(told)) = (asking.trace, event, answer.as_object_mut()) {
        let why = asking.desk().why(event, asking.language()).await?;
        told.insert(
            "trace".to_owned(),
            why.map(|why| why.lines).unwrap_or_default().into(),
        );
    }
    if answer.get("item").is_some_and(Value::is_null)
        && let Some(told) = answer.as_object_mut()
    {
        told.remove("item");
    }
    Ok(Json(answer).into_response())
}

fn reused() -> Problem {
    Problem::new(
        KEY_REUSED,
        "Cette clé d’idempotence accompagnait une autre question : rien n’a été fait.",
        "This idempotency key came with another question: nothing was done.",
    )
}
