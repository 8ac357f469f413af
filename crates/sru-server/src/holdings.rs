//! Where the copies of a record are at this moment, as ISO 20775. No reader is in it.

use std::collections::BTreeMap;

use circulation::Condition;
use desk::{BibCopies, Whereabouts};
use jiff::tz::TimeZone;
use sru::{
    Fragment,
    holdings::{self, Availability, AvailableFor, Holding, Item},
};

/// A holding for each branch that owns copies; none for none.
pub(crate) fn fragment(copies: &BibCopies, places: &BTreeMap<String, String>) -> Option<Fragment> {
    let mut branches: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for copy in &copies.copies {
        branches
            .entry(copy.owner.as_str())
            .or_default()
            .push(item(copy, places));
    }
    let held = branches.into_iter().map(|(branch, items)| Holding {
        branch: branch.to_owned(),
        branch_source: "relire".to_owned(),
        location: places.get(branch).cloned(),
        reservations: Some(copies.waiting),
        items,
        ..Holding::default()
    });
    holdings::holdings(&held.collect::<Vec<_>>())
}

fn item(copy: &desk::Holding, places: &BTreeMap<String, String>) -> Item {
    let name = |branch: &str| {
        places
            .get(branch)
            .map_or_else(|| branch.to_owned(), Clone::clone)
    };
    let (note, due) = match copy.whereabouts {
        Whereabouts::Shelf { branch } if branch == copy.owner => (None, None),
        Whereabouts::Shelf { branch } => (
            Some(format!(
                "En rayon / on the shelf : {}",
                name(branch.as_str())
            )),
            None,
        ),
        Whereabouts::Loan { due } => (Some("Emprunté / on loan".to_owned()), Some(due)),
        Whereabouts::Transit { to } => (
            Some(format!("En navette / in transit : {}", name(to.as_str()))),
            None,
        ),
        Whereabouts::HoldShelf { branch } => (
            Some(format!(
                "Mis de côté / on the hold shelf : {}",
                name(branch.as_str())
            )),
            None,
        ),
    };
    let on_shelf = matches!(copy.whereabouts, Whereabouts::Shelf { .. });
    Item {
        barcode: copy.barcode.clone(),
        document_type: Some(copy.document.as_str().to_owned()),
        call_number: (!copy.call_number.is_empty()).then(|| copy.call_number.clone()),
        note,
        availability: match copy.condition {
            Condition::Good | Condition::OnSiteOnly if on_shelf => Availability::Available,
            _ => Availability::NotAvailable,
        },
        available_for: match copy.condition {
            Condition::OnSiteOnly => AvailableFor::Reference,
            _ => AvailableFor::Loan,
        },
        // A day is a moment here: its beginning.
        available_from: due
            .and_then(|due| due.to_zoned(TimeZone::UTC).ok())
            .map(|day| day.timestamp()),
        reservable: Some(copy.condition == Condition::Good),
        ..Item::default()
    }
}
