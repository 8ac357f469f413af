//! RPN, the type-1 query of Z39.50, into the tree. *Z39.50-2003 §3.7, appendix ATR (Bib-1).*

mod attributes;
mod proximity;

use query::{AccessPoint, Node, Relation};
use thiserror::Error;
use z3950::pdu::query::{AttributesPlusTerm, Operator, Rpn, RpnQuery, Term};
use z3950::value::Oid;

use crate::asked::{Asked, Misfit};
use attributes::Attributes;

/// Why a query is not answered: a diagnostic of the set bib-1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Bib-1 diagnostic {code}: {addinfo}")]
pub struct Refused {
    /// Its condition.
    pub code: u16,
    /// The offending value, as the standard wants it.
    pub addinfo: String,
}

impl Refused {
    pub(crate) fn new(code: u16, addinfo: impl Into<String>) -> Self {
        let addinfo = addinfo.into();
        Self { code, addinfo }
    }
}

/// A whole query. `text` reads the bytes of terms and names in the session's character set.
///
/// # Errors
///
/// 3, 110, 113 to 126, 130 to 132, 202 or 229, with the value that is at fault. What only the
/// index can know (a term that stands for too many words) is found later.
pub fn node(query: &RpnQuery, text: &dyn Fn(&[u8]) -> String) -> Result<Node, Refused> {
    let reader = Reader {
        set: &query.attribute_set,
        text,
    };
    reader.tree(&query.root)
}

struct Reader<'a> {
    set: &'a Oid,
    text: &'a dyn Fn(&[u8]) -> String,
}

impl Reader<'_> {
    // As deep as the wire lets a PDU be, which is little.
    fn tree(&self, rpn: &Rpn) -> Result<Node, Refused> {
        let (left, operator, right) = match rpn {
            Rpn::Term(term) => return self.clause(term),
            Rpn::ResultSet(name) => return Ok(Node::Set((self.text)(name.bytes()))),
            Rpn::Restriction(_) => {
                return Err(Refused::new(3, "result set restricted by attributes"));
            }
            Rpn::Join(left, operator, right) => (left, operator, right),
        };
        let (left, right) = (self.tree(left)?, self.tree(right)?);
        Ok(match operator {
            Operator::And => left.and(right),
            Operator::Or => left.or(right),
            Operator::AndNot => left.not(right),
            Operator::Prox(wanted) => proximity::node(wanted, left, right)?,
        })
    }

    fn clause(&self, operand: &AttributesPlusTerm) -> Result<Node, Refused> {
        let attributes = Attributes::read(&operand.attributes, self.set, self.text)?;
        let access = attributes.index.unwrap_or(AccessPoint::Any);
        let (shape, list) = attributes.shape(access)?;
        let (relation, relevant) = match attributes.relation {
            None | Some(3) if list => (Relation::All, false),
            // Stems of words are looked for as well, always.
            None | Some(3 | 101) => (Relation::Equal, false),
            Some(1) => (Relation::Less, false),
            Some(2) => (Relation::LessOrEqual, false),
            Some(4) => (Relation::GreaterOrEqual, false),
            Some(5) => (Relation::Greater, false),
            Some(6) => (Relation::NotEqual, false),
            Some(102) => (attributes::weighed(shape), true),
            Some(103) => {
                attributes.masked(String::new())?;
                return Ok(Node::All);
            }
            Some(other) => return Err(Refused::new(117, other.to_string())),
        };
        let term = self.term(&operand.term)?;
        let (term, truncation) = attributes.masked(term)?;
        let asked = Asked {
            access,
            relation,
            shape,
            truncation,
            relevant,
            term,
        };
        asked.node().map_err(|misfit| match misfit {
            Misfit::Empty => Refused::new(125, "the term is empty"),
            Misfit::Truncation => {
                Refused::new(120, attributes.truncation.unwrap_or(100).to_string())
            }
            Misfit::Relevance => Refused::new(117, attributes.relation.unwrap_or(3).to_string()),
        })
    }

    fn term(&self, term: &Term) -> Result<String, Refused> {
        Ok(match term {
            Term::General(bytes) => (self.text)(bytes),
            Term::Text(text) => (self.text)(text.bytes()),
            Term::Numeric(number) => number.to_string(),
            Term::Oid(oid) => oid.to_string(),
            Term::Other(node) => return Err(Refused::new(229, node.tag.1.to_string())),
        })
    }
}

#[cfg(test)]
mod tests;
