-- When an item was last lent or taken back, by the network's clock: what a machine reports of an earlier moment, having
-- been off-line, comes too late to change where the item is.
ALTER TABLE item ADD COLUMN seen_at timestamptz;

-- What machines reported having done off-line, where somebody has to look: the rules said no, or it could not be taken
-- over as reported.
CREATE TABLE offline_exception (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text   NOT NULL CHECK (kind IN ('checkout', 'checkin', 'renew')),
    happened_at timestamptz NOT NULL,               -- as it was counted
    reported_at timestamptz NOT NULL,
    branch      text   NOT NULL REFERENCES branch,
    terminal_id bigint NOT NULL REFERENCES terminal,
    event_id    bigint NOT NULL,
    item_id     bigint REFERENCES item,
    patron_id   bigint REFERENCES patron,
    scanned     text,                               -- the number that led nowhere; goes when the entry is settled
    notes       json   NOT NULL,                    -- what was done and what is to be looked at, without a person in it
    settled_at  timestamptz,
    settled_by  bigint REFERENCES staff_user,
    CHECK (settled_at IS NULL OR (scanned IS NULL AND patron_id IS NULL)),
    CHECK (settled_by IS NULL OR settled_at IS NOT NULL)
);
CREATE INDEX offline_exception_open ON offline_exception (branch, id) WHERE settled_at IS NULL;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON offline_exception TO relire_daemon;
    END IF;
END $$;
