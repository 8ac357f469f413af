-- What waits on hold shelves, by the day on which it ends, with what says how long it may.
-- $1 branch (NULL: any), $2 ends on this day or later, $3 and $4 those after this day and row, $5 how many
SELECT u.id, u.item_id, i.version AS item_version, w.patron_id, u.branch, i.owner_branch, p.category, i.document,
       u.since AS "since: jiff_sqlx::Timestamp", u.ready_until AS "until!: jiff_sqlx::Date"
  FROM custody u JOIN item i ON i.id = u.item_id JOIN hold w ON w.id = u.hold_id AND w.closed_at IS NULL
  JOIN patron p ON p.id = w.patron_id
 WHERE u.until IS NULL AND u.kind = 'hold_shelf' AND u.ready_until >= $2
   AND (u.ready_until, u.id) > ($3::date, $4::bigint) AND ($1::text IS NULL OR u.branch = $1)
 ORDER BY u.ready_until, u.id
 LIMIT $5
