-- The state of an item is declared, or nothing of it. Guards, one after the other by data: title, item.
-- No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 item, $4 its version, $5 condition, $6 whether that is withdrawn, $7 at, $8 branch of the
-- door, $9 terminal, $10 staff, $11 event body, $12 request key, $13 until when that is kept
WITH title_guard AS (
    UPDATE bib SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), guarded AS (
    UPDATE item SET version = item.version + 1, condition = $5 FROM title_guard
     WHERE item.id = $3 AND item.version = $4 RETURNING item.id
), released AS (
    UPDATE hold SET version = hold.version + 1 FROM guarded, custody c
     WHERE c.item_id = guarded.id AND c.until IS NULL AND hold.id = c.hold_id AND hold.closed_at IS NULL
       AND $5 <> 'good' AND c.kind <> 'loan' RETURNING hold.id
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
      FROM guarded
     WHERE custody.item_id = guarded.id AND custody.until IS NULL AND custody.kind <> 'loan'
       AND ($6 OR ($5 <> 'good' AND custody.hold_id IS NOT NULL))
    RETURNING custody.item_id, custody.until, custody.branch
), opened AS (
    INSERT INTO custody (item_id, kind, branch, since)
    SELECT item_id, 'shelf', branch, until FROM closed WHERE NOT $6
    UNION ALL
    SELECT guarded.id, 'shelf', $8, clock_timestamp() FROM guarded
     WHERE NOT $6 AND NOT EXISTS (SELECT FROM custody WHERE item_id = guarded.id AND until IS NULL)
    RETURNING id
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, body)
    SELECT $7::timestamptz, 'item_state', 'done', $8::text, $9::bigint, $10::bigint, guarded.id, $11::json FROM guarded
    RETURNING id
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until)
    SELECT $12::bytea, id, 'null'::json, $13::timestamptz FROM logged
)
SELECT id FROM logged
