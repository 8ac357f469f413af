//! What a condition means, whichever language it came in: the last thing that is done to a clause.

use query::{Clause, Form, Nature, Relation, Truncation};

/// A truncation that says nothing with this relation: the order of `dun*` among titles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Untruncatable;

/// The one way to say it, where there are several.
pub(crate) fn settled(mut clause: Clause) -> Result<Clause, Untruncatable> {
    let nature = clause.access.nature();
    // An identifier is found in all of its ways of writing, and clients truncate every one that they send: it would only
    // lose some. What has signs masked inside is no identifier, but a pattern of several.
    if nature == Nature::Identifier && clause.truncation != Truncation::Pattern {
        clause.truncation = Truncation::None;
    }
    let order = matches!(
        clause.relation,
        Relation::Less
            | Relation::LessOrEqual
            | Relation::GreaterOrEqual
            | Relation::Greater
            | Relation::Within
    );
    let comparable = matches!(nature, Nature::Number | Nature::Date);
    if order && !comparable && clause.truncation != Truncation::None {
        return Err(Untruncatable);
    }
    // Whole fields are what has an order, whatever the term is said to be.
    if order {
        clause.form = Form::Words;
    }
    // Any of the words is what relevance weighs; of a phrase or a field it asks no less than the whole.
    if clause.relation == Relation::Relevance && clause.form != Form::Words {
        clause.relation = Relation::Equal;
    }
    Ok(clause)
}

/// A term with `*` for any signs and `?` for one, as simple as it can be said: `dun*` is the same by a mask as by an
/// attribute.
pub(crate) fn masked(term: &str) -> (Truncation, String) {
    let plain = |text: &str| !text.is_empty() && !text.contains(['*', '?']);
    let left = term.strip_prefix('*');
    let right = term.strip_suffix('*');
    let both = left.and_then(|rest| rest.strip_suffix('*'));
    match (both, left, right) {
        (Some(inner), ..) if plain(inner) => (Truncation::Both, inner.to_owned()),
        (_, Some(inner), _) if plain(inner) => (Truncation::Left, inner.to_owned()),
        (_, _, Some(inner)) if plain(inner) => (Truncation::Right, inner.to_owned()),
        _ if plain(term) => (Truncation::None, term.to_owned()),
        _ => (Truncation::Pattern, term.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_at_the_ends_are_truncation() {
        use Truncation::{Both, Left, None, Pattern, Right};
        for (written, truncation, term) in [
            ("dune", None, "dune"),
            ("dun*", Right, "dun"),
            ("*une", Left, "une"),
            ("*un*", Both, "un"),
            ("d?ne", Pattern, "d?ne"),
            ("d*n*", Pattern, "d*n*"),
            ("?un*", Pattern, "?un*"),
            ("*", Pattern, "*"),
            ("**", Pattern, "**"),
        ] {
            assert_eq!(masked(written), (truncation, term.to_owned()), "{written}");
        }
    }
}
