//! Bibs that become one, records that leave theirs, and the way back. Holds and copies go with them.
//!
//! Everything here runs in one transaction that holds both titles' locks, the lower number first: so queues, captures
//! and a merge of the same titles go one after the other.

mod back;
mod steps;

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

use self::{
    back::take_back,
    steps::{choose, move_items, move_sources, record, release},
};
use crate::{Session, StoreError};

/// What came of a merge, a split, or the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its number, to take it back by.
    pub id: i64,
    /// The bib that things left.
    pub from_bib: i64,
    /// The bib that they went to.
    pub to_bib: i64,
    /// How many source records went over.
    pub sources: usize,
    /// How many copies.
    pub items: usize,
    /// How many active holds.
    pub holds: usize,
    /// How many holds ended, or, on the way back, came to life again.
    pub closed: usize,
}

/// Why nothing was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// There is no such bib, or it was merged into another one.
    #[error("there is no bib {0}, or it was merged into another one")]
    NoBib(i64),
    /// They are one already.
    #[error("these are one bib already")]
    OneBib,
    /// There is no such source record.
    #[error("there is no such source record")]
    NoRecord,
    /// It is the only record of its bib.
    #[error("it is the only record of bib {0}: there is nothing to split")]
    OnlyRecord(i64),
    /// There is no such move, or it was taken back before.
    #[error("there is no merge or split number {0} that could be taken back")]
    NoMove(i64),
    /// A later move rests on it.
    #[error("take back number {0} first: it came after this one and moved the same bibs")]
    Later(i64),
}

/// Why nothing was moved, or why the database could not say.
#[derive(Debug, Clone, thiserror::Error)]
pub enum MoveError {
    /// It makes no sense.
    #[error(transparent)]
    Not(#[from] NotMoved),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for MoveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// How a new bib is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Called {
    /// Its title.
    pub title: String,
    /// Its author; empty: nobody is named.
    pub author: String,
}

impl Session {
    /// Joins `from` to `to`. Needs a transaction: see [`crate::Store::locked_session`].
    pub async fn merge_bibs(
        &mut self,
        from: i64,
        to: i64,
        at: Timestamp,
    ) -> Result<Moved, MoveError> {
        merge(self.pg(), from, to, at).await
    }

    /// Takes a source record, and the copies that came with it, off its bib: it becomes a bib of its own. Holds on the
    /// title stay where they are; a hold on one of these copies goes with it.
    pub async fn split_record(
        &mut self,
        source: i64,
        called: &Called,
        at: Timestamp,
    ) -> Result<Moved, MoveError> {
        split(self.pg(), source, called, at).await
    }

    /// Takes a merge or a split back. What changed meanwhile and has another place now stays there.
    pub async fn take_back(
        &mut self,
        number: i64,
        today: Date,
        at: Timestamp,
    ) -> Result<Moved, MoveError> {
        take_back(self.pg(), number, today, at).await
    }

    /// Logs a move; returns its event.
    pub async fn log_move(
        &mut self,
        kind: &str,
        moved: &Moved,
        staff_id: Option<i64>,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        let body = serde_json::json!({
            "move": moved.id, "from": moved.from_bib, "to": moved.to_bib, "sources": moved.sources,
            "items": moved.items, "holds": moved.holds, "closed": moved.closed,
        });
        Ok(sqlx::query_scalar!(
            "WITH logged AS (
                INSERT INTO event (at, kind, outcome, staff_id, body) VALUES ($1, $2, 'done', $3, $4) RETURNING id
            ), named AS (
                UPDATE bib_move SET event_id = logged.id FROM logged WHERE bib_move.id = $5 AND event_id IS NULL
            )
            SELECT id FROM logged",
            at.to_sqlx() as _,
            kind,
            staff_id,
            sqlx::types::Json(&body) as _,
            moved.id
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// The record that is served for a bib, its media type and body.
    pub async fn served_record(
        &mut self,
        bib: i64,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let read = sqlx::query!(
            "SELECT r.format, r.body FROM bib b JOIN source_record r ON r.id = b.source_id WHERE b.id = $1",
            bib
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(read.map(|row| (row.format, row.body)))
    }

    /// Calls a bib by another title and author.
    pub async fn call_bib(&mut self, bib: i64, called: &Called) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE bib SET title = $2, author = $3 WHERE id = $1 AND (title, author) <> ($2, $3)",
            bib,
            called.title,
            called.author
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// A source record by its branch and control number: its id, its bib, media type and body.
    pub async fn source_record(
        &mut self,
        branch: circulation::BranchCode,
        control_number: &str,
    ) -> Result<Option<(i64, i64, String, Vec<u8>)>, StoreError> {
        let read = sqlx::query!(
            "SELECT id, bib_id, format, body FROM source_record WHERE branch = $1 AND control_number = $2",
            branch.as_str(),
            control_number
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(read.map(|row| (row.id, row.bib_id, row.format, row.body)))
    }
}

/// Both titles, the lower number first, as every writer takes them.
async fn lock(connection: &mut PgConnection, one: i64, other: i64) -> Result<(), MoveError> {
    if one == other {
        return Err(NotMoved::OneBib.into());
    }
    let there = sqlx::query_scalar!(
        "SELECT id FROM bib WHERE id IN ($1, $2) AND merged_into IS NULL ORDER BY id FOR UPDATE",
        one,
        other
    )
    .fetch_all(&mut *connection)
    .await?;
    for bib in [one, other] {
        if !there.contains(&bib) {
            return Err(NotMoved::NoBib(bib).into());
        }
    }
    Ok(())
}

/// Joins one bib to another: within the caller's transaction.
pub(crate) async fn merge(
    connection: &mut PgConnection,
    from: i64,
    to: i64,
    at: Timestamp,
) -> Result<Moved, MoveError> {
    lock(&mut *connection, from, to).await?;
    let sources = move_sources(&mut *connection, from, to, None).await?;
    let items = move_items(&mut *connection, from, to, None).await?;
    // Whoever waits for both waits once: for what is set aside already, else by the older hold.
    let closed = sqlx::query_scalar!(
        "WITH both_titles AS (
            SELECT w.id, w.patron_id, w.ranked_at,
                   EXISTS (SELECT FROM custody c WHERE c.hold_id = w.id AND c.until IS NULL AND c.kind <> 'loan') AS ready
              FROM hold w WHERE w.bib_id IN ($1, $2) AND w.closed_at IS NULL AND w.item_id IS NULL AND NOT w.several
        ), ranked AS (
            SELECT id, row_number() OVER (PARTITION BY patron_id ORDER BY ready DESC, ranked_at, id) AS place FROM both_titles
        )
        UPDATE hold SET closed_at = $3, outcome = 'cancelled', version = version + 1
          FROM ranked WHERE ranked.id = hold.id AND ranked.place > 1 RETURNING hold.id",
        from,
        to,
        at.to_sqlx() as _
    )
    .fetch_all(&mut *connection)
    .await?;
    let holds = sqlx::query_scalar!(
        "UPDATE hold SET bib_id = $2, version = version + 1 WHERE bib_id = $1 AND closed_at IS NULL RETURNING id",
        from,
        to
    )
    .fetch_all(&mut *connection)
    .await?;
    // Those that were merged into it before go on with it: who follows a merge takes one step.
    sqlx::query!(
        "UPDATE bib SET merged_into = $2, version = version + 1 WHERE id = $1 OR merged_into = $1",
        from,
        to
    )
    .execute(&mut *connection)
    .await?;
    choose(&mut *connection, to).await?;
    let id = record(
        &mut *connection,
        "merge",
        (from, to),
        at,
        [&sources, &items, &holds, &closed],
    )
    .await?;
    Ok(Moved {
        id,
        from_bib: from,
        to_bib: to,
        sources: sources.len(),
        items: items.len(),
        holds: holds.len(),
        closed: closed.len(),
    })
}

pub(crate) async fn split(
    connection: &mut PgConnection,
    source: i64,
    called: &Called,
    at: Timestamp,
) -> Result<Moved, MoveError> {
    let from = sqlx::query_scalar!("SELECT bib_id FROM source_record WHERE id = $1", source)
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(NotMoved::NoRecord)?;
    let to = sqlx::query_scalar!(
        "INSERT INTO bib (title, author) VALUES ($1, $2) RETURNING id",
        called.title,
        called.author
    )
    .fetch_one(&mut *connection)
    .await?;
    lock(&mut *connection, from, to).await?;
    let others = sqlx::query_scalar!(
        r#"SELECT count(*) AS "others!" FROM source_record WHERE bib_id = $1 AND id <> $2"#,
        from,
        source
    )
    .fetch_one(&mut *connection)
    .await?;
    if others == 0 {
        return Err(NotMoved::OnlyRecord(from).into());
    }
    let sources = move_sources(&mut *connection, from, to, Some(&[source])).await?;
    let leaving = sqlx::query_scalar!(
        "SELECT id FROM item WHERE bib_id = $1 AND source_id = $2 ORDER BY id",
        from,
        source
    )
    .fetch_all(&mut *connection)
    .await?;
    let items = move_items(&mut *connection, from, to, Some(&leaving)).await?;
    let holds = sqlx::query_scalar!(
        "UPDATE hold SET bib_id = $2, version = version + 1
          WHERE bib_id = $1 AND closed_at IS NULL AND item_id = ANY ($3) RETURNING id",
        from,
        to,
        &items
    )
    .fetch_all(&mut *connection)
    .await?;
    release(&mut *connection, &items).await?;
    choose(&mut *connection, from).await?;
    choose(&mut *connection, to).await?;
    let id = record(
        &mut *connection,
        "split",
        (from, to),
        at,
        [&sources, &items, &holds, &[]],
    )
    .await?;
    Ok(Moved {
        id,
        from_bib: from,
        to_bib: to,
        sources: sources.len(),
        items: items.len(),
        holds: holds.len(),
        closed: 0,
    })
}
