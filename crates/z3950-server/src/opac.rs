//! Where the copies of a record are at this moment, as OPAC records tell it. No reader is in it.

use std::collections::BTreeMap;

use circulation::Condition;
use desk::{BibCopies, Holding, Whereabouts};
use z3950::{
    pdu::opac::{CircRecord, HoldingsAndCirc, HoldingsRecord, OpacRecord},
    value::{External, Text},
};

/// Names of branches, by code.
pub(crate) type Places = BTreeMap<String, String>;

pub(crate) fn record(
    bibliographic: External,
    copies: Option<&BibCopies>,
    places: &Places,
) -> OpacRecord {
    let none = BibCopies::default();
    let copies = copies.unwrap_or(&none);
    // Copies that stand together, by owner and call number, are one holding.
    let mut groups: BTreeMap<(&str, &str), Vec<&Holding>> = BTreeMap::new();
    for copy in &copies.copies {
        let key = (copy.owner.as_str(), copy.call_number.as_str());
        groups.entry(key).or_default().push(copy);
    }
    let holdings = groups.into_iter().map(|((branch, call_number), group)| {
        let circulation = group
            .iter()
            .map(|copy| circulation(copy, copies.waiting, places));
        HoldingsRecord::Circulation(Box::new(HoldingsAndCirc {
            nuc_code: Some(branch.into()),
            local_location: Some(name(branch, places).into()),
            shelving_location: None,
            call_number: (!call_number.is_empty()).then(|| call_number.into()),
            shelving_data: None,
            public_note: None,
            terms: None,
            enum_and_chron: None,
            circulation: Some(circulation.collect()),
            unknown: Vec::new(),
        }))
    });
    let holdings: Vec<_> = holdings.collect();
    OpacRecord {
        bibliographic: Some(bibliographic),
        holdings: (!holdings.is_empty()).then_some(holdings),
        unknown: Vec::new(),
    }
}

fn name<'a>(branch: &'a str, places: &'a Places) -> &'a str {
    places.get(branch).map_or(branch, String::as_str)
}

fn circulation(copy: &Holding, waiting: u32, places: &Places) -> CircRecord {
    let on_shelf = matches!(copy.whereabouts, Whereabouts::Shelf { .. });
    let lendable = copy.condition == Condition::Good;
    let restrictions = match (copy.condition, copy.whereabouts) {
        (Condition::OnSiteOnly, _) => Some("Consultation sur place / on site only"),
        (Condition::Good, Whereabouts::Shelf { .. }) => None,
        (Condition::Good, Whereabouts::Loan { .. }) => Some("Emprunté / on loan"),
        (Condition::Good, Whereabouts::Transit { .. }) => Some("En navette / in transit"),
        (Condition::Good, Whereabouts::HoldShelf { .. }) => Some("Mis de côté / on the hold shelf"),
        _ => Some("Indisponible / not available"),
    };
    let (date, elsewhere) = match copy.whereabouts {
        Whereabouts::Loan { due } => (Some(due.to_string()), None),
        Whereabouts::Shelf { branch } | Whereabouts::HoldShelf { branch } => (None, Some(branch)),
        Whereabouts::Transit { to } => (None, Some(to)),
    };
    let elsewhere = elsewhere.filter(|branch| *branch != copy.owner);
    CircRecord {
        available_now: on_shelf && lendable,
        availability_date: date.as_deref().map(Text::from),
        available_thru: None,
        restrictions: restrictions.map(Text::from),
        item_id: Some(copy.barcode.as_str().into()),
        renewable: false,
        on_hold: waiting > 0,
        enum_and_chron: None,
        midspine: None,
        temporary_location: elsewhere.map(|branch| name(branch.as_str(), places).into()),
        unknown: Vec::new(),
    }
}
