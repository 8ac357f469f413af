-- Readers as lists show them, in the order of their numbers in $1; $2 local date
SELECT (SELECT rulebook_version FROM network) AS "rulebook_version!", p.id AS "id!", p.family_name AS "family_name!", p.given_name AS "given_name!",
       p.born_on AS "born_on?: jiff_sqlx::Date", p.category AS "category!", p.home_branch AS "home_branch!",
       p.expires_on AS "expires_on?: jiff_sqlx::Date", p.guarantor_id AS "guarantor_id?",
       c.number AS "card?", c.issuing_branch AS "card_branch?", c.status AS "card_status?",
       (SELECT max(s.free_on) FROM suspension s
         WHERE s.patron_id = p.id AND s.lifted_at IS NULL AND s.free_on > $2) AS "suspended_until?: jiff_sqlx::Date",
       (SELECT json_agg(json_build_array(k.kind, k.message) ORDER BY k.id) FROM block k
         WHERE k.patron_id = p.id AND k.lifted_at IS NULL) AS blocks,
       (SELECT json_agg(json_build_array(true, l.branch, o.owner_branch, l.category, l.document, l.lent_new, l.due))
          FROM custody l JOIN item o ON o.id = l.item_id
         WHERE l.patron_id = p.id AND l.until IS NULL AND l.kind = 'loan') AS loans,
       (SELECT coalesce(sum(f.cents), 0)::bigint FROM ledger f WHERE f.patron_id = p.id) AS "owed_cents!"
  FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (id, n)
  JOIN patron p ON p.id = asked.id AND p.closed_at IS NULL
  LEFT JOIN LATERAL (SELECT number, issuing_branch, status FROM card WHERE patron_id = p.id
                      ORDER BY status <> 'active', id DESC LIMIT 1) c ON true
 ORDER BY asked.n
