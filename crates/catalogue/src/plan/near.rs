//! Words near each other.

use query::{AccessPoint, Clause, Form, Nature, Node, Proximity, Relation, Unit};
use tantivy::schema::Field;

use super::{Matcher, Planner, text::word_matchers};
use crate::{QuestionError, schema::FIELD_STRIDE};

/// Two sides in one access point.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    pub(crate) access: AccessPoint,
    pub(crate) field: Field,
    pub(crate) proximity: Proximity,
    /// Each alternative is a word, or several side by side.
    pub(crate) left: Vec<Vec<Matcher>>,
    pub(crate) right: Vec<Vec<Matcher>>,
}

pub(super) fn plan(
    planner: &Planner<'_>,
    proximity: &Proximity,
    left: &Node,
    right: &Node,
) -> Result<Near, QuestionError> {
    match proximity.unit {
        Unit::Word | Unit::Element => {}
        unit => return Err(QuestionError::NearUnit(unit)),
    }
    if proximity.distance >= FIELD_STRIDE {
        return Err(QuestionError::NearDistance(
            proximity.distance,
            FIELD_STRIDE - 1,
        ));
    }
    let ordered = [
        Relation::Equal,
        Relation::NotEqual,
        Relation::Less,
        Relation::LessOrEqual,
        Relation::Greater,
        Relation::GreaterOrEqual,
    ];
    if !ordered.contains(&proximity.relation) {
        return Err(QuestionError::NearSide);
    }
    let mut access = None;
    let left = side(left, &mut access)?;
    let right = side(right, &mut access)?;
    let access = access.ok_or(QuestionError::NearSide)?;
    let field = *planner
        .fields
        .words
        .get(&access)
        .ok_or(QuestionError::NearSide)?;
    Ok(Near {
        access,
        field,
        proximity: *proximity,
        left,
        right,
    })
}

fn side(node: &Node, access: &mut Option<AccessPoint>) -> Result<Vec<Vec<Matcher>>, QuestionError> {
    match node {
        Node::Or(left, right) => {
            let mut alternatives = side(left, access)?;
            alternatives.extend(side(right, access)?);
            Ok(alternatives)
        }
        Node::Clause(clause) => {
            let first = *access.get_or_insert(clause.access);
            if first != clause.access {
                return Err(QuestionError::NearAcross(first, clause.access));
            }
            words(clause).map(|words| vec![words])
        }
        _ => Err(QuestionError::NearSide),
    }
}

fn words(clause: &Clause) -> Result<Vec<Matcher>, QuestionError> {
    let plain = matches!(
        clause.relation,
        Relation::Equal | Relation::All | Relation::Adjacent
    );
    let placed = !matches!(clause.form, Form::Exact | Form::First);
    if clause.access.nature() != Nature::Words || !plain || !placed {
        return Err(QuestionError::NearSide);
    }
    word_matchers(clause)
}
