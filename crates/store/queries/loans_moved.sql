-- Loans that the former system renewed since the last import, and nobody here has.
UPDATE custody SET due = greatest(j.due, custody.lent_on), renewals = j.renewals
  FROM judged j
 WHERE j.n > $1 AND j.n <= $2 AND j.fate = 'moved'
   AND custody.id = j.custody_id AND custody.until IS NULL AND custody.policy_version IS NULL
