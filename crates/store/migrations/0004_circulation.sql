-- Where every item is and was. A row is one stay: on a shelf, on loan, in transit, on a hold shelf.
-- since and until are recording time, strictly increasing for an item; when a thing happened
-- (lent_at, returned_at) stands beside and is what due date and lateness are counted from.
-- A stay of kind «loan» is the loan: its columns are all there, and nowhere else.
-- Branch codes and policy versions are copied from rows that are never deleted (the daemon has no right
-- to), and every loan at a branch would lock that one branch row for a reference: measured, a fifth of
-- all loans a second. So these columns carry no foreign key; item and patron do.
CREATE TABLE custody (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id    bigint NOT NULL REFERENCES item,
    kind       text   NOT NULL CHECK (kind IN ('shelf', 'loan', 'transit', 'hold_shelf')),
    branch     text   NOT NULL,                     -- loan: the checkout branch; transit: where it left
    to_branch  text,
    since      timestamptz NOT NULL,
    until      timestamptz,

    patron_id        bigint REFERENCES patron,      -- NULL once the loan is closed and unlinked
    lent_at          timestamptz,
    terminal_id      bigint,                        -- the machine that lent it, if one did
    lent_on          date,
    due              date,
    renewals         smallint,
    lent_new         boolean,
    category         text,
    document         text,
    policy_version   integer,
    calendar_version bigint,
    returned_at      timestamptz,
    returned_to      text,

    CHECK (since < until),
    CHECK ((kind = 'transit') = (to_branch IS NOT NULL)),
    CONSTRAINT custody_loan_is_whole CHECK (CASE WHEN kind = 'loan'
        THEN lent_at IS NOT NULL AND lent_on IS NOT NULL AND due IS NOT NULL AND due >= lent_on
             AND renewals IS NOT NULL AND renewals >= 0 AND lent_new IS NOT NULL
             AND category IS NOT NULL AND document IS NOT NULL
             AND policy_version IS NOT NULL AND calendar_version IS NOT NULL
             AND (patron_id IS NOT NULL OR until IS NOT NULL)
             AND (until IS NULL) = (returned_at IS NULL) AND (until IS NULL) = (returned_to IS NULL)
        ELSE lent_at IS NULL AND lent_on IS NULL AND due IS NULL AND renewals IS NULL AND lent_new IS NULL
             AND category IS NULL AND document IS NULL AND policy_version IS NULL AND calendar_version IS NULL
             AND patron_id IS NULL AND terminal_id IS NULL AND returned_at IS NULL AND returned_to IS NULL END)
) WITH (fillfactor = 80);
-- An item is in at most one place. This index comes before the exclusion constraint: the other way
-- round, two terminals that take the same item deadlock.
CREATE UNIQUE INDEX custody_one_place ON custody (item_id) WHERE until IS NULL;
ALTER TABLE custody ADD CONSTRAINT custody_one_place_ever EXCLUDE USING gist (
    item_id extensions.gist_int8_ops WITH =, tstzrange(since, until) WITH &&);
CREATE INDEX custody_open_loans ON custody (patron_id) WHERE until IS NULL AND kind = 'loan';

-- At least one place, unless withdrawn: checked when the transaction that touched the item ends.
CREATE FUNCTION item_is_somewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.condition <> 'withdrawn'
       AND NOT EXISTS (SELECT 1 FROM custody WHERE item_id = NEW.id AND until IS NULL) THEN
        RAISE EXCEPTION 'item % is nowhere: give it a custody row in the same transaction', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'item_is_somewhere';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER item_is_somewhere AFTER INSERT OR UPDATE OF condition ON item
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION item_is_somewhere();

-- A guard that moved between reading and writing ends the statement, so that nothing of it commits.
CREATE FUNCTION guard_missed() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a fact changed between reading and writing' USING ERRCODE = 'RL001';
END $$;

CREATE TABLE suspension (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patron_id  bigint NOT NULL REFERENCES patron,
    custody_id bigint UNIQUE REFERENCES custody,    -- a late return suspends once
    first_day  date   NOT NULL,
    free_on    date   NOT NULL CHECK (free_on > first_day),
    reason     text   NOT NULL,
    lifted_at  timestamptz
);
CREATE INDEX suspension_open ON suspension (patron_id) WHERE lifted_at IS NULL;
