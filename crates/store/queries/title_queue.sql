-- The active holds of a title in the order of its queue, with how far each has come.
-- $1 bib, $2 how many
-- Who asks for a bib that was merged means what it was merged into. No bib is merged into one that was merged.
SELECT w.id, w.bib_id, w.pickup, w.placed_at AS "placed_at: jiff_sqlx::Timestamp", w.ranked_at AS "ranked_at: jiff_sqlx::Timestamp",
       w.expires_on AS "expires_on: jiff_sqlx::Date", w.suspended_until AS "suspended_until: jiff_sqlx::Date",
       w.item_id, asked.barcode AS "asked_barcode?",
       p.id AS patron_id, p.category, p.family_name, p.given_name, p.phone,
       (SELECT number FROM card WHERE patron_id = p.id AND status = 'active') AS card,
       u.kind AS "kind?", u.ready_until AS "ready_until?: jiff_sqlx::Date", aside.barcode AS "aside_barcode?"
  FROM bib b
  JOIN hold w ON w.bib_id = coalesce(b.merged_into, b.id) AND w.closed_at IS NULL
  JOIN patron p ON p.id = w.patron_id
  LEFT JOIN item asked ON asked.id = w.item_id
  LEFT JOIN custody u ON u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan'
  LEFT JOIN item aside ON aside.id = u.item_id
 WHERE b.id = $1
 ORDER BY w.ranked_at, w.id
 LIMIT $2
