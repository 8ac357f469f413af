//! CQL, the query of SRU, into the tree. *CQL 1.1, 1.2, 2.0; the CQL context set 1.2.*

mod names;
mod relation;
mod term;

use cql::{Comparison, NodeId, Operator, Ordering, Query, RelationKind, Symbol};
use query::{AccessPoint, Nature, Node, Proximity, Relation, Truncation, Unit};
use thiserror::Error;

use crate::asked::{Asked, Misfit, Shape, is_order};
use names::Meant;
use relation::Modifiers;

/// Why a query is not answered: `info:srw/diagnostic/1/N`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("SRU diagnostic {number}: {details}")]
pub struct Refused {
    /// Its number.
    pub number: u16,
    /// The offending part of the query, as the standard wants it.
    pub details: String,
    /// A sentence for a person, where the number does not say enough.
    pub message: Option<String>,
}

impl Refused {
    pub(crate) fn new(number: u16, details: impl Into<String>) -> Self {
        Self {
            number,
            details: details.into(),
            message: None,
        }
    }

    pub(crate) fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

/// A whole query, without its `sortBy`.
///
/// # Errors
///
/// 15, 16, 19, 20, 22, 27 to 29, 32, 36, 40 to 46 or 50, with the part that is at fault.
pub fn node(query: &Query) -> Result<Node, Refused> {
    let mut open: Vec<(NodeId, Node)> = Vec::new();
    for (id, part) in query.nodes() {
        let node = match part {
            cql::Node::Clause(one) => clause(one)?,
            // Names in it know its context sets already.
            cql::Node::Scope(_) => match open.pop() {
                Some((_, inner)) => inner,
                None => return Err(unread()),
            },
            cql::Node::Boolean(join) => {
                let (Some((_, right)), Some((_, left))) = (open.pop(), open.pop()) else {
                    return Err(unread());
                };
                joined(&join.boolean, left, right)?
            }
        };
        open.push((id, node));
    }
    open.pop().map(|(_, node)| node).ok_or_else(unread)
}

/// A query never is so: operands come before what joins them.
fn unread() -> Refused {
    Refused::new(10, "an operand is missing")
}

fn joined(boolean: &cql::Boolean, left: Node, right: Node) -> Result<Node, Refused> {
    if boolean.operator != Operator::Prox
        && let Some(modifier) = boolean.modifiers.first()
    {
        return Err(Refused::new(46, modifier.name.text()));
    }
    Ok(match boolean.operator {
        Operator::And => left.and(right),
        Operator::Or => left.or(right),
        Operator::Not => left.not(right),
        Operator::Prox => {
            let read = cql::Proximity::read(&boolean.modifiers)
                .map_err(|fault| Refused::new(fault.diagnostic, fault.modifier))?;
            left.near(proximity(read), right)
        }
    })
}

fn proximity(read: cql::Proximity) -> Proximity {
    Proximity {
        relation: symbol(read.relation),
        distance: read.distance,
        unit: match read.unit {
            cql::Unit::Word => Unit::Word,
            cql::Unit::Sentence => Unit::Sentence,
            cql::Unit::Paragraph => Unit::Paragraph,
            cql::Unit::Element => Unit::Element,
        },
        ordered: read.ordering == Ordering::Ordered,
    }
}

const fn symbol(symbol: Symbol) -> Relation {
    match symbol {
        Symbol::Equal | Symbol::Exact => Relation::Equal,
        Symbol::NotEqual => Relation::NotEqual,
        Symbol::Less => Relation::Less,
        Symbol::Greater => Relation::Greater,
        Symbol::LessOrEqual => Relation::LessOrEqual,
        Symbol::GreaterOrEqual => Relation::GreaterOrEqual,
    }
}

fn clause(clause: &cql::Clause) -> Result<Node, Refused> {
    let named = match &clause.index {
        Some(name) => names::index(name)?,
        None => Meant::Index(AccessPoint::Any),
    };
    let access = match named {
        Meant::Index(access) => access,
        Meant::AllRecords => return all_records(clause),
        // Sets have names for the length of a session, and SRU knows no sessions.
        Meant::ResultSet => return Err(Refused::new(50, "cql.resultSetId")),
    };
    let written = &clause.relation;
    let kind = match (written.kind(), &written.comparison) {
        (Some(kind), _) => kind,
        (None, Comparison::Named(name)) => return Err(Refused::new(19, name.text())),
        (None, Comparison::Symbol(symbol)) => return Err(Refused::new(19, symbol.as_str())),
    };
    let (relation, shape) = relation::meant(kind)?;
    let modifiers = Modifiers::read(&written.modifiers, access, relation, shape)?;
    let shape = modifiers.shape.unwrap_or(shape);
    let (term, truncation, shape) = term::read(&clause.term, modifiers.unmasked, shape)?;
    if shape == Shape::Start {
        if !is_text(access) {
            return Err(Refused::new(31, clause.term.raw()).saying(format!(
                "{access} holds codes or numbers, which have no words to begin with"
            )));
        }
        if relation == Relation::Any || is_order(relation) {
            return Err(Refused::new(32, clause.term.raw())
                .saying("the beginning of a field goes with =, all and adj"));
        }
    }
    // Bare stars, as people type them who want to see what there is.
    let star = truncation == Truncation::Pattern && term == "*";
    if star && access == AccessPoint::Any && kind == RelationKind::Equal {
        return Ok(Node::All);
    }
    if truncation == Truncation::Pattern && !term.contains(char::is_alphanumeric) {
        return Err(Refused::new(29, term).saying("a mask needs a letter or a digit beside it"));
    }
    let asked = Asked {
        access,
        relation,
        shape,
        truncation,
        relevant: modifiers.relevant,
        term,
    };
    asked.node().map_err(|misfit| match misfit {
        Misfit::Empty => Refused::new(27, clause.index_name()),
        Misfit::Truncation => Refused::new(28, clause.term.raw())
            .saying(format!("{access} cannot be truncated so: write all of it")),
        Misfit::Relevance => Refused::new(20, "relevant")
            .saying("relevance weighs words, so it goes with =, any, all, adj and =="),
    })
}

/// `cql.allRecords = 1`: the term says nothing (*The CQL context set 1.2, «Indexes»*).
fn all_records(clause: &cql::Clause) -> Result<Node, Refused> {
    match clause.relation.kind() {
        Some(RelationKind::Equal | RelationKind::Exact) => Ok(Node::All),
        _ => {
            let details = format!("{} {}", clause.index_name(), clause.relation);
            Err(Refused::new(22, details))
        }
    }
}

/// Whether texts are cut into words there.
const fn is_text(access: AccessPoint) -> bool {
    matches!(access.nature(), Nature::Words)
}

/// A shape that is only a text's.
const fn is_placed(shape: Shape) -> bool {
    !matches!(shape, Shape::Words)
}

#[cfg(test)]
mod tests;
