-- A loan is taken back, or nothing of it: the item is where it was before, and the hold that the loan ended waits again;
-- if its patron has asked anew meanwhile, that hold counts and this one is over. Guards, one after the other by data:
-- title, item, household; where the hold is another household's, that one is raised too, since it waits for more now.
-- No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 item, $4 its version, $5 household, $6 its version, $7 the loan, $8 the stay before it,
-- $9 patron, $10 at, $11 branch of the door, $12 terminal, $13 staff, $14 event body, $15 request key,
-- $16 until when that is kept
WITH title_guard AS (
    UPDATE bib SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), item_guard AS (
    UPDATE item SET version = item.version + 1 FROM title_guard
     WHERE item.id = $3 AND item.version = $4 RETURNING item.id
), guarded AS (
    UPDATE household SET version = household.version + 1 FROM item_guard
     WHERE household.id = $5 AND household.version = $6 RETURNING household.id
), closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond'), request_key = NULL,
           returned_at = $10, returned_to = $11, returned_by = $12, undone = true
      FROM guarded WHERE custody.id = $7 AND custody.until IS NULL
    RETURNING custody.until, custody.hold_id, custody.document
), theirs AS (
    UPDATE household SET version = household.version + 1
      FROM closed JOIN hold w ON w.id = closed.hold_id JOIN patron p ON p.id = w.patron_id
     WHERE household.id = p.household_id AND household.id <> $5 RETURNING household.id
), ended AS (
    SELECT w.id, (w.item_id IS NOT NULL OR NOT w.several) AND EXISTS (
            SELECT FROM hold o WHERE o.patron_id = w.patron_id AND o.bib_id = w.bib_id
               AND o.closed_at IS NULL AND o.item_id IS NOT DISTINCT FROM w.item_id) AS asked_anew
      FROM closed JOIN hold w ON w.id = closed.hold_id LEFT JOIN theirs ON true WHERE w.patron_id IS NOT NULL
), again AS (
    UPDATE hold SET version = hold.version + 1,
           closed_at = CASE WHEN asked_anew THEN closed_at END,
           outcome = CASE WHEN asked_anew THEN 'cancelled' END
      FROM ended WHERE hold.id = ended.id RETURNING hold.id
), opened AS (
    INSERT INTO custody (item_id, kind, branch, to_branch, hold_id, ready_until, since)
    SELECT v.item_id, v.kind, v.branch, v.to_branch, v.hold_id, v.ready_until, closed.until
      FROM custody v CROSS JOIN closed LEFT JOIN again ON true WHERE v.id = $8
    RETURNING item_id
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, document, body)
    SELECT $10, 'undo_checkout', 'done', $11, $12, $13::bigint, item_id, $9::bigint, $7, document, $14::json
      FROM opened CROSS JOIN closed
    RETURNING id
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until)
    SELECT $15::bytea, id, 'null'::json, $16::timestamptz FROM logged
)
SELECT id FROM logged
