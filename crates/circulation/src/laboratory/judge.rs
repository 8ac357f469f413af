//! A question of the log, decided again.

mod checkout;
mod hold;
mod renew;

use jiff::civil::Date;
use serde::Serialize;

use super::change::{Change, What};
use super::differ::{self, RECALL};
use super::event::{EventFacts, Question, fixed};
use super::pair::{Laboratory, only};
use crate::codes::{CategoryCode, DocumentCode};
use crate::policy::{Case, Limit, Policy, RuleId};
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// What a policy says to a question of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The due date, of a loan or renewal that is allowed and whose date can be told.
    pub due: Option<Date>,
    /// The reasons of the rules against it; none: it is allowed.
    pub refusals: Vec<Refusal>,
    /// How it came to it.
    pub trace: Trace,
}

/// What is not kept, and could make a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotKept {
    /// An open loan was renewed more than once, and renewals count from their own day.
    RenewalDays,
    /// Staff did it against the rules.
    Forced,
    /// The entry of the log is in other words than today's.
    Body,
    /// The item, or the reader, is not in the log any more.
    Parties,
    /// The reader's file was changed since, so that the category of that day is not known.
    Category,
    /// Which policy decided is not known.
    Policy,
    /// Whether a kiosk or a partner asked.
    Door,
    /// The last day that a partner asked for.
    Desired,
    /// How many loans or holds the reader had that a limit of other scope would count.
    Loans,
    /// Which late loans the reader had.
    Recalls,
    /// The loan as it was on that day: its due date or how often it was renewed.
    Loan,
    /// Who waited for it.
    Queue,
    /// Where the title's copies were.
    Copies,
}

/// A question of the log under both policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// It comes out the same.
    Same,
    /// It comes out otherwise.
    Changed(Change),
    /// It cannot be told.
    Not(NotKept),
}

impl Laboratory {
    /// Decides a question of the log again, under both policies.
    #[must_use]
    pub fn event(&self, facts: &EventFacts) -> Replayed {
        if self.before().document().rules == self.after().document().rules
            && self.before().limits == self.after().limits
            && self.before().roles == self.after().roles
            && self.same.periods
        {
            return Replayed::Same;
        }
        if !facts.done && facts.refused.iter().any(fixed) {
            return Replayed::Same;
        }
        match self.judged(facts) {
            Ok(None) => Replayed::Same,
            Ok(Some((before, after))) => self.compared(facts, &before, &after),
            Err(not) => Replayed::Not(not),
        }
    }

    /// What each policy says; none: nothing that they say differently could matter.
    ///
    /// # Errors
    ///
    /// What is not kept and could make a difference.
    pub fn judged(&self, facts: &EventFacts) -> Result<Option<(Judged, Judged)>, NotKept> {
        if !facts.plan.overridden.is_empty() {
            return Err(NotKept::Forced);
        }
        match facts.question {
            Question::Checkout => self.checkout(facts),
            Question::Renew => self.renewal(facts),
            Question::Hold => self.hold(facts),
        }
    }

    fn compared(&self, facts: &EventFacts, before: &Judged, after: &Judged) -> Replayed {
        let question = facts.question;
        let case = self.case_of(facts);
        let change = |what, rule_before, rule_after| {
            Replayed::Changed(Change {
                what,
                branch: facts.branch,
                category: case.and_then(|case| case.category),
                document: case.map(|case| case.document),
                rule_before,
                rule_after,
            })
        };
        match (before.refusals.first(), after.refusals.first()) {
            (None, None) => match (before.due, after.due) {
                (Some(due), Some(moved)) if due != moved => {
                    let what = What::AnswerDue {
                        question,
                        before: due,
                        after: moved,
                    };
                    let rules = case
                        .and_then(|case| self.deciding_of(&case, &before.trace, &after.trace))
                        .unzip();
                    change(what, rules.0, rules.1)
                }
                _ => Replayed::Same,
            },
            (Some(_), Some(_)) => Replayed::Same,
            (Some(no), None) => {
                let what = What::Answer {
                    question,
                    lifted: true,
                };
                change(what, named(no), said_by(no, self.after(), case.as_ref()))
            }
            (None, Some(no)) => {
                let what = What::Answer {
                    question,
                    lifted: false,
                };
                change(what, said_by(no, self.before(), case.as_ref()), named(no))
            }
        }
    }

    /// The case of a question, as far as it is known.
    pub(super) fn case_of(&self, facts: &EventFacts) -> Option<Case> {
        let (checkout, category, document) = match (facts.question, facts.loan) {
            (Question::Hold, _) | (_, None) => (facts.branch, facts.category, None),
            (Question::Checkout, Some(loan)) => {
                (facts.branch, Some(loan.category), Some(loan.document))
            }
            (Question::Renew, Some(loan)) => {
                (loan.checkout, Some(loan.category), Some(loan.document))
            }
        };
        let item = facts.item?;
        Some(Case {
            checkout,
            owner: item.owner,
            pickup: checkout,
            category,
            document: document.unwrap_or(item.document),
        })
    }

    /// The policy that decided a question.
    pub(super) fn decided_under(&self, facts: &EventFacts) -> Result<&Policy, NotKept> {
        match facts.plan.policy_version {
            Some(version) => self
                .book
                .policies
                .iter()
                .find(|policy| policy.version == version),
            None => self.book.policy_on(facts.on),
        }
        .ok_or(NotKept::Policy)
    }
}

fn named(refusal: &Refusal) -> Option<RuleId> {
    refusal.rule().map(RuleId::from)
}

/// The rule of another policy that speaks to what a refusal is about.
fn said_by(refusal: &Refusal, policy: &Policy, case: Option<&Case>) -> Option<RuleId> {
    if let Refusal::Limit { id, .. } = refusal {
        return policy
            .limits
            .iter()
            .find(|limit| limit.id == *id)
            .map(|limit| limit.id.clone());
    }
    let case = case?;
    Some(match refusal {
        Refusal::NotLoanable { .. } => policy.loanable(case).rule,
        Refusal::NotAtMachine { .. } => policy.self_check(case).rule,
        Refusal::RenewalsUsed { .. } => policy.renewals(case).rule,
        Refusal::OverdueTooLong { .. } => policy.renew_overdue_max_days(case).rule,
        Refusal::HeldByWaiting { .. } => policy.renew_when_held(case).rule,
        Refusal::RecallBlocked { .. } => policy.borrowing_blocked_from_recall(case).rule,
        _ => return None,
    })
}

/// What keeps a reader from borrowing by recalls, under a policy: what the log says, where the rules of recalls are those that
/// decided; nothing, where recalls never do.
fn recall(
    facts: &EventFacts,
    policy: &Policy,
    decided: &Policy,
) -> Result<Option<Refusal>, NotKept> {
    if differ::never_blocks(policy) {
        return Ok(None);
    }
    if !differ::same_table(policy, decided, RECALL) {
        return Err(NotKept::Recalls);
    }
    let logged = facts
        .refused
        .iter()
        .find(|refusal| matches!(refusal, Refusal::RecallBlocked { .. }));
    Ok(logged.cloned())
}

/// What a limit counted on that day, if it was asked under the policy that decided: under whatever name, with whatever
/// maximum.
fn counted_then(
    facts: &EventFacts,
    limit: &Limit,
    decided: &Policy,
    of_holds: bool,
) -> Option<Option<u32>> {
    let max = |limit: &Limit| match of_holds {
        true => limit.max_holds,
        false => limit.max_loans,
    };
    decided
        .limits
        .iter()
        .find(|known| max(known).is_some() && differ::same_scope(known, limit))
        .map(|known| facts.counted(&known.id, of_holds))
}

/// Says no, or goes on counting.
fn count(
    limit: &Limit,
    counted: u32,
    max: u32,
    of_holds: bool,
    refusals: &mut Vec<Refusal>,
    trace: &mut Trace,
) {
    if counted < max {
        trace.push(Step::Counted {
            id: limit.id.clone(),
            of: limit.of,
            counted,
            max,
        });
        return;
    }
    refusals.push(Refusal::Limit {
        id: limit.id.clone(),
        of: limit.of,
        over: limit.over,
        max,
        counted,
        documents: limit.documents.clone(),
        novelty: limit.novelty == Some(true),
        holds: of_holds,
        at: Vec::new(),
    });
}

/// The verdict of what is known and what is not: a reason that is sure refuses, whatever else there may be.
fn verdict(
    refusals: Vec<Refusal>,
    unknown: Option<NotKept>,
    mut trace: Trace,
) -> Result<Judged, NotKept> {
    match (refusals.is_empty(), unknown) {
        (true, Some(not)) => Err(not),
        _ => {
            trace
                .steps
                .extend(refusals.iter().cloned().map(Step::Refused));
            Ok(Judged {
                due: None,
                refusals,
                trace,
            })
        }
    }
}

/// Whether this holds for the reader's category, or for every one where it is not known.
fn whichever(
    book: &Rulebook,
    category: Option<CategoryCode>,
    holds: impl Fn(CategoryCode) -> bool,
) -> bool {
    match category {
        Some(category) => holds(category),
        None => book.categories.keys().all(|category| holds(*category)),
    }
}

fn policy_of(book: &Rulebook) -> &Policy {
    only(book)
}

/// Whether limits that are not alike could count this.
fn limits_touch(lab: &Laboratory, document: DocumentCode) -> bool {
    !lab.same.limits && (lab.same.unlimited || lab.same.limited.contains(&document))
}
