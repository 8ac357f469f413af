//! Facets of 2.0: lists to narrow by, under the names of indexes.

use catalogue::{Facet as List, FacetCounts};
use sru::{Diagnostic, Facet, FacetTerm, request::Facets};

/// Terms of a list when nobody says how many.
const USUAL: u32 = 10;
/// Terms of a list at most.
const MOST: u32 = 100;

/// The lists under the names that they are asked for by.
const LISTS: &[(&str, List)] = &[
    ("dc.type", List::DocumentType),
    ("relire.branch", List::Branch),
    ("relire.audience", List::Audience),
    ("dc.language", List::Language),
    ("relire.decade", List::Decade),
    ("dc.subject", List::Subject),
    ("dc.creator", List::Author),
    ("relire.series", List::Series),
];

/// A list that is wanted.
pub(crate) struct Wanted {
    pub(crate) name: &'static str,
    pub(crate) facet: List,
    from: u32,
    number: u32,
}

impl Wanted {
    /// How many values have to be counted for it.
    pub(crate) fn most(&self) -> usize {
        usize::try_from(self.from - 1 + self.number).unwrap_or(usize::MAX)
    }
}

pub(crate) fn wanted(facets: &Facets) -> Result<Vec<Wanted>, Diagnostic> {
    let mut wanted = Vec::new();
    for limit in &facets.limits {
        let number = limit.number.min(MOST);
        match &limit.index {
            Some(index) => {
                let list = LISTS.iter().find(|(name, list)| is(name, *list, index));
                let (name, facet) = list.ok_or_else(|| Diagnostic::new(16, index.clone()))?;
                wanted.push((*name, *facet, number));
            }
            None => wanted.extend(LISTS.iter().map(|(name, facet)| (*name, *facet, number))),
        }
    }
    let from = |name: &str| {
        let of = |index: &Option<String>| {
            index
                .as_deref()
                .is_none_or(|index| index.eq_ignore_ascii_case(name))
        };
        let start = facets.starts.iter().find(|start| of(&start.index));
        start.map_or(1, |start| start.number.clamp(1, 10_000))
    };
    let wanted = wanted.into_iter().map(|(name, facet, number)| Wanted {
        name,
        facet,
        from: from(name),
        number: if number == 0 { USUAL } else { number },
    });
    Ok(wanted.collect())
}

/// By the list's own name, or any name of the index behind it.
fn is(name: &str, list: List, asked: &str) -> bool {
    if name.eq_ignore_ascii_case(asked) {
        return true;
    }
    let own = list.clause("2000").access;
    let (set, base) = match asked.split_once('.') {
        Some((set, base)) => (Some(set), base),
        None => (None, asked),
    };
    list != List::Decade && questions::by_name(set, base).is_some_and(|index| index.access == own)
}

/// What was counted, with the query that narrows to each value.
pub(crate) fn counted(counts: &[FacetCounts], wanted: &[Wanted], query: &str) -> Vec<Facet> {
    let facets = counts.iter().zip(wanted).map(|(counts, wanted)| Facet {
        index: wanted.name.to_owned(),
        label: None,
        relation: Some("==".to_owned()),
        terms: counts
            .values
            .iter()
            .skip(usize::try_from(wanted.from - 1).unwrap_or(usize::MAX))
            .map(|value| FacetTerm {
                term: value.value.clone(),
                query: narrowed(query, wanted, &value.value),
                request_url: None,
                count: value.count,
            })
            .collect(),
    });
    facets.collect()
}

/// A query with an order of its own cannot be put into another.
fn narrowed(query: &str, wanted: &Wanted, value: &str) -> Option<String> {
    if query.to_lowercase().contains(" sortby ") {
        return None;
    }
    let (index, relation, term) = match wanted.facet {
        List::Decade => ("dc.date", "=", format!("{}*", value.get(..3)?)),
        _ => (
            wanted.name,
            "==",
            cql::Term::literal(value).raw().to_owned(),
        ),
    };
    Some(format!("({query}) and {index} {relation} \"{term}\""))
}
