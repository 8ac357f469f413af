//! The rules of circulation, and nothing else: facts and a rulebook go in, a decision and its
//! reasons come out.
//!
//! **Rules pick one value** for each of thirty parameters ([`Policy`]); **limits all apply**
//! ([`limits_reached`]); **closures move dates** ([`Calendar`]). Five questions are decided:
//! [`decide_checkout`], [`decide_checkin`], [`decide_renew`], [`decide_hold`] and
//! [`decide_hold_move`]. A return also says which hold of the queue captures the item
//! ([`first_served`]) and until when it is kept ([`ready_until`]); nobody's place in a queue is
//! ever worked out ahead. Every [`Decision`] carries its [`Trace`], so that a kiosk, a librarian
//! and a partner can be told why, in French or English; each [`Refusal`] also says what would
//! lift it.
//!
//! This crate does not read a clock, a file or a database: time is a parameter, facts are loaded
//! by the caller, plans are carried out by the caller. It changes nothing and remembers nothing.
//! A date outside the calendar's range cannot make it fail: sums of days stop at the last day.
//!
//! ```
//! use relire_circulation::*;
//!
//! // A rulebook is usually read from the database or from a network folder.
//! # fn policy() -> Policy {
//! #     let mut document = serde_json::json!({
//! #         "version": 1, "effective_from": "2026-01-01", "currency": "EUR",
//! #         "roles": { "checkout": Parameter::ALL },
//! #         "rule": [{
//! #             "id": "R0", "loanable": true, "self_check": true, "checked_by_staff": false,
//! #             "loan_days": 28, "loan_until": "", "due_on_closed_day": "next_open",
//! #             "renewals": 1, "renew_days": 28, "renew_from": "due_date",
//! #             "renew_when_held": false, "renew_overdue_max_days": 10, "auto_renew": false,
//! #             "grace_days": 2, "suspension_days_per_day_late": 1, "suspension_max_days": 60,
//! #             "fine_cents_per_day": 0, "recall_days": [14, 28, 42], "predue_notice_days": 3,
//! #             "treasury_after_days": 70, "borrowing_blocked_from_recall": 1,
//! #             "holdable": true, "hold_on_shelf": true, "hold_queue_max": 10,
//! #             "hold_shelf_open_days": 10, "hold_expires_days": 365, "returns_to": "owner",
//! #             "novelty_days": 180, "novelty_loan_days": 14, "novelty_renewals": 0,
//! #             "novelty_leaves_branch": false
//! #         }],
//! #     });
//! #     document["rule"].as_array_mut().unwrap().push(serde_json::json!(
//! #         { "id": "R-DVD", "document": "DVD", "loan_days": 14 }
//! #     ));
//! #     serde_json::from_value(document).unwrap()
//! # }
//! let book = Rulebook { policies: vec![policy()], ..Rulebook::default() };
//!
//! let lens: BranchCode = "LENS".parse()?;
//! let reader = ReaderFacts {
//!     category: "ADU".parse()?,
//!     card: CardStatus::Active,
//!     expires_on: None,
//!     born_on: None,
//!     has_guarantor: false,
//!     blocks: vec![],
//!     suspended_until: None,
//!     loans: vec![],
//! };
//! let film = ItemFacts {
//!     owner: lens,
//!     document: "DVD".parse()?,
//!     condition: Condition::Good,
//!     audience: Audience::Adult,
//!     in_service: "2024-09-03".parse()?,
//!     return_by: None,
//!     place: Place::Shelf { branch: lens },
//! };
//! let ask = CheckoutRequest {
//!     on: "2026-03-10".parse()?,
//!     branch: lens,
//!     door: Door::SelfCheck,
//!     desired_due: None,
//!     overrides: Overrides::none(),
//! };
//!
//! let decision = decide_checkout(&book, &ask, &reader, &film);
//! assert_eq!(decision.outcome.unwrap().due.to_string(), "2026-03-24");
//! assert_eq!(
//!     decision.trace.lines(Language::English, &book)[0],
//!     "due 2026-03-24   loan_days 14 (R-DVD) from 2026-03-10 → 2026-03-24",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]

mod calendar;
mod codes;
mod days;
mod decide;
mod facts;
mod laboratory;
mod language;
mod policy;
mod refusal;
mod request;
mod rulebook;
#[cfg(test)]
mod testing;
mod trace;
mod words;

pub use calendar::{
    Calendar, ClosedReason, ClosedSpan, Closure, Holiday, NextOpen, Opening, SEARCH_DAYS, easter,
    holiday_on, holidays,
};
pub use codes::{BranchCode, CategoryCode, CodeError, DocumentCode, MAX_CODE_LENGTH};
pub use decide::{
    Asks, CheckinPlan, CheckinRequest, CheckoutPlan, CheckoutRequest, Decision, FileFacts,
    GuarantorFacts, HoldPlan, HoldRequest, Lateness, NewLoan, QueuedHold, RecallSpan, RenewPlan,
    RenewRequest, Route, SuspensionPlan, WaitingHold, card_runs_until, decide_checkin,
    decide_checkout, decide_hold, decide_hold_move, decide_renew, file_refusals, first_served,
    hold_can_be_served_by, is_new, lateness, limits_reached, moved_due, moved_ready_until,
    pin_will_do, reader_standing, ready_until, recall_level, recall_span, treasury,
};
pub use facts::{
    Block, BlockKind, Borrower, CapturedHold, CardStatus, Collector, Condition, HoldItem,
    ItemFacts, LoanFacts, OpenHold, OpenLoan, Place, ReaderFacts, TitleFacts, Whose,
};
pub use laboratory::{
    Borrowing, Change, ChangeKind, Counted, EventFacts, Figures, Given, ItemKept, Judged,
    Laboratory, LentLoan, LoanKept, LoggedPlan, Moved, NotKept, NotReplayed, Question, Replayed,
    Side, Tally, What,
};
pub use language::{Language, UnknownLanguage};
pub use policy::{
    BranchPeriod, Case, CodeKind, Contender, DueOnClosedDay, FloatGroup, KnownCodes, Level, Limit,
    LoanUntil, Over, Parameter, ParameterGroup, ParameterKind, ParameterValue, Parameters,
    PeriodDue, Policy, PolicyChange, PolicyDocument, PolicyError, PolicyFinding, RecallDays,
    RenewFrom, Resolved, ReturnsTo, Role, Rule, RuleId, Severity, UnknownParameter, Whom,
};
pub use refusal::{ContactField, Refusal, Refused};
pub use request::{Door, Overrides, Right};
pub use rulebook::{
    Audience, Branch, Category, CategoryKind, DocumentType, GuarantorNeed, Rulebook,
};
pub use trace::{Chosen, Step, Trace};
