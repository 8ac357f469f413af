//! The crate against a real Postgres, through processes that come and go.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers too: a panic is the verdict"
)]

mod death;
mod life;
mod refusals;
mod support;
