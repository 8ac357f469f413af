-- Late loans of a branch, the longest overdue first.
-- $1 branch, $2 whose item belongs there (otherwise: that were made there), $3 and $4 due on these days or between,
-- $5 and $6 those after this due date and loan, $7 how many
SELECT n.rulebook_version,
       u.id, u.due AS "due!: jiff_sqlx::Date", u.lent_on AS "lent_on!: jiff_sqlx::Date", u.renewals AS "renewals!", u.branch, u.category AS "category!",
       u.document AS "document!", u.lent_new AS "lent_new!",
       i.id AS item_id, i.barcode, i.bib_id, b.title, i.owner_branch, i.condition, i.call_number,
       p.id AS patron_id, p.family_name, p.given_name, p.phone, p.email,
       (SELECT number FROM card WHERE patron_id = p.id AND status = 'active') AS card
  FROM network n
 CROSS JOIN custody u
  JOIN item i ON i.id = u.item_id
  JOIN bib b ON b.id = i.bib_id
  JOIN patron p ON p.id = u.patron_id
 WHERE u.until IS NULL AND u.kind = 'loan'
   AND u.due BETWEEN $3 AND $4 AND (u.due, u.id) > ($5::date, $6::bigint)
   AND CASE WHEN $2::boolean THEN i.owner_branch = $1 ELSE u.branch = $1 END
 ORDER BY u.due, u.id
 LIMIT $7
