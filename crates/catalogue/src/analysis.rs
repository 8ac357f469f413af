//! Text made comparable, the same way when a record is written and when it is asked for.
//!
//! | step | what becomes of it |
//! | --- | --- |
//! | fold | `Élève`, `élève`, `e` + combining accent: `eleve`; `œ` `oe`, `æ` `ae`, `ß` `ss`, `ø` `o`, `ł` `l` |
//! | elision | `l'immigration`, `l’immigration`: `immigration`; `aujourd'hui` stays one word |
//! | hyphens | `grand-père`: `grand` `pere` |
//! | initials | `S.F.`: `sf`; `J. R. R. Tolkien`: `jrr` `tolkien` |
//! | signs | `C++`, `C#`: kept |
//! | stems | `chevaux`, `cheval`: `cheval`, in a field beside the exact forms |
//!
//! No stop words: `La la la` and `Le un` are titles.

mod fold;
mod identifiers;
mod sortkey;
mod stem;
mod words;

pub use fold::fold;
pub use identifiers::{Identifier, isbn13, normal};
pub(crate) use sortkey::article;
pub use sortkey::sort_key;
pub use stem::stem;
pub use words::{Word, whole, words};
