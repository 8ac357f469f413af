//! The order that a search asks for: `sortBy` in the query, or the keys of 1.1 and 2.0.

use query::{Sort, SortKey};
use sru::{
    Diagnostic, SearchRetrieve,
    request::{Missing, SortKey as Asked},
};

use crate::refused;

pub(crate) fn order(search: &SearchRetrieve) -> Result<Sort, Diagnostic> {
    if search.sort_keys.is_empty() {
        return questions::cql::order(&search.query).map_err(refused::of_query);
    }
    let keys = search.sort_keys.iter().map(key);
    Ok(Sort::Keys(keys.collect::<Result<_, _>>()?))
}

fn key(asked: &Asked) -> Result<SortKey, Diagnostic> {
    // `title`, `dc.title`, or a path as `/dc/title`: its last step.
    let path = asked.path.rsplit('/').next().unwrap_or_default();
    let (set, name) = match path.split_once('.') {
        Some((set, name)) => (Some(set), name),
        None => (None, path),
    };
    let index = questions::by_name(set, name).and_then(|index| index.sort);
    let by = index.ok_or_else(|| Diagnostic::new(88, asked.path.clone()))?;
    if asked.case_sensitive {
        return Err(Diagnostic::new(91, asked.path.clone()));
    }
    let low = match asked.missing {
        Missing::High => false,
        Missing::Low => true,
        Missing::Abort | Missing::Omit | Missing::Value(_) => {
            return Err(Diagnostic::new(92, asked.path.clone()));
        }
    };
    let mut key = SortKey::by(by);
    key.descending = !asked.ascending;
    key.missing_first = low == asked.ascending;
    Ok(key)
}
