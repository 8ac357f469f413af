use super::numbers::{at_most, number};
use crate::Diagnostic;

/// What to count besides. *SRU 2.0, section 2.13*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// `facetLimit`: how many terms of which index. Nothing here: no facets are wanted.
    pub limits: Vec<PerIndex>,
    /// `facetStart`: from which term on, from 1.
    pub starts: Vec<PerIndex>,
    /// `facetSort`: in which order.
    pub order: Option<FacetOrder>,
    /// `facetRangeField` and its companions.
    pub range: Option<FacetRange>,
    /// `facetCount`: whether every term is counted.
    pub count: Option<String>,
}

/// `10` for all, `5:dc.subject` for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerIndex {
    /// How many, or from where.
    pub number: u32,
    /// The index; absent for each one that is not named.
    pub index: Option<String>,
}

/// `recordCount,descending,caseInsensitive`: only the first has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetOrder {
    /// By how many records a term is in; otherwise by its characters.
    pub by_count: bool,
    /// The greatest first: usual for counts.
    pub descending: bool,
    /// Whether `É` and `é` are two.
    pub case_sensitive: bool,
}

/// Values of one index between two others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRange {
    /// `facetRangeField`
    pub field: String,
    /// `facetLowValue`
    pub low: Option<String>,
    /// `facetHighValue`
    pub high: Option<String>,
}

/// The parameters, by name.
pub(super) fn read<'a>(
    get: impl Fn(&str) -> Option<&'a str>,
    faults: &mut Vec<Diagnostic>,
) -> Facets {
    let mut per_index = |name| match get(name).map(|text| lists(name, text)) {
        Some(Ok(list)) => list,
        Some(Err(fault)) => {
            faults.push(fault);
            Vec::new()
        }
        None => Vec::new(),
    };
    let limits = per_index("facetLimit");
    let starts = per_index("facetStart");
    let order = get("facetSort").and_then(|text| {
        let order = order(text);
        if order.is_none() {
            faults.push(Diagnostic::new(6, "facetSort"));
        }
        order
    });
    let owned = |name| get(name).map(str::to_owned);
    let range = owned("facetRangeField").map(|field| FacetRange {
        field,
        low: owned("facetLowValue"),
        high: owned("facetHighValue"),
    });
    Facets {
        limits,
        starts,
        order,
        range,
        count: owned("facetCount"),
    }
}

/// `10,5:dc.subject,3:dc.date`
fn lists(name: &str, text: &str) -> Result<Vec<PerIndex>, Diagnostic> {
    let one = |part: &str| {
        let (count, index) = match part.split_once(':') {
            Some((count, index)) => (count, Some(index.trim().to_owned())),
            None => (part, None),
        };
        if index.as_deref() == Some("") {
            return Err(Diagnostic::new(6, name));
        }
        Ok(PerIndex {
            number: at_most(number(name, count, 0)?, u32::MAX),
            index,
        })
    };
    text.split(',').map(one).collect()
}

fn order(text: &str) -> Option<FacetOrder> {
    let mut parts = text.split(',').map(str::trim);
    let by_count = match parts.next()? {
        "recordCount" => true,
        "alphanumeric" => false,
        _ => return None,
    };
    let mut order = FacetOrder {
        by_count,
        descending: by_count,
        case_sensitive: false,
    };
    for part in parts {
        match part {
            "ascending" => order.descending = false,
            "descending" => order.descending = true,
            "caseSensitive" => order.case_sensitive = true,
            "caseInsensitive" => order.case_sensitive = false,
            _ => return None,
        }
    }
    Some(order)
}
