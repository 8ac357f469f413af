//! Scan: a stretch of a list of terms (3.2.8).

use bytes::Bytes;

use crate::ber::{Class, Node, Tag, ctx, uni};
use crate::error::{Error, What};
use crate::pdu::DatabaseName;
use crate::pdu::answer::DiagRec;
use crate::pdu::query::{AttributeElement, AttributesPlusTerm, Term};
use crate::value::{Oid, Text, Value, sequence};

sequence! {
    /// ScanRequest (`[35]`).
    ScanRequest {
        /// Comes back in the response.
        reference_id: Option<Bytes> = ctx(2),
        /// At least one.
        databases: Vec<DatabaseName> = ctx(3),
        /// For attributes that name no set of their own.
        attribute_set: Option<Oid> = uni(6),
        /// Which list, and where to begin.
        start: AttributesPlusTerm = ctx(102),
        /// Terms to leave out between two.
        step: Option<i64> = ctx(5),
        /// How many terms.
        number: i64 = ctx(6),
        /// Where the term should stand in the answer, from 1.
        position: Option<i64> = ctx(7),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// ScanResponse (`[36]`).
    ScanResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// As in the request.
        step: Option<i64> = ctx(3),
        /// 0 success, 5 partial (the list ends), 6 failure.
        status: i64 = ctx(4),
        /// Terms in this answer.
        returned: i64 = ctx(5),
        /// Where the term stands, from 1; 0 before the first, one more than there are behind the last.
        position: Option<i64> = ctx(6),
        /// The terms, or diagnostics.
        entries: Option<ListEntries> = ctx(7),
        /// Of attributes in the terms.
        attribute_set: Option<Oid> = ctx(8),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

/// Values of `scanStatus`.
pub mod scan_status {
    /// All that was asked for.
    pub const SUCCESS: i64 = 0;
    /// Fewer: the list ends here.
    pub const PARTIAL_5: i64 = 5;
    /// None.
    pub const FAILURE: i64 = 6;
}

sequence! {
    /// ListEntries.
    ListEntries {
        /// In the order of the list.
        entries: Option<Vec<Entry>> = ctx(1),
        /// Why there are none, or not all.
        diagnostics: Option<Vec<DiagRec>> = ctx(2),
    }
}

/// One place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A term, `[1]`.
    Term(Box<TermInfo>),
    /// What stands in its place, `[2]`.
    Diagnostic(DiagRec),
}

impl Value for Entry {
    const OWN: Tag = ctx(1);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(match node.tag {
            Tag(Class::Context, 2) => {
                let inside = node.inside().first().ok_or(Error::of(What::Missing))?;
                Self::Diagnostic(DiagRec::read(inside)?)
            }
            _ => Self::Term(Box::new(TermInfo::read(node)?)),
        })
    }
    fn write(&self, _: Tag) -> Node {
        match self {
            Self::Term(term) => term.write(ctx(1)),
            Self::Diagnostic(diagnostic) => {
                Node::constructed(ctx(2), vec![diagnostic.write(DiagRec::OWN)])
            }
        }
    }
}

sequence! {
    /// TermInfo.
    TermInfo {
        /// As it is searched for.
        term: Term = ctx(45),
        /// As people read it.
        display: Option<Text> = ctx(0),
        /// Attributes that find it.
        attributes: Option<Vec<AttributeElement>> = ctx(44),
        /// Records that have it.
        occurrences: Option<i64> = ctx(2),
    }
}
