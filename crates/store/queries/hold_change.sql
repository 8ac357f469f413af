-- A waiting hold has another pickup branch, end or pause, or nothing of it. Guards, one after the other by data: title,
-- household, hold. No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 household, $4 its version, $5 hold, $6 its version, $7 pickup, $8 last day, $9 paused
-- until, or NULL, $10 at, $11 branch of the door, $12 terminal, $13 staff, $14 event body, $15 request key,
-- $16 the answer, $17 until when that is kept
WITH title_guard AS (
    UPDATE bib SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), household_guard AS (
    UPDATE household SET version = household.version + 1 FROM title_guard
     WHERE household.id = $3 AND household.version = $4
    RETURNING household.id
), changed AS (
    UPDATE hold SET version = hold.version + 1, pickup = $7, expires_on = $8, suspended_until = $9
      FROM household_guard
     WHERE hold.id = $5 AND hold.version = $6 AND hold.closed_at IS NULL
    RETURNING hold.item_id, hold.patron_id
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
    SELECT $10::timestamptz, 'hold_change', 'done', $11::text, $12::bigint, $13::bigint, item_id, patron_id, $14::json
      FROM changed
    RETURNING id
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until)
    SELECT $15::bytea, id, $16::json, $17::timestamptz FROM logged
)
SELECT id FROM logged
