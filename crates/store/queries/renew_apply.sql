-- Renewals, each whole or not at all, all in one commit. The item is the guard: a renewal adds nothing to what
-- limits count. A renewal whose guard was missed has no row in the answer and left nothing.
-- $1 terminals, $2 request keys, $3 items, $4 their versions, $5 custody rows of the loans, $6 renewals used so
-- far, $7 new due dates, $8 branches, $9 patrons, $10 at, $11 staff, $12 policy versions, $13 calendar versions,
-- $14 event bodies
-- Rows are taken in one order, so that two statements that share some do not wait for each other in a ring.
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[], $6::smallint[], $7::date[],
                  $8::text[], $9::bigint[], $10::timestamptz[], $11::bigint[], $12::integer[], $13::bigint[],
                  $14::text[])
           WITH ORDINALITY AS asked (terminal_id, request_key, item_id, item_version, custody_id, renewals, due,
                  branch, patron_id, at, staff_id, policy_version, calendar_version, body, n)
     ORDER BY item_id
), item_guard AS (
    UPDATE item SET version = item.version + 1 FROM asked
     WHERE item.id = asked.item_id AND item.version = asked.item_version RETURNING asked.*
), renewed AS (
    UPDATE custody SET due = item_guard.due, renewals = custody.renewals + 1,
           policy_version = item_guard.policy_version, calendar_version = item_guard.calendar_version,
           request_key = item_guard.request_key, last_event = item_guard.event_id
      FROM item_guard
     WHERE custody.id = item_guard.custody_id AND custody.until IS NULL AND custody.renewals = item_guard.renewals
    RETURNING item_guard.*, custody.document
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, document, body)
    SELECT event_id, at, 'renew', 'done', branch, terminal_id, staff_id, item_id, patron_id, custody_id,
           document, body::json FROM renewed
    RETURNING id
)
SELECT asked.n AS "n!", logged.id AS "event_id!" FROM logged JOIN asked ON asked.event_id = logged.id
