-- A renewal, whole or not at all. The item is the guard: a renewal adds nothing to what limits count.
-- $1 terminal, $2 request key, $3 item, $4 its version, $5 custody row of the loan, $6 renewals used so far,
-- $7 new due date, $8 branch, $9 patron, $10 at, $11 staff, $12 policy version, $13 calendar version, $14 event body
WITH ids AS MATERIALIZED (
    SELECT nextval('event_id_seq') AS event_id
), item_guard AS (
    UPDATE item SET version = version + 1 WHERE id = $3 AND version = $4 RETURNING id
), renewed AS (
    UPDATE custody SET due = $7, renewals = custody.renewals + 1, policy_version = $12, calendar_version = $13,
           request_key = $2, last_event = ids.event_id
      FROM item_guard, ids
     WHERE custody.id = $5 AND custody.until IS NULL AND custody.renewals = $6 RETURNING custody.id
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, body)
    SELECT ids.event_id, $10, 'renew', 'done', $8, $1, $11, $3, $9, renewed.id, $14 FROM renewed, ids
    RETURNING id
)
SELECT coalesce((SELECT id FROM logged), guard_missed()) AS "event_id!"
