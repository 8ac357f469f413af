//! RPN with Bib-1 attributes (Z39.50-2003, 3.7 and ATR.3).

mod attributes;

use query::{Node, Proximity, Relation, SortBy, Unit};
use z3950::{
    oid,
    pdu::query::{AttributeElement, AttributesPlusTerm, Operator, Rpn, RpnQuery, Term},
    value::{Oid, Value},
};

use crate::ScanStart;
use attributes::Attributes;

/// A Bib-1 diagnostic: why a query is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number.
    pub code: u16,
    /// What it is about: the value that was refused.
    pub addinfo: String,
}

impl Refused {
    pub(crate) fn new(code: u16, addinfo: impl ToString) -> Self {
        Self {
            code,
            addinfo: addinfo.to_string(),
        }
    }
}

/// How the bytes of a term are read: by what Init agreed on.
pub type Reader<'a> = &'a dyn Fn(&[u8]) -> String;

/// The question of a type-1 or type-101 query. Its depth was bounded when it was read.
///
/// # Errors
/// What the tree cannot say, or means nothing.
pub fn node(query: &RpnQuery, text: Reader<'_>) -> Result<Node, Refused> {
    known(&query.attribute_set)?;
    branch(&query.root, text)
}

fn branch(rpn: &Rpn, text: Reader<'_>) -> Result<Node, Refused> {
    match rpn {
        Rpn::Term(term) => clause(term, text),
        Rpn::ResultSet(name) => Ok(Node::Set(text(name.bytes()))),
        Rpn::Restriction(_) => Err(Refused::new(18, "restriction")),
        Rpn::Join(left, operator, right) => {
            let (left, right) = (branch(left, text)?, branch(right, text)?);
            Ok(match operator {
                Operator::And => left.and(right),
                Operator::Or => left.or(right),
                Operator::AndNot => left.not(right),
                Operator::Prox(prox) => {
                    let prox = proximity(prox)?;
                    if let Some(name) = [&left, &right].into_iter().find_map(set_name) {
                        return Err(Refused::new(129, name));
                    }
                    left.near(prox, right)
                }
            })
        }
    }
}

fn set_name(node: &Node) -> Option<&str> {
    match node {
        Node::Set(name) => Some(name),
        _ => None,
    }
}

fn clause(operand: &AttributesPlusTerm, text: Reader<'_>) -> Result<Node, Refused> {
    let attributes = Attributes::read(&operand.attributes, text)?;
    // Whatever it is compared with, it matches: the term does not count.
    if attributes.always() {
        return Ok(Node::All);
    }
    let term = term(&operand.term, text)?;
    attributes.clause(term).map(Node::Clause)
}

/// The term's characters. Bib-1 has no use for the other kinds.
fn term(term: &Term, text: Reader<'_>) -> Result<String, Refused> {
    let term = match term {
        Term::General(bytes) => text(bytes),
        Term::Text(string) => text(string.bytes()),
        Term::Numeric(number) => number.to_string(),
        Term::Oid(oid) => oid.to_string(),
        Term::Other(node) => return Err(Refused::new(229, node.tag.1)),
    };
    match term.trim().is_empty() {
        true => Err(Refused::new(125, term)),
        false => Ok(term),
    }
}

fn known(set: &Oid) -> Result<(), Refused> {
    match set.0.as_ref() == oid::BIB_1 {
        true => Ok(()),
        false => Err(Refused::new(121, set)),
    }
}

fn proximity(prox: &z3950::pdu::query::Proximity) -> Result<Proximity, Refused> {
    if prox.exclusion == Some(true) {
        return Err(Refused::new(110, "prox with exclusion"));
    }
    let relation = match prox.relation {
        1 => Relation::Less,
        2 => Relation::LessOrEqual,
        3 => Relation::Equal,
        4 => Relation::GreaterOrEqual,
        5 => Relation::Greater,
        6 => Relation::NotEqual,
        other => return Err(Refused::new(131, other)),
    };
    // `known [1]` under the explicit tag of the unit.
    let known = prox.unit.inside().first();
    let known = known.filter(|unit| unit.tag == z3950::ber::ctx(1));
    let number = known.and_then(|unit| i64::read(unit).ok());
    let unit = match number {
        Some(2) => Unit::Word,
        Some(3) => Unit::Sentence,
        Some(4) => Unit::Paragraph,
        Some(8) => Unit::Element,
        other => {
            let other = other.map_or_else(|| "private".to_owned(), |number| number.to_string());
            return Err(Refused::new(132, other));
        }
    };
    Ok(Proximity {
        relation,
        distance: u32::try_from(prox.distance).map_err(|_| Refused::new(202, prox.distance))?,
        unit,
        ordered: prox.ordered,
    })
}

/// Where a scan begins.
///
/// # Errors
/// An attribute that means nothing, or a list that there is not.
pub fn scan(start: &AttributesPlusTerm, set: &Oid, text: Reader<'_>) -> Result<ScanStart, Refused> {
    known(set)?;
    let attributes = Attributes::read(&start.attributes, text)?;
    let access = attributes.access();
    let listed = crate::INDEXES
        .iter()
        .any(|index| index.access == access && index.scan);
    if !listed {
        return Err(Refused::new(228, access));
    }
    Ok(ScanStart {
        access,
        whole: attributes.whole(),
        // An empty term is the beginning of the list.
        term: match &start.term {
            Term::Other(node) => return Err(Refused::new(229, node.tag.1)),
            Term::General(bytes) => text(bytes),
            Term::Text(string) => text(string.bytes()),
            Term::Numeric(number) => number.to_string(),
            Term::Oid(oid) => oid.to_string(),
        },
    })
}

/// What a sort by these attributes goes by.
///
/// # Errors
/// 207 if there is no such order.
pub fn sort(attributes: &[AttributeElement], set: &Oid) -> Result<SortBy, Refused> {
    known(set)?;
    let attributes = Attributes::read(attributes, &|bytes| {
        String::from_utf8_lossy(bytes).into_owned()
    })?;
    let access = attributes.access();
    let index = crate::INDEXES.iter().find(|index| index.access == access);
    index
        .and_then(|index| index.sort)
        .ok_or_else(|| Refused::new(207, access))
}
