//! Copies and source records.

use std::collections::{BTreeMap, BTreeSet};

use circulation::Condition;
use jiff::ToSpan;

use super::{DAYS, book, each_day, one_day};
use crate::library::{LIBRARIES, Size};
use crate::stock::is_old_label;

#[test]
fn there_are_some_four_thousand_copies_over_all_branches() {
    let demo = one_day();
    assert!(
        (3_900..4_500).contains(&demo.items.len()),
        "{}",
        demo.items.len()
    );
    for library in &LIBRARIES {
        let here: Vec<_> = demo
            .items
            .iter()
            .filter(|item| item.branch == library.branch())
            .collect();
        let at_least = match library.size {
            Size::Large => 300,
            Size::Medium => 150,
            Size::Small => 60,
        };
        assert!(
            here.len() >= at_least,
            "{} has {}",
            library.code,
            here.len()
        );
        let kinds: BTreeSet<_> = here.iter().map(|item| item.document).collect();
        assert!(kinds.len() >= 14, "{} has {kinds:?}", library.code);
        let books = here
            .iter()
            .filter(|item| item.is_book() && item.condition.may_be_lent());
        assert!(
            books.count() >= 30,
            "{} has too few books to lend",
            library.code
        );
    }
}

#[test]
fn barcode_and_branch_name_a_copy() {
    let demo = one_day();
    let mut owners: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    for item in &demo.items {
        let branches = owners.entry(&item.barcode).or_default();
        assert!(
            branches.insert(item.branch),
            "{} twice at {}",
            item.barcode,
            item.branch
        );
        assert!(item.barcode.bytes().all(|byte| byte.is_ascii_digit()));
        let length = if is_old_label(&item.barcode) { 7 } else { 14 };
        assert_eq!(item.barcode.len(), length);
    }
    let collisions: Vec<_> = owners
        .iter()
        .filter(|(_, branches)| branches.len() > 1)
        .collect();
    assert_eq!(collisions.len(), 5, "{collisions:?}");
    assert!(collisions.iter().all(|(barcode, _)| is_old_label(barcode)));
}

#[test]
fn every_document_type_has_works_and_copies_but_digital_books_have_none() {
    let book = book();
    let demo = one_day();
    let works: BTreeSet<_> = demo.works.iter().map(|work| work.document).collect();
    let known: BTreeSet<_> = book.documents.keys().copied().collect();
    assert_eq!(works, known);
    let copies: BTreeSet<_> = demo.items.iter().map(|item| item.document).collect();
    let without: Vec<_> = known
        .difference(&copies)
        .map(|code| code.as_str())
        .collect();
    assert_eq!(without, ["PNB"]);
    for item in &demo.items {
        assert_eq!(item.document, demo.works[item.work].document);
        assert_eq!(item.parts, book.documents[&item.document].usual_parts);
    }
}

#[test]
fn every_work_is_held_and_each_holder_delivered_one_record() {
    let demo = one_day();
    let records: BTreeSet<_> = demo
        .source_records
        .iter()
        .map(|record| (record.branch, record.work))
        .collect();
    assert_eq!(records.len(), demo.source_records.len());
    for item in &demo.items {
        assert!(records.contains(&(item.branch, item.work)));
    }
    let described: BTreeSet<_> = records.iter().map(|(_, work)| *work).collect();
    assert_eq!(described.len(), demo.works.len());
    let numbers: BTreeSet<_> = demo
        .source_records
        .iter()
        .map(|record| (record.branch, record.control_number.as_str()))
        .collect();
    assert_eq!(numbers.len(), demo.source_records.len());
    let mut holders: BTreeMap<usize, u32> = BTreeMap::new();
    for (_, work) in &records {
        *holders.entry(*work).or_default() += 1;
    }
    let in_many = holders.values().filter(|holders| **holders >= 6).count();
    assert!(in_many >= 100, "only {in_many} works for a union to join");
}

#[test]
fn branches_with_a_rule_of_their_own_hold_what_it_is_about() {
    let book = book();
    let demo = one_day();
    let policy = book.policy_on(DAYS[0]).unwrap();
    let mut seen = Vec::new();
    for rule in &policy.rules {
        let (Some(branch), Some(document)) = (rule.branch, rule.document) else {
            continue;
        };
        let held = demo.items.iter().filter(|item| {
            item.branch == branch && item.document == document && item.condition.may_be_lent()
        });
        assert!(held.count() >= 5, "{} has nothing to show", rule.id);
        seen.push(rule.id.as_str());
    }
    assert_eq!(seen, ["X-BULM-PAR", "X-SALL-ART", "X-LENS-JVI"]);
}

#[test]
fn some_copies_are_new_and_a_few_are_not_fit_to_be_lent() {
    each_day(|day, _, demo| {
        let all = demo.items.len();
        let new = demo
            .items
            .iter()
            .filter(|item| item.in_service > day.saturating_sub(180.days()));
        let new = new.count() * 100 / all;
        assert!((5..14).contains(&new), "{new} % new");
        assert!(demo.items.iter().all(|item| item.in_service < day));
        let older_than_work = demo.items.iter().find(|item| {
            let year = demo.works[item.work].year;
            year.is_some_and(|year| item.in_service.year() < year)
        });
        assert_eq!(older_than_work, None);
        for condition in [
            Condition::Damaged,
            Condition::OnSiteOnly,
            Condition::InProcess,
            Condition::Lost,
            Condition::Missing,
        ] {
            let found = demo
                .items
                .iter()
                .filter(|item| item.condition == condition)
                .count();
            assert!((3..200).contains(&found), "{found} {condition:?}");
        }
        let good = demo
            .items
            .iter()
            .filter(|item| item.condition == Condition::Good)
            .count();
        assert!(good * 100 / all >= 92, "{good} of {all} are good");
    });
}

#[test]
fn the_latest_issue_stays_on_site_and_the_others_may_be_lent() {
    let demo = one_day();
    for item in demo
        .items
        .iter()
        .filter(|item| item.document.as_str() == "REV")
    {
        let work = &demo.works[item.work];
        let later = demo.works.iter().any(|other| {
            other.document == work.document
                && other.series == work.series
                && other.volume > work.volume
        });
        assert_eq!(
            item.condition == Condition::OnSiteOnly,
            !later,
            "{:?}",
            work.volume
        );
    }
}
