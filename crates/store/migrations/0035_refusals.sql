-- What was refused, among the many lines of what was done.
CREATE INDEX event_not_done ON event (at, id) WHERE outcome <> 'done';
