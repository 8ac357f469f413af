-- Copies on a branch's shelf of titles that somebody waits for, in the order of the shelf: those among the items given,
-- and those of titles that later holds ask for. It begins with these, so that it costs what they cost, however many
-- items there are: OFFSET 0 keeps the planner from reading all items instead, which it takes for cheaper since it does
-- not know how few titles are waited for.
-- With each line the newest hold of that moment.
-- $1 branch, $2 items, $3 the last hold that they have seen
SELECT n.rulebook_version, (SELECT max(m.id) FROM hold m) AS "newest_hold!", i.id AS item_id, i.bib_id, i.barcode, i.call_number, b.title,
       i.owner_branch, i.document, i.condition, i.audience, i.in_service AS "in_service: jiff_sqlx::Date", i.return_by AS "return_by: jiff_sqlx::Date"
  FROM (SELECT DISTINCT j.id
          FROM (SELECT unnest($2::bigint[]) AS id
                 UNION ALL
                SELECT k.id
                  FROM (SELECT DISTINCT w.bib_id, w.item_id
                          FROM hold w
                         WHERE w.id > $3 AND w.closed_at IS NULL
                           AND NOT EXISTS (SELECT FROM custody c WHERE c.hold_id = w.id AND c.until IS NULL AND c.kind <> 'loan')) asked
                 CROSS JOIN LATERAL (SELECT o.id
                                       FROM item o
                                      WHERE o.bib_id = asked.bib_id
                                        AND (asked.item_id IS NULL OR asked.item_id = o.id)
                                     OFFSET 0) k) j
         CROSS JOIN LATERAL (SELECT
                               FROM custody v
                              WHERE v.item_id = j.id AND v.until IS NULL AND v.kind = 'shelf' AND v.branch = $1
                             OFFSET 0) v) wanted
 CROSS JOIN network n
  JOIN item i ON i.id = wanted.id AND i.condition = 'good'
  JOIN bib b ON b.id = i.bib_id
 WHERE EXISTS (SELECT
                 FROM hold h
                WHERE h.bib_id = i.bib_id AND h.closed_at IS NULL
                  AND (h.item_id IS NULL OR h.item_id = i.id)
                  AND NOT EXISTS (SELECT FROM custody c WHERE c.hold_id = h.id AND c.until IS NULL AND c.kind <> 'loan'))
 ORDER BY i.call_number COLLATE "C", i.barcode COLLATE "C", i.id
