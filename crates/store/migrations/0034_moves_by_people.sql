-- What people joined and parted lately, among the many that imports do.
CREATE INDEX bib_move_by_people ON bib_move (id) WHERE event_id IS NOT NULL;
