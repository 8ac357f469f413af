-- Money: what a patron owes is the sum of the lines, and no line is ever changed.
CREATE TABLE ledger (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patron_id   bigint NOT NULL REFERENCES patron,
    kind        text   NOT NULL CHECK (kind IN ('late', 'damage', 'loss', 'card', 'other', 'payment', 'waiver', 'reversal')),
    cents       bigint NOT NULL CHECK (CASE kind WHEN 'payment' THEN cents < 0 WHEN 'waiver' THEN cents < 0
                                                 WHEN 'reversal' THEN cents <> 0 ELSE cents > 0 END),
    custody_id  bigint,                             -- the loan that a fee comes from
    fee_id      bigint REFERENCES ledger,           -- the fee that a payment or waiver was made for, if one was named
    reverses    bigint UNIQUE REFERENCES ledger CHECK ((reverses IS NOT NULL) = (kind = 'reversal')),
    request_key bytea  UNIQUE,                      -- of the payment: it is taken once, however often it is sent
    at          timestamptz NOT NULL,
    branch      text   NOT NULL REFERENCES branch,
    note        text   NOT NULL DEFAULT '',
    event_id    bigint NOT NULL
);
CREATE INDEX ledger_of_patron ON ledger (patron_id);
-- A loan costs a fee of a kind once.
CREATE UNIQUE INDEX ledger_fee_once ON ledger (custody_id, kind) WHERE custody_id IS NOT NULL AND reverses IS NULL;

-- A block that a machine set (SIP2 01) is one that a machine may lift (25).
ALTER TABLE block ADD COLUMN terminal_id bigint;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT ON ledger TO relire_daemon;
    END IF;
END $$;
