-- Wrong PINs, by terminal and patron: who guesses at one terminal waits there, and the card is good everywhere else.
CREATE TABLE pin_guess (
    terminal_id bigint NOT NULL REFERENCES terminal,
    patron_id   bigint NOT NULL REFERENCES patron,
    wrong       integer NOT NULL CHECK (wrong > 0),
    last_at     timestamptz NOT NULL,               -- by the network's clock
    PRIMARY KEY (terminal_id, patron_id)
);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON pin_guess TO relire_daemon;
    END IF;
END $$;
