//! What every command answers with.

use circulation::{BranchCode, Decision, DocumentCode, Language, Refused, Rulebook, Step, Trace};
use serde::Serialize;
use store::ItemFacts;

use crate::DeskError;

/// The answer to a command: what came of it, why, and what screens show beside.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// Done, or refused with every reason.
    pub outcome: Result<T, Refused>,
    /// How the rules came to it.
    pub trace: Trace,
    /// The event that the log holds of it; none for a dry run or where nothing changed.
    pub event: Option<i64>,
    /// What the patron is spoken to in.
    pub language: Language,
    /// The item, if the barcode led to one.
    pub item: Option<ItemShown>,
    /// The same question was answered before, and this is that answer.
    pub replayed: bool,
}

/// An item as screens show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemShown {
    /// SIP2 field AJ.
    pub title: String,
    /// Our document type.
    pub document: DocumentCode,
    /// SIP2 field CK.
    pub media_type: String,
    /// SIP2 field AQ: the branch that it belongs to.
    pub owner: BranchCode,
    /// SIP2 field CS.
    pub call_number: String,
}

impl ItemShown {
    pub(crate) fn new(book: &Rulebook, item: &ItemFacts) -> Self {
        let document = item.facts.document;
        Self {
            title: item.row.title.clone(),
            document,
            media_type: book
                .documents
                .get(&document)
                .map_or_else(|| "000".into(), |kind| kind.sip2_media_type.clone()),
            owner: item.facts.owner,
            call_number: item.row.call_number.clone(),
        }
    }
}

/// The body of an event: everything that `relire why` needs, without a person in it.
#[derive(Debug, Serialize)]
pub(crate) struct Body<'a, P> {
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a P>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a Refused>,
    trace: &'a Trace,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl<'a, P> Body<'a, P> {
    pub(crate) fn of(decision: &'a Decision<P>, reason: Option<&'a str>) -> Self {
        Self {
            plan: decision.outcome.as_ref().ok(),
            refused: decision.outcome.as_ref().err(),
            trace: &decision.trace,
            reason,
        }
    }
}

impl<P: Serialize> Body<'_, P> {
    /// As the event keeps it.
    pub(crate) fn json(&self) -> Result<String, DeskError> {
        serde_json::to_string(self)
            .map_err(|error| DeskError::Internal(format!("an event's body: {error}")))
    }
}

/// A decision that was taken before any rule was asked: the scan led nowhere, or the PIN is wrong.
pub(crate) fn refused_outright(refused: Refused) -> Decision<()> {
    let steps = refused.all().iter().cloned().map(Step::Refused).collect();
    Decision {
        outcome: Err(refused),
        trace: Trace { steps },
    }
}
