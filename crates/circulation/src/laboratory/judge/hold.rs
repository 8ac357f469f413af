//! A hold that was asked for.

use super::{Judged, NotKept, count, counted_then, policy_of, recall, verdict};
use crate::laboratory::differ::{self, HOLD};
use crate::laboratory::event::EventFacts;
use crate::laboratory::pair::Laboratory;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;
use crate::trace::Trace;

impl Laboratory {
    /// Where the copies were is not kept: only by limits and recalls can a hold be decided again.
    pub(super) fn hold(&self, facts: &EventFacts) -> Result<Option<(Judged, Judged)>, NotKept> {
        let (before, after) = (self.before(), self.after());
        let others = differ::other_limits(before, after).chain(differ::other_limits(after, before));
        let limits = others.filter(|limit| limit.max_holds.is_some()).count() == 0;
        let rules = self.same.periods && differ::same_table(before, after, HOLD);
        if rules && limits && self.same.recall {
            return Ok(None);
        }
        let decided = self.decided_under(facts)?;
        let judge = |book| judge(book, decided, facts);
        Ok(Some((judge(&self.before)?, judge(&self.after)?)))
    }
}

fn judge(book: &Rulebook, decided: &Policy, facts: &EventFacts) -> Result<Judged, NotKept> {
    let policy = policy_of(book);
    let same_rules = policy.branch_periods == decided.branch_periods
        && differ::same_table(policy, decided, HOLD);
    if !same_rules {
        return Err(NotKept::Copies);
    }
    let mut unknown = None;
    let mut refusals = Vec::new();
    match recall(facts, policy, decided) {
        Ok(blocked) => refusals.extend(blocked),
        Err(not) => unknown = Some(not),
    }
    let by_copies = |refusal: &&Refusal| {
        !matches!(
            refusal,
            Refusal::RecallBlocked { .. } | Refusal::Limit { .. }
        )
    };
    refusals.extend(facts.refused.iter().filter(by_copies).cloned());
    let mut trace = Trace::default();
    for limit in &policy.limits {
        let Some(max) = limit.max_holds else {
            continue;
        };
        let for_others =
            |category| !limit.categories.is_empty() && !limit.categories.contains(&category);
        if facts.category.is_some_and(for_others) {
            continue;
        }
        match counted_then(facts, limit, decided, true) {
            Some(Some(counted)) => count(limit, counted, max, true, &mut refusals, &mut trace),
            // It was there then, of the same scope, and had nothing to say.
            Some(None) => {}
            None => unknown = unknown.or(Some(NotKept::Loans)),
        }
    }
    verdict(refusals, unknown, trace)
}
