//! Requests and answers from outside. One program: each further one would be linked anew.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

mod answers;
mod element;
mod fixtures;
mod models;
mod properties;
mod structure;
mod support;
mod xmllint;
