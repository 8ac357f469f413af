//! CQL (1.1 to 2.0).

mod clause;
mod names;

pub use names::SETS;

use ::cql::{Node as Part, Operator, Query, Symbol};
use query::{Node, Proximity, Relation, Sort, SortKey, Unit};

use crate::ScanStart;

/// A diagnostic of `info:srw/diagnostic/1/`: why a query is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number.
    pub number: u16,
    /// What it is about: the part of the query that was refused.
    pub details: String,
    /// More, for a person, where the number does not say it.
    pub message: Option<String>,
}

impl Refused {
    pub(crate) fn new(number: u16, details: impl ToString) -> Self {
        Self {
            number,
            details: details.to_string(),
            message: None,
        }
    }

    pub(crate) fn saying(mut self, message: &str) -> Self {
        self.message = Some(message.to_owned());
        self
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "info:srw/diagnostic/1/{} ({})",
            self.number, self.details
        )?;
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refused {}

/// The question of a query. Goes without recursion: a query may be as tall as its limits allow.
///
/// # Errors
/// What the tree cannot say: an unknown index, a relation that we do not have, a mask where none can be.
pub fn node(query: &Query) -> Result<Node, Refused> {
    let mut made: Vec<Option<Node>> = Vec::with_capacity(query.nodes().len());
    // The nodes lie in a list, operands before what joins them; each is joined once.
    let lost = || Refused::new(10, "");
    for (_, part) in query.nodes() {
        let node = match part {
            Part::Clause(clause) => clause::node(clause)?,
            Part::Scope(_) => made.pop().flatten().ok_or_else(lost)?,
            Part::Boolean(join) => {
                let right = made.pop().flatten().ok_or_else(lost)?;
                let left = made.pop().flatten().ok_or_else(lost)?;
                let modified = join.boolean.modifiers.first();
                match (join.boolean.operator, modified) {
                    (Operator::Prox, _) => {
                        let prox = ::cql::Proximity::read(&join.boolean.modifiers)
                            .map_err(|fault| Refused::new(fault.diagnostic, fault.modifier))?;
                        left.near(proximity(prox), right)
                    }
                    (_, Some(modifier)) => return Err(Refused::new(46, modifier.name.text())),
                    (Operator::And, None) => left.and(right),
                    (Operator::Or, None) => left.or(right),
                    (Operator::Not, None) => left.not(right),
                }
            }
        };
        made.push(Some(node));
    }
    made.pop().flatten().ok_or_else(lost)
}

fn proximity(read: ::cql::Proximity) -> Proximity {
    Proximity {
        relation: match read.relation {
            Symbol::Equal | Symbol::Exact => Relation::Equal,
            Symbol::NotEqual => Relation::NotEqual,
            Symbol::Less => Relation::Less,
            Symbol::Greater => Relation::Greater,
            Symbol::LessOrEqual => Relation::LessOrEqual,
            Symbol::GreaterOrEqual => Relation::GreaterOrEqual,
        },
        distance: read.distance,
        unit: match read.unit {
            ::cql::Unit::Word => Unit::Word,
            ::cql::Unit::Sentence => Unit::Sentence,
            ::cql::Unit::Paragraph => Unit::Paragraph,
            ::cql::Unit::Element => Unit::Element,
        },
        ordered: read.ordering == ::cql::Ordering::Ordered,
    }
}

/// The order that a query asks for: its `sortBy`; else by relevance if a clause says `relevant`; else by number of bib,
/// which is the same on every page.
///
/// # Errors
/// A key that there is no order by, or a modifier that is not served.
pub fn order(query: &Query) -> Result<Sort, Refused> {
    if query.sort().is_empty() {
        let relevant = query.clauses().any(clause::relevant);
        return Ok(match relevant {
            true => Sort::Relevance,
            false => Sort::Number,
        });
    }
    let keys = query.sort().iter().map(key);
    Ok(Sort::Keys(keys.collect::<Result<_, _>>()?))
}

fn key(key: &::cql::SortKey) -> Result<SortKey, Refused> {
    let index = names::index(Some(&key.index))?;
    let by = index.sort.ok_or_else(|| {
        Refused::new(88, key.index.text()).saying("there is no order by this index")
    })?;
    let mut wanted = SortKey::by(by);
    for modifier in &key.modifiers {
        let is = |base| modifier.name.is("sort", base);
        if is("ascending") {
            wanted.descending = false;
        } else if is("descending") {
            wanted.descending = true;
        } else if is("missingLow") {
            wanted.missing_first = true;
        } else if is("missingHigh") {
            wanted.missing_first = false;
        } else if is("missingOmit") || is("missingFail") || is("missingValue") {
            return Err(Refused::new(92, modifier.name.text()));
        } else if is("respectCase") || is("respectAccents") {
            return Err(Refused::new(91, modifier.name.text()));
        } else if !(is("ignoreCase") || is("ignoreAccents") || is("unicodeCollate")) {
            return Err(Refused::new(81, modifier.name.text()));
        }
    }
    // «Low» and «high» are said of the values; descending turns them round.
    wanted.missing_first ^= wanted.descending
        && key
            .modifiers
            .iter()
            .any(|one| one.name.is("sort", "missingLow") || one.name.is("sort", "missingHigh"));
    Ok(wanted)
}

/// Where a scan begins.
///
/// # Errors
/// An unknown index, one without a list, or a mask in the term.
pub fn scan(clause: &::cql::Clause) -> Result<ScanStart, Refused> {
    let index = names::index(clause.index.as_ref())?;
    if !index.scan {
        return Err(Refused::new(16, clause.index_name()).saying("this index has no list of terms"));
    }
    let whole = clause::whole(&clause.relation)?;
    let term = clause.term.as_literal();
    let term = term.ok_or_else(|| Refused::new(28, clause.term.raw()))?;
    Ok(ScanStart {
        access: index.access,
        whole,
        term,
    })
}
