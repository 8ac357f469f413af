//! A loan that was asked for.

use super::{
    Judged, NotKept, count, counted_then, limits_touch, policy_of, recall, verdict, whichever,
};
use crate::codes::CategoryCode;
use crate::decide::{NewLoan, is_new, limits_loan, rules_against};
use crate::facts::{Condition, ItemFacts, Place};
use crate::laboratory::differ::{self, LOAN};
use crate::laboratory::event::{EventFacts, ItemKept};
use crate::laboratory::loan::made;
use crate::laboratory::pair::{Laboratory, loan_case};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::request::Door;
use crate::rulebook::{Audience, Rulebook};
use crate::trace::{Step, Trace};

impl Laboratory {
    pub(super) fn checkout(&self, facts: &EventFacts) -> Result<Option<(Judged, Judged)>, NotKept> {
        let Some(item) = facts.item else {
            return Err(NotKept::Parties);
        };
        let document = facts.loan.map_or(item.document, |loan| loan.document);
        let category = facts.loan.map(|loan| loan.category).or(facts.category);
        let same = |category: CategoryCode| {
            let case = loan_case(facts.branch, item.owner, category, document);
            differ::same_case(self.before(), self.after(), &case, LOAN)
        };
        if self.same.periods
            && self.same.recall
            && !limits_touch(self, document)
            && whichever(&self.book, category, same)
        {
            return Ok(None);
        }
        let category = category.ok_or(NotKept::Category)?;
        let decided = self.decided_under(facts)?;
        let judge = |book| judge(book, decided, facts, item, category);
        Ok(Some((judge(&self.before)?, judge(&self.after)?)))
    }
}

fn judge(
    book: &Rulebook,
    decided: &Policy,
    facts: &EventFacts,
    item: ItemKept,
    category: CategoryCode,
) -> Result<Judged, NotKept> {
    let policy = policy_of(book);
    let loan = facts.as_loan(item, category);
    let case = loan_case(facts.branch, item.owner, category, loan.document);
    let mut unknown = None;
    let mut refusals = Vec::new();
    match recall(facts, policy, decided) {
        Ok(blocked) => refusals.extend(blocked),
        Err(not) => unknown = Some(not),
    }
    match door(facts, decided, &case) {
        Some(door) => refusals.extend(rules_against(policy, &case, door)),
        // Whoever asked: what a machine may not do either way makes no difference.
        None => {
            refusals.extend(rules_against(policy, &case, Door::Desk));
            if !policy.self_check(&case).value {
                unknown = unknown.or(Some(NotKept::Door));
            }
        }
    }
    let mut trace = Trace::default();
    let asked = NewLoan {
        checkout: facts.branch,
        owner: item.owner,
        document: loan.document,
        new: is_new(
            policy,
            &as_item(&item, loan.document),
            Some(category),
            facts.on,
        ),
    };
    for limit in &policy.limits {
        let Some(max) = limit
            .max_loans
            .filter(|_| limits_loan(limit, category, &asked))
        else {
            continue;
        };
        match counted_then(facts, limit, decided, false).flatten() {
            Some(counted) => count(limit, counted, max, false, &mut refusals, &mut trace),
            None if max == 0 => count(limit, 0, max, false, &mut refusals, &mut trace),
            None => unknown = unknown.or(Some(NotKept::Loans)),
        }
    }
    let mut judged = verdict(refusals, unknown, trace)?;
    if judged.refusals.is_empty() {
        let desired = facts.desired();
        let due = made(book, &loan, desired, &mut judged.trace);
        let longer = due.zip(facts.plan.due).is_some_and(|(due, was)| due > was);
        if longer && desired.is_none() && !facts.by_staff && door(facts, decided, &case).is_none() {
            // A partner may have asked for no longer than it was given.
            return Err(NotKept::Desired);
        }
        judged.due = due;
        judged.trace.steps.extend(due.map(|on| Step::Due { on }));
    }
    Ok(judged)
}

/// The door, as far as it can be told: of staff; of a machine where it was refused as one, or was not although machines
/// are.
fn door(facts: &EventFacts, decided: &Policy, case: &crate::policy::Case) -> Option<Door> {
    if facts.by_staff {
        return Some(Door::Desk);
    }
    let at_machine = |refusal: &Refusal| matches!(refusal, Refusal::NotAtMachine { .. });
    if facts.refused.iter().any(at_machine) {
        return Some(Door::SelfCheck);
    }
    (!decided.self_check(case).value).then_some(Door::Partner)
}

fn as_item(item: &ItemKept, document: crate::codes::DocumentCode) -> ItemFacts {
    ItemFacts {
        owner: item.owner,
        document,
        condition: Condition::Good,
        audience: Audience::Unknown,
        in_service: item.in_service,
        return_by: item.return_by,
        place: Place::Nowhere,
    }
}
