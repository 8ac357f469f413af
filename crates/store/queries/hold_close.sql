-- An active hold ends, or nothing of it. Guards, one after the other by data: title and hold; that a household waits for
-- less takes nobody's decision away. What was set aside for it stays where it is until it is next scanned.
-- No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 hold, $4 its version, $5 how it ends, $6 at, $7 branch of the door, $8 terminal, $9 staff,
-- $10 event body, $11 request key, $12 the answer, $13 until when that is kept
WITH title_guard AS (
    UPDATE bib SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), closed AS (
    UPDATE hold SET version = hold.version + 1, closed_at = $6, outcome = $5
      FROM title_guard
     WHERE hold.id = $3 AND hold.version = $4 AND hold.closed_at IS NULL
    RETURNING hold.item_id, hold.patron_id, hold.closed_at
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
    SELECT closed_at, 'hold_cancel', 'done', $7::text, $8::bigint, $9::bigint, item_id, patron_id, $10::json FROM closed
    RETURNING id
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until)
    SELECT $11::bytea, id, $12::json, $13::timestamptz FROM logged
)
SELECT id FROM logged
