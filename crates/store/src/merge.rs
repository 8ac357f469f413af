//! Bibs that become one, records that leave theirs, and the way back. Holds and copies go with them.
//!
//! Everything here runs in one transaction that holds both titles' locks, the lower number first: so queues, captures
//! and a merge of the same titles go one after the other.

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

use crate::{Session, StoreError, error::corrupt};

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

async fn take_back(
    connection: &mut PgConnection,
    number: i64,
    today: Date,
    at: Timestamp,
) -> Result<Moved, MoveError> {
    let done = sqlx::query!(
        "SELECT kind, from_bib, to_bib, at AS \"at: jiff_sqlx::Timestamp\", sources, items, holds, closed
           FROM bib_move WHERE id = $1 AND undone_at IS NULL FOR UPDATE",
        number
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(NotMoved::NoMove(number))?;
    let later = sqlx::query_scalar!(
        "SELECT id FROM bib_move
          WHERE id > $1 AND undone_at IS NULL AND kind = 'merge' AND (from_bib IN ($2, $3) OR to_bib = $2)
          ORDER BY id DESC LIMIT 1",
        number,
        done.from_bib,
        done.to_bib
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(later) = later {
        return Err(NotMoved::Later(later).into());
    }
    sqlx::query!(
        "UPDATE bib_move SET undone_at = $2 WHERE id = $1",
        number,
        at.to_sqlx() as _
    )
    .execute(&mut *connection)
    .await?;
    if done.kind == "split" {
        return merge(connection, done.to_bib, done.from_bib, at).await;
    }
    let (from, to) = (done.from_bib, done.to_bib);
    // What was merged into it before, and not taken back, is its own again.
    sqlx::query!(
        "UPDATE bib SET merged_into = NULLIF($1, id), version = version + 1
          WHERE id = $1
             OR id IN (SELECT from_bib FROM bib_move WHERE to_bib = $1 AND kind = 'merge' AND undone_at IS NULL AND id < $2)",
        from,
        number
    )
    .execute(&mut *connection)
    .await?;
    lock(&mut *connection, from, to).await?;
    let sources = move_sources(&mut *connection, to, from, Some(&done.sources)).await?;
    // Copies that came since with one of its records go with it.
    let items = sqlx::query_scalar!(
        "SELECT id FROM item WHERE bib_id = $1 AND (id = ANY ($2) OR source_id = ANY ($3)) ORDER BY id",
        to,
        &done.items,
        &sources
    )
    .fetch_all(&mut *connection)
    .await?;
    let items = move_items(&mut *connection, to, from, Some(&items)).await?;
    let holds = sqlx::query_scalar!(
        "UPDATE hold SET bib_id = $2, version = version + 1
          WHERE bib_id = $1 AND closed_at IS NULL AND (id = ANY ($3) OR item_id = ANY ($4)) RETURNING id",
        to,
        from,
        &done.holds,
        &items
    )
    .fetch_all(&mut *connection)
    .await?;
    // What the merge ended begins again where it still means something.
    let revived = sqlx::query_scalar!(
        "UPDATE hold SET closed_at = NULL, outcome = NULL, version = version + 1,
                bib_id = CASE WHEN EXISTS (SELECT FROM hold o WHERE o.patron_id = hold.patron_id AND o.bib_id = $2
                                              AND o.closed_at IS NULL AND o.item_id IS NULL) THEN $1 ELSE $2 END
          WHERE id = ANY ($3) AND closed_at = $4 AND outcome = 'cancelled' AND patron_id IS NOT NULL
            AND expires_on >= $5
            AND NOT EXISTS (SELECT FROM hold o WHERE o.patron_id = hold.patron_id AND o.closed_at IS NULL
                               AND o.item_id IS NULL AND o.bib_id = hold.bib_id)
        RETURNING id",
        from,
        to,
        &done.closed,
        done.at.to_jiff().to_sqlx() as _,
        today.to_sqlx() as _
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut parted = items.clone();
    let staying = sqlx::query_scalar!("SELECT id FROM item WHERE bib_id = $1", to)
        .fetch_all(&mut *connection)
        .await?;
    parted.extend(staying);
    release(&mut *connection, &parted).await?;
    choose(&mut *connection, from).await?;
    choose(&mut *connection, to).await?;
    Ok(Moved {
        id: number,
        from_bib: to,
        to_bib: from,
        sources: sources.len(),
        items: items.len(),
        holds: holds.len(),
        closed: revived.len(),
    })
}

async fn move_sources(
    connection: &mut PgConnection,
    from: i64,
    to: i64,
    which: Option<&[i64]>,
) -> Result<Vec<i64>, MoveError> {
    Ok(sqlx::query_scalar!(
        "UPDATE source_record SET bib_id = $2 WHERE bib_id = $1 AND ($3::bigint[] IS NULL OR id = ANY ($3)) RETURNING id",
        from,
        to,
        which
    )
    .fetch_all(connection)
    .await?)
}

async fn move_items(
    connection: &mut PgConnection,
    from: i64,
    to: i64,
    which: Option<&[i64]>,
) -> Result<Vec<i64>, MoveError> {
    // In the order of their numbers, as every writer of several items takes them.
    Ok(sqlx::query_scalar!(
        "WITH locked AS MATERIALIZED (
            SELECT id FROM item WHERE bib_id = $1 AND ($3::bigint[] IS NULL OR id = ANY ($3)) ORDER BY id FOR NO KEY UPDATE
        )
        UPDATE item SET bib_id = $2, version = item.version + 1 FROM locked WHERE item.id = locked.id RETURNING item.id",
        from,
        to,
        which
    )
    .fetch_all(connection)
    .await?)
}

/// Copies that are set aside for somebody who waits for what is another title now stand on the shelf again; who waits
/// keeps the place in the queue.
async fn release(connection: &mut PgConnection, items: &[i64]) -> Result<(), MoveError> {
    sqlx::query!(
        "WITH wrong AS (
            SELECT c.id, c.item_id, c.kind, c.branch, c.to_branch, c.since, w.id AS hold_id
              FROM custody c JOIN hold w ON w.id = c.hold_id AND w.closed_at IS NULL JOIN item i ON i.id = c.item_id
             WHERE c.item_id = ANY ($1) AND c.until IS NULL AND c.kind <> 'loan' AND w.bib_id <> i.bib_id
        ), freed AS (
            UPDATE hold SET version = version + 1 FROM wrong WHERE hold.id = wrong.hold_id
        ), ended AS (
            UPDATE custody SET until = greatest(clock_timestamp(), wrong.since + interval '1 microsecond')
              FROM wrong WHERE custody.id = wrong.id RETURNING custody.item_id, custody.until
        )
        INSERT INTO custody (item_id, kind, branch, to_branch, since)
        SELECT w.item_id, CASE w.kind WHEN 'transit' THEN 'transit' ELSE 'shelf' END, w.branch, w.to_branch, e.until
          FROM wrong w JOIN ended e USING (item_id)",
        items
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Serves the best of a bib's records. How the bib is called then is for whoever reads records to say.
async fn choose(connection: &mut PgConnection, bib: i64) -> Result<(), MoveError> {
    sqlx::query!(
        "UPDATE bib SET version = version + 1,
                source_id = (SELECT id FROM source_record WHERE bib_id = $1 ORDER BY quality DESC, id LIMIT 1)
          WHERE id = $1",
        bib
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn record(
    connection: &mut PgConnection,
    kind: &str,
    (from, to): (i64, i64),
    at: Timestamp,
    [sources, items, holds, closed]: [&[i64]; 4],
) -> Result<i64, MoveError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO bib_move (kind, from_bib, to_bib, at, sources, items, holds, closed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        kind,
        from,
        to,
        at.to_sqlx() as _,
        sources,
        items,
        holds,
        closed
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.ok_or_else(|| corrupt("a move that was not written"))?)
}
