use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::*;
use crate::facts::Whose;
use crate::testing::{book_of, branch, document, item, lent, open, policy, queued, reader};
use crate::{
    CheckinRequest, CheckoutRequest, Door, ItemFacts, Language, Overrides, QueuedHold, ReaderFacts,
    Right, Rulebook, decide_checkin, decide_checkout,
};

fn under(rules: Value, limits: Value) -> Rulebook {
    book_of(policy(json!({}), rules, limits))
}

fn ask(code: &str, on: Date) -> CheckoutRequest {
    let overrides = Overrides::none();
    CheckoutRequest {
        desired_due: None,
        on,
        branch: branch(code),
        door: Door::Desk,
        overrides,
    }
}

fn lines(
    book: &Rulebook,
    ask: &CheckoutRequest,
    reader: &ReaderFacts,
    item: &ItemFacts,
    language: Language,
) -> Vec<String> {
    let trace = decide_checkout(book, ask, reader, item).trace;
    let json = serde_json::to_string(&trace).unwrap();
    let stored: Trace = serde_json::from_str(&json).unwrap();
    assert_eq!(stored, trace, "{json}");
    stored.lines(language, book)
}

#[test]
fn a_due_date_names_its_rule_and_the_closures() {
    let book = under(json!([]), json!([]));
    let ask = ask("VILB", date(2026, 7, 1));
    assert_eq!(
        lines(&book, &ask, &reader(), &item(), Language::English),
        [
            "due 2026-08-26   loan_days 28 (R0) from 2026-07-01 → 2026-07-29",
            "                 closed VILB 07-27…08-22 (fermeture estivale) → next opening 26 August",
        ]
    );
    assert_eq!(
        lines(&book, &ask, &reader(), &item(), Language::French),
        [
            "à rendre le 2026-08-26   loan_days 28 (R0) depuis le 2026-07-01 → 2026-07-29",
            "                         fermé VILB 07-27…08-22 (fermeture estivale) → prochaine \
             ouverture le 26 août",
        ]
    );
}

#[test]
fn a_limit_tells_whom_it_counted_where_and_what_would_help() {
    let limits = json!([{
        "id": "L-JVI", "of": "household", "where": "network", "documents": ["JVI"], "max_loans": 2
    }]);
    let book = under(json!([]), limits);
    let mut reader = reader();
    reader.loans = vec![
        open(Whose::Household, "JVI", date(2026, 4, 1)),
        open(Whose::Reader, "JVI", date(2026, 4, 1)),
    ];
    reader.loans[0].checkout = branch("VILB");
    let item = ItemFacts {
        document: document("JVI"),
        ..item()
    };
    let ask = ask("LENS", date(2026, 3, 10));
    assert_eq!(
        lines(&book, &ask, &reader, &item, Language::English),
        [
            "refused   limit L-JVI: household has 2 of 2 Jeu vidéo (1 at LENS, 1 at VILB)",
            "          allowed from: return of either; override.limit may force",
        ]
    );
    assert_eq!(
        lines(&book, &ask, &reader, &item, Language::French),
        [
            "refusé   limite L-JVI : le foyer a 2 sur 2 Jeu vidéo (1 à LENS, 1 à VILB)",
            "         possible dès : retour de l'un des deux ; override.limit peut passer outre",
        ]
    );
}

#[test]
fn the_branch_of_an_exception_and_what_was_overridden_are_told() {
    let rules = json!([
        { "id": "X-VILB", "branch": "VILB", "loan_days": 7 },
        { "id": "R-LIV", "document": "LIV", "loanable": false },
    ]);
    let mut ask = ask("VILB", date(2026, 3, 11));
    ask.overrides = Overrides::new([Right::Rule], "x");
    assert_eq!(
        lines(
            &under(rules, json!([])),
            &ask,
            &reader(),
            &item(),
            Language::English
        ),
        [
            "due 2026-03-18   loan_days 7 (X-VILB, checkout branch VILB) from 2026-03-11 → 2026-03-18",
            "overridden       This item is not lent on your kind of card (rule R-LIV). Please ask at \
             the desk. (override.rule)",
        ]
    );
}

#[test]
fn warnings_and_novelty_stand_with_the_date() {
    let new = ItemFacts {
        in_service: date(2026, 3, 1),
        ..item()
    };
    let book = under(json!([]), json!([]));
    assert_eq!(
        lines(
            &book,
            &ask("NEUF", date(2026, 3, 10)),
            &reader(),
            &new,
            Language::English
        ),
        [
            "due 2026-03-24   novelty_loan_days 14 (R0) from 2026-03-10 → 2026-03-24",
            "                 warning: no opening hours known, so taken as always open: NEUF",
            "new              before 2026-08-28",
        ]
    );
}

#[test]
fn a_return_tells_lateness_and_way() {
    let book = under(json!([]), json!([]));
    let decide = |on| {
        let ask = CheckinRequest {
            on,
            branch: branch("VILB"),
            capture: true,
        };
        decide_checkin(&book, &ask, &lent(date(2026, 3, 10)), &[]).trace
    };
    assert_eq!(
        decide(date(2026, 3, 13)).lines(Language::English, &book),
        [
            "late      3 days, grace_days 2 (R0) → suspended for 3 days (R0), free on 2026-03-16",
            "rule      returns_to owner (R0)",
            "travels   VILB → LENS",
        ]
    );
    assert_eq!(
        decide(date(2026, 3, 11)).lines(Language::French, &book),
        [
            "retard   1 jour, sans suite : grace_days 2 (R0)",
            "règle    returns_to owner (R0)",
            "part     VILB → LENS",
        ]
    );
}

#[test]
fn a_capture_tells_whom_it_passed_over_and_until_when_it_waits() {
    let book = under(json!([]), json!([]));
    let ask = CheckinRequest {
        on: date(2026, 3, 10),
        branch: branch("LENS"),
        capture: true,
    };
    let lapsed = QueuedHold {
        expires_on: date(2026, 3, 1),
        ..queued("LENS")
    };
    let decide = |queue: &[QueuedHold]| {
        let trace = decide_checkin(&book, &ask, &lent(date(2026, 3, 10)), queue).trace;
        let json = serde_json::to_string(&trace).unwrap();
        serde_json::from_str::<Trace>(&json).unwrap()
    };
    assert_eq!(
        decide(&[lapsed, queued("LENS")]).lines(Language::English, &book),
        [
            "held        1 passed over in the queue: suspended, lapsed, or not to be served with this item",
            "rule        hold_shelf_open_days 10 (R0)",
            "set aside   LENS until 2026-03-24",
        ]
    );
    assert_eq!(
        decide(&[queued("VILB")]).lines(Language::French, &book),
        [
            "réservé   la première réservation de la file l'obtient",
            "part      LENS → VILB",
        ]
    );
}
