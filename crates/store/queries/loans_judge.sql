-- Which item, which reader, what is known of the loan already, and so what becomes of each line. Sets, not rows: one
-- pass over the stays that there are, whatever the file's length.
ANALYZE staged;
CREATE TEMP TABLE resolved AS
SELECT w.*,
       -- Lent again on the day of its return, and by the clocks before it: the clocks were not the same. The stay ends
       -- where the next begins; when it was returned stands beside, as the file says it.
       CASE WHEN w.next_lent > w.lent AND w.next_lent < w.back AND w.next_lent_on = w.back_on THEN w.next_lent
            ELSE w.back END AS stays_until
  FROM (SELECT s.line, s.lent, s.lent_on, s.due, s.back, s.back_on, s.forget, s.lent_at, s.back_to, s.renewals, s.card_branch,
               i.id AS item_id, i.document, i.owner_branch, p.id AS patron_id, p.category, p.household_id,
               EXISTS (SELECT FROM branch b WHERE b.code = s.lent_at)
                   AND EXISTS (SELECT FROM branch b WHERE b.code = s.back_to) AS places,
               row_number() OVER (PARTITION BY i.id, s.lent ORDER BY s.line) > 1 AS again,
               lead(s.lent) OVER (PARTITION BY i.id ORDER BY s.lent, s.line) AS next_lent,
               lead(s.lent_on) OVER (PARTITION BY i.id ORDER BY s.lent, s.line) AS next_lent_on
          FROM staged s
          LEFT JOIN item i ON i.barcode = s.barcode AND i.issuing_branch = s.item_branch
          LEFT JOIN card c ON c.number = s.card AND c.issuing_branch = s.card_branch
          LEFT JOIN patron p ON p.id = c.patron_id) w;
DROP TABLE staged;
ANALYZE resolved;
CREATE TEMP TABLE known AS
SELECT r.line, u.id AS custody_id, u.until IS NULL AS is_open,
       u.policy_version IS NULL AND (u.due, u.renewals) IS DISTINCT FROM (r.due, r.renewals) AS moved
  FROM resolved r JOIN custody u ON u.item_id = r.item_id AND u.kind = 'loan' AND u.lent_at = r.lent AND NOT u.undone;
-- An undone return leaves a closed row and the loan that goes on: that one counts.
DELETE FROM known k WHERE NOT k.is_open AND EXISTS (SELECT FROM known o WHERE o.line = k.line AND o.is_open);
ANALYZE known;
CREATE TEMP TABLE overlapping AS
SELECT DISTINCT r.line
  FROM resolved r JOIN custody u ON u.item_id = r.item_id
 WHERE r.back IS NOT NULL AND tstzrange(u.since, u.until) && tstzrange(r.lent, r.stays_until)
   AND NOT EXISTS (SELECT FROM known k WHERE k.line = r.line);
ANALYZE overlapping;
CREATE TEMP TABLE judged AS
SELECT row_number() OVER (ORDER BY t.item_id, t.lent, t.line) AS n, t.*
  FROM (SELECT w.*, k.custody_id,
               CASE WHEN w.item_id IS NULL THEN 'unknown_item'
                    WHEN w.patron_id IS NULL THEN 'unknown_patron'
                    WHEN NOT w.places THEN 'unknown_branch'
                    WHEN w.again THEN 'twice'
                    WHEN k.is_open AND w.back IS NOT NULL THEN 'ends'
                    WHEN k.is_open AND k.moved THEN 'moved'
                    WHEN k.line IS NOT NULL THEN 'known'
                    WHEN w.back IS NULL AND w.next_lent IS NOT NULL THEN 'lent_again'
                    WHEN w.busy_until > w.lent OR o.line IS NOT NULL THEN 'overlaps'
                    WHEN w.back IS NOT NULL THEN 'over'
                    WHEN u.kind IS DISTINCT FROM 'shelf' THEN 'elsewhere'
                    ELSE 'open' END AS fate
          FROM (SELECT r.*,
                       -- An open loan that is not the last one counts for nothing: the item has come back.
                       max(coalesce(r.stays_until, r.lent)) OVER (PARTITION BY r.item_id ORDER BY r.lent, r.line
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
                  FROM resolved r) w
          LEFT JOIN known k ON k.line = w.line
          LEFT JOIN overlapping o ON o.line = w.line
          LEFT JOIN custody u ON u.item_id = w.item_id AND u.until IS NULL AND w.back IS NULL) t;
DROP TABLE resolved, known, overlapping;
CREATE INDEX judged_n ON judged (n) WHERE fate IN ('over', 'open', 'ends', 'moved');
ANALYZE judged;
