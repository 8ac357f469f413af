-- Open loans of whole households with what rules look at, household by household and reader by reader.
-- $1 and $2: households after this one, up to that one
SELECT p.household_id, p.id AS patron_id, p.category AS patron_category, p.home_branch,
       l.id AS custody_id, l.branch, i.owner_branch, l.category AS "category!", l.document AS "document!",
       l.lent_new AS "lent_new!", l.lent_on AS "lent_on!: jiff_sqlx::Date", l.due AS "due!: jiff_sqlx::Date",
       l.renewals AS "renewals!", i.in_service AS "in_service: jiff_sqlx::Date", i.return_by AS "return_by: jiff_sqlx::Date",
       e.at AS "renewed_at?: jiff_sqlx::Timestamp"
  FROM patron p
  JOIN custody l ON l.patron_id = p.id AND l.until IS NULL AND l.kind = 'loan'
  JOIN item i ON i.id = l.item_id
  LEFT JOIN event e ON e.id = CASE WHEN l.renewals > 0 THEN l.last_event END AND e.kind = 'renew'
 WHERE p.household_id > $1 AND p.household_id <= $2
 ORDER BY p.household_id, p.id, l.id
