-- Items, where they are, and what decides their return, a row for each that is asked, in one round trip and one
-- snapshot.
-- $1 barcodes, $2 branches of the doors
-- A scan means the branch's own number first, then the only one there is; the second look-up is made only then.
SELECT n.rulebook_version,
       i.id AS "item_id?", i.version AS "item_version?", i.owner_branch AS "owner_branch?",
       i.document AS "document?", i.condition AS "condition?", i.audience AS "audience?",
       i.in_service AS "in_service?: jiff_sqlx::Date", i.return_by AS "return_by?: jiff_sqlx::Date", i.call_number AS "call_number?", b.title AS "title?",
       u.id AS "custody_id?", u.kind AS "custody_kind?", u.branch AS "custody_branch?", u.to_branch AS "to_branch?",
       u.patron_id AS "borrower_id?", u.category AS "loan_category?", u.lent_on AS "lent_on?: jiff_sqlx::Date", u.due AS "due?: jiff_sqlx::Date",
       u.renewals AS "renewals?", u.lent_new AS "lent_new?", u.ready_until AS "ready_until?: jiff_sqlx::Date",
       p.household_id AS "household_id?", p.language AS "language?",
       i.bib_id AS "bib_id?", b.version AS "bib_version?", hd.id AS "captured_id?", hd.version AS "captured_version?", hd.pickup AS "captured_pickup?", hp.category AS "captured_category?",
       CASE WHEN hd.id IS NOT NULL THEN 'someone_else' END AS collector,
       EXISTS (SELECT FROM hold WHERE bib_id = i.bib_id AND closed_at IS NULL) AS "waited_for!"
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (barcode, branch, n)
 CROSS JOIN network n
  LEFT JOIN LATERAL (SELECT coalesce(
            (SELECT j.id FROM item j WHERE j.barcode = asked.barcode AND j.issuing_branch = asked.branch),
            (SELECT min(j.id) FROM item j WHERE j.barcode = asked.barcode HAVING count(*) = 1)) AS id) scanned_item ON true
  LEFT JOIN item i ON i.id = scanned_item.id
  LEFT JOIN bib b ON b.id = i.bib_id
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
  LEFT JOIN patron p ON p.id = u.patron_id
  LEFT JOIN hold hd ON hd.id = u.hold_id AND hd.closed_at IS NULL
  LEFT JOIN patron hp ON hp.id = hd.patron_id
 ORDER BY asked.n
