-- Questions that were answered by a change, so that one that comes again is known and gets the same answer. Loans and
-- renewals keep their key on the loan itself and are not here; what is here is written by the statement, or in the
-- transaction, of its effect.
CREATE TABLE request (
    key        bytea PRIMARY KEY CHECK (length(key) = 16),  -- a hash: it holds no number in clear
    event_id   bigint NOT NULL,
    result     json   NOT NULL,                     -- the typed answer, without a person in it
    keep_until timestamptz NOT NULL                 -- by the network's clock
);
CREATE INDEX request_keep_until ON request (keep_until);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, DELETE ON request TO relire_daemon;
    END IF;
END $$;
