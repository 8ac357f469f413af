-- Loans, renewals and holds that were asked for, the first first, with what is kept of item and loan. Of a renewal that was
-- refused, the loan that the reader had on that item at that moment.
-- $1 and $2: those after this moment and number, $3 before this moment
SELECT e.id, e.at AS "at: jiff_sqlx::Timestamp", e.kind, e.outcome, e.branch AS "branch!", e.staff_id IS NOT NULL AS "by_staff!",
       e.patron_id, e.body::text AS "body!",
       i.owner_branch AS "owner_branch?", i.document AS "item_document?", i.in_service AS "in_service?: jiff_sqlx::Date",
       i.return_by AS "return_by?: jiff_sqlx::Date",
       l.branch AS "checkout?", l.category, l.document AS "loan_document?", l.lent_on AS "lent_on?: jiff_sqlx::Date",
       l.lent_new, l.renewals, l.open, p.category AS "patron_category?"
  FROM (SELECT m.id, m.at, m.kind FROM event m
         WHERE (m.at, m.id) > ($1::timestamptz, $2::bigint) AND m.at < $3 AND m.kind IN ('checkout', 'renew', 'hold')
           AND m.branch IS NOT NULL
         ORDER BY m.at, m.id LIMIT 1000) s
  JOIN event e ON e.id = s.id
  LEFT JOIN item i ON i.id = e.item_id
  LEFT JOIN patron p ON p.id = e.patron_id
  LEFT JOIN LATERAL (
        SELECT u.branch, u.category, u.document, u.lent_on, u.lent_new, u.renewals, u.until IS NULL AS open
          FROM custody u WHERE u.id = e.custody_id AND u.kind = 'loan'
        UNION ALL
        SELECT u.branch, u.category, u.document, u.lent_on, u.lent_new, u.renewals, u.until IS NULL AS open
          FROM custody u
         WHERE e.custody_id IS NULL AND e.kind = 'renew' AND u.item_id = e.item_id AND u.until IS NULL AND u.kind = 'loan'
           AND u.patron_id = e.patron_id AND u.lent_at <= e.at
        UNION ALL
        SELECT u.branch, u.category, u.document, u.lent_on, u.lent_new, u.renewals, u.until IS NULL AS open
          FROM custody u
         WHERE e.custody_id IS NULL AND e.kind = 'renew' AND u.item_id = e.item_id AND u.until IS NOT NULL
           AND tstzrange(u.since, u.until) @> e.recorded_at AND u.kind = 'loan' AND u.patron_id = e.patron_id
         LIMIT 1) l ON true
 ORDER BY e.at, e.id
