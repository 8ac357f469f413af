//! The PDUs, by tag (ISO 23950, appendix ASN.1).

pub mod answer;
pub mod composition;
pub mod delete;
pub mod opac;
pub mod other;
pub mod query;
pub mod scan;
pub mod session;
pub mod sort;

use bytes::Bytes;

use crate::ber::{self, Limits, Node, Tag, ctx};
use crate::error::{Error, What};
use crate::value::{Bits, Oid, Text, Value, sequence};
use answer::{PresentResponse, SearchResponse};
use composition::{CompSpec, ElementSetNames, Range};
use delete::{DeleteRequest, DeleteResponse};
use other::{ExtendedServicesResponse, ResourceReportResponse};
use query::Query;
use scan::{ScanRequest, ScanResponse};
use session::Explicit;
use sort::{SortRequest, SortResponse};

/// The name of a database (`[105]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseName(pub Text);

impl Value for DatabaseName {
    const OWN: Tag = ctx(105);
    fn read(node: &Node) -> Result<Self, Error> {
        Text::read(node).map(Self)
    }
    fn write(&self, tag: Tag) -> Node {
        self.0.write(tag)
    }
}

/// A value that is never shown: who signs in, and with what.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Node);

impl std::fmt::Debug for Secret {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Secret")
    }
}

impl Value for Secret {
    const OWN: Tag = ctx(7);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(Self(node.clone()))
    }
    fn write(&self, tag: Tag) -> Node {
        self.0.write(tag)
    }
}

sequence! {
    /// InitializeRequest (`[20]`).
    InitRequest {
        /// Comes back in the response.
        reference_id: Option<Bytes> = ctx(2),
        /// Bit 1 is version 2, bit 2 version 3.
        versions: Bits = ctx(3),
        /// Bit 0 search, 1 present, 2 delete, 7 scan, 8 sort, 14 named sets.
        options: Bits = ctx(4),
        /// Bytes.
        preferred_message_size: i64 = ctx(5),
        /// Bytes.
        exceptional_record_size: i64 = ctx(6),
        /// `open`, `idPass` or another, under an explicit tag. A secret.
        authentication: Option<Secret> = ctx(7),
        /// Of the client's program.
        implementation_id: Option<Text> = ctx(110),
        /// Of the client's program.
        implementation_name: Option<Text> = ctx(111),
        /// Of the client's program.
        implementation_version: Option<Text> = ctx(112),
        /// Charset negotiation among others.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// InitializeResponse (`[21]`).
    InitResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// Those of both sides.
        versions: Bits = ctx(3),
        /// Those of both sides.
        options: Bits = ctx(4),
        /// Bytes.
        preferred_message_size: i64 = ctx(5),
        /// Bytes.
        exceptional_record_size: i64 = ctx(6),
        /// Accepted or not.
        result: bool = ctx(12),
        /// Of the server's program.
        implementation_id: Option<Text> = ctx(110),
        /// Of the server's program.
        implementation_name: Option<Text> = ctx(111),
        /// Of the server's program.
        implementation_version: Option<Text> = ctx(112),
        /// Why it was refused: see [`session::refusal`].
        user_information: Option<Explicit> = ctx(11),
        /// Charset negotiation.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// SearchRequest (`[22]`).
    SearchRequest {
        /// Comes back in the response.
        reference_id: Option<Bytes> = ctx(2),
        /// Up to so many hits, all come at once.
        small_set_upper_bound: i64 = ctx(13),
        /// From so many hits, none comes at once.
        large_set_lower_bound: i64 = ctx(14),
        /// Between the two, so many come.
        medium_set_present_number: i64 = ctx(15),
        /// Whether the set may be replaced.
        replace: bool = ctx(16),
        /// The result set's name.
        result_set: Text = ctx(17),
        /// At least one.
        databases: Vec<DatabaseName> = ctx(18),
        /// ElementSetNames, explicit.
        small_element_set: Option<ElementSetNames> = ctx(100),
        /// ElementSetNames, explicit.
        medium_element_set: Option<ElementSetNames> = ctx(101),
        /// The record syntax.
        preferred_syntax: Option<Oid> = ctx(104),
        /// What to look for.
        query: Query = ctx(21),
        /// additionalSearchInfo.
        additional_info: Option<Node> = ctx(203),
    }
}

sequence! {
    /// PresentRequest (`[24]`).
    PresentRequest {
        /// Comes back in the response.
        reference_id: Option<Bytes> = ctx(2),
        /// The result set's name.
        result_set: Text = ctx(31),
        /// The first record, from 1.
        start: i64 = ctx(30),
        /// How many.
        number: i64 = ctx(29),
        /// Further stretches.
        ranges: Option<Vec<Range>> = ctx(212),
        /// ElementSetNames `[19]`, explicit.
        simple_composition: Option<ElementSetNames> = ctx(19),
        /// CompSpec `[209]`.
        complex_composition: Option<CompSpec> = ctx(209),
        /// The record syntax.
        preferred_syntax: Option<Oid> = ctx(104),
    }
}

sequence! {
    /// Close (`[48]`).
    Close {
        /// As in the request that it ends, if any.
        reference_id: Option<Bytes> = ctx(2),
        /// 0 finished … 9 peer abort.
        reason: i64 = ctx(211),
        /// For people.
        diagnostic: Option<Text> = ctx(3),
    }
}

/// One PDU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pdu {
    /// `[20]`
    InitRequest(Box<InitRequest>),
    /// `[21]`
    InitResponse(Box<InitResponse>),
    /// `[22]`
    SearchRequest(Box<SearchRequest>),
    /// `[23]`
    SearchResponse(SearchResponse),
    /// `[24]`
    PresentRequest(Box<PresentRequest>),
    /// `[25]`
    PresentResponse(PresentResponse),
    /// `[26]`
    DeleteRequest(DeleteRequest),
    /// `[27]`
    DeleteResponse(DeleteResponse),
    /// `[34]`
    ResourceReportResponse(ResourceReportResponse),
    /// `[35]`
    ScanRequest(Box<ScanRequest>),
    /// `[36]`
    ScanResponse(ScanResponse),
    /// `[43]`
    SortRequest(SortRequest),
    /// `[44]`
    SortResponse(SortResponse),
    /// `[47]`
    ExtendedServicesResponse(ExtendedServicesResponse),
    /// `[48]`
    Close(Close),
    /// Any other, as a tree.
    Other(Node),
}

impl Pdu {
    /// Reads one PDU, cut out before by [`crate::frame::Scanner`].
    ///
    /// # Errors
    /// When it is not BER within the limits, or an element is missing or of another type.
    pub fn decode(bytes: &Bytes, limits: Limits) -> Result<Self, Error> {
        let (node, length) = ber::decode(bytes, limits)?;
        if length != bytes.len() {
            return Err(Error::at(length, What::Length));
        }
        let Tag(ber::Class::Context, number) = node.tag else {
            return Err(Error::at(0, What::Choice));
        };
        Ok(match number {
            20 => Self::InitRequest(Box::new(Value::read(&node)?)),
            21 => Self::InitResponse(Box::new(Value::read(&node)?)),
            22 => Self::SearchRequest(Box::new(Value::read(&node)?)),
            23 => Self::SearchResponse(Value::read(&node)?),
            24 => Self::PresentRequest(Box::new(Value::read(&node)?)),
            25 => Self::PresentResponse(Value::read(&node)?),
            26 => Self::DeleteRequest(Value::read(&node)?),
            27 => Self::DeleteResponse(Value::read(&node)?),
            34 => Self::ResourceReportResponse(Value::read(&node)?),
            35 => Self::ScanRequest(Box::new(Value::read(&node)?)),
            36 => Self::ScanResponse(Value::read(&node)?),
            43 => Self::SortRequest(Value::read(&node)?),
            44 => Self::SortResponse(Value::read(&node)?),
            47 => Self::ExtendedServicesResponse(Value::read(&node)?),
            48 => Self::Close(Value::read(&node)?),
            _ => Self::Other(node),
        })
    }

    /// Writes it, with definite lengths.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::InitRequest(pdu) => pdu.write(ctx(20)),
            Self::InitResponse(pdu) => pdu.write(ctx(21)),
            Self::SearchRequest(pdu) => pdu.write(ctx(22)),
            Self::SearchResponse(pdu) => pdu.write(ctx(23)),
            Self::PresentRequest(pdu) => pdu.write(ctx(24)),
            Self::PresentResponse(pdu) => pdu.write(ctx(25)),
            Self::DeleteRequest(pdu) => pdu.write(ctx(26)),
            Self::DeleteResponse(pdu) => pdu.write(ctx(27)),
            Self::ResourceReportResponse(pdu) => pdu.write(ctx(34)),
            Self::ScanRequest(pdu) => pdu.write(ctx(35)),
            Self::ScanResponse(pdu) => pdu.write(ctx(36)),
            Self::SortRequest(pdu) => pdu.write(ctx(43)),
            Self::SortResponse(pdu) => pdu.write(ctx(44)),
            Self::ExtendedServicesResponse(pdu) => pdu.write(ctx(47)),
            Self::Close(pdu) => pdu.write(ctx(48)),
            Self::Other(node) => node.clone(),
        }
        .encode()
    }
}
