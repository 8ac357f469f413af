-- How much is between which branches.
-- $1 from, $2 to (each NULL: any), $3 either of the two (NULL: any), $4 sent today only, $5 sent longer ago than so many
-- days (NULL: any)
SELECT u.branch, u.to_branch AS "to_branch!", count(*) AS "items!", min(u.since) AS "oldest!: jiff_sqlx::Timestamp",
       count(w.id) AS "for_holds!"
  FROM custody u
  LEFT JOIN hold w ON w.id = u.hold_id AND w.closed_at IS NULL
 WHERE u.until IS NULL AND u.kind = 'transit'
   AND u.branch = coalesce($1::text, u.branch) AND u.to_branch = coalesce($2::text, u.to_branch)
   AND ($3::text IS NULL OR $3 IN (u.branch, u.to_branch))
   AND (NOT $4::boolean OR u.since >= (SELECT date_trunc('day', clock_timestamp(), time_zone) FROM network))
   AND ($5::integer IS NULL OR u.since < clock_timestamp() - make_interval(days => $5))
 GROUP BY u.branch, u.to_branch
 ORDER BY u.to_branch, u.branch
