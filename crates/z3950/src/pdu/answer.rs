//! What comes back from a search or a present: records, or why there are none.

use bytes::Bytes;

use crate::ber::{Class, Node, Tag, ctx, uni};
use crate::error::{Error, What};
use crate::oid;
use crate::value::{Element, External, Oid, Text, Value, sequence};

sequence! {
    /// SearchResponse (`[23]`).
    SearchResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// Hits.
        count: i64 = ctx(23),
        /// Records in this answer.
        returned: i64 = ctx(24),
        /// The place behind the last of them; 0 if there is none.
        next_position: i64 = ctx(25),
        /// Whether the search was made.
        status: bool = ctx(22),
        /// 1 subset, 2 interim, 3 none: only when the search failed.
        result_set_status: Option<i64> = ctx(26),
        /// [`present_status`]; only with records.
        present_status: Option<i64> = ctx(27),
        /// Records, or diagnostics in their place.
        records: Option<Records> = ctx(28),
        /// searchResult-1 and others.
        additional_info: Option<Node> = ctx(203),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// PresentResponse (`[25]`).
    PresentResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// Records in this answer.
        returned: i64 = ctx(24),
        /// The place behind the last of them; 0 if there is none.
        next_position: i64 = ctx(25),
        /// One of [`present_status`].
        status: i64 = ctx(27),
        /// Records, or diagnostics in their place.
        records: Option<Records> = ctx(28),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

/// Values of `presentStatus` (3.2.3.1.5).
pub mod present_status {
    /// All that was asked for.
    pub const SUCCESS: i64 = 0;
    /// Some are missing: access control ended it.
    pub const PARTIAL_1: i64 = 1;
    /// Some are missing: the message would be too large.
    pub const PARTIAL_2: i64 = 2;
    /// Some are missing: the target's resource control ended it.
    pub const PARTIAL_3: i64 = 3;
    /// Some are missing: the origin's resource control ended it.
    pub const PARTIAL_4: i64 = 4;
    /// None; a diagnostic says why.
    pub const FAILURE: i64 = 5;
}

/// Records of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Records {
    /// In their order, `[28]`.
    Records(Vec<NamePlusRecord>),
    /// One diagnostic for all, `[130]`.
    Diagnostic(Diagnostic),
    /// Several for all, `[205]`.
    Diagnostics(Vec<DiagRec>),
}

impl Element for Option<Records> {
    // An untagged CHOICE: the tag of the element is that of the alternative.
    fn take(from: &mut Vec<Node>, _: Tag) -> Result<Self, Error> {
        let Some(place) = from
            .iter()
            .position(|node| [ctx(28), ctx(130), ctx(205)].contains(&node.tag))
        else {
            return Ok(None);
        };
        let node = from.remove(place);
        Ok(Some(match node.tag.1 {
            28 => Records::Records(Value::read(&node)?),
            130 => Records::Diagnostic(Value::read(&node)?),
            _ => Records::Diagnostics(Value::read(&node)?),
        }))
    }
    fn put(&self, to: &mut Vec<Node>, _: Tag) {
        to.extend(self.iter().map(|records| match records {
            Records::Records(records) => records.write(ctx(28)),
            Records::Diagnostic(diagnostic) => diagnostic.write(ctx(130)),
            Records::Diagnostics(diagnostics) => diagnostics.write(ctx(205)),
        }));
    }
}

sequence! {
    /// A record and the database that it is from.
    NamePlusRecord {
        /// Left out when it is the same as the one before.
        database: Option<Text> = ctx(0),
        /// Under an explicit tag.
        record: OneRecord = ctx(1),
    }
}

/// A record, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OneRecord {
    /// `retrievalRecord [1]`.
    Record(External),
    /// `surrogateDiagnostic [2]`: this one could not be had.
    Diagnostic(DiagRec),
    /// A fragment of a record, `[3]` to `[5]`.
    Fragment(Node),
}

impl Value for OneRecord {
    const OWN: Tag = ctx(1);
    fn read(wrapper: &Node) -> Result<Self, Error> {
        let node = wrapper.inside().first().ok_or(Error::of(What::Missing))?;
        let inside = || node.inside().first().ok_or(Error::of(What::Missing));
        Ok(match node.tag {
            Tag(Class::Context, 1) => Self::Record(External::read(inside()?)?),
            Tag(Class::Context, 2) => Self::Diagnostic(DiagRec::read(inside()?)?),
            _ => Self::Fragment(node.clone()),
        })
    }
    fn write(&self, tag: Tag) -> Node {
        let node = match self {
            Self::Record(record) => Node::constructed(ctx(1), vec![record.write(EXTERNAL)]),
            Self::Diagnostic(diagnostic) => {
                Node::constructed(ctx(2), vec![diagnostic.write(DiagRec::OWN)])
            }
            Self::Fragment(node) => node.clone(),
        };
        Node::constructed(tag, vec![node])
    }
}

pub(crate) const EXTERNAL: Tag = uni(8);

/// DiagRec: in the usual form, or in another that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiagRec {
    /// Set, number and what it is about.
    Default(Diagnostic),
    /// Any other.
    External(External),
}

impl Value for DiagRec {
    const OWN: Tag = uni(16);
    fn read(node: &Node) -> Result<Self, Error> {
        Ok(match node.tag {
            EXTERNAL => Self::External(External::read(node)?),
            _ => Self::Default(Diagnostic::read(node)?),
        })
    }
    fn write(&self, tag: Tag) -> Node {
        match self {
            Self::Default(diagnostic) => diagnostic.write(tag),
            Self::External(external) => external.write(EXTERNAL),
        }
    }
}

/// DefaultDiagFormat: what went wrong, by its number in a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The set: nearly always Bib-1's.
    pub set: Oid,
    /// The number in it (ERR.1).
    pub condition: i64,
    /// What it is about: the value that was refused.
    pub addinfo: Text,
    /// Whether it goes to a session of version 2, where `addinfo` is a VisibleString.
    pub version_2: bool,
}

impl Diagnostic {
    /// Of Bib-1, for a session of version 3.
    pub fn bib_1(condition: u16, addinfo: &str) -> Self {
        Self {
            set: Oid::of(oid::DIAG_BIB_1),
            condition: condition.into(),
            addinfo: addinfo.into(),
            version_2: false,
        }
    }
}

impl Value for Diagnostic {
    const OWN: Tag = uni(16);
    fn read(node: &Node) -> Result<Self, Error> {
        match node.inside() {
            [set, condition, rest @ ..] => Ok(Self {
                set: Oid::read(set)?,
                condition: i64::read(condition)?,
                addinfo: rest.first().map_or(Ok(Text::default()), Text::read)?,
                version_2: rest.first().is_some_and(|info| info.tag == VISIBLE),
            }),
            _ => Err(Error::of(What::Missing)),
        }
    }
    fn write(&self, tag: Tag) -> Node {
        let addinfo = if self.version_2 { VISIBLE } else { Text::OWN };
        let inside = vec![
            self.set.write(uni(6)),
            self.condition.write(uni(2)),
            self.addinfo.write(addinfo),
        ];
        Node::constructed(tag, inside)
    }
}

/// VisibleString.
pub(crate) const VISIBLE: Tag = uni(26);
