-- Where every item is and was. A row is one stay: on a shelf, on loan, in transit, on a hold shelf.
-- since and until are recording time, strictly increasing for an item; when a thing happened
-- (lent_at, returned_at) stands beside and is what due date and lateness are counted from.
-- A stay of kind «loan» is the loan: its columns are all there, and nowhere else.
-- No column here has a foreign key: measured, they cost a third of all loans a second (each takes a lock
-- on the row that it names, and every loan of a branch names the same branch). What they would keep is kept
-- otherwise: the statement that writes a row has just changed the very item that it names and guarded the
-- borrower's household; codes are copied from rows; and nothing that a row can name is ever deleted (below).
CREATE TABLE custody (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id    bigint NOT NULL,
    kind       text   NOT NULL CHECK (kind IN ('shelf', 'loan', 'transit', 'hold_shelf')),
    branch     text   NOT NULL,                     -- loan: the checkout branch; transit: where it left
    to_branch  text,
    hold_id    bigint,                              -- set aside or on its way for this hold; or the loan that ended it
    ready_until date,                               -- hold shelf: the last day on which it waits
    since      timestamptz NOT NULL,
    until      timestamptz,

    patron_id        bigint,                        -- NULL once the loan is closed and unlinked
    lent_at          timestamptz,
    terminal_id      bigint,                        -- the machine that lent it, if one did
    request_key      bytea,                         -- of the request that lent or renewed it last, while it is open
    last_event       bigint,                        -- the event of that
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
    returned_by      bigint,                        -- the machine that took it back, if one did
    continues        bigint,                        -- the loan that this one is again, after an undone return
    undone           boolean NOT NULL DEFAULT false, -- a loan that was taken back at once, as if it had not been

    CHECK (since < until),
    -- Few and flat: every statement that writes here parses them anew, and long ones cost a twentieth of all loans.
    CONSTRAINT custody_loan_is_whole CHECK (
        num_nonnulls(lent_at, lent_on, due, renewals, lent_new, category, document, policy_version, calendar_version)
            = CASE kind WHEN 'loan' THEN 9 ELSE 0 END),
    CONSTRAINT custody_loan_ends_whole CHECK (
        num_nonnulls(returned_at, returned_to) = CASE WHEN kind = 'loan' AND until IS NOT NULL THEN 2 ELSE 0 END),
    CONSTRAINT custody_patron_has_a_loan CHECK (
        CASE WHEN kind <> 'loan' THEN num_nonnulls(patron_id, terminal_id, request_key, last_event, returned_by, continues) = 0
             WHEN until IS NULL THEN patron_id IS NOT NULL
             ELSE request_key IS NULL END),
    CONSTRAINT custody_hold_waits_whole CHECK (
        CASE kind WHEN 'hold_shelf' THEN num_nonnulls(hold_id, ready_until) = 2
                  WHEN 'shelf' THEN num_nonnulls(hold_id, ready_until) = 0 ELSE ready_until IS NULL END),
    CONSTRAINT custody_transit_has_a_goal CHECK ((kind = 'transit') = (to_branch IS NOT NULL)),
    CONSTRAINT custody_due_is_not_before CHECK (due >= lent_on AND renewals >= 0)
) WITH (fillfactor = 80);
-- An item is in at most one place: now by the index, ever by the exclusion constraint, which looks at a stay
-- when it ends. The index comes first: the other way round, two terminals that take the same item deadlock.
CREATE UNIQUE INDEX custody_one_place ON custody (item_id) WHERE until IS NULL;
ALTER TABLE custody ADD CONSTRAINT custody_one_place_ever EXCLUDE USING gist (
    item_id extensions.gist_int8_ops WITH =, tstzrange(since, until) WITH &&) WHERE (until IS NOT NULL);
-- An item is set aside for one hold, and a hold has one item set aside: capture has this one home. A loan that ended a
-- hold carries it too, maybe while another copy still stands where it was set aside for it.
CREATE UNIQUE INDEX custody_one_item_a_hold ON custody (hold_id)
    WHERE until IS NULL AND hold_id IS NOT NULL AND kind <> 'loan';
-- Few rows, for the lists of branches. Each index whose rows a loan might belong to costs it a few in a hundred.
CREATE INDEX custody_not_on_a_shelf ON custody (kind, branch) WHERE until IS NULL AND kind IN ('transit', 'hold_shelf');
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

-- Items are withdrawn, patrons unlinked and erased, branches closed: their rows stay, since history names them.
CREATE FUNCTION is_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never deleted: history names them', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'is_never_deleted';
END $$;
CREATE TRIGGER is_never_deleted BEFORE DELETE OR TRUNCATE ON branch EXECUTE FUNCTION is_never_deleted();
CREATE TRIGGER is_never_deleted BEFORE DELETE OR TRUNCATE ON policy_version EXECUTE FUNCTION is_never_deleted();
CREATE TRIGGER is_never_deleted BEFORE DELETE OR TRUNCATE ON patron EXECUTE FUNCTION is_never_deleted();
CREATE TRIGGER is_never_deleted BEFORE DELETE OR TRUNCATE ON item EXECUTE FUNCTION is_never_deleted();

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
