//! One file for each service.

pub(crate) mod close;
mod delete;
mod init;
mod present;
mod scan;
mod search;
mod sort;
mod unserved;

use z3950::Pdu;

use crate::session::Session;

/// What is sent, and whether the association goes on.
#[derive(Debug)]
pub(crate) enum Reply {
    /// An answer.
    Answer(Pdu),
    /// Nothing: the standard wants none.
    Silence,
    /// An answer, and the end.
    Last(Pdu),
}

/// A request's name in metrics and logs, and how it went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) service: &'static str,
    pub(crate) outcome: &'static str,
}

impl Session {
    /// Answers one request.
    pub(crate) async fn answer(&mut self, pdu: Pdu) -> (Reply, Told) {
        if self.agreed.is_none() && !matches!(pdu, Pdu::InitRequest(_) | Pdu::Close(_)) {
            return close::protocol_error("this association has not begun: send an Init first");
        }
        let (service, answer) = match pdu {
            Pdu::InitRequest(request) => return init::answer(self, &request),
            Pdu::Close(request) => return close::answer(request),
            Pdu::SearchRequest(request) => ("search", search::answer(self, *request).await),
            Pdu::PresentRequest(request) => ("present", present::answer(self, *request).await),
            Pdu::ScanRequest(request) => ("scan", scan::answer(self, *request).await),
            Pdu::SortRequest(request) => ("sort", sort::answer(self, request).await),
            Pdu::DeleteRequest(request) => ("delete", delete::answer(self, request)),
            other => return unserved::answer(self, &other),
        };
        let (pdu, outcome) = answer;
        (Reply::Answer(pdu), Told { service, outcome })
    }
}

/// Outcomes in metrics.
pub(crate) const DONE: &str = "done";
pub(crate) const REFUSED: &str = "refused";
