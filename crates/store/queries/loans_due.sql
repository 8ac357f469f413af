-- Open loans by due date, with what says whether a closed day moves them.
-- $1 branch that lent them (NULL: any), $2 and $3 due on these days or between, $4 and $5 those after this due date and
-- loan, $6 how many
SELECT u.id, u.item_id, i.version AS item_version, u.patron_id AS "patron_id!", u.branch, i.owner_branch,
       u.category AS "category!", u.document AS "document!", u.due AS "due!: jiff_sqlx::Date",
       i.return_by AS "return_by: jiff_sqlx::Date"
  FROM custody u JOIN item i ON i.id = u.item_id
 WHERE u.until IS NULL AND u.kind = 'loan' AND u.due BETWEEN $2 AND $3 AND (u.due, u.id) > ($4::date, $5::bigint)
   AND ($1::text IS NULL OR u.branch = $1)
 ORDER BY u.due, u.id
 LIMIT $6
