//! The catalogue: what comes in, what is joined, what changed is told, and what is told is found.

mod feed;
mod import;
mod merge;
#[path = "../../../crates/sru/tests/wire/models.rs"]
mod models;
mod oai;
mod search;
mod sru;
mod z3950;
mod z3950_bounds;

use crate::element;
