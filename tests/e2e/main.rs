//! Everything that needs a real Postgres or the real daemon: one binary, a module a door.

mod daemon;
mod races;
mod sip2;
