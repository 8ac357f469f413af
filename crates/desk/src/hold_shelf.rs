//! What stands on a branch's hold shelf, and what it clears away from it.

use std::sync::Arc;

use circulation::BranchCode;
use jiff::civil::Date;
use store::{SetAside, ShelfAfter};

use crate::{Desk, DeskError, Listed, listed::page};

/// A question for a page of a hold shelf.
#[derive(Debug, Clone, Copy)]
pub struct ShelfAsk {
    /// Whose.
    pub branch: BranchCode,
    /// Only what is to be cleared away on this day: its hold is over, or its last day was before.
    pub to_clear: Option<Date>,
    /// From the line after this one; none: from the first.
    pub after: Option<ShelfAfter>,
    /// How many at most, 1 to 50.
    pub most: u32,
}

impl Desk {
    /// A branch's hold shelf; what is to be cleared away first. One round trip.
    pub async fn hold_shelf(
        self: &Arc<Self>,
        branch: BranchCode,
    ) -> Result<Vec<SetAside>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.set_aside(branch, None, None, i64::MAX).await?)
    }

    /// A page of a branch's hold shelf, or of what is to be cleared from it; what no active hold wants any more first,
    /// then by its last day. One round trip.
    pub async fn shelf_page(
        self: &Arc<Self>,
        ask: &ShelfAsk,
    ) -> Result<Listed<SetAside, ShelfAfter>, DeskError> {
        let (most, read) = page(ask.most);
        let mut session = self.store.session().await?;
        let lines = session
            .set_aside(ask.branch, ask.to_clear, ask.after, read)
            .await?;
        Ok(Listed::cut(lines, most, |line| ShelfAfter {
            active: line.active,
            until: line.until,
            item: line.item,
        }))
    }
}
