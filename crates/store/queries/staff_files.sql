-- Staff with what they may do.
-- $1 branch (NULL: any), $2 login (NULL: any), $3 behind this login, $4 how many
SELECT u.id, u.login, u.name, u.branch, u.language, u.disabled_at AS "disabled_at: jiff_sqlx::Timestamp",
       (SELECT max(seen_at) FROM staff_session WHERE user_id = u.id) AS "seen_at: jiff_sqlx::Timestamp",
       (SELECT coalesce(json_agg(json_build_array(role, branch) ORDER BY role, branch), '[]')
          FROM staff_role WHERE user_id = u.id) AS roles,
       (SELECT coalesce(json_agg(json_build_array(action, branch) ORDER BY action, branch), '[]')
          FROM staff_right WHERE user_id = u.id) AS rights,
       (SELECT coalesce(json_agg(json_build_array(action, branch) ORDER BY action, branch), '[]')
          FROM (SELECT action, branch FROM staff_right WHERE user_id = u.id
                UNION
                SELECT a.action, s.branch FROM staff_role s JOIN role_action a USING (role)
                 WHERE s.user_id = u.id) every) AS actions
  FROM staff_user u
 WHERE ($1::text IS NULL OR u.branch = $1) AND ($2::text IS NULL OR u.login = $2) AND u.login > $3
 ORDER BY u.login LIMIT $4
