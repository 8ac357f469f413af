-- What a reader changes of their own file, whole or not at all, guarded by the household as every writer of a patron is.
-- No row: the guard was missed, and nothing was written. The event names the fields and none of their values.
-- $1 patron, $2 household, $3 its version, $4 e-mail, $5 telephone, $6 address, $7 language, $8 PIN's hash, each NULL where
-- it stays, $9 at, $10 branch, $11 terminal, $12 staff, $13 event body, $14 request key, $15 until when that is kept
WITH guarded AS (
    UPDATE household SET version = version + 1 WHERE id = $2 AND version = $3 RETURNING id
), changed AS (
    UPDATE patron SET email = coalesce($4::text, email), phone = coalesce($5::text, phone), address = coalesce($6::text, address),
           language = coalesce($7::text, language), pin_hash = coalesce($8::text, pin_hash),
           credential_version = credential_version + CASE WHEN $8::text IS NULL THEN 0 ELSE 1 END
      FROM guarded WHERE patron.id = $1 RETURNING patron.id
), logged AS (
    INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
    SELECT $9::timestamptz, 'contact', 'done', $10::text, $11::bigint, $12::bigint, changed.id, $13::json FROM changed
    RETURNING id
), kept AS (
    INSERT INTO request (key, event_id, result, keep_until) SELECT $14::bytea, id, 'null'::json, $15::timestamptz FROM logged
)
SELECT id FROM logged
