//! Readers as librarians look for them and keep their files.

mod dossier;
mod find;
mod line;
mod merge;
mod write;

pub use dossier::{BlockLine, CardLine, CardState, Dossier, ReaderData, SuspensionLine};
pub use find::{FoundReader, PageEnd, Sought};
pub use line::ReaderLine;
pub use merge::{DoubtedPair, ReadersMerged};
pub use write::{NewReader, Remaining};
