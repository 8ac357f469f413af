//! What a question may cost, checked before anybody looks at it.

use thiserror::Error;

use crate::{Node, Truncation};

/// Bounds of a tree. A peer's question is as long as the peer likes; these say how long ours are.
///
/// ```
/// use relire_query::{LimitError, Limits, parse};
/// let limits = Limits { clauses: 2, ..Limits::default() };
/// let error = limits.check(&parse("a AND b AND c")?).unwrap_err();
/// assert_eq!(error, LimitError::Clauses { found: 3, most: 2 });
/// assert_eq!(error.to_string(), "the question has 3 conditions; at most 2 are answered: ask in two steps");
/// # Ok::<(), relire_query::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Levels of operators; a clause alone is one.
    pub depth: usize,
    /// Clauses in all.
    pub clauses: usize,
    /// Characters of a term.
    pub term: usize,
    /// `*` and `?` in one pattern.
    pub wildcards: usize,
}

impl Default for Limits {
    /// Room for what people and their catalogues really ask: chains of a few hundred numbers.
    fn default() -> Self {
        Self {
            depth: 512,
            clauses: 512,
            term: 1024,
            wildcards: 8,
        }
    }
}

/// A question that is too large, and how.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LimitError {
    /// Too many levels.
    #[error(
        "the question is nested {found} levels deep or more; at most {most} are answered: use fewer parentheses"
    )]
    Depth {
        /// Levels seen when the count was stopped.
        found: usize,
        /// Levels allowed.
        most: usize,
    },
    /// Too many conditions.
    #[error("the question has {found} conditions; at most {most} are answered: ask in two steps")]
    Clauses {
        /// Clauses in the tree.
        found: usize,
        /// Clauses allowed.
        most: usize,
    },
    /// A term that is too long.
    #[error("a term has {found} characters; at most {most} are searched: shorten it")]
    Term {
        /// Characters of the term.
        found: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A pattern with too many wildcards.
    #[error("a pattern has {found} wildcards; at most {most} are searched: write more letters")]
    Wildcards {
        /// Wildcards of the pattern.
        found: usize,
        /// Wildcards allowed.
        most: usize,
    },
}

impl Limits {
    /// Whether the tree keeps within them. Walks without recursion, so that no depth harms it.
    pub fn check(&self, node: &Node) -> Result<(), LimitError> {
        let mut open = vec![(node, 1_usize)];
        let mut clauses = 0_usize;
        while let Some((node, depth)) = open.pop() {
            if depth > self.depth {
                let (found, most) = (depth, self.depth);
                return Err(LimitError::Depth { found, most });
            }
            if let Some((left, right)) = node.sides() {
                open.push((right, depth + 1));
                open.push((left, depth + 1));
            }
            if let Node::Clause(clause) = node {
                clauses += 1;
                self.check_term(&clause.term, clause.truncation)?;
            }
        }
        if clauses > self.clauses {
            let (found, most) = (clauses, self.clauses);
            return Err(LimitError::Clauses { found, most });
        }
        Ok(())
    }

    fn check_term(&self, term: &str, truncation: Truncation) -> Result<(), LimitError> {
        let length = term.chars().count();
        if length > self.term {
            let (found, most) = (length, self.term);
            return Err(LimitError::Term { found, most });
        }
        let wildcards = term
            .chars()
            .filter(|char| matches!(char, '*' | '?'))
            .count();
        if truncation == Truncation::Pattern && wildcards > self.wildcards {
            let (found, most) = (wildcards, self.wildcards);
            return Err(LimitError::Wildcards { found, most });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccessPoint, Clause};

    fn word(term: &str) -> Node {
        Clause::new(AccessPoint::Any, term).into()
    }

    #[test]
    fn each_bound_holds_at_its_edge() {
        let limits = Limits {
            depth: 3,
            clauses: 3,
            term: 3,
            wildcards: 1,
        };
        let three = word("a").and(word("b")).or(word("abc"));
        assert_eq!(limits.check(&three), Ok(()));
        let deeper = three.clone().and(Node::All);
        assert_eq!(
            limits.check(&deeper),
            Err(LimitError::Depth { found: 4, most: 3 })
        );
        let four = word("a").and(word("b")).or(word("c").and(word("d")));
        assert_eq!(
            limits.check(&four),
            Err(LimitError::Clauses { found: 4, most: 3 })
        );
        assert_eq!(
            limits.check(&word("éééé")),
            Err(LimitError::Term { found: 4, most: 3 })
        );
        let pattern = |term: &str| {
            Clause::new(AccessPoint::Any, term)
                .truncated(Truncation::Pattern)
                .into()
        };
        assert_eq!(limits.check(&pattern("a?b")), Ok(()));
        assert_eq!(
            limits.check(&pattern("?b*")),
            Err(LimitError::Wildcards { found: 2, most: 1 })
        );
        assert_eq!(
            limits.check(&word("?b*")),
            Ok(()),
            "no pattern, so these are signs like others"
        );
    }
}
