-- Due dates that the calendar moves, each whole or not at all, all in one commit. A loan whose guard was missed has no
-- row in the answer and is as it was.
-- $1 items, $2 their versions, $3 custody rows of the loans, $4 due dates so far, $5 new due dates, $6 branches,
-- $7 patrons, $8 event bodies, $9 at, $10 the calendar's version, $11 the change
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::date[], $5::date[], $6::text[], $7::bigint[], $8::text[])
           WITH ORDINALITY AS asked (item_id, item_version, custody_id, due, moved, branch, patron_id, body, n)
     ORDER BY item_id
), item_guard AS (
    UPDATE item SET version = item.version + 1 FROM asked
     WHERE item.id = asked.item_id AND item.version = asked.item_version RETURNING asked.*
), moved AS (
    UPDATE custody SET due = item_guard.moved, calendar_version = $10 FROM item_guard
     WHERE custody.id = item_guard.custody_id AND custody.until IS NULL AND custody.due = item_guard.due
    RETURNING item_guard.*, custody.document
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, item_id, patron_id, custody_id, document, body)
    SELECT event_id, $9, 'due_moved', 'done', branch, item_id, patron_id, custody_id, document, body::json FROM moved
    RETURNING id
), counted AS (
    UPDATE calendar_change SET loans = loans + (SELECT count(*) FROM moved) WHERE id = $11
)
SELECT asked.n AS "n!", logged.id AS "event_id!" FROM logged JOIN asked ON asked.event_id = logged.id
