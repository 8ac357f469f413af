//! ISO 20775: which branch has which copies, and whether one can be had now.

use jiff::Timestamp;

use crate::{Fragment, xml::Xml};

/// The namespace that clients of holdings in SRU look for.
pub const NAMESPACE: &str = "http://www.loc.gov/standards/iso20775/";

/// The copies of one bib at one branch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holding {
    /// The branch's code.
    pub branch: String,
    /// What the code is a code of: the network's name, or an authority such as `RCR`.
    pub branch_source: String,
    /// The branch's name.
    pub location: Option<String>,
    /// Its address on paper, as one text.
    pub address: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Readers who wait for one of these copies, or for any.
    pub reservations: Option<u32>,
    /// Copies that are ordered.
    pub on_order: Option<u32>,
    /// The copies.
    pub items: Vec<Item>,
}

/// One copy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its barcode.
    pub barcode: String,
    /// What it is, by the network's code: a book, a score.
    pub document_type: Option<String>,
    /// The section where it stands.
    pub sublocation: Option<String>,
    /// Its call number.
    pub call_number: Option<String>,
    /// A word to the reader.
    pub note: Option<String>,
    /// Volume or issue.
    pub volume: Option<String>,
    /// Whether it can be had.
    pub availability: Availability,
    /// What for.
    pub available_for: AvailableFor,
    /// When it comes back.
    pub available_from: Option<Timestamp>,
    /// Whether it can be reserved.
    pub reservable: Option<bool>,
}

/// `availabilityStatus`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Availability {
    /// 0
    #[default]
    Unknown,
    /// 1
    Available,
    /// 2
    NotAvailable,
    /// 3
    PossiblyAvailable,
}

/// `availableFor`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvailableFor {
    /// 0
    #[default]
    Unspecified,
    /// 1
    Loan,
    /// 5: to be looked at in the branch.
    Reference,
    /// 6
    Other,
}

/// A `holdings` element. The schema wants one holding at least: nothing for none.
pub fn holdings(holdings: &[Holding]) -> Option<Fragment> {
    if holdings.is_empty() {
        return None;
    }
    let mut xml = Xml::fragment();
    xml.open_with("hold:holdings", &[("xmlns:hold", NAMESPACE)]);
    for one in holdings {
        xml.open("hold:holding");
        identifier(
            &mut xml,
            "hold:institutionIdentifier",
            &one.branch,
            &one.branch_source,
        );
        xml.leaf_if("hold:physicalLocation", one.location.as_deref());
        text(&mut xml, "hold:physicalAddress", one.address.as_deref());
        text(&mut xml, "hold:electronicAddress", one.url.as_deref());
        xml.open("hold:holdingSimple");
        summary(&mut xml, one);
        one.items.iter().for_each(|item| write_item(&mut xml, item));
        xml.close();
        xml.close();
    }
    Some(Fragment::trusted(xml.finish()))
}

fn summary(xml: &mut Xml, holding: &Holding) {
    xml.open("hold:copiesSummary");
    // A positive number by the schema; a holding is made for what is there or on its way.
    xml.leaf("hold:copiesCount", &holding.items.len().max(1).to_string());
    let available = |item: &&Item| item.availability == Availability::Available;
    let available = holding.items.iter().filter(available).count();
    xml.open("hold:status");
    xml.leaf("hold:availableCount", &available.to_string());
    xml.close();
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    xml.leaf_if(
        "hold:reservationQueueLength",
        number(holding.reservations).as_deref(),
    );
    xml.leaf_if("hold:onOrderCount", number(holding.on_order).as_deref());
    xml.close();
}

fn write_item(xml: &mut Xml, item: &Item) {
    xml.open("hold:copyInformation");
    identifier(xml, "hold:pieceIdentifier", &item.barcode, "barcode");
    if let Some(document_type) = &item.document_type {
        identifier(xml, "hold:form", document_type, "local");
    }
    xml.leaf_if("hold:sublocation", item.sublocation.as_deref());
    xml.leaf_if("hold:shelfLocator", item.call_number.as_deref());
    xml.leaf_if("hold:note", item.note.as_deref());
    text(xml, "hold:enumerationAndChronology", item.volume.as_deref());
    xml.open("hold:availabilityInformation");
    xml.open("hold:status");
    let status = match item.availability {
        Availability::Unknown => "0",
        Availability::Available => "1",
        Availability::NotAvailable => "2",
        Availability::PossiblyAvailable => "3",
    };
    xml.leaf("hold:availabilityStatus", status);
    let purpose = match item.available_for {
        AvailableFor::Unspecified => "0",
        AvailableFor::Loan => "1",
        AvailableFor::Reference => "5",
        AvailableFor::Other => "6",
    };
    xml.leaf("hold:availableFor", purpose);
    let from = item.available_from.map(crate::oai::datestamp);
    xml.leaf_if("hold:dateTimeAvailable", from.as_deref());
    xml.close();
    let policy = item.reservable.map(|yes| if yes { "1" } else { "2" });
    xml.leaf_if("hold:reservationPolicy", policy);
    xml.close();
    xml.close();
}

fn identifier(xml: &mut Xml, element: &'static str, value: &str, source: &str) {
    xml.open(element);
    xml.leaf("hold:value", value);
    text(xml, "hold:typeOrSource", Some(source));
    xml.close();
}

fn text(xml: &mut Xml, element: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        xml.open(element);
        xml.leaf("hold:text", value);
        xml.close();
    }
}
