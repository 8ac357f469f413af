-- Returns of titles that somebody waits for: checkin_apply.sql with one guard more, the title, before all others. A
-- statement of its own, since every other return would pay for that guard too: measured, 50 to 80 µs on a busy core. A return
-- whose guard was missed has no row in the answer and left nothing but a raised version, which is free to be raised.
-- Parameters as there, and $18 the titles whose queue was read, $19 their versions
-- Rows are taken in one order, so that two statements that share some do not wait for each other in a ring.
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
                  $7::timestamptz[], $8::text[], $9::bigint[], $10::date[], $11::date[], $12::text[], $13::text[],
                  $14::bigint[], $15::bigint[], $16::date[], $17::bigint[], $18::bigint[], $19::bigint[])
           WITH ORDINALITY AS asked (terminal_id, staff_id, item_id, item_version, custody_id, branch,
                  returned_at, to_branch, patron_id, first_day, free_on, reason, body,
                  hold_id, hold_version, ready_until, fine_cents, bib_id, bib_version, n)
     ORDER BY bib_id, item_id
), title_guard AS (
    UPDATE bib SET version = bib.version + 1 FROM asked
     WHERE bib.id = asked.bib_id AND bib.version = asked.bib_version RETURNING asked.n
), titled AS (
    SELECT asked.* FROM asked LEFT JOIN title_guard USING (n) WHERE asked.bib_id IS NULL OR title_guard.n IS NOT NULL
), item_guard AS (
    UPDATE item SET version = item.version + 1, seen_at = titled.returned_at FROM titled
     WHERE item.id = titled.item_id AND item.version = titled.item_version RETURNING titled.*
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
