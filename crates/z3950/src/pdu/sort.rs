//! Sort (3.2.7) and DeleteResultSet (3.2.4).

use bytes::Bytes;

use crate::ber::{Class, Node, Tag, ctx, uni};
use crate::error::{Error, What};
use crate::pdu::answer::DiagRec;
use crate::pdu::query::AttributeElement;
use crate::value::{Element, Oid, Text, Value, sequence};

sequence! {
    /// SortRequest (`[43]`).
    SortRequest {
        /// Comes back in the response.
        reference_id: Option<Bytes> = ctx(2),
        /// Sets that are put together.
        input: Vec<Text> = ctx(3),
        /// The name that the sorted set gets; it may be one of the input's.
        output: Text = ctx(4),
        /// The first key is the most important.
        keys: Vec<SortKeySpec> = ctx(5),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// SortResponse (`[44]`).
    SortResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// 0 success, 1 partial, 2 failure.
        status: i64 = ctx(3),
        /// 1 empty, 2 interim, 3 unchanged, 4 none: only when the sort failed.
        result_set_status: Option<i64> = ctx(4),
        /// Why it failed.
        diagnostics: Option<Vec<DiagRec>> = ctx(5),
        /// Hits in the sorted set.
        count: Option<i64> = ctx(6),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

/// SortKeySpec: by what, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKeySpec {
    /// By what.
    pub element: SortElement,
    /// 0 ascending, 1 descending, 3 and 4 the same by frequency.
    pub relation: i64,
    /// 0 capitals count, 1 they do not.
    pub case: i64,
    /// What to do with records that lack it: `[1]` abort, `[2]` they come last, `[3]` a value in its place.
    pub missing: Option<Missing>,
}

/// What becomes of records without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The sort fails.
    Abort,
    /// As the server likes.
    Null,
    /// As if they had this one.
    Value(Bytes),
}

/// By what a set is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortElement {
    /// A field that the server names.
    Field(Text),
    /// An element of records.
    Element(Node),
    /// Attributes, as a search has them.
    Attributes(Oid, Vec<AttributeElement>),
    /// Another for each database.
    Databases(Node),
}

impl Value for SortKeySpec {
    const OWN: Tag = uni(16);
    fn read(node: &Node) -> Result<Self, Error> {
        let mut rest = node.inside().to_vec();
        // The element comes first; its tags are those of the two others as well.
        if rest.is_empty() {
            return Err(Error::of(What::Missing).within("sortElement"));
        }
        let element =
            SortElement::read(&rest.remove(0)).map_err(|error| error.within("sortElement"))?;
        let relation =
            i64::take(&mut rest, ctx(1)).map_err(|error| error.within("sortRelation"))?;
        let case = i64::take(&mut rest, ctx(2)).map_err(|error| error.within("caseSensitivity"))?;
        let missing = match rest.iter().find(|node| node.tag == ctx(3)) {
            Some(node) => {
                let node = node.inside().first().ok_or(Error::of(What::Missing))?;
                Some(match node.tag.1 {
                    1 => Missing::Abort,
                    2 => Missing::Null,
                    3 => Missing::Value(node.bytes()),
                    _ => return Err(Error::of(What::Choice).within("missingValueAction")),
                })
            }
            None => None,
        };
        Ok(Self {
            element,
            relation,
            case,
            missing,
        })
    }
    fn write(&self, tag: Tag) -> Node {
        let mut inside = vec![
            self.element.write(ctx(1)),
            self.relation.write(ctx(1)),
            self.case.write(ctx(2)),
        ];
        inside.extend(self.missing.iter().map(|missing| {
            let node = match missing {
                Missing::Abort => Node::primitive(ctx(1), Bytes::new()),
                Missing::Null => Node::primitive(ctx(2), Bytes::new()),
                Missing::Value(value) => value.write(ctx(3)),
            };
            Node::constructed(ctx(3), vec![node])
        }));
        Node::constructed(tag, inside)
    }
}

impl Value for SortElement {
    const OWN: Tag = ctx(1);
    fn read(node: &Node) -> Result<Self, Error> {
        if node.tag == ctx(2) {
            return Ok(Self::Databases(node.clone()));
        }
        let key = node.inside().first().ok_or(Error::of(What::Missing))?;
        Ok(match key.tag {
            Tag(Class::Context, 0) => Self::Field(Text::read(key)?),
            Tag(Class::Context, 1) => Self::Element(key.clone()),
            Tag(Class::Context, 2) => {
                let mut rest = key.inside().to_vec();
                let set = Oid::take(&mut rest, uni(6))?;
                Self::Attributes(set, Vec::take(&mut rest, ctx(44))?)
            }
            _ => return Err(Error::of(What::Choice)),
        })
    }
    fn write(&self, tag: Tag) -> Node {
        let key = match self {
            Self::Databases(node) => return node.clone(),
            Self::Field(name) => name.write(ctx(0)),
            Self::Element(node) => node.clone(),
            Self::Attributes(set, attributes) => {
                Node::constructed(ctx(2), vec![set.write(uni(6)), attributes.write(ctx(44))])
            }
        };
        Node::constructed(tag, vec![key])
    }
}
