-- What terminals are like and who they may be, changed while daemons serve.

-- A kind of terminal. The settings are the door's own words; the database only keeps them.
CREATE TABLE profile (
    name       text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9-]*$'),
    settings   jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
    messages   text[],                     -- the rights that it suggests for a new terminal; NULL: all
    note       text NOT NULL DEFAULT '',
    changed_at timestamptz                 -- NULL: as the program brought it; then the program may renew it
);
-- The one that a terminal has which names none. What it says the program brings in, with all the others.
INSERT INTO profile (name) VALUES ('self-check');

ALTER TABLE terminal
    ADD COLUMN profile  text  NOT NULL DEFAULT 'self-check' REFERENCES profile,
    ADD COLUMN settings jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object');
-- What differed from the usual stays so, as the terminal's own settings.
UPDATE terminal SET settings =
       CASE charset  WHEN 'utf-8' THEN '{}'::jsonb ELSE jsonb_build_object('charset', charset) END
    || CASE line_end WHEN 'cr'    THEN '{}'::jsonb ELSE jsonb_build_object('line_end', line_end) END
    || CASE language WHEN 'fr'    THEN '{}'::jsonb ELSE jsonb_build_object('language', language) END
    || CASE WHEN renew_by_checkout THEN '{}'::jsonb ELSE jsonb_build_object('renew_by_checkout', false) END;
ALTER TABLE terminal
    DROP COLUMN charset, DROP COLUMN line_end, DROP COLUMN language, DROP COLUMN renew_by_checkout;

-- Client certificates that were issued, and the terminals that each may be.
CREATE TABLE certificate (
    fingerprint bytea PRIMARY KEY CHECK (length(fingerprint) = 32),   -- SHA-256 of the DER
    subject     text NOT NULL,
    serial      text NOT NULL,
    not_before  timestamptz NOT NULL,
    not_after   timestamptz NOT NULL CHECK (not_before < not_after),
    issued_at   timestamptz NOT NULL,
    revoked_at  timestamptz
);
CREATE TABLE certificate_terminal (
    fingerprint bytea  NOT NULL REFERENCES certificate,
    terminal_id bigint NOT NULL REFERENCES terminal,
    PRIMARY KEY (fingerprint, terminal_id)
);
CREATE INDEX certificate_of_terminal ON certificate_terminal (terminal_id);

-- One number for all of these: whoever sees another one than its own reads them anew. It is raised in the
-- transaction of each change, and daemons are told when that commits.
ALTER TABLE network ADD COLUMN terminals_version bigint NOT NULL DEFAULT 0;
CREATE FUNCTION terminals_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE network SET terminals_version = terminals_version + 1;
    -- Always the same text: however many rows a transaction changes, it says so once.
    PERFORM pg_notify('relire_terminals', '');
    RETURN NULL;
END $$;
CREATE TRIGGER terminals_changed AFTER INSERT OR UPDATE OR DELETE ON terminal
    FOR EACH ROW EXECUTE FUNCTION terminals_changed();
CREATE TRIGGER terminals_changed AFTER INSERT OR UPDATE OR DELETE ON profile
    FOR EACH ROW EXECUTE FUNCTION terminals_changed();
CREATE TRIGGER terminals_changed AFTER INSERT OR UPDATE OR DELETE ON certificate
    FOR EACH ROW EXECUTE FUNCTION terminals_changed();
CREATE TRIGGER terminals_changed AFTER INSERT OR UPDATE OR DELETE ON certificate_terminal
    FOR EACH ROW EXECUTE FUNCTION terminals_changed();

-- Which daemons live, and what they saw of each terminal last. Nothing is decided by these.
CREATE TABLE daemon_seen (
    daemon     text PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE terminal_seen (
    terminal_id  bigint PRIMARY KEY REFERENCES terminal,
    daemon       text NOT NULL,
    connections  integer NOT NULL,           -- open now, at that daemon
    connected_at timestamptz,                -- since when; NULL: not connected
    last_seen    timestamptz NOT NULL,
    last_code    text NOT NULL DEFAULT '',   -- the last message, two digits
    address      text NOT NULL,
    encrypted    boolean NOT NULL,
    printer      text NOT NULL DEFAULT 'ok' CHECK (printer IN ('ok', 'out_of_paper', 'shutting_down')),
    messages     bigint NOT NULL DEFAULT 0,  -- since that daemon started
    trouble      bigint NOT NULL DEFAULT 0   -- of these, what had to be asked for again: 96, 97, wrong checksums
) WITH (fillfactor = 50);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT ON profile, certificate, certificate_terminal TO relire_daemon;
        GRANT SELECT, INSERT, UPDATE, DELETE ON daemon_seen, terminal_seen TO relire_daemon;
    END IF;
END $$;
