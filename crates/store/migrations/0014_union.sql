-- The union of catalogues: what branches delivered, what was joined with what, and what waits for a person.

-- One row a source: how its files are read.
CREATE TABLE source (
    branch  text PRIMARY KEY REFERENCES branch,
    profile jsonb NOT NULL                              -- charset, copies, private fields; typed in the program
);

-- A bib that was merged into another keeps its row: history names it.
ALTER TABLE bib ADD COLUMN merged_into bigint REFERENCES bib CHECK (merged_into <> id);
-- The source record that is served for it; NULL: none was delivered (a partner's temporary item).
ALTER TABLE bib ADD COLUMN source_id bigint;

ALTER TABLE source_record ADD COLUMN digest    bytea;   -- SHA-256 of body: the same delivered again is known
ALTER TABLE source_record ADD COLUMN signature json;    -- what matching looks at, with the version of its making
ALTER TABLE source_record ADD COLUMN quality   smallint NOT NULL DEFAULT 0; -- the best is served
ALTER TABLE source_record ADD COLUMN delivered_at timestamptz;

-- Where records meet that may be one document. A key is a hash: equal keys propose, the signatures decide.
CREATE TABLE match_key (
    key       bigint NOT NULL,
    source_id bigint NOT NULL REFERENCES source_record,
    PRIMARY KEY (key, source_id)
);
CREATE INDEX match_key_source ON match_key (source_id);
