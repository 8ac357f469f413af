-- Copies that should stand on the shelves of an inventory and were not scanned in it, in the order of the shelf. What was
-- lent or taken back since it began has been seen.
-- $1 inventory, $2 the branch and those that share its stock, $3 and $4 those after this call number and item, $5 how many
SELECT m.id, m.barcode, m.title, m.call_number, m.owner_branch, m.condition
  FROM inventory v
 CROSS JOIN unnest($2::text[]) owner (code)
 CROSS JOIN LATERAL (
        SELECT i.id, i.barcode, b.title, i.call_number, i.owner_branch, i.condition
          FROM item i
          JOIN bib b ON b.id = i.bib_id
          JOIN custody u ON u.item_id = i.id AND u.until IS NULL AND u.kind = 'shelf' AND u.branch = v.branch
         WHERE i.owner_branch = owner.code AND (i.call_number COLLATE "C", i.id) > ($3::text, $4::bigint)
           AND i.call_number COLLATE "C" >= coalesce(v.first_call_number, '')
           AND (v.first_call_number IS NULL OR i.call_number COLLATE "C" <= v.last_call_number OR starts_with(i.call_number, v.last_call_number))
           AND i.condition IN ('good', 'damaged', 'on_site_only')
           AND (i.seen_at IS NULL OR i.seen_at < v.started_at)
           AND NOT EXISTS (SELECT FROM inventory_scan s WHERE s.inventory_id = v.id AND s.item_id = i.id)
         ORDER BY i.call_number COLLATE "C", i.id
         LIMIT $5) m
 WHERE v.id = $1
 ORDER BY m.call_number COLLATE "C", m.id
 LIMIT $5
