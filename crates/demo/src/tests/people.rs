//! Readers.

use std::collections::{BTreeMap, BTreeSet};

use circulation::{CategoryKind, GuarantorNeed, Language, reader_standing};
use jiff::Unit;

use super::{book, each_day, one_day};
use crate::facts::reader_facts;
use crate::library::{LIBRARIES, Size};
use crate::special::is_old_card;
use crate::{Demo, Patron, Standing};

/// Readers in good standing of a category and branch, without a loan.
fn free<'a>(demo: &'a Demo, category: &str, branch: &str) -> Vec<&'a Patron> {
    let has_loan = |patron: &Patron| {
        demo.loans
            .iter()
            .any(|loan| loan.card == patron.card && loan.branch == patron.branch)
    };
    let fits = |patron: &&Patron| {
        patron.category.as_str() == category
            && patron.branch.as_str() == branch
            && patron.standing == Standing::Good
            && !is_old_card(&patron.card)
            && !has_loan(patron)
    };
    demo.patrons.iter().filter(fits).collect()
}

#[test]
fn every_branch_has_adults_who_may_borrow_and_have_nothing_yet() {
    each_day(|_, _, demo| {
        for library in &LIBRARIES {
            let wanted = if library.size == Size::Large { 5 } else { 2 };
            let found = free(demo, "ADU", library.code).len();
            assert!(found >= wanted, "{found} at {}", library.code);
        }
    });
}

#[test]
fn all_categories_are_there() {
    let book = book();
    let demo = one_day();
    assert!(
        (220..300).contains(&demo.patrons.len()),
        "{}",
        demo.patrons.len()
    );
    let used: BTreeSet<_> = demo.patrons.iter().map(|patron| patron.category).collect();
    let known: BTreeSet<_> = book.categories.keys().copied().collect();
    assert_eq!(used, known);
    assert!(
        demo.patrons
            .iter()
            .any(|patron| patron.language == Language::English)
    );
}

#[test]
fn card_and_branch_name_a_reader() {
    let demo = one_day();
    let mut branches: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    for patron in &demo.patrons {
        assert!(
            branches
                .entry(&patron.card)
                .or_default()
                .insert(patron.branch)
        );
        let length = if is_old_card(&patron.card) { 7 } else { 14 };
        assert_eq!(patron.card.len(), length);
        assert_eq!(patron.pin.len(), 4);
        assert!(
            patron
                .card
                .bytes()
                .chain(patron.pin.bytes())
                .all(|byte| byte.is_ascii_digit())
        );
    }
    let collisions: Vec<_> = branches
        .values()
        .filter(|branches| branches.len() > 1)
        .collect();
    assert_eq!(collisions.len(), 3);
}

/// A card number and a barcode are told apart by their first digit.
#[test]
fn no_number_is_both_a_card_and_a_barcode() {
    let demo = one_day();
    let cards: BTreeSet<_> = demo.patrons.iter().map(|patron| &patron.card).collect();
    assert!(demo.items.iter().all(|item| !cards.contains(&item.barcode)));
}

#[test]
fn ages_and_guarantors_fit_the_category() {
    each_day(|day, book, demo| {
        for (place, patron) in demo.patrons.iter().enumerate() {
            let category = &book.categories[&patron.category];
            assert_eq!(
                patron.born_on.is_some(),
                category.kind == CategoryKind::Person
            );
            assert_eq!(
                patron.given_name.is_empty(),
                category.kind != CategoryKind::Person
            );
            let age = patron
                .born_on
                .map(|born| born.until((Unit::Year, day)).unwrap().get_years());
            if let Some(age) = age {
                assert!(
                    category.min_age.is_none_or(|least| age >= i16::from(least)),
                    "{patron:?}"
                );
                assert!(
                    category.max_age.is_none_or(|most| age <= i16::from(most)),
                    "{patron:?}"
                );
            }
            let needed = match category.guarantor {
                GuarantorNeed::No => false,
                GuarantorNeed::Yes | GuarantorNeed::Contact => true,
                GuarantorNeed::IfMinor => age.is_some_and(|age| age < 18),
            };
            assert_eq!(patron.guarantor.is_some(), needed, "{patron:?}");
            let Some(card) = &patron.guarantor else {
                continue;
            };
            let earlier = demo.patrons[..place].iter();
            let answers = earlier
                .filter(|other| other.card == *card)
                .collect::<Vec<_>>();
            assert_eq!(answers.len(), 1, "{patron:?}");
            assert_eq!(answers[0].branch, patron.branch);
            assert_eq!(answers[0].household, patron.household);
        }
    });
}

#[test]
fn households_share_a_name_an_address_and_a_branch() {
    let demo = one_day();
    let mut households: BTreeMap<u32, Vec<&Patron>> = BTreeMap::new();
    for patron in &demo.patrons {
        if let Some(number) = patron.household {
            households.entry(number).or_default().push(patron);
        }
    }
    assert!(households.len() >= 27);
    for members in households.values() {
        assert!(members.len() >= 2);
        assert!(members.iter().all(|one| one.address == members[0].address));
        assert!(
            members
                .iter()
                .all(|one| one.family_name == members[0].family_name)
        );
        assert!(members.iter().all(|one| one.branch == members[0].branch));
        assert!(members.iter().any(|one| one.guarantor.is_some()));
    }
}

#[test]
fn those_in_good_standing_may_borrow_and_the_others_may_not() {
    each_day(|day, book, demo| {
        let mut bad = BTreeSet::new();
        for patron in &demo.patrons {
            let mut facts = reader_facts(patron, Vec::new());
            facts.card = patron.standing.card_status();
            match &patron.standing {
                Standing::Suspended { from, until } => {
                    assert!(*from <= day && day < *until);
                    facts.suspended_until = Some(*until);
                }
                Standing::Blocked { kind, message } => {
                    let message = Some((*message).to_owned());
                    facts.blocks.push(circulation::Block {
                        kind: *kind,
                        message,
                    });
                }
                Standing::Good | Standing::Expired | Standing::CardLost => {}
            }
            let refusals = reader_standing(book, day, &facts);
            let good = patron.standing == Standing::Good;
            assert_eq!(refusals.is_empty(), good, "{patron:?}: {refusals:?}");
            if !good {
                let standing = format!("{:?}", patron.standing);
                bad.insert(standing.split(' ').next().unwrap_or_default().to_owned());
            }
        }
        assert_eq!(bad.len(), 4, "{bad:?}");
    });
}

#[test]
fn nobody_can_be_taken_for_a_resident() {
    let demo = one_day();
    for patron in &demo.patrons {
        assert!(patron.email.is_ascii() && patron.email.ends_with("@example.org"));
        assert!(patron.phone.len() == 10 && patron.phone.starts_with("019900"));
        assert!(patron.address.ends_with(", 00000 Ville-Fictive"));
    }
    let mails: BTreeSet<_> = demo.patrons.iter().map(|patron| &patron.email).collect();
    assert_eq!(mails.len(), demo.patrons.len());
    let shown = format!("{:?}", demo.patrons[0]);
    assert!(!shown.contains(&demo.patrons[0].card) && !shown.contains(&demo.patrons[0].pin));
    assert!(!shown.contains(&demo.patrons[0].family_name));
}
