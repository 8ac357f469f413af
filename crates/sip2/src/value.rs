//! The values that messages are made of: dates, money, languages, coded values, secrets.
//!
//! Nothing here knows the time or the language of the house; they are plain values with the forms
//! that the wire gives them.

mod amount;
mod codes;
mod date;
mod language;
mod letters;
mod patron_status;
mod secret;
mod supported;

pub use amount::{Amount, Currency};
pub use codes::{
    AlertType, CirculationStatus, FeeType, HoldType, MediaType, PaymentType, SecurityMarker,
    StatusCode,
};
pub use date::{SipDate, Zone};
pub use language::Language;
pub use letters::{HoldMode, ProtocolVersion, Summary, YesNoUnknown};
pub use patron_status::PatronStatus;
pub use secret::Secret;
pub use supported::SupportedMessages;
