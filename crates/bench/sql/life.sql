-- What an import does not bring: two months of the log, made of the loans that came in, refusals, and holds that wait,
-- travel and stand ready. All that is by chance in it is a number's remainder, so that it is the same each time.
SET statement_timeout = 0;
CREATE TEMP TABLE place AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM branch;
CREATE TEMP TABLE reader AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM patron;
CREATE TEMP TABLE copy AS
SELECT i.id, i.bib_id, i.document, c.id AS custody_id, c.branch, row_number() OVER (ORDER BY i.id) - 1 AS n
  FROM item i JOIN custody c ON c.item_id = i.id WHERE c.until IS NULL AND c.kind = 'shelf' AND i.id % 20 = 1;

-- What a loan's trace comes to: some hundred bytes.
INSERT INTO event (at, kind, outcome, branch, item_id, patron_id, custody_id, document, body)
SELECT at, kind, 'done', branch, item_id, patron_id, id, document, json_build_object('trace', '[]'::json, 'room', repeat('x', 500))
  FROM (SELECT lent_at AS at, 'checkout' AS kind, branch, item_id, patron_id, id, document
          FROM custody WHERE kind = 'loan' AND lent_at >= '2025-11-01'
        UNION ALL
        SELECT returned_at, 'checkin', returned_to, item_id, patron_id, id, document
          FROM custody WHERE kind = 'loan' AND returned_at >= '2025-11-01') moved
 ORDER BY at;
INSERT INTO event (at, kind, outcome, branch, body)
SELECT timestamptz '2025-11-01 09:00:00+01' + make_interval(mins => m * 4), 'checkout', 'refused', p.code,
       CASE m / 27 % 3 WHEN 0 THEN '{"refused":[{"code":"card_lost"}],"trace":[]}'
                  WHEN 1 THEN '{"refused":[{"code":"recall_blocked","level":2,"due":"2025-11-01","rule":"R0"}],"trace":[]}'
                  ELSE '{"refused":[{"code":"card_unknown"}],"trace":[]}' END::json
  FROM generate_series(1, 20000) m JOIN place p ON p.n = m % 27 ORDER BY m;

-- Six wait for each title whose copies are all lent; one for some that stand on a shelf, since this morning.
CREATE TEMP TABLE sought AS
SELECT i.bib_id, min(i.document) AS document, bool_or(c.kind = 'shelf') AS here, row_number() OVER (ORDER BY i.bib_id) - 1 AS n
  FROM item i JOIN custody c ON c.item_id = i.id AND c.until IS NULL GROUP BY i.bib_id
HAVING NOT bool_or(c.kind = 'shelf') AND bool_or(c.kind = 'loan') OR i.bib_id % 150 = 7;
INSERT INTO hold (bib_id, patron_id, pickup, placed_at, ranked_at, expires_on, document, new)
SELECT s.bib_id, r.id, p.code, now(), now(), '2027-01-06', s.document, false
  FROM sought s CROSS JOIN generate_series(1, 6) m JOIN reader r ON r.n = (s.n * 6 + m) % 50000 JOIN place p ON p.n = r.n % 27
 WHERE NOT s.here OR m = 1 ORDER BY s.n, m;
UPDATE custody c SET kind = 'transit', to_branch = p.code
  FROM copy JOIN place p ON p.n = (copy.n + 5) % 27
 WHERE c.id = copy.custody_id AND copy.n BETWEEN 8000 AND 9999 AND p.code <> c.branch;
-- Some stand ready, and some of what travels is waited for.
WITH ready AS (
    INSERT INTO hold (bib_id, patron_id, pickup, placed_at, ranked_at, expires_on, document, new)
    SELECT copy.bib_id, r.id, copy.branch, now(), now(), '2027-01-06', copy.document, false
      FROM copy JOIN reader r ON r.n = 50000 + copy.n WHERE copy.n < 1500
    RETURNING id, bib_id, patron_id)
UPDATE custody c SET kind = 'hold_shelf', hold_id = ready.id, ready_until = '2026-01-15'
  FROM copy JOIN reader r ON r.n = 50000 + copy.n JOIN ready ON ready.patron_id = r.id
 WHERE c.id = copy.custody_id AND c.kind = 'shelf' AND copy.n < 1500;
DROP TABLE sought;
DROP TABLE place, reader, copy;
RESET statement_timeout;
VACUUM ANALYZE;
