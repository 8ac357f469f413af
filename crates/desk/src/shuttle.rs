//! The shuttle's crates. What comes out of one is received by scanning it ([`Desk::checkin`]); what stays under way is
//! what did not come.

use std::sync::Arc;

use circulation::BranchCode;
use store::{Between, Sent, TravelAfter, Travelling, UnderWay};

use crate::{Desk, DeskError, Listed, listed::page};

/// A question for a page of what is between branches.
///
/// - What leaves today: [`Between::From`] and [`Sent::Today`], a crate for each goal.
/// - What a crate must hold: [`Between::Both`] and [`Sent::Ever`]; every scan takes an item off.
/// - What is missing: [`Between::To`] or [`Between::Both`] and [`Sent::Before`] so many days.
#[derive(Debug, Clone, Copy)]
pub struct TravelAsk {
    /// Between which branches.
    pub between: Between,
    /// Sent when.
    pub sent: Sent,
    /// From the line after this one; none: from the first.
    pub after: Option<TravelAfter>,
    /// How many at most, 1 to 50.
    pub most: u32,
}

impl Desk {
    /// The shuttle's crates: what left a branch, and what is expected there. One round trip.
    pub async fn shuttle(
        self: &Arc<Self>,
        branch: BranchCode,
    ) -> Result<Vec<Travelling>, DeskError> {
        let mut session = self.store.session().await?;
        let between = Between::Either(branch);
        Ok(session
            .travelling(between, Sent::Ever, None, i64::MAX)
            .await?)
    }

    /// A page of what is between branches, crate by crate: by goal, then by origin, the longest under way first. One
    /// round trip.
    pub async fn travelling(
        self: &Arc<Self>,
        ask: &TravelAsk,
    ) -> Result<Listed<Travelling, TravelAfter>, DeskError> {
        let (most, read) = page(ask.most);
        let mut session = self.store.session().await?;
        let lines = session
            .travelling(ask.between, ask.sent, ask.after, read)
            .await?;
        Ok(Listed::cut(lines, most, |line| TravelAfter {
            to: line.to,
            from: line.from,
            since: line.since,
            item: line.item,
        }))
    }

    /// The crates themselves: from where to where, how many items, how many of them somebody waits for, and since when the
    /// first is under way; a line for each two branches. One round trip.
    pub async fn under_way(
        self: &Arc<Self>,
        between: Between,
        sent: Sent,
    ) -> Result<Vec<UnderWay>, DeskError> {
        Ok(self.store.session().await?.under_way(between, sent).await?)
    }
}
