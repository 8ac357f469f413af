-- Bibs that became one, and records that left theirs: what each moved, so that it can be taken back.
CREATE TABLE bib_move (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text   NOT NULL CHECK (kind IN ('merge', 'split')),
    from_bib    bigint NOT NULL REFERENCES bib,
    to_bib      bigint NOT NULL REFERENCES bib CHECK (to_bib <> from_bib),
    at          timestamptz NOT NULL,
    event_id    bigint,                                 -- NULL: an import's own
    sources     bigint[] NOT NULL,                      -- source records that went over
    items       bigint[] NOT NULL,
    holds       bigint[] NOT NULL,                      -- that went over and stayed active
    closed      bigint[] NOT NULL,                      -- one reader's second hold on what is one title now
    undone_at   timestamptz
);
CREATE INDEX bib_move_from ON bib_move (from_bib);
CREATE INDEX bib_move_to ON bib_move (to_bib);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON bib_move TO relire_daemon;
    END IF;
END $$;
