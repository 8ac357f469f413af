-- Loans that were out at the last import and are over in this file: back on their owner's shelf.
WITH closed AS (
    UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond'),
           returned_at = j.back, returned_to = j.back_to, request_key = NULL,
           patron_id = CASE WHEN NOT j.forget THEN custody.patron_id END
      FROM judged j
     WHERE j.n > $1 AND j.n <= $2 AND j.fate = 'ends' AND custody.id = j.custody_id AND custody.until IS NULL
    RETURNING j.item_id, j.owner_branch, custody.until AS moved_at
)
INSERT INTO custody (item_id, kind, branch, since)
SELECT item_id, 'shelf', owner_branch, moved_at FROM closed
