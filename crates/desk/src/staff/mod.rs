//! Staff: who comes in, what they may do, and what is noted of it.

mod access;
mod action;
mod audit;
mod audited;
mod guesses;
mod member;
mod own;
mod secret;
mod session;
mod token;
mod users;

pub use access::{StaffChange, StaffRefused};
pub use action::Action;
pub use member::{Member, MissingRight};
pub use secret::Secret;
pub use session::{SESSION_HOURS, StaffSignIn};
pub use token::{NewToken, TokenMade};
