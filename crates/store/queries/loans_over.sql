-- Loans that are over, at their own times; the item's own row, which is open, is not touched.
INSERT INTO custody (item_id, kind, branch, since, until, patron_id, lent_at, lent_on, due, renewals, lent_new,
                     category, document, returned_at, returned_to)
SELECT item_id, 'loan', lent_at, lent, stays_until, CASE WHEN NOT forget THEN patron_id END, lent, lent_on, due, renewals, false,
       category, document, back, back_to
  FROM judged WHERE n > $1 AND n <= $2 AND fate = 'over' ORDER BY n
