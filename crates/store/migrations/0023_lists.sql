-- What branches work through: lists in pages, figures of a period, stocktaking.

-- Open loans by their due date: late ones are read from here for any branch, whichever way they are the branch's.
CREATE INDEX custody_due ON custody (due, id) WHERE until IS NULL AND kind = 'loan';

-- What is counted by type: of a loan that was made, renewed, taken back or undone, the type that it was made as.
ALTER TABLE event ADD COLUMN document text;
UPDATE event SET document = u.document FROM custody u
 WHERE u.id = event.custody_id AND u.kind = 'loan' AND event.outcome = 'done' AND event.kind IN ('checkout', 'checkin', 'renew', 'undo_checkout');
UPDATE event SET document = u.document FROM custody v JOIN custody u ON u.item_id = v.item_id AND u.kind = 'loan' AND u.until = v.since
 WHERE v.id = event.custody_id AND event.outcome = 'done' AND event.kind = 'undo_checkin';
-- The log by moment: its pages, and the figures of a period, which need nothing but this index. It grows at its end only,
-- and no entry ever changes: what a loan pays for it is little.
CREATE INDEX event_in_time ON event (at, id) INCLUDE (kind, outcome, branch, document);
CREATE INDEX event_of_item ON event (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX event_of_patron ON event (patron_id) WHERE patron_id IS NOT NULL;

-- A branch's copies as they stand. In the order of bytes, whatever the database's locale: a page goes on where the one
-- before it ended, also after an update of the system's collations. No loan changes these columns.
CREATE INDEX item_in_shelf_order ON item (owner_branch, call_number COLLATE "C", id);

-- A look along the shelves, of a whole branch or of a range of call numbers. It says what was found and moves nothing.
CREATE TABLE inventory (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch     text        NOT NULL REFERENCES branch,
    started_at timestamptz NOT NULL,                    -- by the network's clock
    started_by bigint      NOT NULL REFERENCES staff_user,
    first_call_number text,                             -- NULL, both: the whole branch
    last_call_number  text,                             -- what begins like it is in the range still
    closed_at  timestamptz CHECK (closed_at >= started_at),
    CHECK (num_nonnulls(first_call_number, last_call_number) IN (0, 2)),
    CHECK (first_call_number COLLATE "C" <= last_call_number)
);
CREATE INDEX inventory_open ON inventory (branch, id) WHERE closed_at IS NULL;

-- What was scanned, once each, and what was answered last.
CREATE TABLE inventory_scan (
    inventory_id bigint      NOT NULL REFERENCES inventory,
    barcode      text        NOT NULL CHECK (barcode <> '' AND barcode = btrim(barcode)),
    item_id      bigint      REFERENCES item,           -- NULL: it leads to no item, or to several
    finding      text        NOT NULL CHECK (finding IN ('expected', 'other_shelf', 'elsewhere', 'on_loan', 'travelling',
                                 'hold_shelf', 'not_in_order', 'withdrawn', 'ambiguous', 'unknown')),
    scanned_at   timestamptz NOT NULL,
    PRIMARY KEY (inventory_id, barcode),
    CHECK ((item_id IS NULL) = (finding IN ('ambiguous', 'unknown')))
);
CREATE INDEX inventory_scan_of_item ON inventory_scan (inventory_id, item_id);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT ON inventory TO relire_daemon;
        GRANT UPDATE (closed_at) ON inventory TO relire_daemon;
        GRANT SELECT, INSERT ON inventory_scan TO relire_daemon;
        GRANT UPDATE (item_id, finding, scanned_at) ON inventory_scan TO relire_daemon;
    END IF;
END $$;
