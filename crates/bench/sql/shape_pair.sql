\set t :client_id % 64
\set r random(0, 1)
\set i random(0, 39)
\set k random(1, 2000000000)
SELECT p.id AS patron_id, p.version AS patron_version, h.id AS household_id, h.version AS household_version,
       i.id AS item_id, i.version AS item_version, b.id AS bib_id, b.version AS bib_version, c.id AS custody_id,
       (SELECT count(*) FROM loan l WHERE l.patron_id = p.id AND l.open) AS loans
  FROM patron p JOIN household h ON h.id = p.household_id, item i JOIN bib b ON b.id = i.bib_id
  JOIN custody c ON c.item_id = i.id AND c.until IS NULL
 WHERE p.card = 'C' || :t || '-' || :r AND i.barcode = 'B' || :t || '-' || :i \gset f_
WITH k AS (INSERT INTO request_key VALUES (:t, decode(md5(:k::text), 'hex')) ON CONFLICT DO NOTHING RETURNING 1),
     b AS (UPDATE bib SET version = bib.version + 1 FROM k WHERE bib.id = :f_bib_id AND bib.version = :f_bib_version RETURNING 1),
     i AS (UPDATE item SET version = item.version + 1 FROM b WHERE item.id = :f_item_id AND item.version = :f_item_version RETURNING 1),
     h AS (UPDATE household SET version = household.version + 1 FROM i WHERE household.id = :f_household_id AND household.version = :f_household_version RETURNING 1),
     p AS (UPDATE patron SET version = patron.version + 1 FROM h WHERE patron.id = :f_patron_id AND patron.version = :f_patron_version RETURNING 1),
     c AS (UPDATE custody SET until = clock_timestamp() FROM p WHERE custody.id = :f_custody_id AND custody.until IS NULL RETURNING custody.until),
     o AS (INSERT INTO custody (item_id, kind, branch, since) SELECT :f_item_id, 'loan', 'LENS', until FROM c RETURNING id),
     l AS (INSERT INTO loan (custody_id, patron_id, due) SELECT id, :f_patron_id, '2026-07-07' FROM o RETURNING custody_id),
     e AS (INSERT INTO event (at, kind, item_id, patron_id) SELECT now(), 'checkout', :f_item_id, :f_patron_id FROM l RETURNING id)
SELECT coalesce((SELECT id FROM e), missed());
SELECT i.id AS item_id, i.version AS item_version, p.id AS patron_id, p.version AS patron_version, h.id AS household_id,
       h.version AS household_version, c.id AS custody_id
  FROM item i JOIN custody c ON c.item_id = i.id AND c.until IS NULL JOIN loan l ON l.custody_id = c.id
  JOIN patron p ON p.id = l.patron_id JOIN household h ON h.id = p.household_id
 WHERE i.barcode = 'B' || :t || '-' || :i \gset g_
WITH i AS (UPDATE item SET version = item.version + 1 WHERE id = :g_item_id AND version = :g_item_version RETURNING 1),
     h AS (UPDATE household SET version = household.version + 1 FROM i WHERE household.id = :g_household_id AND household.version = :g_household_version RETURNING 1),
     p AS (UPDATE patron SET version = patron.version + 1 FROM h WHERE patron.id = :g_patron_id AND patron.version = :g_patron_version RETURNING 1),
     c AS (UPDATE custody SET until = clock_timestamp() FROM p WHERE custody.id = :g_custody_id AND custody.until IS NULL RETURNING custody.id, custody.until),
     l AS (UPDATE loan SET open = false FROM c WHERE loan.custody_id = c.id RETURNING 1),
     o AS (INSERT INTO custody (item_id, kind, branch, since) SELECT :g_item_id, 'shelf', 'LENS', until FROM c, l RETURNING id),
     e AS (INSERT INTO event (at, kind, item_id, patron_id) SELECT now(), 'checkin', :g_item_id, :g_patron_id FROM o RETURNING id)
SELECT coalesce((SELECT id FROM e), missed());
