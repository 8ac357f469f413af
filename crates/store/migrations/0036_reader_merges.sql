-- Two files of one person become one: what was of one is of the other from then on, and the number that is left leads there.
ALTER TABLE patron ADD COLUMN merged_into bigint REFERENCES patron
    CHECK (merged_into IS NULL OR (closed_at IS NOT NULL AND merged_into <> id));

-- Whom a reader may be, whichever of the two they are.
CREATE INDEX patron_doubt_other ON patron_doubt (other);

-- No line of the ledger is ever changed but for whose account it is in: what a person owes stays one sum, and a fee that
-- is taken back later is taken back where it stands.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT UPDATE (patron_id) ON ledger, payment TO relire_daemon;
    END IF;
END $$;
