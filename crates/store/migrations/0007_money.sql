-- Money: what a patron owes is the sum of the lines, and no line is ever changed.
CREATE TABLE payment (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patron_id   bigint NOT NULL REFERENCES patron,
    cents       bigint NOT NULL CHECK (cents > 0),
    kind        text   NOT NULL CHECK (kind IN ('payment', 'waiver')),
    request_key bytea  UNIQUE,                      -- taken once, however often it is sent
    at          timestamptz NOT NULL,
    branch      text   NOT NULL REFERENCES branch,
    terminal_id bigint,
    staff_id    bigint,
    event_id    bigint NOT NULL,
    CHECK (kind = 'payment' OR staff_id IS NOT NULL)
);

-- A fee, or what was paid or waived of one, or its reversal.
CREATE TABLE ledger (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patron_id  bigint NOT NULL REFERENCES patron,
    kind       text   NOT NULL CHECK (kind IN ('late', 'damage', 'loss', 'card', 'other', 'payment', 'waiver', 'reversal')),
    cents      bigint NOT NULL,                     -- what it adds to what is owed
    custody_id bigint,                              -- the loan that a fee comes from
    fee_id     bigint REFERENCES ledger,            -- the fee that this is paid, waived or reversed of
    payment_id bigint REFERENCES payment,
    at         timestamptz NOT NULL,
    branch     text   NOT NULL REFERENCES branch,
    note       text   NOT NULL DEFAULT '',
    event_id   bigint NOT NULL,
    CHECK (CASE WHEN kind IN ('payment', 'waiver', 'reversal') THEN cents < 0 AND fee_id IS NOT NULL
                ELSE cents > 0 AND fee_id IS NULL END),
    CHECK ((payment_id IS NOT NULL) = (kind IN ('payment', 'waiver')))
);
CREATE INDEX ledger_of_patron ON ledger (patron_id);
CREATE INDEX ledger_of_fee ON ledger (fee_id) WHERE fee_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_reversed_once ON ledger (fee_id) WHERE kind = 'reversal';
-- A loan costs a fee of a kind once.
CREATE UNIQUE INDEX ledger_fee_once ON ledger (custody_id, kind) WHERE custody_id IS NOT NULL;

-- A block that a machine set (SIP2 01) is one that a machine may lift (25).
ALTER TABLE block ADD COLUMN terminal_id bigint;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT ON payment, ledger TO relire_daemon;
    END IF;
END $$;
