//! The six types of Bib-1 attributes, and what they mean together.

use query::{AccessPoint, Nature, Relation, Truncation};
use z3950::ber::ctx;
use z3950::oid;
use z3950::pdu::query::AttributeElement;
use z3950::value::{Oid, Value};

use super::Refused;
use crate::asked::Shape;
use crate::indexes::Index;
use crate::masks::{Part, masked, parts};

/// The attributes of one term; absent ones mean what the server likes.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) index: Option<AccessPoint>,
    pub(super) relation: Option<i64>,
    pub(super) position: Option<i64>,
    pub(super) structure: Option<i64>,
    pub(super) truncation: Option<i64>,
    pub(super) completeness: Option<i64>,
}

impl Attributes {
    pub(super) fn read(
        elements: &[AttributeElement],
        set: &Oid,
        text: &dyn Fn(&[u8]) -> String,
    ) -> Result<Self, Refused> {
        let mut read = Self::default();
        let mut seen: [Option<String>; 6] = Default::default();
        for element in elements {
            // Some clients repeat the query's own set in every element.
            let set = element.set.as_ref().unwrap_or(set);
            if set.0.as_ref() != oid::BIB_1 {
                return Err(Refused::new(121, set.to_string()));
            }
            let kind = usize::try_from(element.kind - 1).ok();
            let seen = kind.and_then(|kind| seen.get_mut(kind));
            let seen = seen.ok_or_else(|| Refused::new(113, element.kind.to_string()))?;
            let value = value(element, text);
            let shown = value.shown();
            if let Some(before) = seen.replace(shown.clone()) {
                if before == shown {
                    continue;
                }
                let kind = element.kind;
                return Err(Refused::new(123, format!("{kind}={before} {kind}={shown}")));
            }
            read.set(element.kind, value)?;
        }
        Ok(read)
    }

    fn set(&mut self, kind: i64, value: Named) -> Result<(), Refused> {
        let (place, code) = match kind {
            1 => {
                let index = match &value {
                    Named::Number(number) => Index::by_use(*number),
                    Named::Name(name) => match name.split_once('.') {
                        Some((set, base)) => Index::by_name(Some(set), base),
                        None => Index::by_name(None, name),
                    },
                };
                let index = index.ok_or_else(|| Refused::new(114, value.shown()))?;
                self.index = Some(index.access);
                return Ok(());
            }
            2 => (&mut self.relation, 117),
            3 => (&mut self.position, 119),
            4 => (&mut self.structure, 118),
            5 => (&mut self.truncation, 120),
            _ => (&mut self.completeness, 122),
        };
        match value {
            Named::Number(number) => *place = Some(number),
            Named::Name(name) => return Err(Refused::new(code, name)),
        }
        Ok(())
    }

    /// What the term is compared with, and whether it is a list of values (structure 6).
    pub(super) fn shape(&self, access: AccessPoint) -> Result<(Shape, bool), Refused> {
        let start = match self.position {
            None | Some(3) => false,
            Some(1 | 2) => true,
            Some(other) => return Err(Refused::new(119, other.to_string())),
        };
        // A subfield that is worth looking for is an entry of its own in the index.
        let whole = match self.completeness {
            None => None,
            Some(1) => Some(false),
            Some(2 | 3) => Some(true),
            Some(other) => return Err(Refused::new(122, other.to_string())),
        };
        let nature = access.nature();
        let structure = self.structure.unwrap_or(2);
        let fits = match structure {
            1 | 2 | 6 | 108 => true,
            101 | 102 => nature == Nature::Words,
            4 | 5 => access == AccessPoint::Year || nature == Nature::Date,
            107 | 109 => nature != Nature::Words,
            other => return Err(Refused::new(118, other.to_string())),
        };
        if !fits {
            let Some(number) = Index::of(access).and_then(|index| index.uses.first()) else {
                return Err(Refused::new(123, format!("4={structure}")));
            };
            return Err(Refused::new(123, format!("1={number} 4={structure}")));
        }
        let shape = match (structure, start, whole) {
            (_, _, Some(true)) => Shape::Whole,
            (_, true, _) => Shape::Start,
            (108, false, None) => Shape::Whole,
            (1 | 108, false, _) => Shape::Phrase,
            _ => Shape::Words,
        };
        Ok((shape, structure == 6))
    }

    /// The term without its masks, and where it may go on.
    pub(super) fn masked(&self, term: String) -> Result<(String, Truncation), Refused> {
        Ok(match self.truncation {
            None | Some(100) => (term, Truncation::None),
            Some(1) => (term, Truncation::Right),
            Some(2) => (term, Truncation::Left),
            Some(3) => (term, Truncation::Both),
            Some(101) => masked(&parts(&term, |char| (char == '#').then_some(Part::Any))),
            Some(104) => z39_58(&term)?,
            Some(other) => return Err(Refused::new(120, other.to_string())),
        })
    }
}

/// Z39.58: `#` is one character, `?` any. `?3`, at most three of them, is not answered.
fn z39_58(term: &str) -> Result<(String, Truncation), Refused> {
    let counted = term.split('?').skip(1);
    if counted
        .into_iter()
        .any(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
    {
        return Err(Refused::new(126, term));
    }
    Ok(masked(&parts(term, |char| match char {
        '#' => Some(Part::One),
        '?' => Some(Part::Any),
        _ => None,
    })))
}

/// How relevance goes with a shape: any of the words, or first what has the shape.
pub(super) fn weighed(shape: Shape) -> Relation {
    if shape == Shape::Words {
        Relation::Any
    } else {
        Relation::Equal
    }
}

/// A value: numbers are Bib-1's, names those of the index table.
enum Named {
    Number(i64),
    Name(String),
}

impl Named {
    fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// *Z39.50-2003 §4.1, AttributeElement*: a number, or a list of which the first is taken.
fn value(element: &AttributeElement, text: &dyn Fn(&[u8]) -> String) -> Named {
    if let Some(number) = element.numeric {
        return Named::Number(number);
    }
    let list = element.complex.iter().flat_map(|complex| complex.inside());
    let first = list
        .filter(|list| list.tag == ctx(1))
        .find_map(|list| list.inside().first());
    match first {
        Some(number) if number.tag == ctx(2) => match i64::read(number) {
            Ok(number) => Named::Number(number),
            Err(_) => Named::Name(String::new()),
        },
        Some(name) => Named::Name(text(&name.bytes())),
        None => Named::Name(String::new()),
    }
}
