-- A return, whole or not at all. The item is the one guard: a return only ever relaxes what limits its
-- household, and a suspension that it brings is as good after a loan in flight as before it.
-- $1 terminal, $2 staff, $3 item, $4 its version, $5 custody row that ends, $6 branch, $7 returned at,
-- $8 NULL: stays here, else the branch it travels to, $9 patron, $10 first day and $11 free day of a
-- suspension, $12 its reason, $13 event body
WITH item_guard AS (
    UPDATE item SET version = version + 1 WHERE id = $3 AND version = $4 RETURNING id
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond'),
           returned_at = CASE WHEN kind = 'loan' THEN $7::timestamptz END,
           returned_to = CASE WHEN kind = 'loan' THEN $6 END, request_key = NULL
      FROM item_guard WHERE custody.id = $5 AND custody.until IS NULL RETURNING custody.id, custody.until
), opened AS (
    INSERT INTO custody (item_id, kind, branch, to_branch, since)
    SELECT $3, CASE WHEN $8::text IS NULL THEN 'shelf' ELSE 'transit' END, $6, $8, closed.until FROM closed
    RETURNING id
), suspended AS (
    INSERT INTO suspension (patron_id, custody_id, first_day, free_on, reason)
    SELECT $9, closed.id, $10, $11, $12 FROM closed WHERE $11::date IS NOT NULL
    RETURNING id
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, body)
    SELECT $7, 'checkin', 'done', $6, $1, $2, $3, $9, closed.id, $13 FROM opened, closed
    RETURNING id
)
SELECT coalesce((SELECT id FROM logged), guard_missed()) AS "event_id!"
