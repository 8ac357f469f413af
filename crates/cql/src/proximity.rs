use std::fmt;

use crate::{Modifier, Symbol};

/// What `prox` asks for. *The CQL context set 1.2, «Proximity modifiers»*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proximity {
    /// How the distance is compared; `<=` when not said.
    pub relation: Symbol,
    /// Units between the two; 1 for words, else 0, when not said.
    pub distance: u32,
    /// What is counted.
    pub unit: Unit,
    /// Whether the left one has to come first.
    pub ordering: Ordering,
}

/// What a distance is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Words; meant when not said.
    #[default]
    Word,
    /// Sentences.
    Sentence,
    /// Paragraphs.
    Paragraph,
    /// Fields of the record, or elements.
    Element,
}

/// Whether the order of the operands counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ordering {
    /// No; meant when not said.
    #[default]
    Unordered,
    /// The left one first.
    Ordered,
}

/// What a `prox` has that nobody can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProximityFault {
    /// The SRU diagnostic: 40 relation, 41 distance, 42 unit, 44 twice the same, 46 unknown.
    pub diagnostic: u16,
    /// The modifier, as CQL.
    pub modifier: String,
}

impl fmt::Display for ProximityFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "prox cannot have the modifier {}", self.modifier)
    }
}

impl std::error::Error for ProximityFault {}

impl Proximity {
    /// Reads the modifiers of a `prox`: `/unit=word/distance<=3/ordered`.
    ///
    /// ```
    /// use relire_cql::{Node, Proximity, Query};
    ///
    /// let query = Query::parse("chat prox/distance<=3/ordered souris")?;
    /// let Node::Boolean(join) = query.node(query.root()) else { panic!("two operands") };
    /// assert_eq!(Proximity::read(&join.boolean.modifiers)?.distance, 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(modifiers: &[Modifier]) -> Result<Self, ProximityFault> {
        let (mut distance, mut unit, mut ordering) = (None, None, None);
        for modifier in modifiers {
            let fault = |diagnostic| ProximityFault {
                diagnostic,
                modifier: modifier.to_string(),
            };
            let is = |base| modifier.name.is("cql", base);
            let value = modifier.value.as_ref();
            let twice = if is("distance") {
                let (symbol, value) = value.ok_or_else(|| fault(41))?;
                if *symbol == Symbol::Exact {
                    return Err(fault(40));
                }
                let value = value.raw().parse().map_err(|_| fault(41))?;
                distance.replace((*symbol, value)).is_some()
            } else if is("unit") {
                let (symbol, value) = value.ok_or_else(|| fault(42))?;
                let read = [
                    ("word", Unit::Word),
                    ("sentence", Unit::Sentence),
                    ("paragraph", Unit::Paragraph),
                    ("element", Unit::Element),
                ]
                .into_iter()
                .find(|(name, _)| value.raw().eq_ignore_ascii_case(name));
                let (Symbol::Equal, Some((_, read))) = (symbol, read) else {
                    return Err(fault(42));
                };
                unit.replace(read).is_some()
            } else if is("ordered") && value.is_none() {
                ordering.replace(Ordering::Ordered).is_some()
            } else if is("unordered") && value.is_none() {
                ordering.replace(Ordering::Unordered).is_some()
            } else {
                return Err(fault(46));
            };
            if twice {
                return Err(fault(44));
            }
        }
        let unit = unit.unwrap_or_default();
        let nearest = u32::from(unit == Unit::Word);
        let (relation, distance) = distance.unwrap_or((Symbol::LessOrEqual, nearest));
        Ok(Self {
            relation,
            distance,
            unit,
            ordering: ordering.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Node, Query};

    fn read(modifiers: &str) -> Result<Proximity, u16> {
        let query = Query::parse(&format!("a prox{modifiers} b")).unwrap();
        let Node::Boolean(join) = query.node(query.root()) else {
            panic!("a boolean");
        };
        Proximity::read(&join.boolean.modifiers).map_err(|fault| fault.diagnostic)
    }

    #[test]
    fn what_is_not_said_is_by_the_standard() {
        let side_by_side = Proximity {
            relation: Symbol::LessOrEqual,
            distance: 1,
            unit: Unit::Word,
            ordering: Ordering::Unordered,
        };
        assert_eq!(read(""), Ok(side_by_side));
        let same = Proximity {
            distance: 0,
            unit: Unit::Sentence,
            ..side_by_side
        };
        assert_eq!(read("/cql.unit=SENTENCE/unordered"), Ok(same));
        let far = Proximity {
            relation: Symbol::Greater,
            distance: 5,
            ordering: Ordering::Ordered,
            ..side_by_side
        };
        assert_eq!(read("/distance > 5/ordered"), Ok(far));
    }

    #[test]
    fn what_cannot_be_meant_has_its_diagnostic() {
        for (modifiers, diagnostic) in [
            ("/distance==1", 40),
            ("/distance=near", 41),
            ("/distance=-1", 41),
            ("/distance", 41),
            ("/unit=chapter", 42),
            ("/unit<word", 42),
            ("/ordered/unordered", 44),
            ("/unit=word/unit=word", 44),
            ("/fuzzy", 46),
            ("/ordered=1", 46),
        ] {
            assert_eq!(read(modifiers), Err(diagnostic), "{modifiers}");
        }
    }
}
