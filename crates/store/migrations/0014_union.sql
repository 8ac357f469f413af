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

-- Which source record a copy came with: it goes where that goes. NULL: it came by itself.
ALTER TABLE item ADD COLUMN source_id bigint REFERENCES source_record;
ALTER TABLE item ADD COLUMN issue text NOT NULL DEFAULT ''; -- of a periodical
CREATE INDEX item_source ON item (source_id);

-- The work list: what may be one document, or may not be any longer. A pair stands here once, so that one that
-- somebody settled is never proposed again.
CREATE TABLE doubt (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('same', 'maybe', 'contradicts')),
    source_id   bigint NOT NULL REFERENCES source_record, -- the record that showed it
    bib_id      bigint NOT NULL REFERENCES bib,           -- its own; the lower of two bibs
    other_bib   bigint REFERENCES bib CHECK (other_bib > bib_id), -- NULL: the record against its own bib
    score       smallint NOT NULL CHECK (score BETWEEN 0 AND 1000),
    why         jsonb NOT NULL,
    since       timestamptz NOT NULL,
    settled_at  timestamptz,
    settled_how text CHECK (settled_how IN ('merged', 'apart', 'split', 'gone')),
    settled_by  text,
    CHECK ((kind = 'contradicts') = (other_bib IS NULL)),
    CHECK ((settled_at IS NULL) = (settled_how IS NULL))
);
CREATE UNIQUE INDEX doubt_once_a_pair ON doubt (bib_id, other_bib) WHERE other_bib IS NOT NULL;
CREATE UNIQUE INDEX doubt_once_a_record ON doubt (source_id, bib_id) WHERE other_bib IS NULL;
CREATE INDEX doubt_of_other ON doubt (other_bib);
CREATE INDEX doubt_open ON doubt (score DESC, number) WHERE settled_at IS NULL;

-- After a whole delivery the union is looked at once more: records without a number of their own may fit what came
-- after them. The plan is written down whole and carried out line by line, so that one that is broken off goes on.
CREATE TABLE union_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    unlooked boolean NOT NULL DEFAULT false             -- records came or changed since
);
INSERT INTO union_state DEFAULT VALUES;
CREATE TABLE union_plan (
    number    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id bigint REFERENCES source_record,          -- this record leaves its bib …
    from_bib  bigint REFERENCES bib,                    -- … or this bib ends
    to_bib    bigint REFERENCES bib,                    -- where to; NULL: a bib of its own
    CHECK (num_nonnulls(source_id, from_bib) = 1 AND (from_bib IS NULL OR to_bib IS NOT NULL))
);
