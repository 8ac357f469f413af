-- Active holds by pickup branch, and how far they have come.
-- $1 branch (NULL: all)
SELECT w.pickup, count(*) FILTER (WHERE u.id IS NULL) AS "waiting!",
       count(*) FILTER (WHERE u.kind = 'transit') AS "on_their_way!", count(*) FILTER (WHERE u.kind = 'hold_shelf') AS "ready!"
  FROM hold w
  LEFT JOIN custody u ON u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan'
 WHERE w.closed_at IS NULL AND ($1::text IS NULL OR w.pickup = $1)
 GROUP BY w.pickup
 ORDER BY w.pickup
