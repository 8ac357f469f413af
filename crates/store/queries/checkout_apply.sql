-- A loan, whole or not at all. The guards come first, one after the other by data: item, household; every
-- effect hangs on the last of them, and a miss raises, so that nothing commits.
-- $1 terminal, $2 request key, $3 item, $4 its version, $5 household, $6 its version, $7 custody row that
-- ends, $8 branch, $9 patron, $10 lent at, $11 lent on, $12 due, $13 new, $14 category, $15 document,
-- $16 policy version, $17 calendar version, $18 staff, $19 event body
WITH ids AS MATERIALIZED (
    SELECT nextval('event_id_seq') AS event_id
), item_guard AS (
    UPDATE item SET version = version + 1 WHERE id = $3 AND version = $4 RETURNING id
), household_guard AS (
    UPDATE household SET version = household.version + 1 FROM item_guard
     WHERE household.id = $5 AND household.version = $6 RETURNING household.id
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
      FROM household_guard WHERE custody.id = $7 AND custody.until IS NULL RETURNING custody.until
), opened AS (
    INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, lent_on, due, renewals, lent_new,
                         category, document, policy_version, calendar_version, terminal_id,
                         request_key, last_event)
    SELECT $3, 'loan', $8, closed.until, $9, $10, $11, $12, 0, $13, $14, $15, $16, $17, $1,
           $2, ids.event_id FROM closed, ids
    RETURNING id
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, body)
    SELECT ids.event_id, $10, 'checkout', 'done', $8, $1, $18, $3, $9, opened.id, $19 FROM opened, ids
    RETURNING id
)
SELECT coalesce((SELECT id FROM logged), guard_missed()) AS "event_id!"
