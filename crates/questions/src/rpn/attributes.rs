//! The six types of Bib-1 attributes, and what a combination of them means.

use query::{AccessPoint, Clause, Form, Nature, Relation, Truncation};
use z3950::{ber::ctx, pdu::query::AttributeElement, value::Value};

use super::{Reader, Refused, known};
use crate::{
    by_name, by_use,
    meaning::{masked, settled},
};

/// The attributes of a term, each at most once.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    usage: Option<AccessPoint>,
    relation: Option<i64>,
    position: Option<i64>,
    structure: Option<i64>,
    truncation: Option<i64>,
    completeness: Option<i64>,
}

impl Attributes {
    /// Reads them. The set may stand in every one of them, as some clients write it (quirk 7).
    pub(super) fn read(elements: &[AttributeElement], text: Reader<'_>) -> Result<Self, Refused> {
        let mut read = Self::default();
        for element in elements {
            if let Some(set) = &element.set {
                known(set)?;
            }
            if element.kind == 1 {
                let access = usage(element, text)?;
                if read
                    .usage
                    .replace(access)
                    .is_some_and(|other| other != access)
                {
                    return Err(Refused::new(123, format!("1={}", shown(element, text))));
                }
                continue;
            }
            let place = match element.kind {
                2 => &mut read.relation,
                3 => &mut read.position,
                4 => &mut read.structure,
                5 => &mut read.truncation,
                6 => &mut read.completeness,
                other => return Err(Refused::new(113, other)),
            };
            // A list of values, or one in letters: of these Bib-1 has numbers only.
            let Some(value) = element.numeric else {
                return Err(Refused::new(
                    unsupported(element.kind),
                    shown(element, text),
                ));
            };
            if place.replace(value).is_some_and(|before| before != value) {
                return Err(Refused::new(123, format!("{}={value}", element.kind)));
            }
        }
        read.check()?;
        Ok(read)
    }

    /// Whether each value is one that the set has and means something here.
    fn check(&self) -> Result<(), Refused> {
        let all: [(i64, Option<i64>, &[i64]); 5] = [
            (2, self.relation, &[1, 2, 3, 4, 5, 6, 101, 102, 103]),
            (3, self.position, &[1, 2, 3]),
            (
                4,
                self.structure,
                &[1, 2, 3, 4, 5, 6, 101, 102, 105, 107, 108, 109],
            ),
            (5, self.truncation, &[1, 2, 3, 100, 101, 104]),
            (6, self.completeness, &[1, 2, 3]),
        ];
        for (kind, value, served) in all {
            if let Some(value) = value.filter(|value| !served.contains(value)) {
                return Err(Refused::new(unsupported(kind), value));
            }
        }
        Ok(())
    }

    /// A clause without a use attribute asks anywhere, as most servers have it.
    pub(super) fn access(&self) -> AccessPoint {
        self.usage.unwrap_or(AccessPoint::Any)
    }

    /// Relation 103: the term does not count.
    pub(super) const fn always(&self) -> bool {
        matches!(self.relation, Some(103))
    }

    /// Whether whole fields are meant: by completeness, or a key (structure 3).
    pub(super) const fn whole(&self) -> bool {
        matches!(self.completeness, Some(2 | 3)) || matches!(self.structure, Some(1 | 3 | 108))
    }

    pub(super) fn clause(&self, term: String) -> Result<Clause, Refused> {
        let access = self.access();
        let relation = match self.relation {
            None | Some(3 | 101) => Relation::Equal,
            Some(1) => Relation::Less,
            Some(2) => Relation::LessOrEqual,
            Some(4) => Relation::GreaterOrEqual,
            Some(5) => Relation::Greater,
            Some(6) => Relation::NotEqual,
            Some(102) => Relation::Relevance,
            Some(other) => return Err(Refused::new(117, other)),
        };
        let (truncation, term) = self.truncated(term)?;
        let clause = Clause::new(access, term)
            .relation(relation)
            .truncated(truncation)
            .form(self.form(access.nature()));
        settled(clause).map_err(|_| Refused::new(120, self.truncation.unwrap_or(100)))
    }

    fn form(&self, nature: Nature) -> Form {
        if nature != Nature::Words {
            // One value, whatever a client takes it for: `1=7 4=1` is an ISBN all the same.
            return Form::Words;
        }
        if matches!(self.completeness, Some(2 | 3)) {
            return Form::Exact;
        }
        // The beginning of a field, of whose words there may be one (Bath, first words in field).
        if matches!(self.position, Some(1 | 2)) {
            return Form::First;
        }
        match self.structure {
            // A key is the whole of it; a string stands as it is written.
            Some(3) => Form::Exact,
            Some(1 | 108) => Form::Phrase,
            _ => Form::Words,
        }
    }

    /// Masks in a term become those of the tree; where none are meant, the signs mean themselves.
    fn truncated(&self, term: String) -> Result<(Truncation, String), Refused> {
        Ok(match self.truncation {
            None | Some(100) => (Truncation::None, term),
            Some(1) => (Truncation::Right, term),
            Some(2) => (Truncation::Left, term),
            Some(3) => (Truncation::Both, term),
            Some(101) => masked(&term.replace(['*', '?'], " ").replace('#', "*")),
            Some(104) => masked(&z3958(&term)),
            Some(other) => return Err(Refused::new(120, other)),
        })
    }
}

/// The diagnostic for a value of an attribute type.
const fn unsupported(kind: i64) -> u16 {
    match kind {
        1 => 114,
        2 => 117,
        3 => 119,
        4 => 118,
        5 => 120,
        6 => 122,
        _ => 113,
    }
}

/// Where to look: a number of Bib-1, or a name as CQL has it, which is how what has no number is reached.
fn usage(element: &AttributeElement, text: Reader<'_>) -> Result<AccessPoint, Refused> {
    let index = match element.numeric {
        Some(number) => by_use(number),
        None => {
            let name = shown(element, text);
            match name.split_once('.') {
                Some((set, name)) => by_name(Some(set), name),
                None => by_name(None, &name),
            }
        }
    };
    index
        .map(|index| index.access)
        .ok_or_else(|| Refused::new(114, shown(element, text)))
}

/// A value as it is written: a number, or the first of a list (`complex`, whose `list [1]` has `string [1]` and
/// `numeric [2]`).
fn shown(element: &AttributeElement, text: Reader<'_>) -> String {
    if let Some(number) = element.numeric {
        return number.to_string();
    }
    let complex = element.complex.iter().flat_map(|complex| complex.inside());
    let first = complex
        .filter(|list| list.tag == ctx(1))
        .find_map(|list| list.inside().first());
    match first {
        Some(number) if number.tag == ctx(2) => {
            i64::read(number).map_or_else(|_| String::new(), |number| number.to_string())
        }
        Some(name) => text(&name.bytes()),
        None => String::new(),
    }
}

/// Z39.58: `#` is one sign, `?` any number, `?n` up to n of them. The tree has no bound: any number.
fn z3958(term: &str) -> String {
    let mut pattern = String::with_capacity(term.len());
    let mut signs = term.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '#' => pattern.push('?'),
            '?' => {
                while signs.next_if(char::is_ascii_digit).is_some() {}
                pattern.push('*');
            }
            '*' => pattern.push(' '),
            sign => pattern.push(sign),
        }
    }
    pattern
}
