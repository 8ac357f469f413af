-- Who waits for a title, in the order in which they are served. $1 bib, $2 the copy that asks
SELECT w.id, w.version, w.patron_id AS "patron_id!", wp.category, w.pickup,
       CASE WHEN w.item_id IS NULL THEN 'title' WHEN w.item_id = $2 THEN 'this_item' ELSE 'other_item' END AS "asks!",
       w.suspended_until AS "suspended_until: jiff_sqlx::Date", w.expires_on AS "expires_on: jiff_sqlx::Date"
  FROM hold w
  JOIN patron wp ON wp.id = w.patron_id
 WHERE w.bib_id = $1 AND w.closed_at IS NULL
   AND NOT EXISTS (SELECT FROM custody u WHERE u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan')
 ORDER BY w.ranked_at, w.id
