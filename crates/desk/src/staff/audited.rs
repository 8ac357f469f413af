//! The audit, page by page.

use std::sync::Arc;

use jiff::Zoned;
use serde_json::json;
use store::{AuditAsk, AuditLine, Audited};

use super::{Action, Member};
use crate::{Desk, DeskError, Listed, listed::page};

/// How many lines of the audit one page looks at.
const LOOK: i64 = 20_000;
/// How many it looks at first: most pages are full before their end.
const FEW: i64 = 2_000;

impl Desk {
    /// A page of what staff read and changed, the last first; 1 to 50 lines. The look itself is noted before, at the reader
    /// whose card is looked for.
    ///
    /// One round trip more for that, two where a card is looked for; then one, or two where few lines fit, which look at 20,000 lines at most: where a filter seldom fits, a page may be short, or empty, and
    /// says all the same where to go on.
    pub async fn audited(
        self: &Arc<Self>,
        member: &Member,
        ask: &AuditAsk,
        most: u32,
        at: &Zoned,
    ) -> Result<Listed<AuditLine, i64>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let of = match &ask.card {
            Some(card) => session.card_holder(card).await?,
            None => None,
        };
        let looked = Audited {
            action: Action::AuditRead.name(),
            patron_id: of,
            token_id: member.token(),
            detail: &json!({ "read": "audit", "login": ask.login, "of_a_card": ask.card.is_some() }),
        };
        session.audit(&member.actor().stamp(at), &looked).await?;
        let (mut lines, mut end) = session.audit_lines(ask, FEW, read).await?;
        if end.is_some() && i64::try_from(lines.len()).is_ok_and(|lines| lines < read) {
            (lines, end) = session.audit_lines(ask, LOOK, read).await?;
        }
        let mut listed = Listed::cut(lines, most, |line| line.id);
        if listed.next.is_none() {
            listed.next = end;
        }
        Ok(listed)
    }
}
