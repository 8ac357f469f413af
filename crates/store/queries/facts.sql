-- Everything that decides loans or renewals, a row for each that is asked, in one round trip and one snapshot.
-- $1 card numbers, $2 barcodes, $3 branches of the doors, $4 request keys, $5 local dates
-- A scan means the branch's own number first, then the only one there is; the second look-up is made only then.
SELECT n.rulebook_version,
       p.id AS "patron_id?", p.household_id AS "household_id?", h.version AS "household_version?",
       p.category AS "patron_category?", c.status AS "card_status?", p.expires_on AS "expires_on?: jiff_sqlx::Date", p.born_on AS "born_on?: jiff_sqlx::Date",
       p.guarantor_id IS NOT NULL AS "has_guarantor!", p.language AS "language?",
       p.pin_hash AS "pin_hash?", p.credential_version AS "credential_version?",
       (SELECT max(s.free_on) FROM suspension s
         WHERE s.patron_id = p.id AND s.lifted_at IS NULL AND s.free_on > asked.today) AS "suspended_until?: jiff_sqlx::Date",
       (SELECT json_agg(json_build_array(k.kind, k.message) ORDER BY k.id) FROM block k
         WHERE k.patron_id = p.id AND k.lifted_at IS NULL) AS blocks,
       (SELECT json_agg(json_build_array(m.id = p.id, l.branch, o.owner_branch, l.category, l.document, l.lent_new, l.due))
          FROM patron m
          JOIN custody l ON l.patron_id = m.id AND l.until IS NULL AND l.kind = 'loan'
          JOIN item o ON o.id = l.item_id
         WHERE m.household_id = p.household_id) AS loans,
       i.id AS "item_id?", i.version AS "item_version?", i.owner_branch AS "owner_branch?",
       i.document AS "document?", i.condition AS "condition?", i.audience AS "audience?",
       i.in_service AS "in_service?: jiff_sqlx::Date", i.return_by AS "return_by?: jiff_sqlx::Date", i.call_number AS "call_number?", b.title AS "title?",
       u.id AS "custody_id?", u.kind AS "custody_kind?", u.branch AS "custody_branch?", u.to_branch AS "to_branch?",
       u.patron_id AS "borrower_id?", u.category AS "loan_category?", u.lent_on AS "lent_on?: jiff_sqlx::Date", u.due AS "due?: jiff_sqlx::Date",
       u.renewals AS "renewals?", u.lent_new AS "lent_new?", u.ready_until AS "ready_until?: jiff_sqlx::Date",
       i.bib_id AS "bib_id?", hd.id AS "captured_id?", hd.version AS "captured_version?", hd.pickup AS "captured_pickup?", hp.category AS "captured_category?",
       CASE WHEN hd.patron_id = p.id THEN 'this_reader'
            WHEN hp.guarantor_id = p.id OR EXISTS (SELECT FROM proxy WHERE patron_id = hd.patron_id AND proxy_id = p.id) THEN 'on_behalf'
            WHEN hd.id IS NOT NULL THEN 'someone_else' END AS collector,
       oh.id AS "own_hold_id?", oh.version AS "own_hold_version?",
       CASE WHEN u.patron_id = p.id THEN (SELECT json_agg(json_build_array(wp.category, w.pickup,
                CASE WHEN w.item_id IS NULL THEN 'title' WHEN w.item_id = i.id THEN 'this_item' ELSE 'other_item' END,
                w.suspended_until, w.expires_on) ORDER BY w.ranked_at, w.id)
          FROM hold w JOIN patron wp ON wp.id = w.patron_id
         WHERE w.bib_id = i.bib_id AND w.closed_at IS NULL AND w.patron_id <> p.id
           AND NOT EXISTS (SELECT FROM custody WHERE hold_id = w.id AND until IS NULL AND kind <> 'loan')) END AS waiting,
       u.lent_at AS "lent_at?: jiff_sqlx::Timestamp", u.terminal_id AS "lent_by?", CASE WHEN u.request_key = asked.key THEN u.last_event END AS "replayed_event?"
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::date[])
       WITH ORDINALITY AS asked (card, barcode, branch, key, today, n)
 CROSS JOIN network n
  LEFT JOIN LATERAL (SELECT coalesce(
            (SELECT d.id FROM card d WHERE d.number = asked.card AND d.issuing_branch = asked.branch),
            (SELECT min(d.id) FROM card d WHERE d.number = asked.card HAVING count(*) = 1)) AS id) scanned_card ON true
  LEFT JOIN card c ON c.id = scanned_card.id
  LEFT JOIN patron p ON p.id = c.patron_id
  LEFT JOIN household h ON h.id = p.household_id
  LEFT JOIN LATERAL (SELECT coalesce(
            (SELECT j.id FROM item j WHERE j.barcode = asked.barcode AND j.issuing_branch = asked.branch),
            (SELECT min(j.id) FROM item j WHERE j.barcode = asked.barcode HAVING count(*) = 1)) AS id) scanned_item ON true
  LEFT JOIN item i ON i.id = scanned_item.id
  LEFT JOIN bib b ON b.id = i.bib_id
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
  LEFT JOIN hold hd ON hd.id = u.hold_id AND hd.closed_at IS NULL
  LEFT JOIN patron hp ON hp.id = hd.patron_id
  LEFT JOIN LATERAL (SELECT o.id, o.version FROM hold o
                      WHERE o.patron_id = p.id AND o.closed_at IS NULL AND o.bib_id = i.bib_id
                        AND (o.item_id IS NULL OR o.item_id = i.id)
                      ORDER BY o.ranked_at, o.id LIMIT 1) oh ON true
 ORDER BY asked.n
