-- A reader's account, the last line first, and what was owed after each.
-- $1 patron, $2 those before this line, $3 how many
SELECT l.id AS "id!", l.at AS "at!: jiff_sqlx::Timestamp", l.kind AS "kind!", l.cents AS "cents!", l.balance::bigint AS "balance!",
       l.fee_id, l.branch AS "branch!", l.note AS "note!", l.event_id AS "event!", u.name AS "staff?", t.name AS "terminal?",
       i.barcode AS "barcode?", b.title AS "title?"
  FROM (SELECT *, sum(cents) OVER (ORDER BY id) AS balance FROM ledger WHERE patron_id = $1) l
  LEFT JOIN payment p ON p.id = l.payment_id
  LEFT JOIN staff_user u ON u.id = p.staff_id
  LEFT JOIN terminal t ON t.id = p.terminal_id
  LEFT JOIN custody c ON c.id = l.custody_id
  LEFT JOIN item i ON i.id = c.item_id
  LEFT JOIN bib b ON b.id = i.bib_id
 WHERE l.id < $2
 ORDER BY l.id DESC
 LIMIT $3
