-- The design's simple shape: bare tables with the one constraint that matters, guards on every party.
CREATE TABLE household (id bigint PRIMARY KEY, version bigint NOT NULL DEFAULT 0);
CREATE TABLE patron (id bigint PRIMARY KEY, card text UNIQUE NOT NULL, household_id bigint NOT NULL, category text NOT NULL,
                     version bigint NOT NULL DEFAULT 0);
CREATE TABLE bib (id bigint PRIMARY KEY, title text NOT NULL, version bigint NOT NULL DEFAULT 0);
CREATE TABLE item (id bigint PRIMARY KEY, barcode text UNIQUE NOT NULL, bib_id bigint NOT NULL, version bigint NOT NULL DEFAULT 0);
CREATE TABLE custody (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item_id bigint NOT NULL, kind text NOT NULL,
                      branch text NOT NULL, since timestamptz NOT NULL, until timestamptz);
CREATE UNIQUE INDEX custody_open ON custody (item_id) WHERE until IS NULL;
CREATE TABLE loan (custody_id bigint PRIMARY KEY, patron_id bigint NOT NULL, due date NOT NULL, open boolean NOT NULL DEFAULT true);
CREATE INDEX loan_open ON loan (patron_id) WHERE open;
CREATE TABLE request_key (terminal bigint, key bytea, PRIMARY KEY (terminal, key));
CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, kind text NOT NULL,
                    item_id bigint, patron_id bigint);
CREATE FUNCTION missed() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'missed'; END $$;

INSERT INTO household SELECT t * 2 + r FROM generate_series(0, 63) t, generate_series(0, 1) r;
INSERT INTO patron SELECT t * 2 + r, 'C' || t || '-' || r, t * 2 + r, 'ADU' FROM generate_series(0, 63) t, generate_series(0, 1) r;
INSERT INTO bib SELECT t * 40 + i, 'Un titre d''une longueur ordinaire' FROM generate_series(0, 63) t, generate_series(0, 39) i;
INSERT INTO item SELECT t * 40 + i, 'B' || t || '-' || i, t * 40 + i FROM generate_series(0, 63) t, generate_series(0, 39) i;
INSERT INTO custody (item_id, kind, branch, since) SELECT id, 'shelf', 'LENS', now() FROM item;
VACUUM ANALYZE;
