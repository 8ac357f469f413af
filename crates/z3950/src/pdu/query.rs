//! Queries: which type, and type-1 (RPN) fully.

use bytes::Bytes;

use crate::ber::{Node, Tag, ctx, uni};
use crate::error::{Error, What};
use crate::value::{Element, Oid, Text, Value, sequence};

/// The query of a search, by type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// type-1: reverse Polish notation.
    Rpn(RpnQuery),
    /// type-101: as type-1, from version 2's extension.
    Rpn101(RpnQuery),
    /// type-2: ISO 8777 (CCL). Explicitly tagged on the wire.
    Ccl(Bytes),
    /// type-0, 100, 102, 104 or another: its number and what is inside.
    Other(Node),
}

/// Stands under the explicit tag `[21]`.
impl Value for Query {
    const OWN: Tag = ctx(21);
    fn read(wrapper: &Node) -> Result<Self, Error> {
        let node = wrapper.inside().first().ok_or(Error::of(What::Missing))?;
        Ok(match node.tag {
            Tag(crate::ber::Class::Context, 1) => Self::Rpn(RpnQuery::read(node)?),
            Tag(crate::ber::Class::Context, 101) => Self::Rpn101(RpnQuery::read(node)?),
            Tag(crate::ber::Class::Context, 2) => Self::Ccl(node.bytes()),
            _ => Self::Other(node.clone()),
        })
    }
    fn write(&self, tag: Tag) -> Node {
        let inside = match self {
            Self::Rpn(query) => query.write(ctx(1)),
            Self::Rpn101(query) => query.write(ctx(101)),
            Self::Ccl(text) => Node::constructed(ctx(2), vec![text.write(uni(4))]),
            Self::Other(node) => node.clone(),
        };
        Node::constructed(tag, vec![inside])
    }
}

/// RPNQuery: an attribute set, and a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RpnQuery {
    /// For attributes that name no set of their own.
    pub attribute_set: Oid,
    /// Operands and operators.
    pub root: Rpn,
}

impl Value for RpnQuery {
    const OWN: Tag = uni(16);
    fn read(node: &Node) -> Result<Self, Error> {
        match node.inside() {
            [set, root, ..] => Ok(Self {
                attribute_set: Oid::read(set)?,
                root: Rpn::read(root)?,
            }),
            _ => Err(Error::of(What::Missing)),
        }
    }
    fn write(&self, tag: Tag) -> Node {
        Node::constructed(
            tag,
            vec![self.attribute_set.write(uni(6)), self.root.write(ctx(0))],
        )
    }
}

/// RPNStructure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rpn {
    /// A term with its attributes, `[102]`.
    Term(AttributesPlusTerm),
    /// A result set by name, `[31]`.
    ResultSet(Text),
    /// A result set narrowed by attributes, `[214]`.
    Restriction(Node),
    /// Two branches and what joins them.
    Join(Box<Rpn>, Operator, Box<Rpn>),
}

/// What joins two branches (`[46]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operator {
    /// In both.
    And,
    /// In one or the other.
    Or,
    /// In the first and not in the second.
    AndNot,
    /// Near each other.
    Prox(Proximity),
}

impl Value for Rpn {
    const OWN: Tag = ctx(0);
    // Depth is held by `Limits::depth`: the tree of values was read before.
    fn read(node: &Node) -> Result<Self, Error> {
        match (node.tag.1, node.inside()) {
            (0, [operand, ..]) => Ok(match operand.tag.1 {
                102 => Self::Term(AttributesPlusTerm::read(operand)?),
                31 => Self::ResultSet(Text::read(operand)?),
                214 => Self::Restriction(operand.clone()),
                _ => return Err(Error::of(What::Choice).within("operand")),
            }),
            (1, [left, right, operator, ..]) => {
                let operator = operator
                    .inside()
                    .first()
                    .ok_or(Error::of(What::Missing).within("op"))?;
                let operator = match operator.tag.1 {
                    0 => Operator::And,
                    1 => Operator::Or,
                    2 => Operator::AndNot,
                    3 => Operator::Prox(Proximity::read(operator)?),
                    _ => return Err(Error::of(What::Choice).within("op")),
                };
                Ok(Self::Join(
                    Box::new(Self::read(left)?),
                    operator,
                    Box::new(Self::read(right)?),
                ))
            }
            _ => Err(Error::of(What::Choice).within("rpn")),
        }
    }
    fn write(&self, _: Tag) -> Node {
        let operand = match self {
            Self::Term(term) => term.write(ctx(102)),
            Self::ResultSet(name) => name.write(ctx(31)),
            Self::Restriction(node) => node.clone(),
            Self::Join(left, operator, right) => {
                let operator = match operator {
                    Operator::And => Node::primitive(ctx(0), Bytes::new()),
                    Operator::Or => Node::primitive(ctx(1), Bytes::new()),
                    Operator::AndNot => Node::primitive(ctx(2), Bytes::new()),
                    Operator::Prox(prox) => prox.write(ctx(3)),
                };
                let operator = Node::constructed(ctx(46), vec![operator]);
                return Node::constructed(
                    ctx(1),
                    vec![left.write(ctx(0)), right.write(ctx(0)), operator],
                );
            }
        };
        Node::constructed(ctx(0), vec![operand])
    }
}

sequence! {
    /// ProximityOperator.
    Proximity {
        /// The terms must not be so near.
        exclusion: Option<bool> = ctx(1),
        /// How far, in units.
        distance: i64 = ctx(2),
        /// In this order only.
        ordered: bool = ctx(3),
        /// 1 less than … 6 not equal.
        relation: i64 = ctx(4),
        /// `[1]` known unit (1 character, 2 word …) or `[2]` private, under an explicit tag.
        unit: Node = ctx(5),
    }
}

sequence! {
    /// One attribute of a term.
    AttributeElement {
        /// The set that it is of, when not the query's.
        set: Option<Oid> = ctx(1),
        /// 1 use, 2 relation, 3 position, 4 structure, 5 truncation, 6 completeness.
        kind: i64 = ctx(120),
        /// A numeric value.
        numeric: Option<i64> = ctx(121),
        /// A list of strings and numbers, with actions.
        complex: Option<Node> = ctx(224),
    }
}

/// A term and its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributesPlusTerm {
    /// In the order sent.
    pub attributes: Vec<AttributeElement>,
    /// What is looked for.
    pub term: Term,
}

impl Value for AttributesPlusTerm {
    const OWN: Tag = ctx(102);
    fn read(node: &Node) -> Result<Self, Error> {
        let (mut attributes, mut term) = (Vec::new(), None);
        for element in node.inside() {
            if element.tag == ctx(44) {
                attributes = Vec::read(element).map_err(|error| error.within("attributes"))?;
            } else {
                term = Some(Term::read(element)?);
            }
        }
        let term = term.ok_or(Error::of(What::Missing).within("term"))?;
        Ok(Self { attributes, term })
    }
    fn write(&self, tag: Tag) -> Node {
        Node::constructed(tag, vec![self.attributes.write(ctx(44)), self.term.write()])
    }
}

/// Term: nearly always `General`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Bytes, `[45]`.
    General(Bytes),
    /// `[215]`.
    Numeric(i64),
    /// `[216]`.
    Text(Text),
    /// `[217]`.
    Oid(Oid),
    /// Dates, EXTERNAL, units, NULL and what is unknown.
    Other(Node),
}

impl Term {
    pub(crate) fn read(node: &Node) -> Result<Self, Error> {
        Ok(match node.tag {
            Tag(crate::ber::Class::Context, 45) => Self::General(node.bytes()),
            Tag(crate::ber::Class::Context, 215) => Self::Numeric(i64::read(node)?),
            Tag(crate::ber::Class::Context, 216) => Self::Text(Text::read(node)?),
            Tag(crate::ber::Class::Context, 217) => Self::Oid(Oid::read(node)?),
            _ => Self::Other(node.clone()),
        })
    }

    pub(crate) fn write(&self) -> Node {
        match self {
            Self::General(bytes) => bytes.write(ctx(45)),
            Self::Numeric(number) => number.write(ctx(215)),
            Self::Text(text) => text.write(ctx(216)),
            Self::Oid(oid) => oid.write(ctx(217)),
            Self::Other(node) => node.clone(),
        }
    }
}

/// An untagged CHOICE among the elements of a SEQUENCE.
impl Element for Term {
    fn take(from: &mut Vec<Node>, _: Tag) -> Result<Self, Error> {
        let own = |node: &Node| {
            node.tag.0 == crate::ber::Class::Context && matches!(node.tag.1, 45 | 215..=221)
        };
        let place = from.iter().position(own);
        let place = place.ok_or(Error::of(What::Missing))?;
        Self::read(&from.remove(place))
    }
    fn put(&self, to: &mut Vec<Node>, _: Tag) {
        to.push(self.write());
    }
}
