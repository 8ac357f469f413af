-- What stands on a branch's hold shelf, what is to be cleared away first.
-- $1 branch, $2 only what is over: its hold has ended, or waited for longer than up to this day (NULL: all),
-- $3 to $5 those after this: whether its hold is active, its last day, the item, $6 how many
SELECT i.id AS item_id, i.barcode, i.call_number, b.title, u.ready_until AS "until!: jiff_sqlx::Date",
       w.id IS NOT NULL AS "active!",
       (SELECT number FROM card WHERE patron_id = w.patron_id AND status = 'active') AS card
  FROM custody u
  JOIN item i ON i.id = u.item_id
  JOIN bib b ON b.id = i.bib_id
  LEFT JOIN hold w ON w.id = u.hold_id AND w.closed_at IS NULL
 WHERE u.until IS NULL AND u.kind = 'hold_shelf' AND u.branch = $1
   AND ($2::date IS NULL OR w.id IS NULL OR u.ready_until < $2)
   AND (w.id IS NOT NULL, u.ready_until, u.item_id) > ($3::boolean, $4::date, $5::bigint)
 ORDER BY w.id IS NOT NULL, u.ready_until, u.item_id
 LIMIT $6
