//! Loans in progress: replayed here one after the other, as whoever loads them will.

use std::collections::{BTreeMap, BTreeSet};

use circulation::{
    CheckoutRequest, Door, OpenLoan, Overrides, Place, Rulebook, Whose, decide_checkout,
    recall_level,
};
use jiff::civil::Date;

use super::{book, each_day, one_day};
use crate::facts::{item_facts, reader_facts};
use crate::special::is_old_card;
use crate::stock::is_old_label;
use crate::{Demo, Item, PastLoan, Patron, Standing, demo};

fn reader<'a>(demo: &'a Demo, loan: &PastLoan) -> &'a Patron {
    let mut found = demo
        .patrons
        .iter()
        .filter(|patron| patron.card == loan.card);
    let patron = found.next().unwrap();
    assert!(found.next().is_none());
    patron
}

fn item<'a>(demo: &'a Demo, loan: &PastLoan) -> &'a Item {
    let mut found = demo
        .items
        .iter()
        .filter(|item| item.barcode == loan.barcode);
    let item = found.next().unwrap();
    assert!(found.next().is_none());
    item
}

/// Makes every loan by the rules, in the order of the list, knowing only the earlier ones.
fn replay(book: &Rulebook, demo: &Demo) -> Vec<OpenLoan> {
    let mut made: Vec<(&Patron, OpenLoan)> = Vec::new();
    for loan in &demo.loans {
        let (reader, item) = (reader(demo, loan), item(demo, loan));
        let others = made.iter().filter_map(|(who, open)| {
            let whose = if who.card == reader.card {
                Whose::Reader
            } else if who.household.is_some() && who.household == reader.household {
                Whose::Household
            } else {
                return None;
            };
            Some(OpenLoan {
                whose,
                ..open.clone()
            })
        });
        let facts = reader_facts(reader, others.collect());
        let ask = CheckoutRequest {
            desired_due: None,
            on: loan.lent_on,
            branch: loan.branch,
            door: Door::Desk,
            overrides: Overrides::none(),
        };
        let place = Place::Shelf {
            branch: item.branch,
        };
        let decision = decide_checkout(book, &ask, &facts, &item_facts(item, place));
        let plan = decision.outcome.unwrap();
        let open = OpenLoan {
            whose: Whose::Reader,
            checkout: loan.branch,
            owner: item.branch,
            category: reader.category,
            document: item.document,
            new: plan.new,
            due: plan.due,
        };
        made.push((reader, open));
    }
    made.into_iter().map(|(_, open)| open).collect()
}

fn late_days(due: Date, day: Date) -> i32 {
    due.until(day).unwrap().get_days()
}

#[test]
fn the_rules_would_make_every_loan() {
    each_day(|day, book, demo| {
        let open = replay(book, demo);
        assert_eq!(open.len(), 160, "on {day}");
        let late: Vec<i32> = open.iter().map(|loan| late_days(loan.due, day)).collect();
        let over = |days| late.iter().filter(|late| **late > days).count();
        assert_eq!((over(0), over(14), over(30)), (25, 8, 3), "on {day}");
        let policy = book.policy_on(day).unwrap();
        let levels: BTreeSet<u8> = open
            .iter()
            .map(|loan| recall_level(policy, loan, day))
            .collect();
        assert!(
            levels.is_superset(&BTreeSet::from([0, 1, 2])),
            "{levels:?} on {day}"
        );
    });
}

#[test]
fn loans_are_in_order_and_on_open_days() {
    each_day(|day, book, demo| {
        assert!(demo.loans.is_sorted_by_key(|loan| loan.lent_on));
        for loan in &demo.loans {
            assert!(loan.lent_on < day);
            let policy = book.policy_on(loan.lent_on).unwrap();
            assert!(
                book.calendar.is_open(loan.branch, loan.lent_on, policy),
                "{loan:?}"
            );
            assert!(item(demo, loan).in_service < loan.lent_on);
        }
    });
}

#[test]
fn nothing_is_lent_twice_or_by_a_number_that_two_bear() {
    each_day(|_, _, demo| {
        let lent: BTreeSet<_> = demo
            .loans
            .iter()
            .map(|loan| (loan.branch, &loan.barcode))
            .collect();
        assert_eq!(lent.len(), demo.loans.len());
        for loan in &demo.loans {
            assert!(!is_old_label(&loan.barcode) && !is_old_card(&loan.card));
            let reader = reader(demo, loan);
            assert_eq!(reader.standing, Standing::Good);
            assert_eq!(reader.branch, loan.branch);
            assert_eq!(item(demo, loan).branch, loan.branch);
        }
    });
}

#[test]
fn every_branch_lends_and_keeps_books_and_one_of_each_kind_on_its_shelves() {
    each_day(|_, book, demo| {
        let lent: BTreeSet<_> = demo
            .loans
            .iter()
            .map(|loan| (loan.branch, &loan.barcode))
            .collect();
        for branch in book.branches.keys() {
            assert!(
                demo.loans.iter().any(|loan| loan.branch == *branch),
                "none at {branch}"
            );
            let mut kinds: BTreeMap<_, (u32, u32)> = BTreeMap::new();
            let mut books = 0;
            for item in demo.items.iter().filter(|item| item.branch == *branch) {
                let out = lent.contains(&(item.branch, &item.barcode));
                let (gone, here) = kinds.entry(item.document).or_default();
                if out {
                    *gone += 1;
                } else if item.condition.may_be_lent() {
                    *here += 1;
                    books += u32::from(item.is_book());
                }
            }
            assert!(books >= 30, "{books} books on the shelves of {branch}");
            for (document, (gone, here)) in kinds {
                assert!(gone == 0 || here > 0, "all {document} of {branch} are lent");
            }
        }
    });
}

#[test]
fn many_kinds_are_lent_to_many_readers() {
    let demo = one_day();
    let kinds: BTreeSet<_> = demo
        .loans
        .iter()
        .map(|loan| item(demo, loan).document.to_string())
        .collect();
    for kind in [
        "LIV", "BD", "DVD", "CD", "JVI", "JSO", "LIS", "ART", "MAL", "EXP", "PAR",
    ] {
        assert!(kinds.contains(kind), "no {kind} in {kinds:?}");
    }
    let readers: BTreeSet<_> = demo.loans.iter().map(|loan| &loan.card).collect();
    assert!(readers.len() >= 70, "{} readers", readers.len());
    let shown = format!("{:?}", demo.loans[0]);
    assert!(!shown.contains(&demo.loans[0].card) && !shown.contains(&demo.loans[0].barcode));
}

/// In the first days of a policy nobody can have borrowed under it for long.
#[test]
fn before_the_rules_there_are_no_loans() {
    let book = book();
    let first = book.policies[0].effective_from;
    assert!(demo(first, &book).loans.is_empty());
    let soon = first.checked_add(jiff::Span::new().days(20)).unwrap();
    let demo = demo(soon, &book);
    replay(&book, &demo);
    assert!(demo.loans.iter().all(|loan| loan.lent_on >= first));
}
