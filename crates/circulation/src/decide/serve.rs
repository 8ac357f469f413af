//! Which waiting holds an item could serve.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::novelty::not_new_from;
use super::standing::audience_allows;
use crate::codes::{BranchCode, CategoryCode};
use crate::facts::ItemFacts;
use crate::policy::{Case, Policy};
use crate::rulebook::Rulebook;

/// A hold that waits for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingHold {
    /// The category of who waits.
    pub category: CategoryCode,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// What was asked for.
    pub asks: Asks,
}

/// What a hold asks for, as seen from one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// Any item of the title.
    Title,
    /// This very item.
    ThisItem,
    /// Another item of the title.
    OtherItem,
}

/// Whether an item could serve a waiting hold on a day, once it is free: it is asked for, may be
/// held, may leave for the pickup branch if it is new, and may be lent there to who waits.
#[must_use]
pub fn hold_can_be_served_by(
    policy: &Policy,
    book: &Rulebook,
    hold: &WaitingHold,
    item: &ItemFacts,
    on: Date,
) -> bool {
    let case = Case {
        checkout: hold.pickup,
        owner: item.owner,
        pickup: hold.pickup,
        category: Some(hold.category),
        document: item.document,
    };
    let may_travel = || {
        hold.pickup == item.owner
            || on >= not_new_from(policy, &case, item)
            || policy.novelty_leaves_branch(&case).value
    };
    hold.asks != Asks::OtherItem
        && item.condition.may_be_lent()
        && audience_allows(book, hold.category, item.audience)
        && policy.holdable(&case).value
        && policy.loanable(&case).value
        && may_travel()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Condition;
    use crate::rulebook::Audience;
    use crate::testing::{TODAY, book_of, branch, category, item, policy};
    use serde_json::{Value, json};

    fn served(root: Value, hold: WaitingHold, item: &ItemFacts) -> bool {
        let book = book_of(policy(root, json!([]), json!([])));
        hold_can_be_served_by(&book.policies[0], &book, &hold, item, TODAY)
    }

    fn hold(pickup: &str) -> WaitingHold {
        WaitingHold {
            category: category("ADU"),
            pickup: branch(pickup),
            asks: Asks::Title,
        }
    }

    #[test]
    fn the_item_must_be_asked_for_holdable_lendable_and_good() {
        assert!(served(json!({}), hold("VILB"), &item()));
        let this = WaitingHold {
            asks: Asks::ThisItem,
            ..hold("VILB")
        };
        assert!(served(json!({}), this, &item()));
        let other = WaitingHold {
            asks: Asks::OtherItem,
            ..hold("VILB")
        };
        assert!(!served(json!({}), other, &item()));
        assert!(!served(json!({ "holdable": false }), hold("VILB"), &item()));
        assert!(!served(json!({ "loanable": false }), hold("VILB"), &item()));
        let damaged = ItemFacts {
            condition: Condition::Damaged,
            ..item()
        };
        assert!(!served(json!({}), hold("VILB"), &damaged));
    }

    #[test]
    fn a_new_item_serves_at_home_unless_it_may_leave() {
        let new = ItemFacts {
            in_service: TODAY,
            ..item()
        };
        assert!(served(json!({}), hold("LENS"), &new));
        assert!(!served(json!({}), hold("VILB"), &new));
        assert!(served(
            json!({ "novelty_leaves_branch": true }),
            hold("VILB"),
            &new
        ));
    }

    #[test]
    fn a_child_is_not_served_with_an_adult_s_document() {
        let child = WaitingHold {
            category: category("ENF"),
            ..hold("LENS")
        };
        let adult = ItemFacts {
            audience: Audience::Adult,
            ..item()
        };
        assert!(!served(json!({}), child, &adult));
        assert!(served(json!({}), child, &item()));
    }
}
