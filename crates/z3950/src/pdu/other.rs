//! Services that are refused by name: resource report and extended services.

use bytes::Bytes;

use crate::ber::{Node, ctx};
use crate::pdu::answer::DiagRec;
use crate::value::sequence;

sequence! {
    /// ResourceReportResponse (`[34]`).
    ResourceReportResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// 1 complete … 5 failure, 6 not of this operation.
        status: i64 = ctx(50),
        /// The report.
        report: Option<Node> = ctx(51),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// ExtendedServicesResponse (`[47]`).
    ExtendedServicesResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// 1 done, 2 accepted, 3 failure.
        status: i64 = ctx(3),
        /// Why not.
        diagnostics: Option<Vec<DiagRec>> = ctx(4),
        /// What was made of it.
        package: Option<Node> = ctx(5),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

/// The reference id of any PDU: every one has it under the same tag.
pub fn reference_id(node: &Node) -> Option<Bytes> {
    let own = |inside: &&Node| inside.tag == ctx(2);
    node.inside().iter().find(own).map(Node::bytes)
}
