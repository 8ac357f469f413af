-- Late loans as the rules tell them apart, counted; whose branch they are as in late_loans.sql.
-- $1 branch (NULL: all), $2 whose item belongs there (otherwise: that were made there), $3 and $4 due on these days or between
SELECT n.rulebook_version, u.branch, i.owner_branch, u.category AS "category!", u.document AS "document!",
       u.due AS "due!: jiff_sqlx::Date", count(*) AS "loans!"
  FROM network n
 CROSS JOIN custody u
  JOIN item i ON i.id = u.item_id
 WHERE u.until IS NULL AND u.kind = 'loan' AND u.due BETWEEN $3 AND $4
   AND ($1::text IS NULL OR $1 = CASE WHEN $2::boolean THEN i.owner_branch ELSE u.branch END)
 GROUP BY 1, 2, 3, 4, 5, 6
