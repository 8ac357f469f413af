//! Sort (3.2.7): sets put together, in an order.

use catalogue::BibSet;
use query::{SortBy, SortKey};
use z3950::{
    Pdu,
    pdu::sort::{Missing, SortElement, SortKeySpec, SortRequest, SortResponse},
};

use super::{DONE, REFUSED};
use crate::{refused::Refused, session::Session, sets::Kept};

/// Sets that are put together in one sort.
const MOST_INPUT: usize = 16;
const FAILURE: i64 = 2;
/// `resultSetStatus`: as it was.
const UNCHANGED: i64 = 3;
/// `resultSetStatus`: there is none.
const NONE: i64 = 4;

pub(super) async fn answer(session: &mut Session, request: SortRequest) -> (Pdu, &'static str) {
    let mut answer = SortResponse {
        reference_id: request.reference_id.clone(),
        status: 0,
        result_set_status: None,
        diagnostics: None,
        count: None,
        other_info: None,
        unknown: Vec::new(),
    };
    let outcome = match sort(session, &request).await {
        Ok(count) => {
            answer.count = Some(i64::try_from(count).unwrap_or(i64::MAX));
            DONE
        }
        Err(refused) => {
            let output = session.text(request.output.bytes());
            answer.status = FAILURE;
            answer.result_set_status = Some(match session.sets.has(&output) {
                true => UNCHANGED,
                false => NONE,
            });
            answer.diagnostics = Some(vec![session.diag_rec(&refused)]);
            REFUSED
        }
    };
    (Pdu::SortResponse(answer), outcome)
}

async fn sort(session: &mut Session, request: &SortRequest) -> Result<u64, Refused> {
    if request.input.is_empty() || request.output.bytes().is_empty() {
        return Err(Refused::new(208, ""));
    }
    if request.input.len() > MOST_INPUT {
        return Err(Refused::new(230, MOST_INPUT.to_string()));
    }
    let mut all: Option<(BibSet, String)> = None;
    for name in &request.input {
        let name = session.text(name.bytes());
        let kept = session
            .sets
            .get(&name)
            .map_err(|missing| Session::missing(&name, missing))?;
        all = Some(match all {
            None => ((*kept.bibs).clone(), kept.database),
            Some((bibs, database)) => {
                let both = bibs.iter().chain(kept.bibs.iter()).collect();
                (both, database)
            }
        });
    }
    let Some((bibs, database)) = all else {
        return Err(Refused::new(208, ""));
    };
    let keys = keys(session, &request.keys)?;
    let bibs = std::sync::Arc::new(bibs);
    let order = session.finder.ordered(bibs.clone(), keys).await?;
    let kept = Kept::new((*bibs).clone(), Some(order), database);
    let count = kept.count();
    let name = session.text(request.output.bytes());
    session.sets.put(&name, kept);
    Ok(count)
}

fn keys(session: &Session, specs: &[SortKeySpec]) -> Result<Vec<SortKey>, Refused> {
    if specs.is_empty() {
        return Err(Refused::new(207, ""));
    }
    specs.iter().map(|spec| key(session, spec)).collect()
}

fn key(session: &Session, spec: &SortKeySpec) -> Result<SortKey, Refused> {
    let by = match &spec.element {
        SortElement::Field(name) => field(&session.text(name.bytes()))?,
        SortElement::Attributes(set, attributes) => questions::rpn::sort(attributes, set)?,
        SortElement::Element(_) => return Err(Refused::new(207, "elementSpec")),
        SortElement::Databases(_) => return Err(Refused::new(210, "")),
    };
    let descending = match spec.relation {
        0 => false,
        1 => true,
        other => return Err(Refused::new(214, other.to_string())),
    };
    if !matches!(spec.case, 0 | 1) {
        return Err(Refused::new(215, spec.case.to_string()));
    }
    match spec.missing {
        None | Some(Missing::Null) => {}
        // A record without a year is no reason to answer nothing.
        Some(Missing::Abort) => return Err(Refused::new(213, "abort")),
        Some(Missing::Value(_)) => return Err(Refused::new(213, "value")),
    }
    let key = SortKey::by(by);
    Ok(match descending {
        true => key.descending(),
        false => key,
    })
}

/// A field by name, as clients write it.
fn field(name: &str) -> Result<SortBy, Refused> {
    match name.to_ascii_lowercase().as_str() {
        "title" | "titre" => Ok(SortBy::Title),
        "author" | "auteur" => Ok(SortBy::Author),
        "date" | "year" | "année" => Ok(SortBy::Year),
        _ => Err(Refused::new(207, name)),
    }
}
