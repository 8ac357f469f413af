//! Lists to narrow by, with how many records each value has.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use tantivy::{Searcher, SegmentReader, columnar::StrColumn};

use super::{Found, SearchOptions, number};
use crate::{Error, schema::YEAR, writer::SHOWN};

/// What results can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Document type of a copy.
    DocumentType,
    /// Branch that holds a copy.
    Branch,
    /// Whom a copy is for.
    Audience,
    /// Language of the text.
    Language,
    /// Years of publication by tens: `1990`.
    Decade,
    /// Subject, without what narrows it.
    Subject,
    /// Anybody who made it.
    Author,
    /// Series, or set.
    Series,
}

/// The values of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which list.
    pub facet: Facet,
    /// The most frequent, most records first.
    pub values: Vec<FacetValue>,
    /// How many different values there are in all.
    pub distinct: usize,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As most records spell it; what [`super::Filter`] takes.
    pub value: String,
    /// Records that have it, in any spelling.
    pub count: u64,
}

/// Records of one value, and its spellings with theirs.
#[derive(Default)]
struct Count {
    count: u64,
    spellings: BTreeMap<String, u64>,
}

pub(crate) fn count(
    searcher: &Searcher,
    found: &[Found],
    options: &SearchOptions<'_>,
) -> Result<Vec<FacetCounts>, Error> {
    options
        .facets
        .iter()
        .map(|(facet, top)| {
            let own = options
                .filters
                .iter()
                .position(|filter| filter.facet == *facet);
            let mut counts: HashMap<String, Count> = HashMap::new();
            for found in found {
                let docs = own
                    .and_then(|own| found.but.get(own))
                    .unwrap_or(&found.docs);
                let reader = searcher.segment_reader(number(found.segment));
                match facet.column() {
                    Some(name) => {
                        if let Some(column) = reader.fast_fields().str(name)? {
                            strings(&column, docs, &mut counts)?;
                        }
                    }
                    None => decades(reader, docs, &mut counts)?,
                }
            }
            let distinct = counts.len();
            let mut counts: Vec<_> = counts.into_iter().collect();
            let order = |a: &(String, Count), b: &(String, Count)| {
                b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0))
            };
            counts.sort_unstable_by(order);
            let value = |(_, count): (String, Count)| {
                let most = count
                    .spellings
                    .into_iter()
                    .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
                Some(FacetValue {
                    value: most?.0,
                    count: count.count,
                })
            };
            let values = counts.into_iter().take(*top).filter_map(value).collect();
            Ok(FacetCounts {
                facet: *facet,
                values,
                distinct,
            })
        })
        .collect()
}

impl Facet {
    const fn column(self) -> Option<&'static str> {
        Some(match self {
            Self::DocumentType => "f_type",
            Self::Branch => "f_branch",
            Self::Audience => "f_audience",
            Self::Language => "f_language",
            Self::Subject => "f_subject",
            Self::Author => "f_author",
            Self::Series => "f_series",
            Self::Decade => return None,
        })
    }
}

fn strings(
    column: &StrColumn,
    docs: &[u32],
    counts: &mut HashMap<String, Count>,
) -> Result<(), Error> {
    let ords = column.ords();
    let mut times = vec![0_u32; column.num_terms()];
    for doc in docs {
        for ord in ords.values_for_doc(*doc) {
            if let Some(times) = usize::try_from(ord).ok().and_then(|ord| times.get_mut(ord)) {
                *times += 1;
            }
        }
    }
    let seen: Vec<u64> = (0_u64..)
        .zip(&times)
        .filter(|(_, times)| **times > 0)
        .map(|(ord, _)| ord)
        .collect();
    let mut seen_times = times.iter().filter(|times| **times > 0);
    column.dictionary().sorted_ords_to_term_cb(&seen, |value| {
        let times = u64::from(seen_times.next().copied().unwrap_or(0));
        let value = String::from_utf8_lossy(value);
        let (key, shown) = value.split_once(SHOWN).unwrap_or((&value, &value));
        let count = match counts.get_mut(key) {
            Some(count) => count,
            None => counts.entry(key.to_owned()).or_default(),
        };
        count.count += times;
        *count.spellings.entry(shown.to_owned()).or_default() += times;
    })?;
    Ok(())
}

fn decades(
    reader: &SegmentReader,
    docs: &[u32],
    counts: &mut HashMap<String, Count>,
) -> Result<(), Error> {
    let years = reader.fast_fields().u64(YEAR)?;
    let mut times: BTreeMap<u64, u64> = BTreeMap::new();
    for doc in docs {
        if let Some(year) = years.first(*doc) {
            *times.entry(year / 10).or_default() += 1;
        }
    }
    for (decade, times) in times {
        let shown = format!("{decade:03}0");
        let count = counts.entry(shown.clone()).or_default();
        count.count += times;
        *count.spellings.entry(shown).or_default() += times;
    }
    Ok(())
}
