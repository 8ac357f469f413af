-- Loans that are out: the item leaves its shelf now (recording time), and was lent when the file says.
WITH closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
      FROM judged j
     WHERE j.n > $1 AND j.n <= $2 AND j.fate = 'open'
       AND custody.item_id = j.item_id AND custody.until IS NULL AND custody.kind = 'shelf'
    RETURNING j.n, custody.until AS moved_at
)
INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, lent_on, due, renewals, lent_new, category, document)
SELECT j.item_id, 'loan', j.lent_at, closed.moved_at, j.patron_id, j.lent, j.lent_on, j.due, j.renewals, false,
       j.category, j.document
  FROM closed JOIN judged j ON j.n = closed.n AND j.fate = 'open'
