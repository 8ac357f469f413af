//! Close (3.2.11).

use z3950::{Pdu, pdu::Close};

use super::{DONE, REFUSED, Reply, Told};

/// Close reasons.
pub(crate) mod reason {
    pub(crate) const FINISHED: i64 = 0;
    pub(crate) const SHUTDOWN: i64 = 1;
    pub(crate) const PROTOCOL_ERROR: i64 = 6;
    pub(crate) const LACK_OF_ACTIVITY: i64 = 7;
}

/// The peer closes: so do we.
pub(super) fn answer(request: Close) -> (Reply, Told) {
    let answer = Close {
        reference_id: request.reference_id,
        ..pdu(reason::FINISHED, None)
    };
    let told = Told {
        service: "close",
        outcome: DONE,
    };
    (Reply::Last(Pdu::Close(answer)), told)
}

/// The peer is told what it did wrong, and the association ends.
pub(crate) fn protocol_error(why: &str) -> (Reply, Told) {
    let told = Told {
        service: "unreadable",
        outcome: REFUSED,
    };
    let close = pdu(reason::PROTOCOL_ERROR, Some(why));
    (Reply::Last(Pdu::Close(close)), told)
}

pub(crate) fn pdu(reason: i64, why: Option<&str>) -> Close {
    Close {
        reference_id: None,
        reason,
        diagnostic: why.map(Into::into),
        unknown: Vec::new(),
    }
}
