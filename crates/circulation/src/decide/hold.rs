//! May this reader reserve this title, for pickup at this branch?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Decision;
use super::copies::{Copies, Question};
use super::limits::judge_hold;
use super::serve::{Asks, WaitingHold, hold_can_be_served_by};
use super::standing::{audience_allows, reader_standing};
use super::verdict::{refuse, settle};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::facts::{OpenHold, ReaderFacts, TitleFacts, Whose};
use crate::refusal::{Refusal, Refused};
use crate::request::{Overrides, Right};
use crate::rulebook::{CategoryKind, Rulebook};
use crate::trace::Trace;

/// Who asks for a hold, when and for which pickup branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldRequest {
    /// The day on which it is placed, in local time.
    pub on: Date,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The last day on which the reader still has use for it, if one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed_until: Option<Date>,
    /// The rights in use.
    #[serde(default)]
    pub overrides: Overrides,
}

/// A hold to be placed, or moved to another pickup branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldPlan {
    /// Whether each copy of the title could serve it on that day, once free.
    pub can_serve: Vec<bool>,
    /// The last day on which it waits for an item.
    pub expires_on: Date,
    /// The document type that it is for, which the hold remembers.
    pub document: DocumentCode,
    /// Whether only new items can serve it, which the hold remembers.
    pub new: bool,
    /// The policy it was decided under.
    pub policy_version: i32,
    /// The calendar it was decided under.
    pub calendar_version: i64,
    /// What was overridden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Refusal>,
}

/// Decides a hold (rules of the network, "How the values are used", 7). All refusals that apply
/// are given.
///
/// One copy that allows it is enough, each judged by the rules of its owner. A copy that is being
/// prepared or is on order may serve later, so it counts; one that is lost, missing, withdrawn or
/// set aside does not. Where only a new copy of another branch is left, the hold waits until that
/// copy may travel.
///
/// `override.rule` lifts a full queue, a copy on the shelf and a closed pickup branch. It lifts
/// nothing where no copy may ever be lent to this reader there: such a hold would wait in vain.
#[must_use]
pub fn decide_hold(
    book: &Rulebook,
    ask: &HoldRequest,
    reader: &ReaderFacts,
    title: &TitleFacts,
) -> Decision<HoldPlan> {
    decide(book, ask, reader, title, Occasion::Placed)
}

/// Decides another pickup branch for a hold that waits: it must be open to holds, and a copy must
/// be able to serve there. Nothing else is asked again, neither the reader's standing nor limits
/// nor the queue, since the hold keeps its rank.
///
/// It keeps its last day too: the plan's `expires_on` is that of a hold placed on the day of the
/// move.
#[must_use]
pub fn decide_hold_move(
    book: &Rulebook,
    ask: &HoldRequest,
    reader: &ReaderFacts,
    title: &TitleFacts,
) -> Decision<HoldPlan> {
    decide(book, ask, reader, title, Occasion::Moved)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Occasion {
    Placed,
    Moved,
}

fn decide(
    book: &Rulebook,
    ask: &HoldRequest,
    reader: &ReaderFacts,
    title: &TitleFacts,
    occasion: Occasion,
) -> Decision<HoldPlan> {
    let mut trace = Trace::default();
    let placed = occasion == Occasion::Placed;
    let mut refusals = Vec::new();
    if placed {
        refusals.extend(reader_standing(book, ask.on, reader));
    }
    let mut copies = Copies::of(title);
    let audience = copies.keep(
        |item| audience_allows(book, reader.category, item.audience),
        |_| Refusal::AudienceLimit,
        &mut refusals,
    );
    if placed && !may_have_several(book, reader.category) {
        let lent = title.lent_already;
        refusals.extend(lent.map(|due| Refusal::AlreadyLentToYou { due }));
        refusals.extend(title.held_already.then_some(Refusal::HeldAlready));
    }
    let Some(first) = copies.left.first().copied() else {
        return refuse(Refused::ending(refusals, Refusal::NothingToServe), trace);
    };
    let Some(policy) = book.policy_on(ask.on) else {
        let last = Refusal::NoPolicy { on: ask.on };
        return refuse(Refused::ending(refusals, last), trace);
    };
    let of = Question {
        policy,
        pickup: ask.pickup,
        category: reader.category,
    };
    let lendable = copies.keep_lendable(&of, &mut refusals);
    if placed {
        copies.keep_free(&of, title.waiting, &mut refusals);
    }
    refusals.extend(policy.no_pickup_until(ask.pickup, ask.on).map(|until| {
        Refusal::PickupClosed {
            branch: ask.pickup,
            until,
        }
    }));

    let can_serve = can_serve(book, &of, title, ask.on);
    let document = copies
        .left
        .first()
        .map_or(first.document, |item| item.document);
    let new = copies.all_new(&of, title, &can_serve, ask.on);
    if placed {
        let asked = OpenHold {
            whose: Whose::Reader,
            pickup: ask.pickup,
            document,
            new,
        };
        let (category, holds) = (reader.category, &title.holds);
        judge_hold(policy, category, holds, &asked, &mut refusals, &mut trace);
    }

    let mut overrides = ask.overrides.clone();
    if !(audience && lendable) {
        overrides.rights.remove(&Right::Rule);
    }
    settle(refusals, &overrides, trace, |overridden, trace| HoldPlan {
        can_serve,
        expires_on: copies.last_day(&of, ask, trace),
        document,
        new,
        policy_version: policy.version,
        calendar_version: book.calendar.version,
        overridden,
    })
}

/// A class or an institution may hold, and have, several copies of one title.
fn may_have_several(book: &Rulebook, category: CategoryCode) -> bool {
    book.categories
        .get(&category)
        .is_some_and(|category| category.kind != CategoryKind::Person)
}

fn can_serve(book: &Rulebook, of: &Question<'_>, title: &TitleFacts, on: Date) -> Vec<bool> {
    let hold = WaitingHold {
        category: of.category,
        pickup: of.pickup,
        asks: Asks::Title,
    };
    title
        .items
        .iter()
        .map(|item| item.asked && hold_can_be_served_by(of.policy, book, &hold, &item.facts, on))
        .collect()
}

#[cfg(test)]
mod tests;
