//! From refusals to a decision: what rights lift, what stands.

use super::Decision;
use crate::refusal::{Refusal, Refused};
use crate::request::Overrides;
use crate::trace::{Step, Trace};

/// Refused, if anything stands that the overrides do not lift; else the plan, told what was
/// lifted. The trace has both.
pub(super) fn settle<P>(
    refusals: Vec<Refusal>,
    overrides: &Overrides,
    mut trace: Trace,
    plan: impl FnOnce(Vec<Refusal>, &mut Trace) -> P,
) -> Decision<P> {
    let (lifted, standing): (Vec<_>, Vec<_>) = refusals
        .into_iter()
        .partition(|refusal| overrides.lift(refusal));
    for refusal in &lifted {
        trace.push(Step::Overridden(refusal.clone()));
    }
    for refusal in &standing {
        trace.push(Step::Refused(refusal.clone()));
    }
    let outcome = match Refused::new(standing) {
        Some(refused) => Err(refused),
        None => Ok(plan(lifted, &mut trace)),
    };
    Decision { outcome, trace }
}

/// Refused for reasons that no right lifts, or that leave nothing to plan.
pub(super) fn refuse<P>(refused: Refused, mut trace: Trace) -> Decision<P> {
    for refusal in refused.all() {
        trace.push(Step::Refused(refusal.clone()));
    }
    Decision {
        outcome: Err(refused),
        trace,
    }
}
