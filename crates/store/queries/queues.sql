-- Who waits for these titles, in the order in which they are served.
-- $1 bibs
SELECT w.id, w.bib_id, w.item_id, p.category, w.pickup, w.suspended_until AS "suspended_until: jiff_sqlx::Date",
       w.expires_on AS "expires_on: jiff_sqlx::Date"
  FROM hold w
  JOIN patron p ON p.id = w.patron_id
 WHERE w.bib_id = ANY ($1::bigint[]) AND w.closed_at IS NULL
   AND NOT EXISTS (SELECT FROM custody u WHERE u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan')
 ORDER BY w.bib_id, w.ranked_at, w.id
