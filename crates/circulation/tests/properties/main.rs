//! Properties of the decisions, over generated rules, calendars and facts.
//!
//! Where there is a model, it is written another way than the crate: all rules looked at instead
//! of an index, every day walked instead of closures jumped over.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod decisions;
mod due_dates;
mod facts;
mod holds;
mod limits;
mod model;
mod network;
mod renewals;
mod rule_choice;

use relire_circulation as circulation;
