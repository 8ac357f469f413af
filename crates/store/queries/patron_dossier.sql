-- A reader's whole file, as staff keep it. $1 patron, $2 local date
SELECT p.version AS "version!", p.household_id AS "household_id!", p.family_name AS "family_name!", p.given_name AS "given_name!",
       p.born_on AS "born_on?: jiff_sqlx::Date", p.category AS "category!", p.home_branch AS "home_branch!",
       p.guarantor_id AS "guarantor_id?", p.email AS "email!", p.phone AS "phone!", p.address AS "address!",
       p.language AS "language!", p.expires_on AS "expires_on?: jiff_sqlx::Date", p.note AS "note!", p.pin_hash IS NOT NULL AS "has_pin!",
       (SELECT json_agg(json_build_object('number', c.number, 'branch', c.issuing_branch, 'state', c.status)
                ORDER BY c.status <> 'active', c.id DESC) FROM card c WHERE c.patron_id = p.id) AS cards,
       (SELECT json_agg(json_build_object('id', k.id, 'kind', k.kind, 'message', k.message, 'placed_at', k.placed_at,
                'terminal', t.name, 'staff', u.name) ORDER BY k.id)
          FROM block k LEFT JOIN terminal t ON t.id = k.terminal_id LEFT JOIN staff_user u ON u.id = k.staff_id
         WHERE k.patron_id = p.id AND k.lifted_at IS NULL) AS blocks,
       (SELECT json_agg(json_build_object('id', s.id, 'first_day', s.first_day, 'free_on', s.free_on, 'reason', s.reason) ORDER BY s.free_on, s.id)
          FROM suspension s WHERE s.patron_id = p.id AND s.lifted_at IS NULL AND s.free_on > $2) AS suspensions,
       ARRAY(SELECT m.id FROM patron m WHERE m.household_id = p.household_id AND m.closed_at IS NULL ORDER BY m.id) AS "members!",
       ARRAY(SELECT w.id FROM patron w WHERE w.guarantor_id = p.id AND w.closed_at IS NULL ORDER BY w.id) AS "answers_for!"
  FROM patron p
 WHERE p.id = $1 AND p.closed_at IS NULL
