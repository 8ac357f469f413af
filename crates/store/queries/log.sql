-- A page of the log, the last first. No more than so many lines are looked at, so that no filter, however seldom it fits,
-- reads the whole log: the answer says how far it looked. An item's or a patron's own lines are all looked at.
-- $1 item, $2 patron, $3 branch, $4 kind, $5 done, $6 staff, $7 terminal (each NULL: any), $8 from this moment on,
-- $9 and $10 those before this moment and number, $11 how many to look at, $12 how many
WITH looked AS MATERIALIZED (
    (SELECT e.id, e.at, e.kind, e.outcome, e.branch, e.terminal_id, e.staff_id, e.item_id, e.patron_id
       FROM event e
      WHERE $1::bigint IS NULL AND $2::bigint IS NULL AND $5::boolean IS DISTINCT FROM false
        AND e.at >= $8 AND (e.at, e.id) < ($9::timestamptz, $10::bigint)
      ORDER BY e.at DESC, e.id DESC LIMIT $11)
    UNION ALL
    (SELECT e.id, e.at, e.kind, e.outcome, e.branch, e.terminal_id, e.staff_id, e.item_id, e.patron_id
       FROM event e
      WHERE $1 IS NULL AND $2 IS NULL AND NOT $5 AND e.outcome <> 'done'
        AND e.at >= $8 AND (e.at, e.id) < ($9, $10)
      ORDER BY e.at DESC, e.id DESC LIMIT $11)
    UNION ALL
    (SELECT e.id, e.at, e.kind, e.outcome, e.branch, e.terminal_id, e.staff_id, e.item_id, e.patron_id
       FROM event e
      WHERE e.item_id = $1 AND e.at >= $8 AND (e.at, e.id) < ($9, $10)
      ORDER BY e.at DESC, e.id DESC LIMIT $11)
    UNION ALL
    (SELECT e.id, e.at, e.kind, e.outcome, e.branch, e.terminal_id, e.staff_id, e.item_id, e.patron_id
       FROM event e
      WHERE $1 IS NULL AND e.patron_id = $2 AND e.at >= $8 AND (e.at, e.id) < ($9, $10)
      ORDER BY e.at DESC, e.id DESC LIMIT $11)
), fitting AS (
    SELECT * FROM looked l
     WHERE ($2 IS NULL OR l.patron_id = $2) AND ($3::text IS NULL OR l.branch = $3) AND ($4::text IS NULL OR l.kind = $4)
       AND ($5 IS NULL OR (l.outcome = 'done') = $5)
       AND ($6::bigint IS NULL OR l.staff_id = $6) AND ($7::bigint IS NULL OR l.terminal_id = $7)
     ORDER BY l.at DESC, l.id DESC LIMIT $12
)
SELECT s.looked AS "looked!", s.at AS "last_at?: jiff_sqlx::Timestamp", s.id AS "last_id?",
       f.id AS "id?", f.at AS "at?: jiff_sqlx::Timestamp", f.kind AS "kind?", f.outcome AS "outcome?", f.branch AS "branch?",
       f.terminal_id AS "terminal_id?", t.name AS "terminal?", f.staff_id AS "staff_id?", u.name AS "staff?",
       f.item_id AS "item_id?", i.barcode AS "barcode?", b.title AS "title?", f.patron_id AS "patron_id?",
       e.body -> 'refused' -> 0 ->> 'code' AS "headline?"
  FROM (SELECT count(*) AS looked, (array_agg(at ORDER BY at, id))[1] AS at, (array_agg(id ORDER BY at, id))[1] AS id FROM looked) s
  LEFT JOIN fitting f ON true
  LEFT JOIN event e ON e.id = f.id
  LEFT JOIN terminal t ON t.id = f.terminal_id
  LEFT JOIN staff_user u ON u.id = f.staff_id
  LEFT JOIN item i ON i.id = f.item_id
  LEFT JOIN bib b ON b.id = i.bib_id
 ORDER BY f.at DESC, f.id DESC
