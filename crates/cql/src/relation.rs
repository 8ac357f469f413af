use std::fmt;

use crate::{Name, Term};

/// How an index and a term are compared. *CQL 2.0, `relation`*.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The comparison itself.
    pub comparison: Comparison,
    /// What changes it: `/stem`, `/relevant`.
    pub modifiers: Vec<Modifier>,
}

/// A sign or a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`, `>=` and the like.
    Symbol(Symbol),
    /// `any`, `cql.within`, `scr`.
    Named(Name),
}

/// The signs. *CQL 2.0, `comparitorSymbol`*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// `=`: whatever the server does with this index.
    Equal,
    /// `==`: equal in every character.
    Exact,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    LessOrEqual,
    /// `>=`
    GreaterOrEqual,
}

impl Symbol {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Exact => "==",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::Greater => ">",
            Self::LessOrEqual => "<=",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the context set `cql` means by a relation, whichever way it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelationKind {
    /// `=`, and `scr` («server choice relation»), its name in 1.0 and 1.1.
    Equal,
    /// `==`, and `exact`, its name in 1.1.
    Exact,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    LessOrEqual,
    /// `>=`
    GreaterOrEqual,
    /// `any`: one of the words at least.
    Any,
    /// `all`: each of the words.
    All,
    /// `adj`: the words side by side, in this order.
    Adj,
    /// `within`: between the two words of the term.
    Within,
    /// `encloses`: the field's range has the term in it.
    Encloses,
}

impl Relation {
    /// `=`, which is meant when there is none.
    pub const fn equal() -> Self {
        Self {
            comparison: Comparison::Symbol(Symbol::Equal),
            modifiers: Vec::new(),
        }
    }

    /// What it means in the context set `cql`; nothing when it is from another set, or unknown.
    ///
    /// ```
    /// use relire_cql::{Node, Query, RelationKind};
    ///
    /// let query = Query::parse("dc.title CQL.Exact Candide")?;
    /// let Node::Clause(clause) = query.node(query.root()) else { panic!("a clause") };
    /// assert_eq!(clause.relation.kind(), Some(RelationKind::Exact));
    /// # Ok::<(), relire_cql::CqlError>(())
    /// ```
    pub fn kind(&self) -> Option<RelationKind> {
        let name = match &self.comparison {
            Comparison::Named(name) => name,
            Comparison::Symbol(symbol) => {
                return Some(match symbol {
                    Symbol::Equal => RelationKind::Equal,
                    Symbol::Exact => RelationKind::Exact,
                    Symbol::NotEqual => RelationKind::NotEqual,
                    Symbol::Less => RelationKind::Less,
                    Symbol::Greater => RelationKind::Greater,
                    Symbol::LessOrEqual => RelationKind::LessOrEqual,
                    Symbol::GreaterOrEqual => RelationKind::GreaterOrEqual,
                });
            }
        };
        const NAMED: &[(&str, RelationKind)] = &[
            ("any", RelationKind::Any),
            ("all", RelationKind::All),
            ("adj", RelationKind::Adj),
            ("within", RelationKind::Within),
            ("encloses", RelationKind::Encloses),
            ("exact", RelationKind::Exact),
            ("scr", RelationKind::Equal),
        ];
        NAMED
            .iter()
            .find(|(base, _)| name.is("cql", base))
            .map(|(_, kind)| *kind)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.comparison {
            Comparison::Symbol(symbol) => symbol.fmt(f)?,
            Comparison::Named(name) => name.fmt(f)?,
        }
        self.modifiers.iter().try_for_each(|one| one.fmt(f))
    }
}

/// What changes a relation, a boolean or a sort key. *CQL 2.0, `modifier`*.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Modifier {
    /// `stem`, `sort.descending`, `distance`.
    pub name: Name,
    /// `<= 3`.
    pub value: Option<(Symbol, Term)>,
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.name)?;
        match &self.value {
            Some((symbol, value)) => write!(f, "{symbol}{value}"),
            None => Ok(()),
        }
    }
}
