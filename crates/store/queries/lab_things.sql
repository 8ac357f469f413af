-- What a list shows of loans and of questions of the log: barcode and title.
-- $1 loans, $2 events
SELECT 'loan' AS "of!", u.id AS "id!", i.barcode AS "barcode!", b.title AS "title!"
  FROM custody u JOIN item i ON i.id = u.item_id JOIN bib b ON b.id = i.bib_id
 WHERE u.id = ANY ($1::bigint[])
UNION ALL
SELECT 'event', e.id, i.barcode, b.title
  FROM event e JOIN item i ON i.id = e.item_id JOIN bib b ON b.id = i.bib_id
 WHERE e.id = ANY ($2::bigint[])
