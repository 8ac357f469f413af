-- How staff come in: browsers by sessions, programs by tokens; what they may do, by roles; and what they did.

-- A role is a name for actions that go together. A user has it at a branch; without a branch, at all of them.
CREATE TABLE role (
    name     text PRIMARY KEY CHECK (name ~ '^[a-z][a-z_]*$'),
    label_fr text NOT NULL CHECK (label_fr <> ''),
    label_en text NOT NULL CHECK (label_en <> ''),
    version  bigint NOT NULL DEFAULT 0
);
CREATE TABLE role_action (
    role   text NOT NULL REFERENCES role,
    action text NOT NULL CHECK (action ~ '^[a-z_]+(\.[a-z_]+)*$'),
    PRIMARY KEY (role, action)
);
CREATE TABLE staff_role (
    user_id bigint NOT NULL REFERENCES staff_user,
    role    text   NOT NULL REFERENCES role,
    branch  text   REFERENCES branch,
    CONSTRAINT staff_role_once UNIQUE NULLS NOT DISTINCT (user_id, role, branch)
);

ALTER TABLE staff_user ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE staff_user ADD COLUMN language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en'));

-- Of a session or token its SHA-256 is kept: whoever reads this table comes in nowhere.
CREATE TABLE staff_session (
    digest    bytea PRIMARY KEY CHECK (length(digest) = 32),
    user_id   bigint NOT NULL REFERENCES staff_user,
    branch    text   NOT NULL REFERENCES branch,          -- where they work at the moment
    opened_at timestamptz NOT NULL,
    seen_at   timestamptz NOT NULL,                       -- to the minute
    ends_at   timestamptz NOT NULL CHECK (ends_at > opened_at)
);
CREATE INDEX staff_session_ends ON staff_session (ends_at);
CREATE INDEX staff_session_user ON staff_session (user_id);

CREATE TABLE staff_token (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest     bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
    user_id    bigint NOT NULL REFERENCES staff_user,     -- in whose name; it may no more than they
    name       text   NOT NULL CHECK (name <> ''),
    branch     text   NOT NULL REFERENCES branch,         -- where what it does happens
    actions    text[] NOT NULL CHECK (cardinality(actions) > 0),
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > made_at),
    revoked_at timestamptz,
    seen_at    timestamptz
);
CREATE INDEX staff_token_user ON staff_token (user_id);

-- Wrong passwords, by login and address, and by address alone: in as many buckets and no more, so that nobody fills
-- this table by inventing logins.
CREATE TABLE staff_guess (
    bucket  integer PRIMARY KEY CHECK (bucket BETWEEN 0 AND 131071),
    wrong   integer NOT NULL CHECK (wrong > 0),
    last_at timestamptz NOT NULL                          -- by the network's clock
);

-- What staff read of readers and changed of the network. What circulates is in the event log.
CREATE TABLE audit (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    at          timestamptz NOT NULL,
    staff_id    bigint NOT NULL REFERENCES staff_user,
    token_id    bigint REFERENCES staff_token,
    branch      text   NOT NULL REFERENCES branch,
    action      text   NOT NULL CHECK (action <> ''),
    patron_id   bigint REFERENCES patron,
    detail      jsonb  NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_recorded ON audit USING brin (recorded_at);
CREATE INDEX audit_patron ON audit (patron_id) WHERE patron_id IS NOT NULL;
CREATE INDEX audit_staff ON audit (staff_id, id);

INSERT INTO role (name, label_fr, label_en) VALUES
    ('loans',     'Prêt et retour',          'Lending and returns'),
    ('librarian', 'Bibliothécaire',          'Librarian'),
    ('head',      'Responsable de bibliothèque', 'Head of a branch'),
    ('network',   'Réseau',                  'Network');
INSERT INTO role_action (role, action)
SELECT role, action FROM (VALUES
    ('loans',     ARRAY['circulate', 'patron.read', 'item.read', 'hold', 'list']),
    ('librarian', ARRAY['circulate', 'patron.read', 'item.read', 'hold', 'list', 'patron.edit', 'money', 'item.edit',
                        'inventory', 'figures']),
    ('head',      ARRAY['circulate', 'patron.read', 'item.read', 'hold', 'list', 'patron.edit', 'money', 'item.edit',
                        'inventory', 'figures', 'catalogue.merge', 'patron.merge', 'calendar', 'event.read',
                        'terminal', 'override.limit', 'override.block', 'override.item', 'override.rule']),
    ('network',   ARRAY['circulate', 'patron.read', 'item.read', 'hold', 'list', 'patron.edit', 'money', 'item.edit',
                        'inventory', 'figures', 'catalogue.merge', 'patron.merge', 'calendar', 'event.read',
                        'terminal', 'override.limit', 'override.block', 'override.item', 'override.rule',
                        'policy', 'partner', 'user', 'audit.read', 'branch'])
) AS made(role, actions), unnest(actions) AS action;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON role, staff_session, staff_token, staff_guess TO relire_daemon;
        GRANT SELECT, INSERT, DELETE ON role_action, staff_role TO relire_daemon;
        GRANT DELETE ON staff_session, staff_guess TO relire_daemon;
        GRANT SELECT, INSERT ON audit TO relire_daemon;
    END IF;
END $$;
