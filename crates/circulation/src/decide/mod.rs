//! The decisions: facts and a rulebook go in, a plan or refusals come out, with the reasons.
//!
//! Nothing is changed here. A plan says what the caller is to do.

mod checkin;
mod checkout;
mod due;
mod holds;
mod lateness;
mod limits;
mod novelty;
mod recall;
mod renew;
mod standing;
mod verdict;

use serde::{Deserialize, Serialize};

use crate::refusal::Refused;
use crate::trace::Trace;

pub use checkin::{CheckinPlan, CheckinRequest, Route, decide_checkin};
pub use checkout::{CheckoutPlan, CheckoutRequest, decide_checkout};
pub use holds::{Asks, WaitingHold, hold_can_be_served_by};
pub use lateness::{Lateness, SuspensionPlan, lateness};
pub use limits::{NewLoan, limits_reached};
pub use novelty::is_new;
pub use recall::{recall_level, treasury};
pub use renew::{RenewPlan, RenewRequest, decide_renew};
pub use standing::reader_standing;

/// What is to be done, or why not; and how that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision<P> {
    /// The plan, or all refusals.
    pub outcome: Result<P, Refused>,
    /// The steps that led to it.
    pub trace: Trace,
}
