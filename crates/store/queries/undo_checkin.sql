-- A return is taken back, or nothing of it: the loan goes on as it was, what the return cost is lifted, and what it set
-- aside for a hold is not. Guards, one after the other by data: title, item, household; the household's keeps what was
-- paid of a fine, and what is left of it to be reversed, from changing meanwhile.
-- No row: a guard was missed, and nothing was written.
-- $1 bib, $2 its version, $3 item, $4 its version, $5 household, $6 its version, $7 the stay after the loan, $8 the loan,
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
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
      FROM guarded WHERE custody.id = $7 AND custody.until IS NULL
    RETURNING custody.until, custody.hold_id
), released AS (
    UPDATE hold SET version = hold.version + 1 FROM closed WHERE hold.id = closed.hold_id RETURNING hold.id
), lifted AS (
    UPDATE suspension SET lifted_at = $10 FROM closed
     WHERE suspension.custody_id = $8 AND suspension.lifted_at IS NULL RETURNING suspension.id
), opened AS (
    INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, terminal_id, lent_on, due, renewals,
                         lent_new, category, document, policy_version, calendar_version, hold_id, continues)
    SELECT v.item_id, 'loan', v.branch, closed.until, v.patron_id, v.lent_at, v.terminal_id, v.lent_on, v.due,
           v.renewals, v.lent_new, v.category, v.document, v.policy_version, v.calendar_version, v.hold_id, v.id
      FROM custody v CROSS JOIN closed WHERE v.id = $8
    RETURNING item_id, document
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, document, body)
    SELECT $10, 'undo_checkin', 'done', $11::text, $12::bigint, $13::bigint, item_id, $9::bigint, $7, document, $14::json FROM opened
    RETURNING id
), reversed AS (
    INSERT INTO ledger (patron_id, kind, cents, fee_id, at, branch, event_id)
    SELECT f.patron_id, 'reversal', -left_over, f.id, $10, $11, logged.id
      FROM logged CROSS JOIN ledger f, LATERAL (SELECT f.cents + coalesce(sum(d.cents), 0)::bigint AS left_over
                                                  FROM ledger d WHERE d.fee_id = f.id) x
     WHERE f.custody_id = $8 AND f.kind = 'late' AND left_over > 0
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until)
    SELECT $15::bytea, id, 'null'::json, $16::timestamptz FROM logged
)
SELECT id FROM logged
