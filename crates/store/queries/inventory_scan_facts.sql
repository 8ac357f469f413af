-- What a barcode leads to, and the inventory that it is scanned in: one row, or none where there is no such inventory.
-- $1 inventory, $2 barcode
-- A scan means the branch's own number first, then the only one there is; the second look-up is made only then.
SELECT v.branch, v.closed_at IS NOT NULL AS "closed!", i.id AS "item_id?", b.title AS "title?", i.call_number AS "call_number?",
       i.owner_branch AS "owner_branch?", i.condition AS "condition?",
       v.first_call_number IS NULL OR i.call_number COLLATE "C" BETWEEN v.first_call_number AND v.last_call_number
           OR starts_with(i.call_number, v.last_call_number) AS in_range,
       u.kind AS "kind?", u.branch AS "place?", u.to_branch AS "to_branch?", u.due AS "due?: jiff_sqlx::Date",
       (SELECT array_agg(j.issuing_branch ORDER BY j.issuing_branch) FROM item j
         WHERE i.id IS NULL AND j.barcode = $2) AS issuers
  FROM inventory v
  LEFT JOIN LATERAL (SELECT coalesce(
            (SELECT j.id FROM item j WHERE j.barcode = $2 AND j.issuing_branch = v.branch),
            (SELECT min(j.id) FROM item j WHERE j.barcode = $2 HAVING count(*) = 1)) AS id) scanned ON true
  LEFT JOIN item i ON i.id = scanned.id
  LEFT JOIN bib b ON b.id = i.bib_id
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
 WHERE v.id = $1
