//! Everything that needs a real Postgres or the real daemon: one binary, a module a door.

mod races;
