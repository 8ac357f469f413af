-- Librarians settle doubts at the daemon's hands.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relire_daemon') THEN
        GRANT SELECT, INSERT, UPDATE ON doubt TO relire_daemon;
    END IF;
END $$;
