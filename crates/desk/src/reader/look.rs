//! Looking at readers by their numbers.

use std::sync::Arc;

use circulation::Refusal;
use jiff::Zoned;
use store::{Dossier, LedgerLine, Session};

use super::PatronLine;
use crate::{Desk, DeskError, Listed, PatronView, PinCheck, listed::page, request::local_day};

/// Who lives together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    /// The household.
    pub id: i64,
    /// Its members, in the order of their numbers. Who answers for whom stands in [`PatronLine::guarantor`], and may be
    /// somebody of another household.
    pub members: Vec<PatronLine>,
}

impl Desk {
    /// Looks at a reader by number, as [`Desk::patron`] does by card; no PIN is asked for.
    pub async fn patron_by_id(
        self: &Arc<Self>,
        id: i64,
        at: &Zoned,
    ) -> Result<Result<PatronView, Refusal>, DeskError> {
        let today = local_day(at);
        let mut session = self.store.session().await?;
        let (version, file) = session.patron_file_by_id(id, today).await?;
        drop(session);
        let Some(file) = file else {
            return Ok(Err(Refusal::ReaderUnknown));
        };
        let book = self.rulebook_at(version).await?;
        let pin = PinCheck::NotGiven;
        Ok(Ok(PatronView::of(file, "", pin, &book, today)))
    }

    /// A reader's whole file, as staff keep it; `None`: nobody has this number, or the account is closed.
    pub async fn dossier(&self, id: i64, at: &Zoned) -> Result<Option<Dossier>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.dossier(id, local_day(at)).await?)
    }

    /// A page of a reader's account, the last line first, 1 to 50 lines; those before `before`, if one is given.
    pub async fn ledger(
        &self,
        id: i64,
        before: Option<i64>,
        most: u32,
    ) -> Result<Listed<LedgerLine, i64>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let lines = session.ledger(id, before, read).await?;
        Ok(Listed::cut(lines, most, |line| line.id))
    }

    /// Who lives with a reader; `None`: nobody has this number, or the account is closed.
    pub async fn household(&self, id: i64, at: &Zoned) -> Result<Option<Household>, DeskError> {
        let mut session = self.store.session().await?;
        let Some(dossier) = session.dossier(id, local_day(at)).await? else {
            return Ok(None);
        };
        let members = self.lines(session, &dossier.members, at).await?;
        Ok(Some(Household {
            id: dossier.household,
            members,
        }))
    }

    /// Readers by their numbers, in this order; who is closed is left out.
    pub async fn patron_lines(
        &self,
        ids: &[i64],
        at: &Zoned,
    ) -> Result<Vec<PatronLine>, DeskError> {
        let session = self.store.session().await?;
        self.lines(session, ids, at).await
    }

    pub(super) async fn lines(
        &self,
        mut session: Session,
        ids: &[i64],
        at: &Zoned,
    ) -> Result<Vec<PatronLine>, DeskError> {
        let today = local_day(at);
        let read = session.reader_lines(ids, today).await?;
        drop(session);
        let Some((version, lines)) = read else {
            return Ok(Vec::new());
        };
        let book = self.rulebook_at(version).await?;
        let line = |line| PatronLine::of(line, &book, today);
        Ok(lines.into_iter().map(line).collect())
    }
}
