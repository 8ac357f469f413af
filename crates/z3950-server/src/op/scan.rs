//! Scan (3.2.8): a stretch of a list of terms.

use catalogue::{MOST_TERMS, Scan, ScanForm};
use desk::ScanAsk;
use z3950::{
    Pdu,
    pdu::{
        query::Term,
        scan::{Entry, ListEntries, ScanRequest, ScanResponse, TermInfo, scan_status as status},
    },
    value::Oid,
};

use super::{DONE, REFUSED};
use crate::{refused::Refused, session::Session};

pub(super) async fn answer(session: &mut Session, request: ScanRequest) -> (Pdu, &'static str) {
    let mut answer = ScanResponse {
        reference_id: request.reference_id.clone(),
        step: Some(0),
        status: status::FAILURE,
        returned: 0,
        position: None,
        entries: None,
        attribute_set: None,
        other_info: None,
        unknown: Vec::new(),
    };
    let outcome = match scan(session, &request).await {
        Ok((scan, whole)) => {
            answer.status = match whole {
                true => status::SUCCESS,
                false => status::PARTIAL_5,
            };
            answer.returned = number(scan.terms.len());
            answer.position = Some(number(scan.position));
            answer.entries = Some(ListEntries {
                entries: Some(scan.terms.into_iter().map(entry).collect()),
                diagnostics: None,
                unknown: Vec::new(),
            });
            DONE
        }
        Err(refused) => {
            answer.entries = Some(ListEntries {
                entries: None,
                diagnostics: Some(vec![session.diag_rec(&refused)]),
                unknown: Vec::new(),
            });
            REFUSED
        }
    };
    (Pdu::ScanResponse(answer), outcome)
}

/// The terms, with the place of the one that was asked for counted from 1, and whether there are as many as asked.
async fn scan(session: &Session, request: &ScanRequest) -> Result<(Scan, bool), Refused> {
    let names = request.databases.iter();
    let names: Vec<_> = names.map(|name| session.text(name.0.bytes())).collect();
    session.database(names.into_iter()).await?;
    if let Some(step) = request.step.filter(|step| *step != 0) {
        return Err(Refused::new(205, step.to_string()));
    }
    let wanted = usize::try_from(request.number).unwrap_or(0);
    if wanted == 0 {
        return Err(Refused::new(228, request.number.to_string()));
    }
    let position = request.position.unwrap_or(1);
    // From just before the first to just behind the last.
    let position = usize::try_from(position)
        .ok()
        .filter(|at| *at <= wanted + 1);
    let position =
        position.ok_or_else(|| Refused::new(233, request.position.unwrap_or(1).to_string()))?;
    let bib_1 = Oid::of(z3950::oid::BIB_1);
    let set = request.attribute_set.as_ref().unwrap_or(&bib_1);
    let start = questions::rpn::scan(&request.start, set, &|bytes| session.text(bytes))?;
    let given = wanted.min(MOST_TERMS - 2);
    // Nought is the place before the first: one term more is read, and the term itself left out.
    let (before, after) = match position {
        0 => (0, given + 1),
        at => ((at - 1).min(given), given.saturating_sub(at - 1)),
    };
    let term = start.term;
    let mut scan = session
        .finder
        .scan(ScanAsk {
            access: start.access,
            form: match start.whole {
                true => ScanForm::Wholes,
                false => ScanForm::Words,
            },
            term: term.clone(),
            before,
            after,
        })
        .await?;
    if position == 0 {
        if scan.has_itself(&term) {
            scan.terms.remove(0);
        }
        scan.terms.truncate(given);
        scan.position = 0;
    } else {
        scan.position += 1;
    }
    let whole = scan.terms.len() == wanted;
    Ok((scan, whole))
}

fn entry(term: catalogue::ScanTerm) -> Entry {
    Entry::Term(Box::new(TermInfo {
        term: Term::General(term.term.into()),
        display: Some(term.display.as_str().into()),
        attributes: None,
        occurrences: i64::try_from(term.records).ok(),
        unknown: Vec::new(),
    }))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
