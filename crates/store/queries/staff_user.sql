-- A member of staff, by login or number, with all that they may do.
SELECT u.id, u.login, u.password_hash, u.name, u.branch, u.language,
       coalesce((SELECT json_agg(json_build_array(r.action, r.branch) ORDER BY r.action, r.branch)
                   FROM (SELECT action, branch FROM staff_right WHERE user_id = u.id
                         UNION
                         SELECT a.action, s.branch FROM staff_role s JOIN role_action a USING (role)
                          WHERE s.user_id = u.id) r), '[]') AS "rights!"
  FROM staff_user u
 WHERE (u.login = $1::text OR u.id = $2::bigint) AND u.disabled_at IS NULL
