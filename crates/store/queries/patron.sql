-- A patron as the status messages show one.
-- $1 card number, $2 branch of the door, $3 local date, $4 the patron, where no card was scanned
-- A scan means the branch's own number first, then the only one there is; the second look-up is made only then.
SELECT n.rulebook_version,
       p.id AS "patron_id?", p.household_id AS "household_id?", h.version AS "household_version?",
       p.category AS "patron_category?", c.status AS "card_status?", p.expires_on AS "expires_on?: jiff_sqlx::Date", p.born_on AS "born_on?: jiff_sqlx::Date",
       p.guarantor_id IS NOT NULL AS "has_guarantor!", p.language AS "language?",
       p.pin_hash AS "pin_hash?", p.credential_version AS "credential_version?",
       (SELECT d.number FROM card d WHERE d.patron_id = p.id AND d.status = 'active') AS "card?",
       p.family_name AS "family_name?", p.given_name AS "given_name?", p.home_branch AS "home_branch?",
       p.email AS "email?", p.phone AS "phone?", p.address AS "address?",
       (SELECT max(s.free_on) FROM suspension s
         WHERE s.patron_id = p.id AND s.lifted_at IS NULL AND s.free_on > $3) AS "suspended_until?: jiff_sqlx::Date",
       (SELECT json_agg(json_build_array(k.kind, k.message) ORDER BY k.id) FROM block k
         WHERE k.patron_id = p.id AND k.lifted_at IS NULL) AS blocks,
       (SELECT json_agg(json_build_array(m.id = p.id, l.branch, o.owner_branch, l.category, l.document, l.lent_new, l.due,
                                         o.barcode, t.title, t.id) ORDER BY l.due, l.id)
          FROM patron m
          JOIN custody l ON l.patron_id = m.id AND l.until IS NULL AND l.kind = 'loan'
          JOIN item o ON o.id = l.item_id
          JOIN bib t ON t.id = o.bib_id
         WHERE m.household_id = p.household_id) AS loans,
       (SELECT json_agg(json_build_object('id', w.id, 'version', w.version, 'mine', m.id = p.id, 'bib', w.bib_id, 'title', t.title,
                'barcode', coalesce(o.barcode, a.barcode), 'wanted', w.item_id, 'pickup', w.pickup, 'document', w.document,
                'new', w.new, 'expires_on', w.expires_on, 'suspended_until', w.suspended_until,
                'kind', u.kind, 'ready_until', u.ready_until, 'placed_at', w.placed_at,
                -- Who is before it in the queue; one for whom a copy is set aside waits no longer.
                'before', CASE WHEN u.kind IS NULL THEN (SELECT count(*) FROM hold q
                    WHERE q.bib_id = w.bib_id AND q.closed_at IS NULL AND (q.ranked_at, q.id) < (w.ranked_at, w.id)
                      AND NOT EXISTS (SELECT FROM custody v WHERE v.hold_id = q.id AND v.until IS NULL AND v.kind <> 'loan')) END)
                ORDER BY w.ranked_at, w.id)
          FROM patron m
          JOIN hold w ON w.patron_id = m.id AND w.closed_at IS NULL
          JOIN bib t ON t.id = w.bib_id
          LEFT JOIN custody u ON u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan'
          LEFT JOIN item o ON o.id = u.item_id
          LEFT JOIN item a ON a.id = w.item_id
         WHERE m.household_id = p.household_id) AS holds,
       (SELECT json_agg(json_build_object('id', f.id, 'kind', f.kind, 'cents', f.cents + paid.cents, 'note', f.note, 'at', f.at) ORDER BY f.id)
          FROM ledger f, LATERAL (SELECT coalesce(sum(d.cents), 0)::bigint AS cents FROM ledger d WHERE d.fee_id = f.id) paid
         WHERE f.patron_id = p.id AND f.fee_id IS NULL AND f.cents + paid.cents > 0) AS fees
  FROM network n
  LEFT JOIN LATERAL (SELECT CASE WHEN $4::bigint IS NULL THEN coalesce(
            (SELECT d.id FROM card d WHERE d.number = $1 AND d.issuing_branch = $2),
            (SELECT min(d.id) FROM card d WHERE d.number = $1 HAVING count(*) = 1))
         ELSE (SELECT d.id FROM card d JOIN patron q ON q.id = d.patron_id AND q.closed_at IS NULL
                WHERE d.patron_id = $4 ORDER BY d.status <> 'active', d.id DESC LIMIT 1) END AS id) scanned_card ON true
  LEFT JOIN card c ON c.id = scanned_card.id
  LEFT JOIN patron p ON p.id = c.patron_id AND p.closed_at IS NULL
  LEFT JOIN household h ON h.id = p.household_id
