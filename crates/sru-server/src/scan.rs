//! scan: a stretch of a list of terms.

use catalogue::ScanForm;
use desk::{Finder, ScanAsk};
use sru::{Diagnostic, Scan, ScanResponse, ScanTerm, WhereInList};

use crate::refused;

pub(crate) async fn answer(finder: &Finder, scan: &Scan) -> Result<ScanResponse, Diagnostic> {
    let clause = scan.clause().ok_or_else(|| Diagnostic::bare(10))?;
    let start = questions::cql::scan(clause).map_err(refused::of_query)?;
    let term = start.term;
    let wanted = usize::try_from(scan.maximum_terms).unwrap_or(0);
    let position = usize::try_from(scan.response_position).unwrap_or(0);
    // One more on either side tells whether the list goes on.
    let (before, after) = match position {
        0 => (0, wanted + 1),
        at => ((at - 1).min(wanted), (wanted + 1).saturating_sub(at)),
    };
    let found = finder
        .scan(ScanAsk {
            access: start.access,
            form: match start.whole {
                true => ScanForm::Wholes,
                false => ScanForm::Words,
            },
            term: term.clone(),
            before: before + 1,
            after: after + 1,
        })
        .await
        .map_err(refused::of_finder)?;
    let earlier = found.position > before;
    // Nought is the place just before the first: the term itself is left out.
    let from = match position {
        0 => found.position + usize::from(found.has_itself(&term)),
        _ => found.position.saturating_sub(before),
    };
    let to = match position {
        0 => from + wanted,
        _ => found.position + after,
    };
    let later = found.terms.len() > to;
    let starts = !earlier && from == 0;
    let terms = found
        .terms
        .into_iter()
        .skip(from)
        .take(to.saturating_sub(from));
    let mut terms: Vec<ScanTerm> = terms
        .map(|term| ScanTerm {
            value: term.term,
            number_of_records: Some(term.records),
            display: Some(term.display),
            where_in_list: Some(WhereInList::Inner),
            extra: None,
        })
        .collect();
    let count = terms.len();
    for (at, term) in terms.iter_mut().enumerate() {
        let first = starts && at == 0;
        let last = !later && at + 1 == count;
        term.where_in_list = Some(match (first, last) {
            (true, true) => WhereInList::Only,
            (true, false) => WhereInList::First,
            (false, true) => WhereInList::Last,
            (false, false) => WhereInList::Inner,
        });
    }
    Ok(ScanResponse {
        terms,
        ..ScanResponse::default()
    })
}
