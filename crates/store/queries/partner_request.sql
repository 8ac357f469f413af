-- A partner's request, and how far it is. A copy that was brought goes before one that was asked for under the same number.
-- $1 terminal, $2 agency, $3 number
SELECT r.kind, coalesce(h.bib_id, r.bib_id) AS "bib_id!", b.title, r.item_id, r.hold_id, r.made_at AS "made_at: jiff_sqlx::Timestamp",
       h.patron_id, h.pickup, h.expires_on AS "expires_on: jiff_sqlx::Date", h.outcome, h.item_id IS NOT NULL AS "one_copy!",
       (SELECT c.number FROM card c WHERE c.patron_id = h.patron_id AND c.status = 'active') AS card,
       u.kind AS "custody_kind?", u.ready_until AS "ready_until?: jiff_sqlx::Date",
       coalesce(o.barcode, a.barcode) AS "barcode?",
       (SELECT count(*) FROM hold q
         WHERE q.bib_id = h.bib_id AND q.closed_at IS NULL AND (q.ranked_at, q.id) < (h.ranked_at, h.id)
           AND NOT EXISTS (SELECT FROM custody v WHERE v.hold_id = q.id AND v.until IS NULL AND v.kind <> 'loan')) AS "before!"
  FROM partner_request r
  JOIN hold h ON h.id = r.hold_id
  JOIN bib b ON b.id = coalesce(h.bib_id, r.bib_id)
  LEFT JOIN custody u ON u.hold_id = h.id AND u.until IS NULL AND u.kind <> 'loan'
  LEFT JOIN item o ON o.id = u.item_id
  LEFT JOIN item a ON a.id = coalesce(r.item_id, h.item_id)
 WHERE r.terminal_id = $1 AND r.agency = $2 AND r.number = $3
 ORDER BY r.kind
 LIMIT 1
