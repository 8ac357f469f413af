//! In the order of columns. Each segment sorts by the places of its values in its own dictionary,
//! which is cheap; only what may be given is then compared across segments by the values themselves.

use std::collections::BTreeMap;

use tantivy::{
    Searcher, SegmentReader,
    columnar::{Column, StrColumn},
    i64_to_u64,
};

use query::{SortBy, SortKey};

use super::{Found, Hit, number};
use crate::{
    Catalogue, Error, QuestionError,
    schema::{BIB, CHANGED, COPIES, SORT_AUTHOR, SORT_TITLE, YEAR},
};

/// Keys of one order.
const MOST_KEYS: usize = 4;
const MISSING: u64 = u64::MAX;

/// Comparable keys of a record, the number of its bib behind them. Missing is [`MISSING`] until
/// the directions are known to matter no more.
struct Row {
    keys: [u64; MOST_KEYS],
    bib: i64,
    segment: usize,
}

enum Values {
    Number(Column<u64>),
    Signed(Column<i64>),
    Text(StrColumn),
    None,
}

/// By bib, ascending.
pub(crate) fn by_number(
    catalogue: &Catalogue,
    searcher: &Searcher,
    found: &[Found],
    wanted: usize,
) -> Result<Vec<Hit>, Error> {
    let mut all = Vec::new();
    for found in found {
        let bibs = catalogue.bibs(searcher.segment_reader(number(found.segment)))?;
        all.extend(found.docs.iter().filter_map(|doc| bibs.first(*doc)));
    }
    if wanted < all.len() {
        all.select_nth_unstable(wanted);
        all.truncate(wanted);
    }
    all.sort_unstable();
    Ok(all.into_iter().map(|bib| Hit { bib, score: 0.0 }).collect())
}

/// By keys, then by bib.
pub(crate) fn by_keys(
    catalogue: &Catalogue,
    searcher: &Searcher,
    found: &[Found],
    keys: &[SortKey],
    wanted: usize,
) -> Result<Vec<Hit>, Error> {
    if keys.len() > MOST_KEYS {
        return Err(QuestionError::SortKeys {
            asked: keys.len(),
            most: MOST_KEYS,
        }
        .into());
    }
    let mut rows = Vec::new();
    let mut texts: Vec<Vec<Option<StrColumn>>> = Vec::new();
    for found in found {
        let reader = searcher.segment_reader(number(found.segment));
        let columns = keys
            .iter()
            .map(|key| values(reader, key.by))
            .collect::<Result<Vec<_>, _>>()?;
        let bibs = catalogue.bibs(reader)?;
        let mut here: Vec<Row> = found
            .docs
            .iter()
            .filter_map(|doc| {
                Some(Row {
                    keys: row_keys(&columns, *doc),
                    bib: bibs.first(*doc)?,
                    segment: found.segment,
                })
            })
            .collect();
        best(&mut here, keys, wanted);
        rows.extend(here);
        texts.resize_with(found.segment + 1, Vec::new);
        if let Some(slot) = texts.get_mut(found.segment) {
            *slot = columns
                .into_iter()
                .map(|values| match values {
                    Values::Text(column) => Some(column),
                    _ => None,
                })
                .collect();
        }
    }
    let several = found.iter().filter(|found| !found.docs.is_empty()).count() > 1;
    if several {
        for (index, key) in keys.iter().enumerate() {
            if matches!(key.by, SortBy::Title | SortBy::Author) {
                common_ranks(&mut rows, index, &texts)?;
            }
        }
        best(&mut rows, keys, wanted);
    }
    Ok(rows
        .into_iter()
        .map(|row| Hit {
            bib: row.bib,
            score: 0.0,
        })
        .collect())
}

/// The first `wanted` rows, in order.
fn best(rows: &mut Vec<Row>, keys: &[SortKey], wanted: usize) {
    let directed = |row: &Row| {
        let mut directed = [0; MOST_KEYS];
        for ((key, value), to) in keys.iter().zip(row.keys).zip(&mut directed) {
            *to = match (value, key.missing_first, key.descending) {
                (MISSING, true, _) => 0,
                (MISSING, false, _) => MISSING,
                (value, _, false) => value + 1,
                (value, _, true) => MISSING - 1 - value,
            };
        }
        (directed, row.bib)
    };
    if wanted < rows.len() {
        rows.select_nth_unstable_by_key(wanted, directed);
        rows.truncate(wanted);
    }
    rows.sort_by_cached_key(directed);
}

fn values(reader: &SegmentReader, by: SortBy) -> Result<Values, Error> {
    let columns = reader.fast_fields();
    let text = |column: Option<StrColumn>| column.map_or(Values::None, Values::Text);
    Ok(match by {
        SortBy::Title => text(columns.str(SORT_TITLE)?),
        SortBy::Author => text(columns.str(SORT_AUTHOR)?),
        SortBy::Year => Values::Number(columns.u64(YEAR)?),
        SortBy::Copies => Values::Number(columns.u64(COPIES)?),
        SortBy::Changed => Values::Signed(columns.i64(CHANGED)?),
        SortBy::Bib => Values::Signed(columns.i64(BIB)?),
    })
}

fn row_keys(columns: &[Values], doc: u32) -> [u64; MOST_KEYS] {
    let mut keys = [MISSING; MOST_KEYS];
    for (values, key) in columns.iter().zip(&mut keys) {
        let value = match values {
            Values::Number(column) => column.first(doc),
            Values::Signed(column) => column.first(doc).map(i64_to_u64),
            Values::Text(column) => column.ords().first(doc),
            Values::None => None,
        };
        // The two highest are taken: no year and no moment comes near.
        *key = value.map_or(MISSING, |value| value.min(MISSING - 2));
    }
    keys
}

/// Puts ranks among all segments in the place of ranks within each.
fn common_ranks(
    rows: &mut [Row],
    index: usize,
    texts: &[Vec<Option<StrColumn>>],
) -> Result<(), Error> {
    let mut ranks: BTreeMap<Vec<u8>, Vec<(usize, u64)>> = BTreeMap::new();
    for (segment, columns) in texts.iter().enumerate() {
        let Some(Some(column)) = columns.get(index) else {
            continue;
        };
        let here = rows.iter().filter(|row| row.segment == segment);
        let mut ords: Vec<u64> = here
            .filter_map(|row| row.keys.get(index).copied())
            .filter(|ord| *ord != MISSING)
            .collect();
        ords.sort_unstable();
        ords.dedup();
        let mut rest = ords.iter();
        column.dictionary().sorted_ords_to_term_cb(&ords, |value| {
            if let Some(ord) = rest.next() {
                ranks
                    .entry(value.to_vec())
                    .or_default()
                    .push((segment, *ord));
            }
        })?;
    }
    let mut common = BTreeMap::new();
    for (rank, (_, places)) in (0_u64..).zip(ranks) {
        common.extend(places.into_iter().map(|place| (place, rank)));
    }
    for row in rows {
        let segment = row.segment;
        if let Some(key) = row.keys.get_mut(index)
            && let Some(rank) = common.get(&(segment, *key))
        {
            *key = *rank;
        }
    }
    Ok(())
}
