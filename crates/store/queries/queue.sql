-- Who waits for a title, in the order in which they are served, and beside them whom the copy is set aside for already.
-- $1 bib, $2 the copy that asks, $3 the hold that it is set aside for, or NULL
SELECT w.id, w.version, wp.category, w.pickup, w.id IS NOT DISTINCT FROM $3::bigint AS "set_aside!",
       CASE WHEN w.item_id IS NULL THEN 'title' WHEN w.item_id = $2 THEN 'this_item' ELSE 'other_item' END AS "asks!",
       w.suspended_until AS "suspended_until: jiff_sqlx::Date", w.expires_on AS "expires_on: jiff_sqlx::Date",
       wp.id AS "patron_id!", wp.family_name, wp.given_name, wp.phone,
       (SELECT number FROM card WHERE patron_id = wp.id AND status = 'active') AS card
  FROM hold w
  JOIN patron wp ON wp.id = w.patron_id
 WHERE w.bib_id = $1 AND w.closed_at IS NULL
   AND (w.id = $3 OR NOT EXISTS (SELECT FROM custody u WHERE u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan'))
 ORDER BY w.ranked_at, w.id
