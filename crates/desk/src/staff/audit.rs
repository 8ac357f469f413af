//! What is noted of staff.

use std::sync::Arc;

use jiff::Zoned;
use serde_json::Value;
use store::Audited;

use super::{Action, Member};
use crate::{Desk, DeskError};

impl Desk {
    /// Notes what a member of staff read or changed, before they are shown it. `detail` has no person in it.
    pub async fn note_staff(
        self: &Arc<Self>,
        member: &Member,
        action: Action,
        patron: Option<i64>,
        detail: &Value,
        at: &Zoned,
    ) -> Result<(), DeskError> {
        let audited = Audited {
            action: action.name(),
            patron_id: patron,
            token_id: member.token.as_ref().map(|(id, _)| *id),
            detail,
        };
        let stamp = member.actor().stamp(at);
        Ok(self.store.session().await?.audit(&stamp, &audited).await?)
    }
}
