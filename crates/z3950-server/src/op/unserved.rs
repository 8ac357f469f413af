//! Services that this server does not have: refused by name, where the standard has an answer for that.

use z3950::{
    Pdu,
    ber::Node,
    pdu::other::{ExtendedServicesResponse, ResourceReportResponse, reference_id},
};

use super::{DONE, REFUSED, Reply, Told, close};
use crate::{refused::Refused, session::Session};

const TRIGGER_RESOURCE_CONTROL: u32 = 32;
const RESOURCE_REPORT: u32 = 33;
const EXTENDED_SERVICES: u32 = 46;

pub(super) fn answer(session: &Session, pdu: &Pdu) -> (Reply, Told) {
    let Pdu::Other(request) = pdu else {
        return close::protocol_error("this is an answer, and servers are asked");
    };
    let told = |service, outcome| Told { service, outcome };
    match request.tag.1 {
        // It asks to hurry or to stop what is running; nothing is, since requests are answered in order.
        TRIGGER_RESOURCE_CONTROL => (Reply::Silence, told("trigger-resource-control", DONE)),
        RESOURCE_REPORT => {
            let failure = 5;
            let answer = Pdu::ResourceReportResponse(ResourceReportResponse {
                reference_id: reference_id(request),
                status: failure,
                report: None,
                other_info: None,
                unknown: Vec::new(),
            });
            (Reply::Answer(answer), told("resource-report", REFUSED))
        }
        EXTENDED_SERVICES => {
            let refused = Refused::new(221, package_type(request));
            let failure = 3;
            let answer = Pdu::ExtendedServicesResponse(ExtendedServicesResponse {
                reference_id: reference_id(request),
                status: failure,
                diagnostics: Some(vec![session.diag_rec(&refused)]),
                package: None,
                other_info: None,
                unknown: Vec::new(),
            });
            (Reply::Answer(answer), told("extended-services", REFUSED))
        }
        _ => close::protocol_error("this service is not served here"),
    }
}

/// `packageType [4]`, dotted.
fn package_type(request: &Node) -> String {
    let mut inside = request.inside().iter();
    let oid = inside.find(|node| node.tag == z3950::ber::ctx(4));
    oid.map_or_else(String::new, |node| {
        z3950::value::Oid(node.bytes()).to_string()
    })
}
