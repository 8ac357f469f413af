-- What loans that begin, move or end here have changed: items, then households, each in one order.
WITH items AS MATERIALIZED (
    SELECT i.id, j.moment FROM item i
      JOIN (SELECT item_id, max(coalesce(back, lent)) AS moment FROM judged
             WHERE n > $1 AND n <= $2 AND fate IN ('open', 'ends', 'moved') GROUP BY item_id) j ON j.item_id = i.id
     ORDER BY i.id FOR NO KEY UPDATE OF i
), raised AS (
    UPDATE item SET version = version + 1, seen_at = greatest(seen_at, items.moment) FROM items WHERE item.id = items.id
    RETURNING item.id
), homes AS MATERIALIZED (
    SELECT h.id FROM household h
     WHERE h.id IN (SELECT household_id FROM judged WHERE n > $1 AND n <= $2 AND fate IN ('open', 'ends', 'moved'))
       AND (SELECT count(*) FROM raised) >= 0
     ORDER BY h.id FOR NO KEY UPDATE
)
UPDATE household SET version = version + 1 FROM homes WHERE household.id = homes.id
