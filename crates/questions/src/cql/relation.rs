//! Relations and what changes them. *The CQL context set 1.2, «Relations», «Relation modifiers».*

use cql::{Modifier, RelationKind};
use query::{AccessPoint, Nature, Relation};

use super::{Refused, is_placed, is_text, names};
use crate::asked::{Shape, is_order};

/// What a relation says, without its modifiers.
pub(super) fn meant(kind: RelationKind) -> Result<(Relation, Shape), Refused> {
    Ok(match kind {
        RelationKind::Equal => (Relation::Equal, Shape::Words),
        RelationKind::Exact => (Relation::Equal, Shape::Whole),
        RelationKind::NotEqual => (Relation::NotEqual, Shape::Words),
        RelationKind::Less => (Relation::Less, Shape::Words),
        RelationKind::LessOrEqual => (Relation::LessOrEqual, Shape::Words),
        RelationKind::GreaterOrEqual => (Relation::GreaterOrEqual, Shape::Words),
        RelationKind::Greater => (Relation::Greater, Shape::Words),
        RelationKind::Any => (Relation::Any, Shape::Words),
        RelationKind::All => (Relation::All, Shape::Words),
        RelationKind::Adj => (Relation::Equal, Shape::Phrase),
        RelationKind::Within => (Relation::Within, Shape::Words),
        RelationKind::Encloses => {
            let refused = Refused::new(19, "encloses");
            return Err(refused.saying("no field here is a range that could have a value in it"));
        }
        _ => return Err(Refused::new(19, "unknown")),
    })
}

/// What the modifiers of one relation ask for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Modifiers {
    pub(super) relevant: bool,
    /// `*`, `?` and `^` mean themselves.
    pub(super) unmasked: bool,
    /// Another shape than the relation's own.
    pub(super) shape: Option<Shape>,
}

impl Modifiers {
    pub(super) fn read(
        modifiers: &[Modifier],
        access: AccessPoint,
        relation: Relation,
        shape: Shape,
    ) -> Result<Self, Refused> {
        let mut read = Self::default();
        for modifier in modifiers {
            let refused = || Refused::new(20, modifier.to_string().trim_start_matches('/'));
            let known = names::set(&modifier.name).map_err(|_| refused())?;
            let plain = known.is_none_or(|set| set.name == "cql") && modifier.value.is_none();
            if !plain {
                return Err(refused());
            }
            let nature = access.nature();
            let equal = matches!(relation, Relation::Equal | Relation::NotEqual);
            let served = match modifier.name.base.to_ascii_lowercase().as_str() {
                "relevant" => {
                    read.relevant = true;
                    true
                }
                "unmasked" => {
                    read.unmasked = true;
                    true
                }
                // So it is anyway: folding is the index's, and masks are CQL's own.
                "masked" | "ignorecase" | "ignoreaccents" => true,
                // Words are looked for with their stems; phrases and whole fields are not.
                "stem" => is_text(access) && !is_placed(shape) && !is_order(relation),
                "word" => !is_placed(shape),
                "string" => {
                    if equal {
                        read.shape = Some(Shape::Whole);
                    }
                    equal || is_order(relation)
                }
                "number" => nature == Nature::Number,
                "isodate" => nature == Nature::Date || access == AccessPoint::Year,
                "uri" => access == AccessPoint::NationalNumber,
                _ => false,
            };
            if !served {
                return Err(refused());
            }
        }
        Ok(read)
    }
}
