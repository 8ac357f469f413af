-- Readers and loans of the branches' former systems.

-- What a source said last about a reader, as four bytes a field: a file that is given again changes nothing, and
-- a later one changes only what changed there and is here as it was imported. No digest of a PIN is among them.
CREATE TABLE patron_source (
    branch    text   NOT NULL REFERENCES branch,
    number    text   NOT NULL,                      -- the source's own number
    patron_id bigint NOT NULL REFERENCES patron,
    fields    bytea  NOT NULL,
    household bigint,                               -- a hash of branch, family name and address: who lives together
    PRIMARY KEY (branch, number)
);
CREATE INDEX patron_source_household ON patron_source (household) WHERE household IS NOT NULL;
CREATE INDEX patron_source_patron ON patron_source (patron_id);

-- Two readers who may be one person: a work list. Whoever has looked at a pair settles it, and it is never proposed again.
CREATE TABLE patron_doubt (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    one         bigint   NOT NULL REFERENCES patron,
    other       bigint   NOT NULL REFERENCES patron CHECK (one < other),
    score       smallint NOT NULL CHECK (score BETWEEN 1 AND 100),
    why         text[]   NOT NULL,                  -- codes without values
    since       timestamptz NOT NULL,
    settled_at  timestamptz,
    settled_by  bigint,
    settled_how text CHECK (settled_how IN ('merged', 'different')),
    CONSTRAINT patron_doubt_once_a_pair UNIQUE (one, other),
    CHECK ((settled_at IS NULL) = (settled_how IS NULL))
);
CREATE INDEX patron_doubt_open ON patron_doubt (score DESC, id) WHERE settled_at IS NULL;

-- A loan that was made elsewhere was decided under no policy of ours: both versions, or neither. It is renewed and
-- returned under the policy of that day.
ALTER TABLE custody DROP CONSTRAINT custody_loan_is_whole;
ALTER TABLE custody ADD CONSTRAINT custody_loan_is_whole CHECK (
    num_nonnulls(lent_at, lent_on, due, renewals, lent_new, category, document) = CASE kind WHEN 'loan' THEN 7 ELSE 0 END
    AND num_nonnulls(policy_version, calendar_version) IN (0, CASE kind WHEN 'loan' THEN 2 ELSE 0 END));

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON patron_source, patron_doubt TO relire_daemon;
    END IF;
END $$;
