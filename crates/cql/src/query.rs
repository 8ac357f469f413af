use std::fmt;

use crate::{CqlError, Limits, Modifier, Name, Relation, Term, parser};

/// A query as it was read.
///
/// The nodes lie in a list, operands before what joins them, the root last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(crate) prefixes: Vec<Prefix>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) sort: Vec<SortKey>,
}

/// Which node of its query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) usize);

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A term, and where to look for it.
    Clause(Clause),
    /// Two parts, and how they are joined.
    Boolean(Join),
    /// A part in parentheses with context sets of its own. Names in it know them already.
    Scope(Scope),
}

/// *CQL 2.0, `searchClause`*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Where to look; absent means `cql.serverChoice`.
    pub index: Option<Name>,
    /// How; `=` without an index.
    pub relation: Relation,
    /// What for.
    pub term: Term,
}

/// Two operands. CQL knows no precedence: what comes first is joined first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// `and`, `or`, `not`, `prox`.
    pub boolean: Boolean,
    /// What stands before it.
    pub left: NodeId,
    /// What stands behind it.
    pub right: NodeId,
}

/// *CQL 2.0, `booleanGroup`*.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Boolean {
    /// Which of the four.
    pub operator: Operator,
    /// What changes it; see [`Proximity`](crate::Proximity) for those of `prox`.
    pub modifiers: Vec<Modifier>,
}

/// *CQL 2.0, `boolean`*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Both.
    And,
    /// One at least.
    Or,
    /// The left one without the right one.
    Not,
    /// Both, near each other.
    Prox,
}

impl Operator {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::Prox => "prox",
        }
    }

    /// The keyword, in whatever case.
    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::And, Self::Or, Self::Not, Self::Prox]
            .into_iter()
            .find(|operator| operator.as_str().eq_ignore_ascii_case(word))
    }
}

/// A part in parentheses with context sets of its own: `(> dc = "info:…" dc.title = x)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// They, in their order.
    pub prefixes: Vec<Prefix>,
    /// Where they hold.
    pub inner: NodeId,
}

/// *CQL 2.0, `prefixAssignment`*: `> dc = "info:srw/cql-context-set/1/dc-v1.1"`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Prefix {
    /// The short name; absent for the set of names that have none.
    pub name: Option<String>,
    /// The context set's identifier.
    pub uri: Term,
}

/// *CQL 2.0, `singleSpec`*: what to sort by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// The index.
    pub index: Name,
    /// `sort.descending`, `sort.missingLow` and the like.
    pub modifiers: Vec<Modifier>,
}

impl Query {
    /// Reads a query within the usual limits.
    pub fn parse(text: &str) -> Result<Self, CqlError> {
        Self::parse_within(text, &Limits::default())
    }

    /// Reads a query within limits of one's own.
    pub fn parse_within(text: &str, limits: &Limits) -> Result<Self, CqlError> {
        parser::parse(text, limits)
    }

    /// The node that all others are below.
    pub const fn root(&self) -> NodeId {
        NodeId(self.nodes.len() - 1)
    }

    /// A node of this query.
    ///
    /// # Panics
    ///
    /// With an id from another, longer query.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// Every node, operands before what joins them, the root last: going through them with a
    /// stack makes anything else of the query.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = (NodeId, &Node)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(at, node)| (NodeId(at), node))
    }

    /// The search clauses from left to right.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Clause(clause) => Some(clause),
            Node::Boolean(_) | Node::Scope(_) => None,
        })
    }

    /// Context sets assigned before the whole query; they hold for the sort keys too.
    pub fn prefixes(&self) -> &[Prefix] {
        &self.prefixes
    }

    /// What to sort by, the most important first; empty for the server's own order.
    pub fn sort(&self) -> &[SortKey] {
        &self.sort
    }

    /// Nodes on the longest way from the root to a clause.
    pub fn height(&self) -> usize {
        let mut heights: Vec<usize> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let below = match node {
                Node::Clause(_) => 0,
                Node::Boolean(join) => heights[join.left.0].max(heights[join.right.0]),
                Node::Scope(scope) => heights[scope.inner.0],
            };
            heights.push(below + 1);
        }
        heights.last().copied().unwrap_or_default()
    }
}

impl Clause {
    /// The index's name as XCQL and servers spell it out: `cql.serverChoice` without one.
    pub fn index_name(&self) -> String {
        self.index
            .as_ref()
            .map_or_else(|| "cql.serverChoice".to_owned(), Name::text)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Query {
    type Err = CqlError;

    fn from_str(text: &str) -> Result<Self, CqlError> {
        Self::parse(text)
    }
}
