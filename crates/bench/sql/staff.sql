-- What staff left behind: an inventory under way, and a year of looks into readers' files.
INSERT INTO inventory (branch, started_at, started_by)
SELECT 'LENS', '2026-01-05 09:00+01', id FROM staff_user WHERE login = 'mesure';
INSERT INTO inventory_scan (inventory_id, barcode, item_id, finding, scanned_at)
SELECT v.id, i.barcode, i.id, 'expected', '2026-01-05 10:00+01'
  FROM inventory v CROSS JOIN (SELECT id, barcode FROM item WHERE owner_branch = 'LENS' ORDER BY id LIMIT 5000) i
ON CONFLICT DO NOTHING;
INSERT INTO audit (at, staff_id, branch, action, patron_id, detail)
SELECT timestamptz '2025-01-06' + n * interval '3 minutes', s.id, (ARRAY['LENS', 'VIMY', 'WING'])[1 + n % 3],
       'patron.read', p.id, '{"occasion": "scan"}'
  FROM generate_series(1, 150000) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS r FROM patron) p ON p.r = 1 + n % 50000
 CROSS JOIN (SELECT id FROM staff_user WHERE login = 'mesure') s ORDER BY n;
VACUUM ANALYZE inventory_scan, audit;
