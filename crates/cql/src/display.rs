//! The canonical form: keywords as in the standard, one blank between words, quotation marks and
//! parentheses where they are needed.

use std::fmt::{self, Display, Formatter};

use crate::lexer::ends_word;
use crate::{Boolean, Clause, Node, NodeId, Prefix, Query, SortKey, parser};

/// A name: its characters mean themselves.
pub(crate) struct Word<'a>(pub(crate) &'a str);

impl Word<'_> {
    /// Text whose escapes are in it already.
    pub(crate) fn raw(raw: &str, f: &mut Formatter<'_>) -> fmt::Result {
        let bare = !raw.is_empty() && !raw.contains(ends_word) && parser::keyword(raw).is_none();
        if bare {
            f.write_str(raw)
        } else {
            write!(f, "\"{raw}\"")
        }
    }
}

impl Display for Word<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut raw = String::with_capacity(self.0.len());
        for char in self.0.chars() {
            // A name has no masks, so nothing has to be said about them: it never gets longer than
            // it was.
            if matches!(char, '"' | '\\') {
                raw.push('\\');
            }
            raw.push(char);
        }
        Self::raw(&raw, f)
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.prefixes
            .iter()
            .try_for_each(|one| write!(f, "{one} "))?;
        let mut rest = vec![Step::Node(self.root())];
        while let Some(step) = rest.pop() {
            match step {
                Step::Boolean(boolean) => write!(f, " {boolean} ")?,
                Step::Close => f.write_str(")")?,
                Step::Node(id) => match self.node(id) {
                    Node::Clause(clause) => clause.fmt(f)?,
                    Node::Boolean(join) => {
                        // The left one was joined first anyway.
                        if let Node::Boolean(_) = self.node(join.right) {
                            rest.extend([Step::Close, Step::Node(join.right), Step::Open]);
                        } else {
                            rest.push(Step::Node(join.right));
                        }
                        rest.extend([Step::Boolean(&join.boolean), Step::Node(join.left)]);
                    }
                    Node::Scope(scope) => {
                        f.write_str("(")?;
                        scope
                            .prefixes
                            .iter()
                            .try_for_each(|one| write!(f, "{one} "))?;
                        rest.extend([Step::Close, Step::Node(scope.inner)]);
                    }
                },
                Step::Open => f.write_str("(")?,
            }
        }
        if !self.sort.is_empty() {
            f.write_str(" sortBy")?;
            self.sort.iter().try_for_each(|key| write!(f, " {key}"))?;
        }
        Ok(())
    }
}

enum Step<'a> {
    Node(NodeId),
    Boolean(&'a Boolean),
    Open,
    Close,
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(index) = &self.index {
            write!(f, "{index} {} ", self.relation)?;
        }
        self.term.fmt(f)
    }
}

impl Display for Boolean {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.operator.fmt(f)?;
        self.modifiers.iter().try_for_each(|one| one.fmt(f))
    }
}

impl Display for Prefix {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("> ")?;
        if let Some(name) = &self.name {
            write!(f, "{} = ", Word(name))?;
        }
        self.uri.fmt(f)
    }
}

impl Display for SortKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.index.fmt(f)?;
        self.modifiers.iter().try_for_each(|one| one.fmt(f))
    }
}
