-- Lines of the audit, the last first, of so many that are looked at.
-- $1 before this number, $2 how many are looked at, $3 how many are told, $4 branch, $5 login, $6 card, $7 action,
-- $8 and $9 from and until
WITH looked AS MATERIALIZED (
    SELECT a.* FROM audit a WHERE a.id < $1 ORDER BY a.id DESC LIMIT $2
), fits AS (
    SELECT l.id, l.at, l.branch, l.action, l.patron_id, l.detail, s.name, s.login, t.name AS token
      FROM looked l JOIN staff_user s ON s.id = l.staff_id LEFT JOIN staff_token t ON t.id = l.token_id
     WHERE ($4::text IS NULL OR l.branch = $4) AND ($5::text IS NULL OR s.login = $5)
       AND ($6::text IS NULL OR l.patron_id IN (SELECT patron_id FROM card WHERE number = $6))
       AND ($7::text IS NULL OR l.action = $7)
       AND ($8::timestamptz IS NULL OR l.at >= $8) AND ($9::timestamptz IS NULL OR l.at < $9)
     ORDER BY l.id DESC LIMIT $3
)
SELECT c.looked AS "looked!", c.last_looked, f.id AS "id?", f.at AS "at?: jiff_sqlx::Timestamp", f.branch AS "branch?",
       f.action AS "action?", f.patron_id, f.detail AS "detail?", f.name AS "name?", f.login AS "login?", f.token AS "token?"
  FROM (SELECT count(*) AS looked, min(id) AS last_looked FROM looked) c
  LEFT JOIN fits f ON true
 ORDER BY f.id DESC
