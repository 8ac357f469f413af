//! What partner systems ask for: requests under numbers of their own, copies that they bring and take away.

mod accept;
mod discard;

pub use accept::{AcceptAsk, Accepted, Brought};

use std::{collections::HashMap, sync::Arc};

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use store::PartnerRequestRow;

use crate::{Desk, DeskError};

/// A request as its partner calls it. Compared as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerRequest {
    /// The agency that numbered it; empty: we did.
    pub agency: String,
    /// Its number; empty for a new one that is to have its hold's own.
    pub number: String,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// A copy that the partner brought.
    Accepted,
    /// A copy or title of ours.
    Requested,
}

/// How far a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// No copy is set aside yet.
    Waiting,
    /// A copy is on its way to the pickup branch.
    OnItsWay,
    /// A copy waits at the pickup branch, until the end of that day.
    Ready(Date),
    /// It was collected: it is a loan, or was one.
    Collected,
    /// It was cancelled, waited in vain, or was not collected.
    Ended,
}

/// A partner's request, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestView {
    /// What it is for.
    pub kind: RequestKind,
    /// The title, by the number of its bib.
    pub bib: i64,
    /// The title.
    pub title: String,
    /// Whether one copy and no other is asked for.
    pub one_copy: bool,
    /// The active card of who asked; none once that is unlinked.
    pub card: Option<String>,
    /// The copy that is set aside, was brought, or is asked for.
    pub barcode: Option<String>,
    /// Its hold.
    pub hold: i64,
    /// How far it is.
    pub state: RequestState,
    /// How many wait before it, where it waits.
    pub before: Option<u32>,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// When it was made.
    pub placed_at: Timestamp,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
}

impl Desk {
    /// A request of this partner; `None`: it made none of this name. One round trip.
    pub async fn partner_request(
        self: &Arc<Self>,
        terminal: i64,
        request: &PartnerRequest,
    ) -> Result<Option<RequestView>, DeskError> {
        let mut session = self.store.session().await?;
        let row = session
            .partner_request(terminal, &request.agency, &request.number)
            .await?;
        Ok(row.map(RequestView::from))
    }

    /// Under which names this partner knows its requests of these holds; one that it did not make has none. One round
    /// trip, and none where there are no holds.
    pub async fn partner_names(
        self: &Arc<Self>,
        terminal: i64,
        holds: &[i64],
    ) -> Result<HashMap<i64, PartnerRequest>, DeskError> {
        if holds.is_empty() {
            return Ok(HashMap::new());
        }
        let mut session = self.store.session().await?;
        let names = session.partner_names(terminal, holds).await?;
        let name = |(hold, agency, number)| (hold, PartnerRequest { agency, number });
        Ok(names.into_iter().map(name).collect())
    }
}

impl From<PartnerRequestRow> for RequestView {
    fn from(row: PartnerRequestRow) -> Self {
        let state = state(&row);
        Self {
            kind: if row.accepted {
                RequestKind::Accepted
            } else {
                RequestKind::Requested
            },
            bib: row.bib,
            title: row.title,
            one_copy: row.one_copy,
            card: row.card,
            barcode: row.barcode,
            hold: row.hold,
            before: u32::try_from(row.before)
                .ok()
                .filter(|_| state == RequestState::Waiting),
            state,
            pickup: row.pickup,
            placed_at: row.made_at,
            expires_on: row.expires_on,
        }
    }
}

fn state(row: &PartnerRequestRow) -> RequestState {
    match (
        row.outcome.as_deref(),
        row.set_aside.as_deref(),
        row.ready_until,
    ) {
        (Some("collected"), ..) => RequestState::Collected,
        (Some(_), ..) => RequestState::Ended,
        (None, Some("hold_shelf"), Some(until)) => RequestState::Ready(until),
        (None, Some(_), _) => RequestState::OnItsWay,
        (None, None, _) => RequestState::Waiting,
    }
}
