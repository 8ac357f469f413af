-- A new hold, whole or not at all. The guards come first, one after the other by data: the title, whose lock is kept up
-- to the commit, so that ranks are in the order of commits, and the household, whose members' holds were counted.
-- No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 household, $4 its version, $5 this copy and no other, or NULL, $6 patron, $7 pickup,
-- $8 at, $9 last day, $10 of a class or an institution, $11 document, $12 new, $13 branch of the door, $14 terminal,
-- $15 staff, $16 event body, $17 request key, $18 the answer but for the hold's number, $19 until when that is kept,
-- $20 the agency of a partner's request, or NULL: it is none, $21 its number, or empty: the hold's own
WITH title_guard AS (
    UPDATE bib SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), guarded AS (
    UPDATE household SET version = household.version + 1 FROM title_guard
     WHERE household.id = $3 AND household.version = $4
    RETURNING title_guard.id AS bib_id
), placed AS (
    INSERT INTO hold (bib_id, item_id, patron_id, pickup, placed_at, ranked_at, expires_on, several, document, new)
    SELECT bib_id, $5::bigint, $6::bigint, $7::text, $8::timestamptz, clock_timestamp(), $9::date, $10::boolean, $11::text,
           $12::boolean FROM guarded
    RETURNING id, item_id, patron_id, placed_at
), known AS (
    INSERT INTO partner_request (terminal_id, agency, number, kind, bib_id, item_id, hold_id, made_at)
    SELECT $14::bigint, $20::text, coalesce(nullif($21::text, ''), id::text), 'requested', $1, item_id, id, placed_at
      FROM placed WHERE $20::text IS NOT NULL
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
    SELECT placed_at, 'hold', 'done', $13::text, $14::bigint, $15::bigint, item_id, patron_id, $16::json FROM placed
    RETURNING id
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until)
    SELECT $17::bytea, logged.id, ($18::jsonb || jsonb_build_object('hold', placed.id))::json, $19::timestamptz FROM logged, placed
)
SELECT placed.id AS "hold!", logged.id AS "event!" FROM placed, logged
