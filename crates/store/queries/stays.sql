-- Where an item is and was, the last stay first.
-- $1 item, $2 those that began before this moment, $3 how many
-- The open stay and the ended ones have an index each.
SELECT s.kind AS "kind!", s.branch AS "branch!", s.to_branch, s.hold_id, s.ready_until AS "ready_until: jiff_sqlx::Date",
       s.since AS "since!: jiff_sqlx::Timestamp", s.until AS "until: jiff_sqlx::Timestamp",
       s.patron_id, s.lent_at AS "lent_at: jiff_sqlx::Timestamp", s.due AS "due: jiff_sqlx::Date", s.renewals,
       s.returned_at AS "returned_at: jiff_sqlx::Timestamp", s.returned_to, s.undone AS "undone!",
       t.name AS "lent_by?", r.name AS "returned_by?"
  FROM (SELECT * FROM custody WHERE item_id = $1 AND until IS NULL
        UNION ALL
        SELECT * FROM custody WHERE item_id = $1 AND until IS NOT NULL) s
  LEFT JOIN terminal t ON t.id = s.terminal_id
  LEFT JOIN terminal r ON r.id = s.returned_by
 WHERE s.since < $2
 ORDER BY s.since DESC
 LIMIT $3
