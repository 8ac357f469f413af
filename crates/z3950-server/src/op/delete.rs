//! DeleteResultSet (3.2.4).

use z3950::{
    Pdu,
    pdu::delete::{DeleteRequest, DeleteResponse, ListStatus, delete_status},
};

use super::DONE;
use crate::session::Session;

pub(super) fn answer(session: &mut Session, request: DeleteRequest) -> (Pdu, &'static str) {
    let mut answer = DeleteResponse {
        reference_id: request.reference_id,
        status: delete_status::SUCCESS,
        statuses: None,
        not_deleted: None,
        bulk: None,
        message: None,
        other_info: None,
        unknown: Vec::new(),
    };
    if request.function == 1 {
        session.sets.clear();
        return (Pdu::DeleteResponse(answer), DONE);
    }
    let deleted = request.sets.unwrap_or_default().into_iter().map(|set| {
        let name = session.text(set.0.bytes());
        let status = match session.sets.remove(&name) {
            true => delete_status::SUCCESS,
            false => delete_status::NO_SUCH_SET,
        };
        ListStatus {
            set,
            status,
            unknown: Vec::new(),
        }
    });
    let statuses: Vec<_> = deleted.collect();
    let done = |one: &ListStatus| one.status == delete_status::SUCCESS;
    answer.status = match statuses.as_slice() {
        [one] => one.status,
        many if many.iter().all(done) => delete_status::SUCCESS,
        _ => delete_status::NOT_ALL,
    };
    answer.statuses = Some(statuses);
    (Pdu::DeleteResponse(answer), DONE)
}
