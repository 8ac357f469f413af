//! Which part of records is wanted, and in which form (3.6, RecordComposition).

use crate::ber::{Class, Node, Tag, ctx};
use crate::error::{Error, What};
use crate::pdu::DatabaseName;
use crate::value::{Oid, Text, Value, sequence};

/// ElementSetNames: `F` and `B` are the usual ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementSetNames {
    /// One for all databases, `[0]`.
    Generic(Text),
    /// One for each database, `[1]`.
    Databases(Vec<DatabaseElementSet>),
}

sequence! {
    /// The element set of one database.
    DatabaseElementSet {
        /// Which.
        database: DatabaseName = ctx(105),
        /// Its element set (`[103]`).
        element_set: Text = ctx(103),
    }
}

/// Stands under an explicit tag.
impl Value for ElementSetNames {
    const OWN: Tag = ctx(19);
    fn read(wrapper: &Node) -> Result<Self, Error> {
        let node = wrapper.inside().first().ok_or(Error::of(What::Missing))?;
        match node.tag {
            Tag(Class::Context, 0) => Text::read(node).map(Self::Generic),
            Tag(Class::Context, 1) => Vec::read(node).map(Self::Databases),
            _ => Err(Error::of(What::Choice)),
        }
    }
    fn write(&self, tag: Tag) -> Node {
        let inside = match self {
            Self::Generic(name) => name.write(ctx(0)),
            Self::Databases(names) => names.write(ctx(1)),
        };
        Node::constructed(tag, vec![inside])
    }
}

sequence! {
    /// CompSpec (`[209]`).
    CompSpec {
        /// Whether another syntax may be chosen.
        alternative: bool = ctx(1),
        /// For all databases.
        generic: Option<Specification> = ctx(2),
        /// For each database.
        databases: Option<Node> = ctx(3),
        /// Syntaxes in the order of the client's wishes.
        syntaxes: Option<Vec<Oid>> = ctx(4),
    }
}

sequence! {
    /// Specification: schema and element set.
    Specification {
        /// By object identifier.
        schema: Option<Oid> = ctx(1),
        /// By URI, in version 3's later text.
        schema_uri: Option<Text> = ctx(300),
        /// Under an explicit tag.
        elements: Option<ElementSpec> = ctx(2),
    }
}

/// The element set of a [`Specification`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementSpec {
    /// By name, `[1]`.
    Name(Text),
    /// In a form of its own, `[2]`: eSpec-1 for instance.
    Other(Node),
}

impl Value for ElementSpec {
    const OWN: Tag = ctx(2);
    fn read(wrapper: &Node) -> Result<Self, Error> {
        let node = wrapper.inside().first().ok_or(Error::of(What::Missing))?;
        match node.tag {
            Tag(Class::Context, 1) => Text::read(node).map(Self::Name),
            _ => Ok(Self::Other(node.clone())),
        }
    }
    fn write(&self, tag: Tag) -> Node {
        let inside = match self {
            Self::Name(name) => name.write(ctx(1)),
            Self::Other(node) => node.clone(),
        };
        Node::constructed(tag, vec![inside])
    }
}

sequence! {
    /// Further records of a present (`[212]`).
    Range {
        /// The first, from 1.
        start: i64 = ctx(1),
        /// How many.
        number: i64 = ctx(2),
    }
}
