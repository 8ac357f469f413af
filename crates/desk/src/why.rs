//! Explaining what was decided.

use std::sync::Arc;

use circulation::{Language, Refused, Trace};
use serde::Deserialize;
use store::Event;

use crate::{Desk, DeskError};

/// An event and the lines that explain it.
#[derive(Debug, Clone)]
pub struct Why {
    /// What happened.
    pub event: Event,
    /// What a reader was told, if it was refused; the first is the headline.
    pub told: Vec<String>,
    /// What would lift each reason, where something does.
    pub lifted_by: Vec<String>,
    /// How the rules came to it.
    pub lines: Vec<String>,
    /// The reason that staff gave for an override.
    pub reason: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    refused: Option<Refused>,
    #[serde(default)]
    trace: Trace,
    reason: Option<String>,
}

impl Desk {
    /// Explains an event; nothing has this number: `None`.
    pub async fn why(
        self: &Arc<Self>,
        event: i64,
        language: Language,
    ) -> Result<Option<Why>, DeskError> {
        let mut session = self.store.session().await?;
        let Some(event) = session.event(event).await? else {
            return Ok(None);
        };
        let book = self.rulebook();
        let body: Body = serde_json::from_value(event.body.clone()).map_err(|error| {
            DeskError::Internal(format!("event {} cannot be read: {error}", event.id))
        })?;
        Ok(Some(Why {
            told: body
                .refused
                .iter()
                .flat_map(Refused::all)
                .map(|refusal| refusal.text(language, &book))
                .collect(),
            lifted_by: body
                .refused
                .iter()
                .flat_map(Refused::all)
                .filter_map(|refusal| refusal.would_lift(language, &book))
                .collect(),
            lines: body.trace.lines(language, &book),
            reason: body.reason,
            event,
        }))
    }
}
