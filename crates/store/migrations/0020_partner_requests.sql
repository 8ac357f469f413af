-- What partner systems ask for, under the numbers that they give: so that a request that comes again is known, by any
-- daemon and for ever. No person is in it: the hold knows for whom it was, as long as it may.
CREATE TABLE partner_request (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    terminal_id bigint NOT NULL REFERENCES terminal,    -- the partner
    agency      text   NOT NULL DEFAULT '',             -- as it names the request; empty: ours
    number      text   NOT NULL CHECK (number <> ''),
    -- A copy that it brought, or one of ours that it asked for.
    kind        text   NOT NULL CHECK (kind IN ('accepted', 'requested')),
    bib_id      bigint NOT NULL REFERENCES bib,
    item_id     bigint REFERENCES item,
    hold_id     bigint NOT NULL REFERENCES hold,
    made_at     timestamptz NOT NULL,
    CONSTRAINT partner_request_once UNIQUE (terminal_id, agency, number, kind),
    CHECK (kind <> 'accepted' OR item_id IS NOT NULL)
);
-- An item is temporary exactly if an accepted request names it; it came with one.
CREATE UNIQUE INDEX partner_request_of_temporary ON partner_request (item_id) WHERE kind = 'accepted';
CREATE INDEX partner_request_of_hold ON partner_request (hold_id);

-- The title of a temporary item is in no catalogue and waits for nobody else: it is lent to one reader.
ALTER TABLE bib ADD COLUMN temporary boolean NOT NULL DEFAULT false;

-- Until when a lender wants its copy back; NULL: it is ours. No loan of it lasts longer.
ALTER TABLE item ADD COLUMN return_by date;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT ON partner_request TO relire_daemon;
    END IF;
END $$;
