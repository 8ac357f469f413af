-- Two months of a network: :items items, five loans of each with their returns, 5,000 readers, 20,000 refusals, items
-- between branches, holds, and what is late. With 40000 for :items it is 200,000 loans, for looking at plans. All that is by chance in it is a number's remainder, so that it is the
-- same each time. Local time is Europe/Paris, the day 9 June 2026.
SET statement_timeout = 0;
CREATE TEMP TABLE place AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM branch;
CREATE TEMP TABLE kind AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM document_type WHERE loanable_by_default;

INSERT INTO household SELECT FROM generate_series(1, 5000);
INSERT INTO patron (household_id, category, home_branch, family_name)
SELECT h.id, 'ADU', p.code, 'Fictif ' || h.id FROM household h JOIN place p ON p.n = h.id % 27 ORDER BY h.id;
INSERT INTO bib (title) SELECT 'Document ' || n FROM generate_series(1, 20000) n;
INSERT INTO item (bib_id, barcode, issuing_branch, owner_branch, document, in_service, call_number)
SELECT 1 + m % 20000, 'B' || m, p.code, p.code, k.code, '2020-01-01', 'R ' || chr(65 + m % 26) || m % 997
  FROM generate_series(1, :items) m JOIN place p ON p.n = m % 27 JOIN kind k ON k.n = m * 7 / 3 % (SELECT count(*) FROM kind) ORDER BY m;

-- Each item is lent five times, twelve days at a time, somewhere; the last loan of each tenth item is open.
CREATE TEMP TABLE lent AS
SELECT i.id AS item_id, i.document, r AS round, p.code AS branch, q.code AS back, 1 + (i.id * 31 + r * 17) % 5000 AS patron_id,
       timestamptz '2026-04-10 09:00:00+02' + make_interval(days => r * 12 + (i.id % 11)::int, hours => (i.id * 7 + r)::int % 9, mins => i.id::int % 60) AS at,
       r = 4 AND i.id % 10 = 0 AS is_open, r = 1 AND i.id % 100 = 1 AS undone
  FROM item i CROSS JOIN generate_series(0, 4) r
  JOIN place p ON p.n = (i.id * 3 + r) % 27 JOIN place q ON q.n = (i.id * 5 + r) % 27;
INSERT INTO custody (item_id, kind, branch, since, until, patron_id, lent_at, lent_on, due, renewals, lent_new, category,
                     document, policy_version, calendar_version, returned_at, returned_to, undone)
SELECT item_id, 'loan', branch, at, CASE WHEN NOT is_open THEN at + interval '10 days' END, patron_id, at,
       date '2026-03-01', date '2026-04-15' + (item_id / 10 % 70)::int, 0, false, 'ADU', document, 1, 1, CASE WHEN NOT is_open THEN at + interval '10 days' END,
       CASE WHEN NOT is_open THEN back END, undone
  FROM lent ORDER BY at;
INSERT INTO custody (item_id, kind, branch, to_branch, since)
SELECT i.id, CASE WHEN i.id % 100 = 3 THEN 'transit' ELSE 'shelf' END, i.owner_branch,
       CASE WHEN i.id % 100 = 3 THEN (SELECT code FROM place WHERE n = (i.id / 100) % 27) END, '2026-06-14'
  FROM item i WHERE i.id % 10 <> 0;
-- What a loan's trace comes to: some hundred bytes.
INSERT INTO event (at, kind, outcome, branch, item_id, patron_id, custody_id, document, body)
SELECT at, kind, 'done', branch, item_id, patron_id, id, document, json_build_object('trace', json_build_array(repeat('x', 500)))
  FROM (SELECT lent_at AS at, 'checkout' AS kind, branch, item_id, patron_id, id, document FROM custody WHERE kind = 'loan'
        UNION ALL
        SELECT returned_at, 'checkin', returned_to, item_id, patron_id, id, document FROM custody
         WHERE kind = 'loan' AND until IS NOT NULL AND NOT undone
        UNION ALL
        SELECT lent_at + interval '3 minutes', 'undo_checkout', branch, item_id, patron_id, id, document FROM custody WHERE undone
        UNION ALL
        -- Seen without having been lent.
        SELECT since, 'checkin', branch, item_id, NULL, id, NULL FROM custody WHERE kind = 'transit') moved
 ORDER BY at;
INSERT INTO event (at, kind, outcome, branch, body)
SELECT timestamptz '2026-04-10 09:00:00+02' + make_interval(mins => m * 4), 'checkout', 'refused', p.code,
       CASE m / 27 % 3 WHEN 0 THEN '{"refused":[{"code":"limit","id":"L-JVI"},{"code":"card_lost"}],"trace":[]}'
                  WHEN 1 THEN '{"refused":[{"code":"recall_blocked","level":2,"due":"2026-04-01","rule":"R0"}],"trace":[]}'
                  ELSE '{"refused":[{"code":"card_unknown"}],"trace":[]}' END::json
  FROM generate_series(1, 20000) m JOIN place p ON p.n = m % 27 ORDER BY m;
INSERT INTO hold (bib_id, patron_id, pickup, placed_at, ranked_at, expires_on, document, new)
SELECT m, 1 + m % 5000, p.code, now(), now(), '2027-06-09', 'LIV', false
  FROM generate_series(1, 3000) m JOIN place p ON p.n = m % 27 ORDER BY m;
-- Some of them travel, some are ready: what is between branches goes to a hold.
UPDATE custody u SET hold_id = w.id FROM hold w JOIN item i ON i.bib_id = w.bib_id
 WHERE u.item_id = i.id AND u.until IS NULL AND u.kind = 'transit' AND i.id < 20000 AND w.id % 3 = 0;
UPDATE custody u SET kind = 'hold_shelf', branch = w.pickup, hold_id = w.id, ready_until = '2026-06-20'
  FROM hold w JOIN item i ON i.bib_id = w.bib_id
 WHERE u.item_id = i.id AND u.until IS NULL AND u.kind = 'shelf' AND i.id < 20000 AND w.id % 20 = 7 AND w.id % 3 <> 0;
DROP TABLE place, kind, lent;
RESET statement_timeout;
