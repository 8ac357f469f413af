-- The copies of a title that are in stock, as a hold looks at them. $1 bib
SELECT i.id AS item_id, i.version AS item_version, i.owner_branch AS owner_branch,
       i.document AS document, i.condition AS condition, i.audience AS audience,
       i.in_service AS "in_service: jiff_sqlx::Date", i.call_number AS call_number, i.barcode,
       b.title AS title, i.bib_id AS bib_id,
       u.id AS "custody_id?", u.kind AS "custody_kind?", u.branch AS "custody_branch?", u.to_branch AS "to_branch?",
       u.patron_id AS "borrower_id?", u.category AS "loan_category?", u.lent_on AS "lent_on?: jiff_sqlx::Date", u.due AS "due?: jiff_sqlx::Date",
       u.renewals AS "renewals?", u.lent_new AS "lent_new?", u.ready_until AS "ready_until?: jiff_sqlx::Date",
       hd.id AS "captured_id?", hd.version AS "captured_version?", hd.pickup AS "captured_pickup?", hp.category AS "captured_category?",
       CASE WHEN hd.id IS NOT NULL THEN 'someone_else' END AS collector
  FROM item i
  JOIN bib b ON b.id = i.bib_id
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
  LEFT JOIN hold hd ON hd.id = u.hold_id AND hd.closed_at IS NULL
  LEFT JOIN patron hp ON hp.id = hd.patron_id
 WHERE i.bib_id = $1 AND i.condition <> 'withdrawn'
 ORDER BY i.id
