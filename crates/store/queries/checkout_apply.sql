-- Loans, each whole or not at all, all in one commit. The guards come first, one after the other by data: item,
-- household, and the hold that the loan ends, if there is one; every effect hangs on the last of them. A loan whose guard was missed has no row in the answer and
-- left nothing but an item's raised version, which is free to be raised.
-- $1 terminals, $2 request keys, $3 items, $4 their versions, $5 households, $6 their versions, $7 custody rows
-- that end, $8 branches, $9 patrons, $10 lent at, $11 lent on, $12 due, $13 new, $14 categories, $15 documents,
-- $16 policy versions, $17 calendar versions, $18 staff, $19 event bodies,
-- $20 holds that they end, $21 their versions
-- Rows are taken in one order, so that two statements that share some do not wait for each other in a ring.
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                  $8::text[], $9::bigint[], $10::timestamptz[], $11::date[], $12::date[], $13::boolean[],
                  $14::text[], $15::text[], $16::integer[], $17::bigint[], $18::bigint[], $19::text[], $20::bigint[], $21::bigint[])
           WITH ORDINALITY AS asked (terminal_id, request_key, item_id, item_version, household_id,
                  household_version, custody_id, branch, patron_id, lent_at, lent_on, due, lent_new,
                  category, document, policy_version, calendar_version, staff_id, body, hold_id, hold_version, n)
     ORDER BY household_id, item_id
), item_guard AS (
    UPDATE item SET version = item.version + 1, seen_at = asked.lent_at FROM asked
     WHERE item.id = asked.item_id AND item.version = asked.item_version RETURNING asked.*
), household_guard AS (
    UPDATE household SET version = household.version + 1 FROM item_guard
     WHERE household.id = item_guard.household_id AND household.version = item_guard.household_version
    RETURNING item_guard.*
), collected AS (
    UPDATE hold SET version = hold.version + 1, closed_at = household_guard.lent_at, outcome = 'collected'
      FROM household_guard
     WHERE hold.id = household_guard.hold_id AND hold.version = household_guard.hold_version AND hold.closed_at IS NULL
    RETURNING hold.id
), guarded AS (
    SELECT household_guard.* FROM household_guard LEFT JOIN collected ON collected.id = household_guard.hold_id
     WHERE household_guard.hold_id IS NULL OR collected.id IS NOT NULL
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
      FROM guarded WHERE custody.id = guarded.custody_id AND custody.until IS NULL
    RETURNING custody.until AS moved_at, guarded.*
), opened AS (
    INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, lent_on, due, renewals, lent_new,
                         category, document, policy_version, calendar_version, terminal_id,
                         request_key, last_event, hold_id)
    SELECT item_id, 'loan', branch, moved_at, patron_id, lent_at, lent_on, due, 0, lent_new,
           category, document, policy_version, calendar_version, terminal_id,
           request_key, event_id, hold_id FROM closed
    RETURNING id, last_event
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, document, body)
    SELECT event_id, lent_at, 'checkout', 'done', branch, terminal_id, staff_id, item_id, patron_id, opened.id,
           document, body::json FROM opened JOIN asked ON asked.event_id = opened.last_event
    RETURNING id
)
SELECT asked.n AS "n!", logged.id AS "event_id!" FROM logged JOIN asked ON asked.event_id = logged.id
