-- What changed in the catalogue, for whoever keeps a copy of it (each daemon's index).
-- A sequence alone loses rows: number 2 is read, number 1 commits later and is never seen. So a row carries its
-- transaction's number, and is read when that and every one before it is over, in the order of (xid, seq).
CREATE TABLE change (
    seq    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid    xid8        NOT NULL DEFAULT pg_current_xact_id(),
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    bib_id bigint      NOT NULL
);
CREATE INDEX change_in_order ON change (xid, seq);

-- A copy that was fed by another database, or whose place in the feed was pruned, has to be built anew.
CREATE TABLE feed (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    identity   uuid   NOT NULL DEFAULT gen_random_uuid(),
    origin     text   NOT NULL DEFAULT '',              -- the cluster, its timeline, the database
    pruned_xid xid8   NOT NULL DEFAULT '0',             -- up to here rows are gone
    pruned_seq bigint NOT NULL DEFAULT 0
);
INSERT INTO feed DEFAULT VALUES;

CREATE FUNCTION bibs_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change (bib_id) SELECT DISTINCT bib_id FROM fresh;
    RETURN NULL;
END $$;
-- An import writes many rows in a statement: one look at all of them.
CREATE TRIGGER changes_its_bib AFTER INSERT ON source_record REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION bibs_changed();
CREATE TRIGGER changes_its_bib AFTER INSERT ON item REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION bibs_changed();

-- A loan updates items too, thousands a second: only a row that readers would find otherwise gets here.
CREATE FUNCTION bib_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change (bib_id) VALUES (NEW.bib_id);
    IF OLD.bib_id <> NEW.bib_id THEN
        INSERT INTO change (bib_id) VALUES (OLD.bib_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER changed_changes_its_bib AFTER UPDATE OF bib_id, body, format, quality ON source_record FOR EACH ROW
    WHEN (OLD.bib_id <> NEW.bib_id OR OLD.body <> NEW.body OR OLD.format <> NEW.format OR OLD.quality <> NEW.quality)
    EXECUTE FUNCTION bib_changed();
CREATE TRIGGER changed_changes_its_bib AFTER UPDATE OF bib_id, barcode, owner_branch, document, audience, condition, call_number
    ON item FOR EACH ROW
    WHEN ((OLD.bib_id, OLD.barcode, OLD.owner_branch, OLD.document, OLD.audience, OLD.condition, OLD.call_number)
          IS DISTINCT FROM
          (NEW.bib_id, NEW.barcode, NEW.owner_branch, NEW.document, NEW.audience, NEW.condition, NEW.call_number))
    EXECUTE FUNCTION bib_changed();

CREATE FUNCTION bib_itself_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change (bib_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER changed_changes_itself AFTER UPDATE OF title, author, source_id, merged_into ON bib FOR EACH ROW
    WHEN ((OLD.title, OLD.author, OLD.source_id, OLD.merged_into)
          IS DISTINCT FROM (NEW.title, NEW.author, NEW.source_id, NEW.merged_into))
    EXECUTE FUNCTION bib_itself_changed();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, DELETE ON change TO relire_daemon;
        GRANT SELECT ON feed, source, match_key TO relire_daemon;
        GRANT UPDATE (pruned_xid, pruned_seq) ON feed TO relire_daemon;
    END IF;
END $$;
