-- Who waits for what. A hold is active until it is closed. Whether it still waits, travels or is ready says the open
-- custody row that carries it (custody.hold_id), and nothing here: capture has one home.
CREATE TABLE hold (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version         bigint NOT NULL DEFAULT 0,      -- raised by whoever captures, moves or closes it
    bib_id          bigint NOT NULL REFERENCES bib,
    item_id         bigint REFERENCES item,         -- this copy and no other
    patron_id       bigint REFERENCES patron,       -- NULL once it is closed and unlinked
    pickup          text   NOT NULL REFERENCES branch,
    placed_at       timestamptz NOT NULL,
    ranked_at       timestamptz NOT NULL,           -- its place in the queue: as if placed then; never renumbered
    expires_on      date   NOT NULL,                -- the last day on which it waits to be served
    suspended_until date,                           -- until that day others are served first
    several         boolean NOT NULL DEFAULT false, -- of a class or an institution, which may hold a title again
    document        text   NOT NULL,                -- the document type that limits count it as
    new             boolean NOT NULL,               -- limits count it as a novelty's
    closed_at       timestamptz,
    outcome         text CHECK (outcome IN ('collected', 'cancelled', 'lapsed', 'not_collected')),
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK (closed_at IS NOT NULL OR patron_id IS NOT NULL)
) WITH (fillfactor = 80);
CREATE INDEX hold_queue ON hold (bib_id, ranked_at, id) WHERE closed_at IS NULL;
CREATE INDEX hold_of_patron ON hold (patron_id) WHERE closed_at IS NULL;
CREATE INDEX hold_lapsing ON hold (expires_on) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX hold_once_a_title ON hold (patron_id, bib_id) WHERE closed_at IS NULL AND item_id IS NULL AND NOT several;
CREATE UNIQUE INDEX hold_once_an_item ON hold (patron_id, item_id) WHERE closed_at IS NULL AND item_id IS NOT NULL;
CREATE TRIGGER is_never_deleted BEFORE DELETE OR TRUNCATE ON hold EXECUTE FUNCTION is_never_deleted();

-- Who may collect for whom, besides those who answer for a minor.
CREATE TABLE proxy (
    patron_id bigint NOT NULL REFERENCES patron,
    proxy_id  bigint NOT NULL REFERENCES patron CHECK (proxy_id <> patron_id),
    PRIMARY KEY (patron_id, proxy_id)
);

-- What the clock brings, done once in the network: whoever holds the lease does it.
CREATE TABLE job (
    name         text PRIMARY KEY,
    leased_until timestamptz,                       -- recording time
    done_at      timestamptz                        -- the network's clock, as of the last whole run
);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON hold, job TO relire_daemon;
        GRANT SELECT, INSERT, DELETE ON proxy TO relire_daemon;
    END IF;
END $$;
