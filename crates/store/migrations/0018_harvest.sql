-- When each bib last changed, for whoever harvests. The moments are given by one reader of the feed, in the order in
-- which transactions committed: a date given by the transaction itself would lie before dates that somebody has
-- harvested already. A bib that is gone keeps its row: harvesters are told for ever.
CREATE TABLE harvest (
    bib_id     bigint PRIMARY KEY,
    changed_at timestamptz NOT NULL
);
CREATE INDEX harvest_in_time ON harvest (changed_at);

-- How far the feed was read into it; before the first time there is no row.
CREATE TABLE harvest_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    identity uuid        NOT NULL,
    xid      xid8        NOT NULL,
    seq      bigint      NOT NULL,
    read_at  timestamptz NOT NULL                     -- nothing that was read later has an earlier moment
);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON harvest, harvest_state TO relire_daemon;
    END IF;
END $$;
