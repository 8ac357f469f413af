//! searchRetrieve: a page of what a query finds.

use std::collections::BTreeMap;

use catalogue::MOST_HITS;
use desk::{Finder, PageAsk};
use query::Sort;
use sru::{Diagnostic, Record, Schema, SearchRetrieve, SearchRetrieveResponse};

use crate::{facets, order, refused, render};

pub(crate) async fn answer(
    finder: &Finder,
    search: &SearchRetrieve,
) -> Result<SearchRetrieveResponse, Diagnostic> {
    let query = questions::cql::node(&search.query).map_err(refused::of_query)?;
    let order = order::order(search)?;
    let wanted = facets::wanted(&search.facets)?;
    let offset = usize::try_from(search.start_record.saturating_sub(1)).unwrap_or(usize::MAX);
    let limit = usize::try_from(search.maximum_records).unwrap_or(0);
    // A place far behind: whether there is one is asked first, so that nobody is told of a limit who is behind the end.
    let far = offset.saturating_add(limit) > MOST_HITS;
    let page = finder
        .page(PageAsk {
            query: query.clone(),
            order: order.clone(),
            offset: if far { 0 } else { offset },
            limit: if far { 0 } else { limit },
            facets: wanted.iter().map(|one| (one.facet, one.most())).collect(),
        })
        .await
        .map_err(refused::of_finder)?;
    if let Some(diagnostic) = search.out_of_range(page.count) {
        return Err(diagnostic);
    }
    let records = match far {
        false => page.records,
        true => deep(finder, query, order, offset, limit).await?,
    };
    let bibs: Vec<i64> = records.iter().map(|(bib, _)| *bib).collect();
    let (copies, places) = match search.schema == Schema::ISOHOLD && !bibs.is_empty() {
        true => (
            finder.copies(&bibs).await.map_err(refused::of_finder)?,
            finder.branch_names().await.map_err(refused::of_finder)?,
        ),
        false => (BTreeMap::new(), BTreeMap::new()),
    };
    let records = (search.start_record..)
        .zip(records)
        .map(|(position, (bib, found))| {
            let written = match &found {
                Some(found) => render::record(found, search.schema, copies.get(&bib), &places),
                None => {
                    Err(Diagnostic::bare(64).saying("this record left the catalogue meanwhile"))
                }
            };
            match written {
                Ok(fragment) => Record {
                    identifier: Some(bib.to_string()),
                    ..Record::new(position, search.schema, fragment)
                },
                Err(diagnostic) => Record::surrogate(position, diagnostic),
            }
        });
    Ok(SearchRetrieveResponse {
        number_of_records: page.count,
        records: records.collect(),
        facets: facets::counted(&page.facets, &wanted, &search.query.to_string()),
        ..SearchRetrieveResponse::default()
    })
}

/// A page behind the place that a search goes to at once: of the whole set.
async fn deep(
    finder: &Finder,
    query: query::Node,
    order: Sort,
    offset: usize,
    limit: usize,
) -> Result<Vec<desk::Served>, Diagnostic> {
    let set = finder.result_set(query, Default::default()).await;
    let set = set.map_err(refused::of_finder)?;
    let bibs = match order {
        Sort::Number => set.range(offset as u64, limit),
        Sort::Keys(keys) => {
            let ordered = finder.ordered(set.into(), keys).await;
            let ordered = ordered.map_err(refused::of_finder)?;
            ordered.into_iter().skip(offset).take(limit).collect()
        }
        Sort::Relevance => {
            let told = format!(
                "ranked results are given up to the {MOST_HITS}th: sort them, or narrow the search"
            );
            return Err(Diagnostic::bare(61).saying(told));
        }
    };
    finder.records(bibs).await.map_err(refused::of_finder)
}
