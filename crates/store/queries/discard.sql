-- A temporary copy goes, whole or not at all: its holds end, it is in no place any more, and its barcode is free for the
-- next copy that comes under it. No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 item, $4 its version, $5 at, $6 branch of the door, $7 terminal, $8 staff, $9 event body
WITH title_guard AS (
    UPDATE bib SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), item_guard AS (
    UPDATE item SET version = item.version + 1, condition = 'withdrawn', barcode = item.barcode || '~' || item.id
      FROM title_guard WHERE item.id = $3 AND item.version = $4 RETURNING item.id
), ended AS (
    UPDATE hold SET version = version + 1, closed_at = $5::timestamptz, outcome = 'cancelled'
      FROM item_guard WHERE hold.item_id = item_guard.id AND hold.closed_at IS NULL
), cleared AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
      FROM item_guard WHERE custody.item_id = item_guard.id AND custody.until IS NULL
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, body)
    SELECT $5::timestamptz, 'discard', 'done', $6::text, $7::bigint, $8::bigint, id, $9::json FROM item_guard
    RETURNING id
)
SELECT id FROM logged
