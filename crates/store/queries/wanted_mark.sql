-- Up to which hold a list that is read next has seen all, and the rules in force.
SELECT n.rulebook_version, coalesce((SELECT max(h.id) FROM hold h), 0) AS "newest_hold!"
  FROM network n
