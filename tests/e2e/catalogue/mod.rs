//! The catalogue: what changed is told, and what is told is found.

mod feed;
mod import;
