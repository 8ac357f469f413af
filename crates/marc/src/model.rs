//! What a record is, whatever it travels in: a leader and fields in their order.
//!
//! Records come in two kinds of value. A [`RawRecord`] holds bytes as a file carries them, a
//! [`Record`] holds text: between the two stands a decision about the character set, which is
//! [`crate::charset`]'s. Everything else is the same for both, so it is written once, over the
//! type of value.

mod field;
mod format;
mod leader;
mod record;
mod tag;

pub use field::{Code, ControlField, DataField, Field, Indicators, Subfield};
pub use format::Format;
pub use leader::Leader;
pub use record::{RawRecord, Record};
pub use tag::Tag;
