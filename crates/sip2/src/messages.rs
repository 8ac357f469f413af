//! The messages of SIP2 as types, one file for each request and its response.
//!
//! Each type is declared once, in the layout of the standard; reading, writing and the tables of
//! [`crate::spec`] follow from that declaration. All have the same shape: `from_message`,
//! `to_message`, the layout as `SPEC`, and `extra` for fields that they do not name.
//!
//! # How absent things read
//!
//! An absent field and an empty one say the same: `None`, or an empty text. Only what a message is
//! about must be there (the card in a checkout, the barcode in a checkin); without it there is a
//! [`RequestError`], which names the field. A fixed part that is cut short reads as if it went on
//! in blanks. Of a field that comes more often than it should, the first that says something counts.
//!
//! # What `Debug` shows
//!
//! Everything but passwords and PINs: cards and names, too. It is for tests; a log uses
//! [`crate::transcript`].
//!
//! # When a request can't be read
//!
//! [`Response::refusal`] answers any request, understood or not, with a legal "no" of the code that
//! the terminal waits for.

mod codec;
mod declare;
mod error;
mod refusal;
mod request;
mod response;

#[cfg(test)]
mod tests;

mod block_patron;
mod checkin;
mod checkout;
mod end_patron_session;
mod fee_paid;
mod hold;
mod item_information;
mod item_status_update;
mod login;
mod patron_enable;
mod patron_information;
mod patron_status;
mod renew;
mod renew_all;
mod resend;
mod status;

pub use block_patron::BlockPatron;
pub use checkin::{Checkin, CheckinResponse};
pub use checkout::{Checkout, CheckoutResponse};
pub use end_patron_session::{EndPatronSession, EndSessionResponse};
pub use error::RequestError;
pub use fee_paid::{FeePaid, FeePaidResponse};
pub use hold::{Hold, HoldResponse};
pub use item_information::{ItemInformation, ItemInformationResponse};
pub use item_status_update::{ItemStatusUpdate, ItemStatusUpdateResponse};
pub use login::{Login, LoginResponse};
pub use patron_enable::{PatronEnable, PatronEnableResponse};
pub use patron_information::{PatronInformation, PatronInformationResponse};
pub use patron_status::{PatronStatusRequest, PatronStatusResponse};
pub use renew::{Renew, RenewResponse};
pub use renew_all::{RenewAll, RenewAllResponse};
pub use request::Request;
pub use resend::{RequestAcsResend, RequestScResend};
pub use response::Response;
pub use status::{AcsStatus, ScStatus};
