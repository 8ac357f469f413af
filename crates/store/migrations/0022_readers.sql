-- Readers as librarians look for them, and their files as they keep them.

-- A name as it is looked for: without capitals, accents and ligatures, hyphens and apostrophes as spaces. It stands
-- here and nowhere else, so that what is kept and what is asked for are always folded alike.
CREATE FUNCTION folded(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        translate(replace(replace(replace(
            lower(translate(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g'), 'ŒÆØŁĐÐ', 'œæøłđð')),
            'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'øłđðı', 'olddi'),
        '[^[:alnum:]]+', ' ', 'g'))
$$;

-- A telephone number as it is dialled within the country: digits, +33 and 0033 as 0.
CREATE FUNCTION dialled(phone text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^(00)?330?([1-9][0-9]{8})$', '0\2')
$$;

ALTER TABLE patron
    -- Raised with every change of the file: whoever changes it says which one they looked at.
    ADD COLUMN version   bigint NOT NULL DEFAULT 0,
    ADD COLUMN note      text NOT NULL DEFAULT '',      -- for staff
    ADD COLUMN closed_at timestamptz,                   -- the account is over; the row stays, since history names it
    -- No longer than an index takes, whatever a former system's file brought.
    ADD COLUMN sort_name text COLLATE "C" NOT NULL
        GENERATED ALWAYS AS (left(folded(left(family_name, 400) || ' ' || left(given_name, 400)), 200)) STORED,
    ADD CONSTRAINT patron_closed_names_nobody CHECK (closed_at IS NULL OR (
        (family_name, given_name, email, phone, address, note) = ('', '', '', '', '', '')
        AND num_nonnulls(born_on, pin_hash, guarantor_id, expires_on) = 0));

CREATE INDEX patron_born ON patron (born_on, sort_name) WHERE born_on IS NOT NULL;
CREATE INDEX patron_email ON patron ((lower(left(email, 254)) COLLATE "C")) WHERE email <> '';
CREATE INDEX patron_phone ON patron ((left(dialled(phone), 40) COLLATE "C")) WHERE phone <> '';
CREATE INDEX card_number_begins ON card (number COLLATE "C");

-- Every word of every name, in the order in which readers are listed.
CREATE TABLE patron_word (
    word      text COLLATE "C" NOT NULL,
    sort_name text COLLATE "C" NOT NULL,
    patron_id bigint NOT NULL REFERENCES patron,
    PRIMARY KEY (word, sort_name, patron_id)
);
CREATE FUNCTION patron_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.sort_name = OLD.sort_name THEN RETURN NULL; END IF;
        DELETE FROM patron_word
         WHERE word = ANY (string_to_array(OLD.sort_name, ' ')) AND sort_name = OLD.sort_name AND patron_id = OLD.id;
    END IF;
    INSERT INTO patron_word (word, sort_name, patron_id)
    SELECT DISTINCT word, NEW.sort_name, NEW.id FROM unnest(string_to_array(NEW.sort_name, ' ')) word WHERE word <> '';
    RETURN NULL;
END $$;
-- Whoever writes a name, an import too, has its words written.
CREATE TRIGGER patron_words AFTER INSERT OR UPDATE OF family_name, given_name ON patron
    FOR EACH ROW EXECUTE FUNCTION patron_words();
INSERT INTO patron_word (word, sort_name, patron_id)
SELECT DISTINCT word, sort_name, id FROM patron, unnest(string_to_array(sort_name, ' ')) word WHERE word <> '';

CREATE FUNCTION patron_is_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
-- Not by a better hash of the same PIN.
CREATE TRIGGER patron_is_changed BEFORE UPDATE OF household_id, category, home_branch, guarantor_id, family_name, given_name,
    born_on, email, phone, address, language, credential_version, expires_on, note, closed_at ON patron
    FOR EACH ROW EXECUTE FUNCTION patron_is_changed();

-- Which member of staff placed a block.
ALTER TABLE block ADD COLUMN staff_id bigint;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, DELETE ON patron_word TO relire_daemon;
    END IF;
END $$;
