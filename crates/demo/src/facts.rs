//! Readers and copies as the rules see them.

use circulation::{CardStatus, ItemFacts, OpenLoan, Place, ReaderFacts};

use crate::item::Item;
use crate::patron::Patron;

/// What a decision needs to know about a reader who stands well.
pub(crate) fn reader_facts(reader: &Patron, loans: Vec<OpenLoan>) -> ReaderFacts {
    ReaderFacts {
        category: reader.category,
        card: CardStatus::Active,
        expires_on: Some(reader.expires_on),
        born_on: reader.born_on,
        has_guarantor: reader.guarantor.is_some(),
        blocks: Vec::new(),
        suspended_until: None,
        loans,
    }
}

/// What a decision needs to know about a copy.
pub(crate) fn item_facts(item: &Item, place: Place) -> ItemFacts {
    ItemFacts {
        owner: item.branch,
        document: item.document,
        condition: item.condition,
        audience: item.audience,
        in_service: item.in_service,
        return_by: None,
        place,
    }
}
