//! Terms: masks and anchors. *CQL 2.0, «Masking rules».*

use cql::{Piece, Term};
use query::Truncation;

use super::Refused;
use crate::{
    asked::Shape,
    masks::{Part, masked},
};

/// The term, its truncation, and the shape that its anchors make of it.
pub(super) fn read(
    term: &Term,
    unmasked: bool,
    shape: Shape,
) -> Result<(String, Truncation, Shape), Refused> {
    let pieces = if unmasked { plain(term) } else { term.pieces() };
    let mut rest = pieces.as_slice();
    let (mut begins, mut ends) = (false, false);
    if let [Piece::Anchor, inner @ ..] = rest {
        (begins, rest) = (true, inner);
    }
    if let [inner @ .., Piece::Anchor] = rest {
        (ends, rest) = (true, inner);
    }
    let mut parts: Vec<Part> = Vec::new();
    for piece in rest {
        match piece {
            Piece::Text(text) => parts.push(Part::Text(text.clone())),
            Piece::One => parts.push(Part::One),
            // Two stars are one.
            Piece::Any if parts.last() == Some(&Part::Any) => {}
            Piece::Any => parts.push(Part::Any),
            Piece::Anchor => return Err(Refused::new(32, term.raw())),
        }
    }
    let shape = match (begins, ends, shape) {
        (false, false, shape) => shape,
        (true, true, _) | (_, _, Shape::Whole) => Shape::Whole,
        (true, false, _) => Shape::Start,
        (false, true, _) => {
            return Err(Refused::new(32, term.raw())
                .saying("^ stands at the beginning, or at both ends, of a term"));
        }
    };
    let (term, truncation) = masked(&parts);
    Ok((term, truncation, shape))
}

/// Every sign means itself.
fn plain(term: &Term) -> Vec<Piece> {
    let text = term.pieces().into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Any => "*".to_owned(),
        Piece::One => "?".to_owned(),
        Piece::Anchor => "^".to_owned(),
    });
    vec![Piece::Text(text.collect())]
}
