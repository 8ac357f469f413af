//! A merge or a split, taken back.

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

use super::{
    MoveError, Moved, NotMoved, lock, merge,
    steps::{choose, move_items, move_sources, release},
};

pub(super) async fn take_back(
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
