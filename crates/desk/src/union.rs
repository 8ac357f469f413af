//! What is one document and what is not, when a person says so: merges, splits, and the way back.

use jiff::Zoned;
use store::{
    Called, Locks, MoveError, MoveLine, Moved, NotMoved, RecordDoubt, Session, SettledDoubt,
};

use crate::{Desk, DeskError, Listed, listed::page};
use circulation::{BranchCode, Language};

/// Who decides, for the list of what was decided.
#[derive(Debug, Clone, Copy)]
pub struct Librarian<'a> {
    /// What to write down: a login, or the command that was typed.
    pub name: &'a str,
    /// The member of staff, if it is one.
    pub staff_id: Option<i64>,
}

impl Desk {
    /// Open doubts, the likeliest first, at most so many; and how many there are in all.
    pub async fn record_doubts(&self, most: i64) -> Result<(Vec<RecordDoubt>, i64), DeskError> {
        Ok(self.store.record_doubts(most).await?)
    }

    /// A page of the same, 1 to 50 of them; it goes on after the score and number of its last. One round trip.
    pub async fn doubts_page(
        &self,
        after: Option<(i16, i64)>,
        most: u32,
    ) -> Result<Listed<RecordDoubt, (i16, i64)>, DeskError> {
        let (most, read) = page(most);
        let doubts = self.store.doubts_after(after, read).await?;
        Ok(Listed::cut(doubts, most, |doubt| {
            (doubt.score, doubt.number)
        }))
    }

    /// What people joined and parted, the latest first, 1 to 50 of them. One round trip.
    pub async fn moves(
        &self,
        after: Option<i64>,
        most: u32,
    ) -> Result<Listed<MoveLine, i64>, DeskError> {
        let (most, read) = page(most);
        let moves = self.store.moves(after.unwrap_or(i64::MAX), read).await?;
        Ok(Listed::cut(moves, most, |line| line.id))
    }

    /// Joins a bib to another: its records, copies and holds go over. Whoever waits for both waits once, by the older
    /// hold, or by the one for which a copy is set aside already.
    pub async fn merge_bibs(
        &self,
        from: i64,
        to: i64,
        by: Librarian<'_>,
        at: &Zoned,
    ) -> Result<Result<Moved, NotMoved>, DeskError> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        let moved = match told(session.merge_bibs(from, to, at.timestamp()).await)? {
            Ok(moved) => moved,
            Err(not) => return Ok(Err(not)),
        };
        let how = SettledDoubt::Merged;
        session
            .decide_pair(from, to, how, by.name, at.timestamp())
            .await?;
        finish(session, "bib_merge", moved, by, at).await
    }

    /// Takes a record, and the copies that came with it, off its bib. Holds on the title stay with the other records;
    /// a hold on one of these copies goes with it.
    pub async fn split_record(
        &self,
        branch: BranchCode,
        control_number: &str,
        by: Librarian<'_>,
        at: &Zoned,
    ) -> Result<Result<Moved, NotMoved>, DeskError> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        let Some((source, _, format, body)) = session.source_record(branch, control_number).await?
        else {
            return Ok(Err(NotMoved::NoRecord));
        };
        let called = called(&format, &body).unwrap_or_else(|| Called {
            title: format!("[{branch} {control_number}]"),
            author: String::new(),
        });
        let split = session.split_record(source, &called, at.timestamp()).await;
        let moved = match told(split)? {
            Ok(moved) => moved,
            Err(not) => return Ok(Err(not)),
        };
        let (one, other, how) = (moved.from_bib, moved.to_bib, SettledDoubt::Split);
        session
            .decide_pair(one, other, how, by.name, at.timestamp())
            .await?;
        finish(session, "bib_split", moved, by, at).await
    }

    /// Takes a merge or a split back, with what it moved. What changed meanwhile and has another place now stays there.
    pub async fn take_back_move(
        &self,
        number: i64,
        by: Librarian<'_>,
        at: &Zoned,
    ) -> Result<Result<Moved, NotMoved>, DeskError> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        let back = session.take_back(number, at.date(), at.timestamp()).await;
        let moved = match told(back)? {
            Ok(moved) => moved,
            Err(not) => return Ok(Err(not)),
        };
        // A merge that was taken back is not made again by an import; a split that was is.
        let how = if moved.id == number {
            SettledDoubt::Apart
        } else {
            SettledDoubt::Merged
        };
        let (one, other) = (moved.from_bib, moved.to_bib);
        session
            .decide_pair(one, other, how, by.name, at.timestamp())
            .await?;
        finish(session, "bib_move_back", moved, by, at).await
    }

    /// A doubt is none: the two stay apart, and are not proposed again. `false`: there is no open doubt of this number.
    pub async fn keep_apart(
        &self,
        number: i64,
        by: Librarian<'_>,
        at: &Zoned,
    ) -> Result<bool, DeskError> {
        let mut session = self.store.session().await?;
        let how = SettledDoubt::Apart;
        let settled = session
            .settle_record_doubt(number, how, by.name, at.timestamp())
            .await?;
        Ok(settled.is_some())
    }
}

/// What speaks for one document and against it, in words.
pub fn doubt_reasons(doubt: &RecordDoubt, language: Language) -> Vec<&'static str> {
    let why: Vec<union::Why> = serde_json::from_value(doubt.why.clone()).unwrap_or_default();
    why.iter()
        .map(|why| match language {
            Language::French => why.french(),
            Language::English => why.english(),
        })
        .collect()
}

/// Both bibs are called by what they now serve, the move is logged, and all of it committed.
async fn finish(
    mut session: Session,
    kind: &str,
    moved: Moved,
    by: Librarian<'_>,
    at: &Zoned,
) -> Result<Result<Moved, NotMoved>, DeskError> {
    for bib in [moved.from_bib, moved.to_bib] {
        if let Some((format, body)) = session.served_record(bib).await?
            && let Some(called) = called(&format, &body)
        {
            session.call_bib(bib, &called).await?;
        }
    }
    session
        .log_move(kind, &moved, by.staff_id, at.timestamp())
        .await?;
    session.commit().await?;
    Ok(Ok(moved))
}

fn called(format: &str, body: &[u8]) -> Option<Called> {
    let heading = union::heading(&intake::read_source(format, body)?);
    Some(Called {
        title: heading.title,
        author: heading.author,
    })
}

/// What makes no sense is an answer; what the database could not do is trouble.
fn told(moved: Result<Moved, MoveError>) -> Result<Result<Moved, NotMoved>, DeskError> {
    match moved {
        Ok(moved) => Ok(Ok(moved)),
        Err(MoveError::Not(not)) => Ok(Err(not)),
        Err(MoveError::Store(error)) => Err(error.into()),
    }
}
