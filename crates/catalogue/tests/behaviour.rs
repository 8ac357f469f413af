//! What readers and other catalogues rely on, one small index at a time; and real records, where
//! they lie beside the repository.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "behaviour/anything.rs"]
mod anything;
#[path = "behaviour/concurrent.rs"]
mod concurrent;
#[path = "behaviour/files.rs"]
mod files;
#[path = "behaviour/french.rs"]
mod french;
#[path = "behaviour/lists.rs"]
mod lists;
#[path = "behaviour/obvious.rs"]
mod obvious;
#[path = "behaviour/refused.rs"]
mod refused;
#[path = "behaviour/small.rs"]
mod small;
