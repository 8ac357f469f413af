//! What is told of a copy.

use circulation::{Condition, DocumentCode, Place, Rulebook};
use desk::CopyView;
use ncip::{
    Value,
    lists::{
        CirculationStatus, ItemElement, LocationKind, Medium, RecordIdentifier, UseRestriction,
    },
    model::{
        BibliographicDescription, BibliographicRecordId, ItemDescription, ItemOptionalFields,
        Location, PhysicalCondition,
    },
};

use crate::op::Call;

/// What was asked for of a copy.
pub(crate) fn item(call: &Call<'_>, view: &CopyView, wanted: &[ItemElement]) -> ItemOptionalFields {
    let wants = |element| wanted.contains(&element);
    ItemOptionalFields {
        description: wants(ItemElement::BibliographicDescription).then(|| description(call, view)),
        restrictions: if wants(ItemElement::ItemUseRestrictionType) {
            restrictions(view)
        } else {
            Vec::new()
        },
        circulation_status: wants(ItemElement::CirculationStatus).then(|| status(view).into()),
        hold_queue_length: wants(ItemElement::HoldQueueLength).then_some(view.waiting),
        item_description: wants(ItemElement::ItemDescription).then(|| ItemDescription {
            call_number: some(&view.shown.call_number),
            copy_number: None,
            pieces: Some(u32::from(view.parts)).filter(|parts| *parts > 0),
        }),
        locations: if wants(ItemElement::Location) {
            locations(call, view)
        } else {
            Vec::new()
        },
        condition: wants(ItemElement::PhysicalCondition).then(|| condition(view)),
        date_due: None,
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn description(call: &Call<'_>, view: &CopyView) -> BibliographicDescription {
    BibliographicDescription {
        author: some(&view.author),
        item_id: None,
        record_ids: vec![BibliographicRecordId {
            value: view.bib.to_string(),
            agency: None,
            code: Some(RecordIdentifier::AccessionNumber.into()),
        }],
        edition: None,
        place: None,
        date: None,
        publisher: None,
        title: some(&view.shown.title),
        component_title: None,
        level: None,
        language: None,
        medium: medium(&call.book, view.shown.document),
    }
}

/// The standard's word for a document type, where it has one; else our label.
pub(crate) fn medium(book: &Rulebook, document: DocumentCode) -> Option<Value> {
    let label = || {
        book.documents
            .get(&document)
            .map(|kind| Value::plain(kind.label.clone()))
    };
    match document.as_str() {
        "LIV" | "BD" | "GCA" | "USU" => Some(Medium::Book.into()),
        "REV" => Some(Medium::Magazine.into()),
        "CD" | "LAU" => Some(Medium::CompactDisc.into()),
        "LCD" => Some(Medium::BookWithCompactDisc.into()),
        _ => label(),
    }
}

fn restrictions(view: &CopyView) -> Vec<Value> {
    match view.condition {
        Condition::OnSiteOnly => vec![UseRestriction::InLibraryUseOnly.into()],
        Condition::Good | Condition::ClaimedReturned => Vec::new(),
        _ => vec![UseRestriction::NotForLoan.into()],
    }
}

fn status(view: &CopyView) -> CirculationStatus {
    match (view.condition, &view.place) {
        (_, Place::Loan { .. }) if view.condition == Condition::ClaimedReturned => {
            CirculationStatus::ClaimedReturned
        }
        (Condition::Lost, _) => CirculationStatus::Lost,
        (Condition::Missing, _) => CirculationStatus::Missing,
        (Condition::ClaimedReturned, _) => CirculationStatus::ClaimedReturned,
        (Condition::OnOrder, _) => CirculationStatus::OnOrder,
        (Condition::InProcess, _) => CirculationStatus::InProcess,
        (Condition::Damaged | Condition::Withdrawn, _) => CirculationStatus::NotAvailable,
        (_, Place::Loan { .. }) => CirculationStatus::OnLoan,
        (_, Place::Shelf { .. }) => CirculationStatus::AvailableOnShelf,
        (_, Place::Transit { .. }) => CirculationStatus::InTransit,
        (_, Place::HoldShelf { hold: Some(_), .. }) => CirculationStatus::AvailableForPickup,
        (_, Place::HoldShelf { hold: None, .. }) => CirculationStatus::WaitingToBeReshelved,
        (_, Place::Nowhere) => CirculationStatus::Undefined,
    }
}

fn locations(call: &Call<'_>, view: &CopyView) -> Vec<Location> {
    let named = |kind: LocationKind, branch| {
        let name = call
            .book
            .branches
            .get(&branch)
            .map(|branch| branch.name.clone());
        Location::named(kind.into(), name.unwrap_or_else(|| branch.to_string()))
    };
    let here = match &view.place {
        Place::Shelf { branch } | Place::HoldShelf { branch, .. } => Some(*branch),
        Place::Loan { .. } | Place::Transit { .. } | Place::Nowhere => None,
    };
    let home = named(LocationKind::PermanentLocation, view.shown.owner);
    let now = here.map(|branch| named(LocationKind::CurrentLocation, branch));
    std::iter::once(home).chain(now).collect()
}

fn condition(view: &CopyView) -> PhysicalCondition {
    let word = match view.condition {
        Condition::Damaged => "Item Damaged",
        _ => "Item Good",
    };
    PhysicalCondition {
        kind: Value::of(
            "http://www.niso.org/ncip/v1_0/imp1/schemes/physicalconditiontype/physicalconditiontype.scm",
            word,
        ),
        details: None,
    }
}
