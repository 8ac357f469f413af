//! A question of the log, with what the log and the rows that it names keep.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::loan::LentLoan;
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::policy::{Parameter, RuleId};
use crate::refusal::{Refusal, Refused};
use crate::trace::{Step, Trace};

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// To borrow.
    Checkout,
    /// To renew.
    Renew,
    /// To hold.
    Hold,
}

impl Question {
    /// As the log names it.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        match kind {
            "checkout" => Some(Self::Checkout),
            "renew" => Some(Self::Renew),
            "hold" => Some(Self::Hold),
            _ => None,
        }
    }
}

/// A question of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFacts {
    /// What was asked.
    pub question: Question,
    /// It was done; otherwise it was refused.
    pub done: bool,
    /// The day.
    pub on: Date,
    /// Where it was asked.
    pub branch: BranchCode,
    /// A member of staff asked; otherwise a terminal, a kiosk or a partner.
    pub by_staff: bool,
    /// The plan, if it was done.
    pub plan: LoggedPlan,
    /// The reasons, if it was refused; all that applied.
    pub refused: Vec<Refusal>,
    /// How it was decided.
    pub trace: Trace,
    /// The item that was asked for.
    pub item: Option<ItemKept>,
    /// The loan that was made or renewed, or was to be renewed.
    pub loan: Option<LoanKept>,
    /// The reader's category, as far as it is sure that it was the same on that day.
    pub category: Option<CategoryCode>,
}

/// What is kept of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemKept {
    /// Whose it is.
    pub owner: BranchCode,
    /// Its document type.
    pub document: DocumentCode,
    /// Its first day in service.
    pub in_service: Date,
    /// Until when its lender wants it back.
    pub return_by: Option<Date>,
}

/// What is kept of a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanKept {
    /// Where it was made.
    pub checkout: BranchCode,
    /// The borrower's category when it was made.
    pub category: CategoryCode,
    /// The item's document type when it was made.
    pub document: DocumentCode,
    /// The day it was made.
    pub lent_on: Date,
    /// Whether it was lent while new.
    pub new: bool,
    /// How often it has been renewed up to now.
    pub renewals: u16,
}

/// What the log keeps of the plan of something that was done, of whatever kind it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct LoggedPlan {
    /// The policy that it was decided under.
    #[serde(default)]
    pub policy_version: Option<i32>,
    /// The due date of a loan.
    #[serde(default)]
    pub due: Option<Date>,
    /// How often the loan was renewed then.
    #[serde(default)]
    pub renewals_used: Option<u16>,
    /// What was overridden.
    #[serde(default)]
    pub overridden: Vec<Refusal>,
}

#[derive(Deserialize)]
struct Body {
    plan: Option<LoggedPlan>,
    refused: Option<Refused>,
    #[serde(default)]
    trace: Trace,
}

impl EventFacts {
    /// Reads what the log keeps of a decision into the facts: plan, reasons, trace. `false`: it is not in these words.
    pub fn read_body(&mut self, body: &str) -> bool {
        let Ok(body) = serde_json::from_str::<Body>(body) else {
            return false;
        };
        self.plan = body.plan.unwrap_or_default();
        self.refused = body.refused.map(Vec::from).unwrap_or_default();
        self.trace = body.trace;
        true
    }

    /// How many a limit had counted, where it was asked.
    pub(super) fn counted(&self, limit: &RuleId, of_holds: bool) -> Option<u32> {
        let in_refusal = self.refused.iter().find_map(|refusal| match refusal {
            Refusal::Limit {
                id, counted, holds, ..
            } if id == limit && *holds == of_holds => Some(*counted),
            _ => None,
        });
        in_refusal.or_else(|| {
            self.trace.steps.iter().find_map(|step| match step {
                Step::Counted { id, counted, .. } if id == limit => Some(*counted),
                _ => None,
            })
        })
    }

    /// The last day that was asked for, where it was earlier than the rules gave.
    pub(super) fn desired(&self) -> Option<Date> {
        self.trace.steps.iter().find_map(|step| match step {
            Step::Desired { on } => Some(*on),
            _ => None,
        })
    }

    /// The day that a renewal was counted from.
    pub(super) fn renewed_from(&self) -> Option<Date> {
        self.trace.steps.iter().find_map(|step| match step {
            Step::Period { by, from, .. } if by.parameter == Parameter::RenewDays => Some(*from),
            _ => None,
        })
    }

    /// The due date that a renewal left as it was.
    pub(super) fn never_shorter(&self) -> Option<Date> {
        self.trace.steps.iter().find_map(|step| match step {
            Step::NeverShorter { due } => Some(*due),
            _ => None,
        })
    }

    /// The loan as it would be made on that day.
    pub(super) fn as_loan(&self, item: ItemKept, category: CategoryCode) -> LentLoan {
        LentLoan {
            checkout: self.branch,
            owner: item.owner,
            category,
            document: self.loan.map_or(item.document, |loan| loan.document),
            in_service: item.in_service,
            return_by: item.return_by,
            lent_on: self.on,
            renewals: 0,
            renewed_on: None,
            new: false,
        }
    }
}

/// Reasons that have nothing to do with any rule: the card, the reader, the state of the item. They would have been given
/// under any policy.
pub(super) fn fixed(refusal: &Refusal) -> bool {
    !matches!(
        refusal,
        Refusal::RecallBlocked { .. }
            | Refusal::NoPolicy { .. }
            | Refusal::NotLoanable { .. }
            | Refusal::NotAtMachine { .. }
            | Refusal::NotHoldable { .. }
            | Refusal::OnShelf { .. }
            | Refusal::QueueFull { .. }
            | Refusal::PickupClosed { .. }
            | Refusal::RenewalsUsed { .. }
            | Refusal::OverdueTooLong { .. }
            | Refusal::HeldByWaiting { .. }
            | Refusal::WouldNotExtend { .. }
            | Refusal::Limit { .. }
    )
}
