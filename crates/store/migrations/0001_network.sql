-- The network: its branches, hours, vocabulary and rules.
-- No statement names a schema of ours, so that a network can live in a schema of its own;
-- extensions live in the fixed schema «extensions».
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA extensions;

-- One row. Every change of policy, calendar or vocabulary raises rulebook_version in its own
-- transaction; a daemon that sees another number than its own reloads before it decides.
CREATE TABLE network (
    only_row         boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    name             text   NOT NULL DEFAULT 'Relire',
    time_zone        text   NOT NULL DEFAULT 'Europe/Paris',
    rulebook_version bigint NOT NULL DEFAULT 0,
    calendar_version bigint NOT NULL DEFAULT 0
);
INSERT INTO network DEFAULT VALUES;

CREATE TABLE branch (
    code     text PRIMARY KEY CHECK (code ~ '^[A-Z0-9]{2,8}$'),
    name     text NOT NULL,
    commune  text NOT NULL,
    phone    text NOT NULL DEFAULT '',
    phone2   text NOT NULL DEFAULT '',
    street   text NOT NULL DEFAULT '',
    postcode text NOT NULL DEFAULT '',
    town     text NOT NULL DEFAULT '',
    note     text NOT NULL DEFAULT ''
);

CREATE TABLE opening (
    branch  text     NOT NULL REFERENCES branch,
    weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),   -- 1 is Monday
    opens   time     NOT NULL,
    closes  time     NOT NULL,
    CHECK (opens < closes),
    CONSTRAINT opening_no_overlap EXCLUDE USING gist (
        branch extensions.gist_text_ops WITH =,
        weekday extensions.gist_int2_ops WITH =,
        int4range(extract(epoch FROM opens)::int, extract(epoch FROM closes)::int) WITH &&)
);

CREATE TABLE closure (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch    text REFERENCES branch,                             -- NULL: every branch
    first_day date NOT NULL,
    last_day  date NOT NULL,
    reason    text NOT NULL,
    CHECK (first_day <= last_day),
    CONSTRAINT closure_no_overlap EXCLUDE USING gist (
        coalesce(branch, '*') extensions.gist_text_ops WITH =,
        daterange(first_day, last_day, '[]') WITH &&)
);

CREATE TABLE patron_category (
    code           text PRIMARY KEY CHECK (code ~ '^[A-Z0-9_-]{1,8}$'),
    label          text NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('person', 'group', 'institution')),
    min_age        smallint CHECK (min_age >= 0),
    max_age        smallint CHECK (max_age >= min_age),
    card_months    smallint NOT NULL CHECK (card_months > 0),
    guarantor      text NOT NULL CHECK (guarantor IN ('no', 'yes', 'if_minor', 'contact')),
    audience_limit text CHECK (audience_limit IN ('youth', 'adult', 'unknown')),
    origin         text NOT NULL DEFAULT ''
);

CREATE TABLE document_type (
    code              text PRIMARY KEY CHECK (code ~ '^[A-Z0-9_-]{1,8}$'),
    label             text NOT NULL,
    sip2_media_type   text NOT NULL CHECK (sip2_media_type ~ '^[0-9]{3}$'),
    unimarc_ldr06     text NOT NULL CHECK (length(unimarc_ldr06) = 1),
    unimarc_ldr07     text NOT NULL CHECK (length(unimarc_ldr07) = 1),
    unimarc_995r      text NOT NULL,
    onix_product_form text NOT NULL DEFAULT '',
    usual_parts       smallint NOT NULL DEFAULT 1 CHECK (usual_parts >= 0),
    loanable_by_default boolean NOT NULL DEFAULT true,
    note              text NOT NULL DEFAULT ''
);

-- The policy in force on a day is the one with the latest effective_from up to that day:
-- unique dates are all it takes for there to be one and no more.
CREATE TABLE policy_version (
    version        integer PRIMARY KEY CHECK (version > 0),
    effective_from date NOT NULL UNIQUE,
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    roles          jsonb NOT NULL,
    float_groups   jsonb NOT NULL DEFAULT '[]',
    branch_periods jsonb NOT NULL DEFAULT '[]',
    author         text NOT NULL,
    published_at   timestamptz NOT NULL
);

CREATE TABLE policy_rule (
    version  integer NOT NULL REFERENCES policy_version,
    position smallint NOT NULL,
    id       text NOT NULL,
    branch   text REFERENCES branch,
    category text REFERENCES patron_category,
    document text REFERENCES document_type,
    body     jsonb NOT NULL,
    PRIMARY KEY (version, id),
    CONSTRAINT policy_rule_names_once UNIQUE NULLS NOT DISTINCT (version, branch, category, document)
);

CREATE TABLE policy_limit (
    version  integer NOT NULL REFERENCES policy_version,
    position smallint NOT NULL,
    id       text NOT NULL,
    body     jsonb NOT NULL,
    PRIMARY KEY (version, id)
);
