-- Copies on a branch's shelf of titles that somebody waits for, in the order of the shelf. It begins with the holds, so
-- that it costs what they cost, however many items there are: OFFSET 0 keeps the planner from reading all items instead,
-- which it takes for cheaper since it does not know how few titles are waited for.
-- $1 branch
SELECT n.rulebook_version, i.id AS item_id, i.bib_id, i.barcode, i.call_number, b.title,
       i.owner_branch, i.document, i.condition, i.audience, i.in_service AS "in_service: jiff_sqlx::Date", i.return_by AS "return_by: jiff_sqlx::Date"
  FROM (SELECT DISTINCT j.id
          FROM (SELECT DISTINCT w.bib_id, w.item_id
                  FROM hold w
                 WHERE w.closed_at IS NULL
                   AND NOT EXISTS (SELECT FROM custody c WHERE c.hold_id = w.id AND c.until IS NULL AND c.kind <> 'loan')) asked
         CROSS JOIN LATERAL (SELECT k.id
                               FROM item k
                              WHERE k.bib_id = asked.bib_id AND k.condition = 'good'
                                AND (asked.item_id IS NULL OR asked.item_id = k.id)
                             OFFSET 0) j
         CROSS JOIN LATERAL (SELECT
                               FROM custody v
                              WHERE v.item_id = j.id AND v.until IS NULL AND v.kind = 'shelf' AND v.branch = $1
                             OFFSET 0) v) wanted
 CROSS JOIN network n
  JOIN item i ON i.id = wanted.id
  JOIN bib b ON b.id = i.bib_id
 ORDER BY i.call_number COLLATE "C", i.barcode COLLATE "C", i.id
