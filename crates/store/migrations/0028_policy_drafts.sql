-- Loan rules as staff work on them, before they are a version; and versions that are taken back before they begin.

CREATE TABLE policy_draft (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL CONSTRAINT policy_draft_name_once UNIQUE
                           CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 80),
    based_on   integer     NOT NULL REFERENCES policy_version,   -- the version that it began as
    body       jsonb       NOT NULL,                             -- a policy document; it may be unsound
    made_by    bigint      NOT NULL REFERENCES staff_user,
    made_at    timestamptz NOT NULL,
    changed_by bigint      NOT NULL REFERENCES staff_user,
    changed_at timestamptz NOT NULL,
    version    bigint      NOT NULL DEFAULT 1,                   -- who writes says which one they have seen
    published_version integer UNIQUE REFERENCES policy_version   -- NULL: it is still worked on
);

-- Until its first day a version can be withdrawn: nothing was decided under it. Its number is not given again; its day is.
ALTER TABLE policy_version
    ADD COLUMN withdrawn_at timestamptz,
    ADD COLUMN withdrawn_by bigint REFERENCES staff_user,
    ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    DROP CONSTRAINT policy_version_effective_from_key;
CREATE UNIQUE INDEX policy_version_one_a_day ON policy_version (effective_from) WHERE withdrawn_at IS NULL;

-- What is published is never changed.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        REVOKE UPDATE ON policy_version, policy_rule, policy_limit FROM relire_daemon;
        GRANT UPDATE (withdrawn_at, withdrawn_by) ON policy_version TO relire_daemon;
        GRANT SELECT, INSERT, DELETE ON policy_draft TO relire_daemon;
        GRANT UPDATE (body, changed_by, changed_at, version, published_version) ON policy_draft TO relire_daemon;
    END IF;
END $$;
