-- Calendars that people change while loans are out.
ALTER TABLE closure
    ADD COLUMN announced_by bigint REFERENCES staff_user,
    ADD COLUMN announced_at timestamptz,
    ADD CONSTRAINT closure_is_announced_whole CHECK (num_nonnulls(announced_by, announced_at) IN (0, 2));
-- Who changed this branch's calendar last, where people did: it is theirs from then on, and the network's files, read
-- again, leave it alone. The network's row has the same for closures of every branch.
ALTER TABLE branch ADD COLUMN calendar_by bigint REFERENCES staff_user;
ALTER TABLE branch ADD COLUMN changed_by bigint REFERENCES staff_user;
ALTER TABLE network ADD COLUMN calendar_by bigint REFERENCES staff_user;

-- What a change of the calendar moves, until all of it is moved. A loan that was decided under the calendar before may
-- be written a moment after the change: the change stays open for a while and is gone through again.
CREATE TABLE calendar_change (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    closure_id bigint REFERENCES closure ON DELETE SET NULL,   -- NULL: of weekly hours, or of a closure taken back
    branch     text REFERENCES branch,                         -- NULL: every branch
    first_day  date NOT NULL,
    last_day   date NOT NULL,                                  -- due dates from first_day to last_day may move
    made_at    timestamptz NOT NULL,
    loans      bigint NOT NULL DEFAULT 0,                      -- due dates moved so far
    shelves    bigint NOT NULL DEFAULT 0,                      -- items that wait longer on hold shelves so far
    settled_at timestamptz,
    CHECK (first_day <= last_day)
);
CREATE INDEX calendar_change_open ON calendar_change (id) WHERE settled_at IS NULL;
CREATE INDEX calendar_change_closure ON calendar_change (closure_id) WHERE closure_id IS NOT NULL;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON calendar_change TO relire_daemon;
    END IF;
END $$;
