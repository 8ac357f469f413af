-- Readers by what is known of them, a page in the order of their names, those of that very name first.
-- $1 words of a name, $2 birth date, $3 digits that begin a card's or a telephone number, $4 what begins an e-mail address,
-- each NULL where it is not asked for; $5 to $7 where the page before ended: not of that very name, name, patron; $8 how many
WITH folded_ask AS MATERIALIZED (
    SELECT string_to_array(nullif(folded(coalesce($1::text, '')), ''), ' ') AS words
), asked AS MATERIALIZED (
    SELECT coalesce(words, '{}') AS words,
           -- The longest word leads to the fewest readers.
           (SELECT word FROM unnest(words) word ORDER BY length(word) DESC LIMIT 1) COLLATE "C" AS longest,
           length(array_to_string(words, ' ')) AS length, ARRAY(SELECT word FROM unnest(words) word ORDER BY word COLLATE "C") AS sorted
      FROM folded_ask
), met AS (
    SELECT w.patron_id AS id, w.sort_name
      FROM patron_word w
     WHERE w.word >= (SELECT longest FROM asked) AND w.word < (SELECT longest || U&'\+10FFFF' FROM asked)
       AND $2::date IS NULL AND $3::text IS NULL AND $4::text IS NULL
    UNION
    SELECT p.id, p.sort_name FROM patron p
     WHERE p.closed_at IS NULL
       AND p.id IN (
            SELECT id FROM patron WHERE email <> '' AND $4 IS NOT NULL
               AND lower(left(email, 254)) COLLATE "C" >= lower($4) AND lower(left(email, 254)) COLLATE "C" < lower($4) || U&'\+10FFFF'
            UNION
            SELECT patron_id FROM card WHERE $4 IS NULL AND $3 IS NOT NULL
               AND number COLLATE "C" >= $3 AND number COLLATE "C" < $3 || U&'\+10FFFF'
            UNION
            SELECT id FROM patron WHERE phone <> '' AND $4 IS NULL AND $3 IS NOT NULL
               AND left(dialled(phone), 40) COLLATE "C" >= dialled($3) AND left(dialled(phone), 40) COLLATE "C" < dialled($3) || U&'\+10FFFF'
            UNION
            SELECT id FROM patron WHERE $4 IS NULL AND $3 IS NULL AND born_on = $2)
       AND ($2 IS NULL OR p.born_on = $2)
       AND ($3 IS NULL OR $4 IS NULL OR starts_with(dialled(p.phone), dialled($3))
            OR EXISTS (SELECT FROM card c WHERE c.patron_id = p.id AND starts_with(c.number, $3)))
), ranked AS (
    SELECT met.id, met.sort_name,
           CASE WHEN length(met.sort_name) = asked.length
                THEN ARRAY(SELECT word FROM unnest(string_to_array(met.sort_name, ' ')) word ORDER BY word COLLATE "C") <> asked.sorted
                ELSE true END AS other_name
      FROM met, asked
     WHERE NOT EXISTS (SELECT FROM unnest(asked.words) word WHERE position(' ' || word IN ' ' || met.sort_name) = 0)
)
SELECT id AS "id!", sort_name AS "sort_name!", other_name AS "other_name!" FROM ranked
 WHERE $5::boolean IS NULL OR (other_name, sort_name, id) > ($5, $6::text COLLATE "C", $7::bigint)
 ORDER BY other_name, sort_name, id LIMIT $8
