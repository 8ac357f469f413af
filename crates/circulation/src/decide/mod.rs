//! The decisions: facts and a rulebook go in, a plan or refusals come out, with the reasons.
//!
//! Nothing is changed here. A plan says what the caller is to do.

mod capture;
mod checkin;
mod checkout;
mod copies;
mod due;
mod hold;
mod lateness;
mod limits;
mod moved;
mod novelty;
mod recall;
mod registration;
mod renew;
mod serve;
mod standing;
mod verdict;
mod way;

use serde::{Deserialize, Serialize};

use crate::refusal::Refused;
use crate::trace::Trace;

pub use capture::{QueuedHold, first_served, ready_until};
pub use checkin::{CheckinPlan, CheckinRequest, Route, decide_checkin};
pub(crate) use checkout::rules_against;
pub(crate) use limits::{judge_loan, limits_loan};
pub(crate) use renew::renewals_allowed;

pub use checkout::{CheckoutPlan, CheckoutRequest, decide_checkout};
pub use hold::{HoldPlan, HoldRequest, decide_hold, decide_hold_move};
pub use lateness::{Lateness, SuspensionPlan, lateness};
pub use limits::{NewLoan, limits_reached};
pub use moved::{moved_due, moved_ready_until};
pub use novelty::is_new;
pub use recall::{RecallSpan, recall_level, recall_span, treasury};
pub use registration::{FileFacts, GuarantorFacts, card_runs_until, file_refusals, pin_will_do};
pub use renew::{RenewPlan, RenewRequest, decide_renew};
pub use serve::{Asks, WaitingHold, hold_can_be_served_by};
pub use standing::reader_standing;

/// What is to be done, or why not; and how that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision<P> {
    /// The plan, or all refusals.
    pub outcome: Result<P, Refused>,
    /// The steps that led to it.
    pub trace: Trace,
}
