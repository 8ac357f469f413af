//! The copies that a hold may wait for: those that every rule leaves.

use jiff::civil::Date;

use super::hold::HoldRequest;
use super::novelty::not_new_from;
use crate::codes::{BranchCode, CategoryCode};
use crate::days;
use crate::facts::{Condition, ItemFacts, Place, TitleFacts};
use crate::policy::{Case, Parameter, Policy};
use crate::refusal::Refusal;
use crate::trace::{Chosen, Step, Trace};

/// For whom, where, under which rules.
pub(super) struct Question<'p> {
    pub(super) policy: &'p Policy,
    pub(super) pickup: BranchCode,
    pub(super) category: CategoryCode,
}

impl Question<'_> {
    /// A loan would be made at the pickup branch.
    const fn case(&self, item: &ItemFacts) -> Case {
        Case {
            checkout: self.pickup,
            owner: item.owner,
            pickup: self.pickup,
            category: Some(self.category),
            document: item.document,
        }
    }

    fn is_new(&self, item: &ItemFacts, on: Date) -> bool {
        on < not_new_from(self.policy, &self.case(item), item)
    }
}

/// The copies that are asked for and may serve some day, and are still in question.
pub(super) struct Copies<'t> {
    pub(super) left: Vec<&'t ItemFacts>,
}

impl<'t> Copies<'t> {
    pub(super) fn of(title: &'t TitleFacts) -> Self {
        let left = title
            .items
            .iter()
            .filter(|item| item.asked && may_serve_some_day(item.facts.condition))
            .map(|item| &item.facts)
            .collect();
        Self { left }
    }

    /// Keeps those that pass, and tells whether there are any. If none does, the reason is told
    /// and all stay in question, so that every other reason is found too.
    pub(super) fn keep(
        &mut self,
        passes: impl Fn(&ItemFacts) -> bool,
        refusal: impl FnOnce(&ItemFacts) -> Refusal,
        refusals: &mut Vec<Refusal>,
    ) -> bool {
        let passing: Vec<_> = self
            .left
            .iter()
            .copied()
            .filter(|item| passes(item))
            .collect();
        if passing.is_empty() {
            refusals.extend(self.left.first().map(|item| refusal(item)));
            return false;
        }
        self.left = passing;
        true
    }

    /// Those that may be lent to the reader at the pickup branch, and held.
    pub(super) fn keep_lendable(&mut self, of: &Question<'_>, refusals: &mut Vec<Refusal>) -> bool {
        let policy = of.policy;
        let loanable = self.keep(
            |item| policy.loanable(&of.case(item)).value,
            |item| Refusal::NotLoanable {
                rule: policy.loanable(&of.case(item)).rule,
            },
            refusals,
        );
        let holdable = self.keep(
            |item| policy.holdable(&of.case(item)).value,
            |item| Refusal::NotHoldable {
                rule: policy.holdable(&of.case(item)).rule,
            },
            refusals,
        );
        loanable && holdable
    }

    /// Those that are not simply to be fetched from a shelf, and whose queue has room.
    pub(super) fn keep_free(
        &mut self,
        of: &Question<'_>,
        waiting: u32,
        refusals: &mut Vec<Refusal>,
    ) {
        let policy = of.policy;
        self.keep(
            |item| !on_shelf(item) || policy.hold_on_shelf(&of.case(item)).value,
            |item| Refusal::OnShelf {
                rule: policy.hold_on_shelf(&of.case(item)).rule,
            },
            refusals,
        );
        let longest = self
            .left
            .iter()
            .map(|item| policy.hold_queue_max(&of.case(item)))
            .max_by_key(|max| max.value);
        self.keep(
            |item| waiting < policy.hold_queue_max(&of.case(item)).value,
            |item| {
                let max = longest.unwrap_or_else(|| policy.hold_queue_max(&of.case(item)));
                Refusal::QueueFull {
                    max: max.value,
                    waiting,
                    rule: max.rule,
                }
            },
            refusals,
        );
    }

    /// Whether all that can serve on a day are new then; where none can, those that may later.
    pub(super) fn all_new(
        &self,
        of: &Question<'_>,
        title: &TitleFacts,
        can_serve: &[bool],
        on: Date,
    ) -> bool {
        let mut serving = title
            .items
            .iter()
            .zip(can_serve)
            .filter(|(_, serves)| **serves)
            .map(|(item, _)| &item.facts)
            .peekable();
        if serving.peek().is_some() {
            serving.all(|item| of.is_new(item, on))
        } else {
            self.left.iter().all(|item| of.is_new(item, on))
        }
    }

    /// The last day on which the hold waits: by the copy that lets it wait longest, or as long as
    /// it is needed.
    pub(super) fn last_day(&self, of: &Question<'_>, ask: &HoldRequest, trace: &mut Trace) -> Date {
        let longest = self
            .left
            .iter()
            .map(|item| of.policy.hold_expires_days(&of.case(item)))
            .max_by_key(|days| days.value);
        let mut last = ask.on;
        if let Some(length) = longest {
            last = days::add(ask.on, length.value);
            trace.push(Step::Period {
                by: Chosen::new(Parameter::HoldExpiresDays, &length),
                from: ask.on,
                to: last,
            });
        }
        if let Some(until) = ask.needed_until.filter(|until| *until < last) {
            trace.push(Step::NeededUntil { on: until });
            last = until;
        }
        trace.push(Step::Lapses { on: last });
        last
    }
}

/// A good copy, or one that will be: being prepared, or on order.
const fn may_serve_some_day(condition: Condition) -> bool {
    matches!(
        condition,
        Condition::Good | Condition::InProcess | Condition::OnOrder
    )
}

const fn on_shelf(item: &ItemFacts) -> bool {
    matches!(item.place, Place::Shelf { .. }) && item.condition.may_be_lent()
}
