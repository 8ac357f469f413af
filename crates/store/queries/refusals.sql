-- Refusals of a period by their first reason and the rule or limit that it names, the most frequent first. Of the log
-- only the refused lines themselves are read; which they are says the index event_in_time.
-- $1 from, $2 until, $3 branch (NULL: all)
SELECT r.kind AS "kind!", coalesce(e.body -> 'refused' -> 0 ->> 'code', '') AS "code!",
       coalesce(e.body -> 'refused' -> 0 ->> 'rule', e.body -> 'refused' -> 0 ->> 'id') AS rule, count(*) AS "times!"
  FROM (SELECT m.id, m.kind FROM event m
         WHERE m.at >= $1 AND m.at < $2 AND m.outcome = 'refused' AND ($3::text IS NULL OR m.branch = $3)) r
  JOIN event e ON e.id = r.id
 GROUP BY 1, 2, 3
 ORDER BY 4 DESC, 1, 2, 3
