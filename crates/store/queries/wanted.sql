-- Copies on a branch's shelf of titles that somebody waits for, in the order of the shelf. It begins with the holds, so
-- that it costs what they cost, however many items there are.
-- $1 branch
SELECT n.rulebook_version, i.id AS item_id, i.bib_id, i.barcode, i.call_number, b.title,
       i.owner_branch, i.document, i.condition, i.audience, i.in_service AS "in_service: jiff_sqlx::Date", i.return_by AS "return_by: jiff_sqlx::Date"
  FROM (SELECT DISTINCT j.id
          FROM hold w
          JOIN item j ON j.bib_id = w.bib_id AND (w.item_id IS NULL OR w.item_id = j.id) AND j.condition = 'good'
          JOIN custody v ON v.item_id = j.id AND v.until IS NULL AND v.kind = 'shelf' AND v.branch = $1
         WHERE w.closed_at IS NULL
           AND NOT EXISTS (SELECT FROM custody c WHERE c.hold_id = w.id AND c.until IS NULL AND c.kind <> 'loan')) wanted
 CROSS JOIN network n
  JOIN item i ON i.id = wanted.id
  JOIN bib b ON b.id = i.bib_id
 ORDER BY i.call_number COLLATE "C", i.barcode COLLATE "C", i.id
