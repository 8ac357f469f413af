-- Copies as lists show them, a row each: one by its barcode, or a page of a title's, by number. A withdrawn one is not
-- among a title's.
-- $1 barcode, $2 branch of the door, both NULL where a title is asked for, $3 bib, $4 numbers above this, $5 how many
-- A scan means the branch's own number first, then the only one there is; the second look-up is made only then.
SELECT n.rulebook_version,
       i.id AS "item_id?", i.version AS "item_version?", i.owner_branch AS "owner_branch?",
       i.document AS "document?", i.condition AS "condition?", i.audience AS "audience?",
       i.in_service AS "in_service?: jiff_sqlx::Date", i.return_by AS "return_by?: jiff_sqlx::Date", i.call_number AS "call_number?", i.barcode AS "barcode?", i.parts AS "parts?",
       b.id AS "bib_id?", b.title AS "title?", b.author AS "author?",
       u.id AS "custody_id?", u.kind AS "custody_kind?", u.branch AS "custody_branch?", u.to_branch AS "to_branch?",
       u.patron_id AS "borrower_id?", u.category AS "loan_category?", u.lent_on AS "lent_on?: jiff_sqlx::Date", u.due AS "due?: jiff_sqlx::Date",
       u.renewals AS "renewals?", u.lent_new AS "lent_new?", u.ready_until AS "ready_until?: jiff_sqlx::Date",
       hd.id AS "captured_id?", hd.version AS "captured_version?", hd.pickup AS "captured_pickup?", hp.category AS "captured_category?",
       CASE WHEN hd.id IS NOT NULL THEN 'someone_else' END AS collector,
       (SELECT count(*) FROM hold w WHERE w.bib_id = b.id AND w.closed_at IS NULL
           AND NOT EXISTS (SELECT FROM custody v WHERE v.hold_id = w.id AND v.until IS NULL AND v.kind <> 'loan')) AS waiting
  FROM network n
  LEFT JOIN bib asked ON asked.id = $3::bigint
  -- Who asks for a bib that was merged means what it was merged into. No bib is merged into one that was merged.
  LEFT JOIN LATERAL (
        SELECT coalesce((SELECT j.id FROM item j WHERE j.barcode = $1 AND j.issuing_branch = $2),
                        (SELECT min(j.id) FROM item j WHERE j.barcode = $1 HAVING count(*) = 1)) AS id
         WHERE $1::text IS NOT NULL
        UNION ALL
        (SELECT k.id FROM item k
          WHERE k.bib_id = coalesce(asked.merged_into, asked.id) AND k.condition <> 'withdrawn' AND k.id > $4::bigint
          ORDER BY k.id LIMIT $5::bigint)
       ) chosen ON true
  LEFT JOIN item i ON i.id = chosen.id
  LEFT JOIN bib b ON b.id = coalesce(i.bib_id, asked.merged_into, asked.id)
  LEFT JOIN custody u ON u.item_id = i.id AND u.until IS NULL
  LEFT JOIN hold hd ON hd.id = u.hold_id AND hd.closed_at IS NULL
  LEFT JOIN patron hp ON hp.id = hd.patron_id
 ORDER BY i.id
