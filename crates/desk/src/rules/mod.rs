//! Loan rules for staff: drafts, and the versions that are made of them.

mod check;
mod draft;
mod publish;
mod scope;
mod shape;

pub use check::PolicyCheck;
pub(crate) use draft::committed;
pub use draft::{DraftRefused, PolicyDraft};
pub use publish::{PolicyPublished, PublishAsk};
