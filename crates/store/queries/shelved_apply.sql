-- Last days on hold shelves that the calendar moves, each whole or not at all, all in one commit.
-- $1 items, $2 their versions, $3 custody rows, $4 last days so far, $5 new last days, $6 branches, $7 patrons,
-- $8 event bodies, $9 at, $10 the change
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::date[], $5::date[], $6::text[], $7::bigint[], $8::text[])
           WITH ORDINALITY AS asked (item_id, item_version, custody_id, ends, moved, branch, patron_id, body, n)
     ORDER BY item_id
), item_guard AS (
    UPDATE item SET version = item.version + 1 FROM asked
     WHERE item.id = asked.item_id AND item.version = asked.item_version RETURNING asked.*
), moved AS (
    UPDATE custody SET ready_until = item_guard.moved FROM item_guard
     WHERE custody.id = item_guard.custody_id AND custody.until IS NULL AND custody.ready_until = item_guard.ends
    RETURNING item_guard.*
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, item_id, patron_id, body)
    SELECT event_id, $9, 'ready_moved', 'done', branch, item_id, patron_id, body::json FROM moved
    RETURNING id
), counted AS (
    UPDATE calendar_change SET shelves = shelves + (SELECT count(*) FROM moved) WHERE id = $10
)
SELECT asked.n AS "n!", logged.id AS "event_id!" FROM logged JOIN asked ON asked.event_id = logged.id
