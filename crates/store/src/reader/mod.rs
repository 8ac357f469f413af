//! Readers as librarians look for them and keep their files.

mod find;
mod line;

pub use find::{FoundReader, PageEnd, Sought};
pub use line::ReaderLine;
