-- Returns, each whole or not at all, all in one commit. The item is the one guard: a return only ever relaxes what
-- limits its household, and a suspension that it brings is as good after a loan in flight as before it. Where the item
-- is set aside for a hold, that hold is a guard too. A return whose guard was missed has no row in the answer and left nothing.
-- $1 terminals, $2 staff, $3 items, $4 their versions, $5 custody rows that end, $6 branches, $7 returned at,
-- $8 the branch it travels to, NULL if it stays, $9 patrons, $10 first days and $11 free days of
-- suspensions, $12 their reasons, $13 event bodies, $14 holds that
-- the item is set aside for, $15 their versions, $16 until when it waits on the hold shelf; NULL: not on one,
-- $17 fines in cents
-- Rows are taken in one order, so that two statements that share some do not wait for each other in a ring.
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
                  $7::timestamptz[], $8::text[], $9::bigint[], $10::date[], $11::date[], $12::text[], $13::text[],
                  $14::bigint[], $15::bigint[], $16::date[], $17::bigint[])
           WITH ORDINALITY AS asked (terminal_id, staff_id, item_id, item_version, custody_id, branch,
                  returned_at, to_branch, patron_id, first_day, free_on, reason, body,
                  hold_id, hold_version, ready_until, fine_cents, n)
     ORDER BY item_id
), item_guard AS (
    UPDATE item SET version = item.version + 1, seen_at = asked.returned_at FROM asked
     WHERE item.id = asked.item_id AND item.version = asked.item_version RETURNING asked.*
), set_aside AS (
    UPDATE hold SET version = hold.version + 1 FROM item_guard
     WHERE hold.id = item_guard.hold_id AND hold.version = item_guard.hold_version AND hold.closed_at IS NULL
    RETURNING hold.id
), guarded AS (
    SELECT item_guard.* FROM item_guard LEFT JOIN set_aside ON set_aside.id = item_guard.hold_id
     WHERE item_guard.hold_id IS NULL OR set_aside.id IS NOT NULL
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond'),
           returned_at = CASE WHEN kind = 'loan' THEN guarded.returned_at END,
           returned_to = CASE WHEN kind = 'loan' THEN guarded.branch END,
           returned_by = CASE WHEN kind = 'loan' THEN guarded.terminal_id END, request_key = NULL
      FROM guarded WHERE custody.id = guarded.custody_id AND custody.until IS NULL
    RETURNING custody.until AS moved_at, custody.document, guarded.*
), opened AS (
    INSERT INTO custody (item_id, kind, branch, to_branch, hold_id, ready_until, since)
    SELECT item_id, CASE WHEN to_branch IS NOT NULL THEN 'transit' WHEN ready_until IS NOT NULL THEN 'hold_shelf' ELSE 'shelf' END,
           branch, to_branch, hold_id, ready_until, moved_at
      FROM closed
    RETURNING item_id
), suspended AS (
    INSERT INTO suspension (patron_id, custody_id, first_day, free_on, reason)
    SELECT patron_id, custody_id, first_day, free_on, reason FROM closed WHERE free_on IS NOT NULL
    RETURNING id
), fined AS (
    INSERT INTO ledger (patron_id, kind, cents, custody_id, at, branch, event_id)
    SELECT patron_id, 'late', fine_cents, custody_id, returned_at, branch, event_id FROM closed WHERE fine_cents > 0
    RETURNING id
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, document, body)
    SELECT event_id, returned_at, 'checkin', 'done', branch, terminal_id, staff_id, item_id, patron_id, custody_id,
           document, body::json FROM opened JOIN closed USING (item_id)
    RETURNING id
)
SELECT asked.n AS "n!", logged.id AS "event_id!" FROM logged JOIN asked ON asked.event_id = logged.id
