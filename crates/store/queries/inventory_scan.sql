-- Writes a scan down, unless the inventory was closed meanwhile: then there is no row. The lock keeps it open until this is
-- written.
-- $1 inventory, $2 barcode, $3 item, $4 finding, $5 at
WITH open AS (
    SELECT id FROM inventory WHERE id = $1 AND closed_at IS NULL FOR SHARE
)
INSERT INTO inventory_scan (inventory_id, barcode, item_id, finding, scanned_at)
SELECT id, $2, $3, $4, $5 FROM open
    ON CONFLICT (inventory_id, barcode)
    DO UPDATE SET item_id = excluded.item_id, finding = excluded.finding, scanned_at = excluded.scanned_at
RETURNING inventory_id
