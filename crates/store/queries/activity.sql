-- Loans, returns and renewals of a period: by hour of the day, by branch, by document type, a row each. What was undone
-- counts off when it was. Nothing but the index event_in_time is read.
-- $1 from, $2 until, $3 branch (NULL: all)
SELECT extract(hour FROM m.at AT TIME ZONE n.time_zone)::smallint AS hour, m.branch, m.document,
       count(*) FILTER (WHERE m.kind = 'checkout') - count(*) FILTER (WHERE m.kind = 'undo_checkout') AS "loans!",
       count(*) FILTER (WHERE m.kind = 'checkin') - count(*) FILTER (WHERE m.kind = 'undo_checkin') AS "returns!",
       count(*) FILTER (WHERE m.kind = 'renew') AS "renewals!"
  FROM event m CROSS JOIN network n
 WHERE m.at >= $1 AND m.at < $2 AND m.document IS NOT NULL AND m.outcome = 'done'
   AND m.kind IN ('checkout', 'checkin', 'renew', 'undo_checkout', 'undo_checkin')
   AND ($3::text IS NULL OR m.branch = $3)
 GROUP BY GROUPING SETS ((extract(hour FROM m.at AT TIME ZONE n.time_zone)::smallint), (m.branch), (m.document))
 ORDER BY 1, 2, 3
