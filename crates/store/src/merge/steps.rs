//! The steps that every move of bibs is made of.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

use super::MoveError;
use crate::error::corrupt;

pub(super) async fn move_sources(
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

pub(super) async fn move_items(
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
pub(super) async fn release(connection: &mut PgConnection, items: &[i64]) -> Result<(), MoveError> {
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
pub(super) async fn choose(connection: &mut PgConnection, bib: i64) -> Result<(), MoveError> {
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

pub(super) async fn record(
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
