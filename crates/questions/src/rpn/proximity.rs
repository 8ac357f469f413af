//! The operator prox. *Z39.50-2003 §3.7.2.*

use query::{Node, Proximity, Relation, Unit};
use z3950::ber::ctx;
use z3950::value::Value;

use super::Refused;

pub(super) fn node(
    wanted: &z3950::pdu::query::Proximity,
    left: Node,
    right: Node,
) -> Result<Node, Refused> {
    for side in [&left, &right] {
        if let Node::Set(name) = side {
            return Err(Refused::new(130, name.clone()));
        }
    }
    if wanted.exclusion == Some(true) {
        return Err(Refused::new(110, "prox with exclusion"));
    }
    let relation = match wanted.relation {
        1 => Relation::Less,
        2 => Relation::LessOrEqual,
        3 => Relation::Equal,
        4 => Relation::GreaterOrEqual,
        5 => Relation::Greater,
        6 => Relation::NotEqual,
        other => return Err(Refused::new(131, other.to_string())),
    };
    let distance = u32::try_from(wanted.distance);
    let distance = distance.map_err(|_| Refused::new(202, wanted.distance.to_string()))?;
    let proximity = Proximity {
        relation,
        distance,
        unit: unit(&wanted.unit)?,
        ordered: wanted.ordered,
    };
    Ok(left.near(proximity, right))
}

/// `[1]` is a known unit, `[2]` one of somebody's own.
fn unit(wrapper: &z3950::ber::Node) -> Result<Unit, Refused> {
    let unit = wrapper.inside().first();
    let known = unit.filter(|unit| unit.tag == ctx(1));
    let known = known.ok_or_else(|| Refused::new(132, "private"))?;
    match i64::read(known) {
        Ok(2) => Ok(Unit::Word),
        Ok(3) => Ok(Unit::Sentence),
        Ok(4) => Ok(Unit::Paragraph),
        Ok(8) => Ok(Unit::Element),
        Ok(other) => Err(Refused::new(132, other.to_string())),
        Err(_) => Err(Refused::new(132, "not a number")),
    }
}
