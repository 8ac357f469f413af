-- People. A household is the unit that limits may count over and the guard of everything that
-- decides a loan for its members; whoever lives alone has a household of one.
CREATE TABLE household (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE TABLE patron (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    household_id       bigint NOT NULL REFERENCES household,
    category           text   NOT NULL REFERENCES patron_category,
    home_branch        text   NOT NULL REFERENCES branch,
    guarantor_id       bigint REFERENCES patron CHECK (guarantor_id <> id),
    family_name        text   NOT NULL,
    given_name         text   NOT NULL DEFAULT '',
    born_on            date,
    email              text   NOT NULL DEFAULT '',
    phone              text   NOT NULL DEFAULT '',
    address            text   NOT NULL DEFAULT '',
    language           text   NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
    pin_hash           text,                                       -- argon2id, PHC string
    credential_version integer NOT NULL DEFAULT 0,                 -- raised with every new PIN
    expires_on         date
);
CREATE INDEX patron_household ON patron (household_id);
CREATE INDEX patron_guarantor ON patron (guarantor_id) WHERE guarantor_id IS NOT NULL;

-- A patron has many numbers over time. «alias»: an older number that still opens the account.
CREATE TABLE card (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number         text   NOT NULL CHECK (number <> '' AND number = btrim(number)),
    issuing_branch text   NOT NULL REFERENCES branch,
    patron_id      bigint NOT NULL REFERENCES patron,
    status         text   NOT NULL CHECK (status IN ('active', 'alias', 'lost', 'replaced', 'cancelled')),
    -- The 27 files collide: a number is one branch's own until it is relabelled.
    CONSTRAINT card_number_once_a_branch UNIQUE (number, issuing_branch)
);
CREATE UNIQUE INDEX card_one_active_a_patron ON card (patron_id) WHERE status = 'active';
CREATE INDEX card_patron ON card (patron_id);

CREATE TABLE block (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patron_id bigint NOT NULL REFERENCES patron,
    kind      text   NOT NULL CHECK (kind IN ('staff', 'fees', 'lost_items', 'address', 'treasury')),
    message   text   NOT NULL DEFAULT '',
    placed_at timestamptz NOT NULL,
    lifted_at timestamptz CHECK (lifted_at >= placed_at)
);
CREATE INDEX block_open ON block (patron_id) WHERE lifted_at IS NULL;
