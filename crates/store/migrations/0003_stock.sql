-- What is lent. A bib is what readers see as one document; the source records from which it was
-- made are kept as delivered, so that a merge can be undone.
CREATE TABLE bib (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    title   text   NOT NULL,
    author  text   NOT NULL DEFAULT ''
);

CREATE TABLE source_record (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch         text   NOT NULL REFERENCES branch,
    control_number text   NOT NULL,
    bib_id         bigint NOT NULL REFERENCES bib,
    format         text   NOT NULL,                 -- media type of body
    body           bytea  NOT NULL,                 -- exactly as delivered
    UNIQUE (branch, control_number)
);
CREATE INDEX source_record_bib ON source_record (bib_id);

-- No status column: where an item is stands in custody, what shape it is in stands here.
CREATE TABLE item (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version        bigint NOT NULL DEFAULT 0,
    bib_id         bigint NOT NULL REFERENCES bib,
    barcode        text   NOT NULL CHECK (barcode <> '' AND barcode = btrim(barcode)),
    issuing_branch text   NOT NULL REFERENCES branch,
    owner_branch   text   NOT NULL REFERENCES branch,
    document       text   NOT NULL REFERENCES document_type,
    audience       text   NOT NULL DEFAULT 'unknown' CHECK (audience IN ('youth', 'adult', 'unknown')),
    condition      text   NOT NULL DEFAULT 'good' CHECK (condition IN
        ('good', 'damaged', 'on_site_only', 'in_process', 'on_order', 'lost', 'missing', 'claimed_returned', 'withdrawn')),
    call_number    text   NOT NULL DEFAULT '',
    in_service     date   NOT NULL,
    parts          smallint NOT NULL DEFAULT 1 CHECK (parts >= 0),
    note           text   NOT NULL DEFAULT '',
    CONSTRAINT item_barcode_once_a_branch UNIQUE (barcode, issuing_branch)
) WITH (fillfactor = 80);
CREATE INDEX item_bib ON item (bib_id);
