-- A copy that another library lends, and its hold, both or none. The guard comes first: the household, whose members' holds
-- were counted. No row: the guard was missed, and nothing was written.
-- $1 household, $2 its version, $3 title, $4 author, $5 barcode, or NULL: one is made, $6 branch of the door, $7 document,
-- $8 call number, $9 first day in service, $10 until when it is wanted back, $11 patron, $12 pickup, $13 at, $14 last day,
-- $15 of a class or an institution, $16 terminal, $17 staff, $18 the partner's agency, $19 its number, $20 event body
WITH guarded AS (
    UPDATE household SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id
), titled AS (
    INSERT INTO bib (title, author, temporary) SELECT $3::text, $4::text, true FROM guarded RETURNING id
), added AS (
    INSERT INTO item (bib_id, barcode, issuing_branch, owner_branch, document, call_number, in_service, return_by)
    -- The number of the bib is nobody else's.
    SELECT id, coalesce($5::text, 'P' || lpad(id::text, 9, '0')), $6::text, $6::text, $7::text, $8::text, $9::date, $10::date FROM titled
    RETURNING id, bib_id, barcode
), shelved AS (
    INSERT INTO custody (item_id, kind, branch, since) SELECT id, 'shelf', $6::text, clock_timestamp() FROM added
), placed AS (
    INSERT INTO hold (bib_id, item_id, patron_id, pickup, placed_at, ranked_at, expires_on, several, document, new)
    SELECT bib_id, id, $11::bigint, $12::text, $13::timestamptz, clock_timestamp(), $14::date, $15::boolean, $7::text, false FROM added
    RETURNING id, bib_id, item_id
), known AS (
    INSERT INTO partner_request (terminal_id, agency, number, kind, bib_id, item_id, hold_id, made_at)
    SELECT $16::bigint, $18::text, $19::text, 'accepted', bib_id, item_id, id, $13::timestamptz FROM placed
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
    SELECT $13::timestamptz, 'accept', 'done', $6::text, $16::bigint, $17::bigint, item_id, $11::bigint, $20::json FROM placed
    RETURNING id
)
SELECT added.id AS "item!", added.barcode AS "barcode!", placed.id AS "hold!", logged.id AS "event!"
  FROM added, placed, logged
