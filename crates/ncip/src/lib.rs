//! NCIP, NISO's circulation interchange protocol (ANSI/NISO Z39.83), 2.02, 2.01, 2.0 and 1.x: documents into typed
//! messages and back, for both sides.
//!
//! Not a server and not a client: no socket, no clock, no log. [`question`] is lenient: local names, any order, any
//! prefix, with or without namespace and schemes, 1.x and 2.x told apart by what they are. [`write()`] keeps to the
//! schema. Nothing is ever fetched, no declaration obeyed, and everything bounded ([`limits`]).
//!
//! ```
//! use relire_ncip::{Leniency, Prefix, Style, Version, message::{Body, LookupUserResponse, Question, Reply, Service}, model::UserId, question, write};
//!
//! let sent = b"<NCIPMessage version='1.0'><LookupUser><UniqueUserId><UserIdentifierValue>2620000000017\
//!              </UserIdentifierValue></UniqueUserId></LookupUser></NCIPMessage>";
//! let asked = question(sent, None, Leniency::default()).unwrap();
//! assert_eq!(asked.version, Version::V1_0);
//! let Question::LookupUser(ask) = asked.question else { panic!("a LookupUser") };
//! let user = ask.user.unwrap();
//! assert_eq!(user.value, "2620000000017");
//!
//! let reply = Reply {
//!     service: Some(Service::LookupUser),
//!     header: None,
//!     body: LookupUserResponse { user, account: None, loans_counts: vec![], loans: vec![], requests_counts: vec![], requests: vec![], fields: None }.into(),
//! };
//! let style = Style { version: Version::V2_02, prefix: Prefix::Default, agency: "LENS".into() };
//! let answer = write(&reply, &style);
//! assert!(answer.contains("<UserId><UserIdentifierValue>2620000000017</UserIdentifierValue></UserId>"));
//! assert!(matches!(relire_ncip::reply(answer.as_bytes(), None).unwrap().body, Body::LookupUser(_)));
//! ```
#![forbid(unsafe_code)]

mod element;
mod fault;
pub mod frame;
pub mod limits;
pub mod lists;
mod masked;
pub mod message;
pub mod model;
mod moment;
mod names;
#[cfg(test)]
mod properties;
mod read;
mod secret;
mod v1;
mod version;
mod write;

pub use element::Element;
pub use fault::{Fault, FaultKind};
pub use masked::masked;
pub use model::Value;
pub use moment::Moment;
pub use read::{Asked, Leniency, Unread, decode, question, reply};
pub use secret::Secret;
pub use version::Version;
pub use write::{Prefix, Style};

use message::{Question, Reply, Versions};

/// The namespace of 2.x; 1.x has none.
pub const NAMESPACE: &str = "http://www.niso.org/2008/ncip";

/// Writes an answer.
///
/// Problems alone are written as 2.02 has them, whatever was asked in: 1.0 has no document for that.
pub fn write(reply: &Reply, style: &Style) -> String {
    match (reply.element(), style.version) {
        (Some(element), Version::V1_0) => {
            write::document(&v1::told(&element, &style.agency), style)
        }
        (Some(element), _) => write::document(&element, style),
        (None, _) => {
            let style = Style {
                version: style.version.max(Version::V2_0),
                ..style.clone()
            };
            write::documents(&reply.problems(), &style)
        }
    }
}

/// Writes a question, as a client does.
pub fn write_question(question: &Question, style: &Style) -> String {
    let element = question.element();
    match (question, style.version) {
        (Question::LookupVersion(_, true), _) => {
            write::version_document(&v1::told(&element, &style.agency))
        }
        (_, Version::V1_0) => write::document(&v1::told(&element, &style.agency), style),
        _ => write::document(&element, style),
    }
}

/// Writes the answer to `LookupVersion`; `own_schema`: as `NCIPVersionMessage`, else in `NCIPMessage` as one server
/// answers and its clients read.
pub fn write_versions(versions: &Versions, own_schema: bool, style: &Style) -> String {
    if own_schema {
        write::version_document(&versions.element())
    } else {
        write::document(&versions.element(), style)
    }
}
