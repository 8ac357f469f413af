-- A renewal, whole or not at all. The item is the guard: a renewal adds nothing to what limits count.
-- $1 terminal, $2 request key, $3 item, $4 its version, $5 custody row of the loan, $6 renewals used so far,
-- $7 new due date, $8 branch, $9 patron, $10 at, $11 staff, $12 policy version, $13 calendar version, $14 event body
WITH ids AS MATERIALIZED (
    SELECT nextval('event_id_seq') AS event_id
), keyed AS (
    INSERT INTO request_key (terminal_id, key, event_id, custody_id, item_version)
    SELECT $1, $2, event_id, $5, $4::bigint + 1 FROM ids WHERE $1::bigint IS NOT NULL AND $2::bytea IS NOT NULL
    ON CONFLICT (terminal_id, key) DO UPDATE SET event_id = excluded.event_id, custody_id = excluded.custody_id,
           item_version = excluded.item_version, recorded_at = excluded.recorded_at
    RETURNING terminal_id
), free AS (
    SELECT 1 FROM keyed UNION ALL SELECT 1 WHERE $1::bigint IS NULL OR $2::bytea IS NULL
), item_guard AS (
    UPDATE item SET version = version + 1 FROM free WHERE item.id = $3 AND item.version = $4 RETURNING item.id
), renewed AS (
    UPDATE custody SET due = $7, renewals = custody.renewals + 1, policy_version = $12, calendar_version = $13
      FROM item_guard
     WHERE custody.id = $5 AND custody.until IS NULL AND custody.renewals = $6 RETURNING custody.id
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, body)
    SELECT ids.event_id, $10, 'renew', 'done', $8, $1, $11, $3, $9, renewed.id, $14 FROM renewed, ids
    RETURNING id
)
SELECT coalesce((SELECT id FROM logged), guard_missed()) AS "event_id!"
