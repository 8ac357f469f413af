-- A title, by its number or by the barcode of a copy, and its copies in stock, as a hold looks at them: a row for each
-- copy, and one row where there is none. A withdrawn copy is among them only if it is the one that was scanned.
-- $1 bib, NULL: that of the copy, $2 barcode, $3 branch of the door
-- A scan means the branch's own number first, then the only one there is; the second look-up is made only then.
WITH named AS MATERIALIZED (
    SELECT scanned_item.id AS scanned_id, b.id, b.version, b.title, b.temporary,
           (SELECT count(*) FROM hold w WHERE w.bib_id = b.id AND w.closed_at IS NULL
               AND NOT EXISTS (SELECT FROM custody u WHERE u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan')) AS waiting
      FROM (SELECT coalesce(
            (SELECT j.id FROM item j WHERE j.barcode = $2 AND j.issuing_branch = $3),
            (SELECT min(j.id) FROM item j WHERE j.barcode = $2 HAVING count(*) = 1)) AS id) scanned_item
      LEFT JOIN item s ON s.id = scanned_item.id
      LEFT JOIN bib asked ON asked.id = coalesce($1::bigint, s.bib_id)
      -- Who asks for a bib that was merged means what it was merged into. No bib is merged into one that was merged.
      LEFT JOIN bib b ON b.id = coalesce(asked.merged_into, asked.id)
)
SELECT n.id AS "bib_id?", n.version AS "bib_version?", n.scanned_id AS "scanned_id?", n.waiting AS "waiting!", n.temporary AS "temporary?",
       i.id AS "item_id?", i.version AS "item_version?", i.owner_branch AS "owner_branch?",
       i.document AS "document?", i.condition AS "condition?", i.audience AS "audience?",
       i.in_service AS "in_service?: jiff_sqlx::Date", i.return_by AS "return_by?: jiff_sqlx::Date", i.call_number AS "call_number?", i.barcode AS "barcode?",
       n.title AS "title?",
       u.id AS "custody_id?", u.kind AS "custody_kind?", u.branch AS "custody_branch?", u.to_branch AS "to_branch?",
       u.patron_id AS "borrower_id?", u.category AS "loan_category?", u.lent_on AS "lent_on?: jiff_sqlx::Date", u.due AS "due?: jiff_sqlx::Date",
       u.renewals AS "renewals?", u.lent_new AS "lent_new?", u.ready_until AS "ready_until?: jiff_sqlx::Date",
       hd.id AS "captured_id?", hd.version AS "captured_version?", hd.pickup AS "captured_pickup?", hp.category AS "captured_category?",
       CASE WHEN hd.id IS NOT NULL THEN 'someone_else' END AS collector
  FROM named n
  LEFT JOIN item i ON i.bib_id = n.id AND (i.condition <> 'withdrawn' OR i.id = n.scanned_id)
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
  LEFT JOIN hold hd ON hd.id = u.hold_id AND hd.closed_at IS NULL
  LEFT JOIN patron hp ON hp.id = hd.patron_id
 ORDER BY i.id
