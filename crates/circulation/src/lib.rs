//! Relire: circulation.
#![forbid(unsafe_code)]

mod calendar;
mod codes;
mod days;
mod decide;
mod facts;
mod language;
mod policy;
mod refusal;
mod request;
mod rulebook;
#[cfg(test)]
mod testing;
mod trace;
mod words;

pub use calendar::*;
pub use codes::{BranchCode, CategoryCode, CodeError, DocumentCode, MAX_CODE_LENGTH};
pub use decide::*;
pub use facts::*;
pub use language::{Language, UnknownLanguage};
pub use policy::*;
pub use refusal::{Refusal, Refused};
pub use request::{Door, Overrides, Right};
pub use rulebook::{
    Audience, Branch, Category, CategoryKind, DocumentType, GuarantorNeed, Rulebook,
};
pub use trace::{Chosen, Step, Trace};
