//! Who asks, and whether a page of ours asked it.

mod cookie;
mod form;
mod guard;
mod signed;

pub(crate) use cookie::{dismissed, remembered, shown};
pub(crate) use form::{Form, same};
pub(crate) use guard::guard;
pub(crate) use signed::Signed;
