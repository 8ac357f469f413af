-- Items between branches, a crate after the other: by goal, by origin, the longest under way first.
-- $1 from, $2 to (each NULL: any), $3 either of the two (NULL: any), $4 sent today only, $5 sent longer ago than so many
-- days (NULL: any), $6 to $9 those after this goal, origin, moment and item, $10 how many
SELECT i.id AS item_id, i.barcode, i.call_number, b.title, u.branch, u.to_branch AS "to_branch!",
       u.since AS "since: jiff_sqlx::Timestamp",
       EXISTS (SELECT FROM hold w WHERE w.id = u.hold_id AND w.closed_at IS NULL) AS "for_hold!"
  FROM custody u
  JOIN item i ON i.id = u.item_id
  JOIN bib b ON b.id = i.bib_id
 WHERE u.until IS NULL AND u.kind = 'transit'
   AND u.branch = coalesce($1::text, u.branch) AND u.to_branch = coalesce($2::text, u.to_branch)
   AND ($3::text IS NULL OR $3 IN (u.branch, u.to_branch))
   AND (NOT $4::boolean OR u.since >= (SELECT date_trunc('day', clock_timestamp(), time_zone) FROM network))
   AND ($5::integer IS NULL OR u.since < clock_timestamp() - make_interval(days => $5))
   AND (u.to_branch, u.branch, u.since, u.item_id) > ($6::text, $7::text, $8::timestamptz, $9::bigint)
 ORDER BY u.to_branch, u.branch, u.since, u.item_id
 LIMIT $10
