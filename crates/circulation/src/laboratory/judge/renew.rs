//! A renewal that was asked for.

use jiff::Span;
use jiff::civil::Date;

use super::{Judged, NotKept, policy_of, recall, verdict};
use crate::days;
use crate::decide::{RenewRequest, decide_renew, renewals_allowed};
use crate::facts::{Borrower, Condition, ItemFacts, LoanFacts, Place};
use crate::laboratory::differ::{self, RENEWAL, SERVING};
use crate::laboratory::event::{EventFacts, ItemKept, LoanKept};
use crate::laboratory::pair::{Laboratory, loan_case, nobody};
use crate::policy::{Case, Policy, RenewFrom};
use crate::refusal::Refusal;
use crate::request::{Door, Overrides};
use crate::rulebook::{Audience, Rulebook};
use crate::trace::{Step, Trace};

impl Laboratory {
    pub(super) fn renewal(&self, facts: &EventFacts) -> Result<Option<(Judged, Judged)>, NotKept> {
        let (Some(item), Some(loan)) = (facts.item, facts.loan) else {
            return Err(NotKept::Parties);
        };
        let case = loan_case(loan.checkout, item.owner, loan.category, loan.document);
        let (before, after) = (self.before(), self.after());
        let serving =
            before.renew_when_held(&case).value || differ::same_table(before, after, SERVING);
        if self.same.periods
            && self.same.recall
            && serving
            && differ::same_case(before, after, &case, RENEWAL)
        {
            return Ok(None);
        }
        let decided = self.decided_under(facts)?;
        let asked = Asked {
            facts,
            item,
            loan,
            case,
            decided,
            used: used(facts, loan),
            due: due_before(facts, decided, &case),
        };
        Ok(Some((
            asked.judge(&self.before)?,
            asked.judge(&self.after)?,
        )))
    }
}

struct Asked<'a> {
    facts: &'a EventFacts,
    item: ItemKept,
    loan: LoanKept,
    case: Case,
    decided: &'a Policy,
    /// How often it had been renewed, if that is known.
    used: Option<u16>,
    /// When it was due, if that is known.
    due: Option<Date>,
}

impl Asked<'_> {
    fn judge(&self, book: &Rulebook) -> Result<Judged, NotKept> {
        let policy = policy_of(book);
        let mut refusals = Vec::new();
        let mut unknown = None;
        let mut learn = |found: Result<Option<Refusal>, NotKept>| match found {
            Ok(refusal) => refusals.extend(refusal),
            Err(not) => unknown = unknown.or(Some(not)),
        };
        learn(recall(self.facts, policy, self.decided));
        learn(self.renewals(policy));
        learn(self.overdue(policy));
        learn(self.held(policy));
        let mut trace = Trace::default();
        let (due, would_not) = self.new_due(book, &mut trace)?;
        refusals.extend(would_not);
        let mut judged = verdict(refusals, unknown, trace)?;
        if judged.refusals.is_empty() {
            judged.due = due;
            judged.trace.steps.extend(due.map(|on| Step::Due { on }));
        }
        Ok(judged)
    }

    fn renewals(&self, policy: &Policy) -> Result<Option<Refusal>, NotKept> {
        let allowed = renewals_allowed(policy, &self.case, self.loan.new);
        let Some(used) = self.used else {
            let then = renewals_allowed(self.decided, &self.case, self.loan.new).value;
            return match allowed.value >= then {
                true => Ok(None),
                false => Err(NotKept::Loan),
            };
        };
        Ok((used >= allowed.value).then_some(Refusal::RenewalsUsed {
            used,
            allowed: allowed.value,
            rule: allowed.rule,
        }))
    }

    fn overdue(&self, policy: &Policy) -> Result<Option<Refusal>, NotKept> {
        let max = policy.renew_overdue_max_days(&self.case);
        let Some(due) = self.due else {
            let then = self.decided.renew_overdue_max_days(&self.case).value;
            return match max.value >= then {
                true => Ok(None),
                false => Err(NotKept::Loan),
            };
        };
        let late = days::from_until(due, self.facts.on);
        Ok((late > max.value).then_some(Refusal::OverdueTooLong {
            days: late,
            max: max.value,
            rule: max.rule,
        }))
    }

    fn held(&self, policy: &Policy) -> Result<Option<Refusal>, NotKept> {
        let when_held = policy.renew_when_held(&self.case);
        if when_held.value {
            return Ok(None);
        }
        let asked_then = !self.decided.renew_when_held(&self.case).value;
        if !asked_then || !differ::same_table(policy, self.decided, SERVING) {
            return Err(NotKept::Queue);
        }
        let held = |refusal: &Refusal| matches!(refusal, Refusal::HeldByWaiting { .. });
        let logged = self.facts.refused.iter().any(held);
        Ok(logged.then_some(Refusal::HeldByWaiting {
            rule: when_held.rule,
        }))
    }

    /// The new due date, or that it would not be later.
    fn new_due(
        &self,
        book: &Rulebook,
        trace: &mut Trace,
    ) -> Result<(Option<Date>, Option<Refusal>), NotKept> {
        let policy = policy_of(book);
        let Some(due) = self.due else {
            // Some days after whatever day it was due: it extends the loan, to a date that nobody can tell.
            let extends = policy.renew_from(&self.case).value == RenewFrom::DueDate
                && policy.renew_days(&self.case).value > 0;
            return match extends {
                true => Ok((None, None)),
                false => Err(NotKept::Loan),
            };
        };
        let ask = RenewRequest {
            on: self.facts.on,
            branch: self.facts.branch,
            door: Door::Desk,
            overrides: Overrides::happened(),
        };
        let item = self.as_item(due);
        let decision = decide_renew(book, &ask, &nobody(self.loan.category), &item, &[]);
        match decision.outcome {
            Ok(plan) => {
                let dates = decision
                    .trace
                    .steps
                    .into_iter()
                    .filter(|step| !matches!(step, Step::Overridden(_) | Step::Due { .. }));
                trace.steps.extend(dates);
                Ok((Some(plan.new_due), None))
            }
            Err(_) => Ok((None, Some(Refusal::WouldNotExtend { due }))),
        }
    }

    fn as_item(&self, due: Date) -> ItemFacts {
        ItemFacts {
            owner: self.item.owner,
            document: self.loan.document,
            condition: Condition::Good,
            audience: Audience::Unknown,
            in_service: self.item.in_service,
            return_by: self.item.return_by,
            place: Place::Loan {
                loan: LoanFacts {
                    checkout: self.loan.checkout,
                    category: self.loan.category,
                    lent_on: self.loan.lent_on,
                    due,
                    renewals: 0,
                    new: self.loan.new,
                },
                to: Borrower::ThisReader,
            },
        }
    }
}

fn used(facts: &EventFacts, loan: LoanKept) -> Option<u16> {
    let refused = facts.refused.iter().find_map(|refusal| match refusal {
        Refusal::RenewalsUsed { used, .. } => Some(*used),
        _ => None,
    });
    let done = facts.plan.renewals_used.map(|used| used.saturating_sub(1));
    // What was never renewed was not renewed then.
    refused.or(done).or((loan.renewals == 0).then_some(0))
}

fn due_before(facts: &EventFacts, decided: &Policy, case: &Case) -> Option<Date> {
    let refused = facts.refused.iter().find_map(|refusal| match refusal {
        Refusal::WouldNotExtend { due } => Some(*due),
        Refusal::OverdueTooLong { days, .. } => {
            let span = Span::new().try_days(i64::from(*days)).ok()?;
            facts.on.checked_sub(span).ok()
        }
        _ => None,
    });
    let counted = (decided.renew_from(case).value == RenewFrom::DueDate)
        .then(|| facts.renewed_from())
        .flatten();
    refused.or(counted).or_else(|| facts.never_shorter())
}
