//! The catalogue: what comes in, what is joined, what changed is told, and what is told is found.

mod feed;
mod import;
mod merge;
mod oai;
mod search;
mod sru;
mod z3950;
