//! The log, page by page. Each line is explained on demand: [`Desk::why`].

use std::sync::Arc;

use store::{LogAfter, LogAsk, LogLine};

use crate::{Desk, DeskError, Listed, listed::page};

/// How many lines of the log one page looks at.
const LOOK: i64 = 20_000;
/// How many it looks at first: most pages are full before their end.
const FEW: i64 = 2_000;

impl Desk {
    /// A page of the log, what happened last first; 1 to 50 lines. In the order in which things happened: what a machine
    /// reports of its time off-line stands where it happened.
    ///
    /// One round trip, or two where few lines fit, which look at 20,000 lines at most: where a filter seldom fits, a page may be short, or empty, and
    /// says all the same where to go on. Only the last page says nothing of a next one.
    pub async fn log(
        self: &Arc<Self>,
        ask: &LogAsk,
        most: u32,
    ) -> Result<Listed<LogLine, LogAfter>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let mut log = session.log(ask, FEW, read).await?;
        if log.looked >= FEW && i64::try_from(log.lines.len()).is_ok_and(|lines| lines < read) {
            log = session.log(ask, LOOK, read).await?;
        }
        let mut listed = Listed::cut(log.lines, most, |line| LogAfter {
            at: line.at,
            event: line.event,
        });
        if listed.next.is_none() && log.looked >= LOOK {
            listed.next = log.last;
        }
        Ok(listed)
    }
}
