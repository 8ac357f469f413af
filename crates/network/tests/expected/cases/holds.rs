use circulation::{
    BranchCode, CategoryCode, DocumentCode, HoldItem, HoldRequest, OpenHold, Overrides, Refusal,
    TitleFacts, Whose, decide_hold,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::examples;
use crate::facts::{item, lent, reader};
use crate::network;

#[derive(Deserialize)]
struct Given {
    category: CategoryCode,
    pickup: BranchCode,
    date: Date,
    items: Vec<Copy>,
    waiting: u32,
    reader_holds: usize,
}

#[derive(Deserialize)]
struct Copy {
    owner: BranchCode,
    document: DocumentCode,
    in_service: Date,
    on_shelf: bool,
}

#[derive(Deserialize)]
struct Expected {
    allowed: bool,
    #[serde(default)]
    can_serve: Vec<bool>,
    #[serde(default)]
    reasons: Vec<String>,
}

#[test]
fn holds() {
    let book = network().rulebook();
    for example in examples::<Given, Expected>("hold", 7) {
        let (id, given, expected) = (example.id, example.given, example.expected);
        let ask = HoldRequest {
            on: given.date,
            pickup: given.pickup,
            needed_until: None,
            overrides: Overrides::none(),
        };
        let decision = decide_hold(&book, &ask, &reader(given.category), &title(&given));
        match decision.outcome {
            Ok(plan) => {
                assert!(expected.allowed, "{id}");
                assert_eq!(plan.can_serve, expected.can_serve, "{id}");
            }
            Err(refused) => {
                assert!(!expected.allowed, "{id}: {refused:?}");
                let reasons: Vec<_> = refused.all().iter().map(reason).collect();
                assert_eq!(reasons, expected.reasons, "{id}");
            }
        }
    }
}

fn title(given: &Given) -> TitleFacts {
    let copy = |copy: &Copy| {
        let mut facts = item(copy.owner, copy.document, copy.in_service);
        if !copy.on_shelf {
            facts.place = lent(copy.owner, given.category);
        }
        HoldItem { facts, asked: true }
    };
    // The examples do not say what the reader's other holds are for: old books.
    let other = OpenHold {
        whose: Whose::Reader,
        pickup: given.pickup,
        document: "LIV".parse().unwrap(),
        new: false,
    };
    TitleFacts {
        items: given.items.iter().map(copy).collect(),
        waiting: given.waiting,
        holds: vec![other; given.reader_holds],
        held_already: false,
        lent_already: None,
    }
}

/// The examples name a refusal by its code, a limit by its id.
fn reason(refusal: &Refusal) -> &str {
    match refusal {
        Refusal::Limit { id, .. } => id.as_str(),
        other => other.code(),
    }
}
