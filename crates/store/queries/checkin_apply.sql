-- Returns, each whole or not at all, all in one commit. The item is the one guard: a return only ever relaxes what
-- limits its household, and a suspension that it brings is as good after a loan in flight as before it. A return
-- whose guard was missed has no row in the answer and left nothing.
-- $1 terminals, $2 staff, $3 items, $4 their versions, $5 custody rows that end, $6 branches, $7 returned at,
-- $8 NULL: stays here, else the branch it travels to, $9 patrons, $10 first days and $11 free days of
-- suspensions, $12 their reasons, $13 event bodies
-- Rows are taken in one order, so that two statements that share some do not wait for each other in a ring.
WITH asked AS MATERIALIZED (
    SELECT *, nextval('event_id_seq') AS event_id
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
                  $7::timestamptz[], $8::text[], $9::bigint[], $10::date[], $11::date[], $12::text[], $13::text[])
           WITH ORDINALITY AS asked (terminal_id, staff_id, item_id, item_version, custody_id, branch,
                  returned_at, to_branch, patron_id, first_day, free_on, reason, body, n)
     ORDER BY item_id
), item_guard AS (
    UPDATE item SET version = item.version + 1 FROM asked
     WHERE item.id = asked.item_id AND item.version = asked.item_version RETURNING asked.*
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond'),
           returned_at = CASE WHEN kind = 'loan' THEN item_guard.returned_at END,
           returned_to = CASE WHEN kind = 'loan' THEN item_guard.branch END, request_key = NULL
      FROM item_guard WHERE custody.id = item_guard.custody_id AND custody.until IS NULL
    RETURNING custody.until AS moved_at, item_guard.*
), opened AS (
    INSERT INTO custody (item_id, kind, branch, to_branch, since)
    SELECT item_id, CASE WHEN to_branch IS NULL THEN 'shelf' ELSE 'transit' END, branch, to_branch, moved_at
      FROM closed
    RETURNING item_id
), suspended AS (
    INSERT INTO suspension (patron_id, custody_id, first_day, free_on, reason)
    SELECT patron_id, custody_id, first_day, free_on, reason FROM closed WHERE free_on IS NOT NULL
    RETURNING id
), logged AS (
    INSERT INTO event (id, at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, body)
    SELECT event_id, returned_at, 'checkin', 'done', branch, terminal_id, staff_id, item_id, patron_id, custody_id,
           body::json FROM opened JOIN closed USING (item_id)
    RETURNING id
)
SELECT asked.n AS "n!", logged.id AS "event_id!" FROM logged JOIN asked ON asked.event_id = logged.id
