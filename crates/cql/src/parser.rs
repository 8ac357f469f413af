//! One pass, one stack of its own: how deep a query goes is a number, not a call.

use std::sync::Arc;

use crate::lexer::{Kind, Lexer, Token};
use crate::{
    Boolean, Clause, Comparison, CqlError, Fault, Join, Limits, Modifier, Name, Node, NodeId,
    Operator, Prefix, Query, Relation, Scope, SortKey, Term,
};

pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Query, CqlError> {
    if text.len() > limits.bytes {
        let fault = Fault::QueryTooLong(limits.bytes);
        return Err(CqlError::new(fault, limits.bytes));
    }
    let mut lexer = Lexer::new(text, limits);
    let token = lexer.next()?;
    if token.kind == Kind::End {
        return Err(CqlError::new(Fault::Empty, 0));
    }
    let parser = Parser {
        lexer,
        token,
        limits,
        nodes: Vec::new(),
        clauses: 0,
        assigned: 0,
        scopes: Vec::new(),
    };
    parser.query()
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The one that is looked at; nothing behind it was read.
    token: Token<'a>,
    limits: &'a Limits,
    nodes: Vec<Node>,
    clauses: usize,
    assigned: usize,
    /// Context sets that hold here, the innermost last: prefix in small letters, URI.
    scopes: Vec<(Option<String>, Arc<str>)>,
}

/// An open parenthesis, or the query itself.
struct Frame {
    position: usize,
    prefixes: Vec<Prefix>,
    /// How many context sets hold outside.
    outside: usize,
    left: Option<(NodeId, Boolean)>,
}

impl<'a> Parser<'a> {
    fn query(mut self) -> Result<Query, CqlError> {
        let mut frames: Vec<Frame> = Vec::new();
        let mut frame = self.frame(0)?;
        loop {
            // An operand is due.
            if self.token.kind == Kind::Open {
                if frames.len() >= self.limits.depth {
                    return Err(self.fault(Fault::TooDeep(self.limits.depth)));
                }
                let position = self.token.position;
                self.advance()?;
                let inner = self.frame(position)?;
                frames.push(std::mem::replace(&mut frame, inner));
                continue;
            }
            let clause = self.clause()?;
            let mut operand = self.node(clause);
            // What may follow it: the end of one parenthesis after another, then a boolean.
            loop {
                operand = self.join(frame.left.take(), operand);
                if self.token.kind != Kind::Close {
                    break;
                }
                let Some(outer) = frames.pop() else {
                    return Err(self.fault(Fault::Unopened));
                };
                self.advance()?;
                self.scopes.truncate(frame.outside);
                let prefixes = std::mem::replace(&mut frame, outer).prefixes;
                if !prefixes.is_empty() {
                    let inner = operand;
                    operand = self.node(Node::Scope(Scope { prefixes, inner }));
                }
            }
            match self.keyword() {
                Some(Keyword::Boolean(operator)) => {
                    self.advance()?;
                    let modifiers = self.modifiers()?;
                    frame.left = Some((
                        operand,
                        Boolean {
                            operator,
                            modifiers,
                        },
                    ));
                }
                Some(Keyword::SortBy) if frames.is_empty() => {
                    self.advance()?;
                    let sort = self.sort()?;
                    return Ok(self.finish(frame, sort));
                }
                _ if self.token.kind != Kind::End => {
                    return Err(self.unexpected("a boolean"));
                }
                _ if frames.is_empty() => return Ok(self.finish(frame, Vec::new())),
                _ => return Err(CqlError::new(Fault::Unclosed, frame.position)),
            }
        }
    }

    fn finish(self, frame: Frame, sort: Vec<SortKey>) -> Query {
        Query {
            prefixes: frame.prefixes,
            nodes: self.nodes,
            sort,
        }
    }

    /// The context sets at the beginning of a query or parenthesis.
    fn frame(&mut self, position: usize) -> Result<Frame, CqlError> {
        let outside = self.scopes.len();
        let mut prefixes = Vec::new();
        while self.token.kind == Kind::Symbol(crate::Symbol::Greater) {
            let position = self.token.position;
            if self.assigned == self.limits.prefixes {
                return Err(self.fault(Fault::TooManyPrefixes(self.limits.prefixes)));
            }
            self.assigned += 1;
            self.advance()?;
            let first = self.word("a prefix or the URI of a context set")?;
            let (name, uri) = if self.token.kind == Kind::Symbol(crate::Symbol::Equal) {
                self.advance()?;
                let uri = self.word("the URI of a context set")?;
                (Some(Term::from_raw(first)), uri)
            } else {
                (None, first)
            };
            let name = name.map(|name| unescape(name.raw()));
            let prefix = Prefix {
                name,
                uri: Term::from_raw(uri),
            };
            let key = prefix.name.as_deref().map(str::to_lowercase);
            let set: Arc<str> = unescape(uri).into();
            let here = &self.scopes[outside..];
            if here.iter().any(|(other, uri)| *other == key && *uri != set) {
                let fault = Fault::PrefixTwice(prefix.name.unwrap_or_default());
                return Err(CqlError::new(fault, position));
            }
            self.scopes.push((key, set));
            prefixes.push(prefix);
        }
        Ok(Frame {
            position,
            prefixes,
            outside,
            left: None,
        })
    }

    fn clause(&mut self) -> Result<Node, CqlError> {
        self.clauses += 1;
        if self.clauses > self.limits.clauses {
            return Err(self.fault(Fault::TooManyClauses(self.limits.clauses)));
        }
        let position = self.token.position;
        let first = self.word("a search term")?;
        let comparison = match self.token.kind {
            Kind::Symbol(symbol) => Comparison::Symbol(symbol),
            Kind::Word { raw, .. } if self.keyword().is_none() => Comparison::Named(self.name(raw)),
            _ => {
                return Ok(Node::Clause(Clause {
                    index: None,
                    relation: Relation::equal(),
                    term: self.term(first, position)?,
                }));
            }
        };
        let index = Some(self.name(first));
        self.advance()?;
        let modifiers = self.modifiers()?;
        let position = self.token.position;
        let term = self.word("a search term")?;
        Ok(Node::Clause(Clause {
            index,
            relation: Relation {
                comparison,
                modifiers,
            },
            term: self.term(term, position)?,
        }))
    }

    fn modifiers(&mut self) -> Result<Vec<Modifier>, CqlError> {
        let mut modifiers = Vec::new();
        while self.token.kind == Kind::Slash {
            if modifiers.len() == self.limits.modifiers {
                return Err(self.fault(Fault::TooManyModifiers(self.limits.modifiers)));
            }
            self.advance()?;
            let name = self.word("the name of a modifier")?;
            let name = self.name(name);
            let value = match self.token.kind {
                Kind::Symbol(symbol) => {
                    self.advance()?;
                    let value = self.word("the value of a modifier")?;
                    Some((symbol, Term::from_raw(value)))
                }
                _ => None,
            };
            modifiers.push(Modifier { name, value });
        }
        Ok(modifiers)
    }

    fn sort(&mut self) -> Result<Vec<SortKey>, CqlError> {
        let mut keys = Vec::new();
        while keys.is_empty() || self.token.kind != Kind::End {
            if keys.len() == self.limits.sort_keys {
                return Err(self.fault(Fault::TooManySortKeys(self.limits.sort_keys)));
            }
            if self.token.kind == Kind::Close {
                return Err(self.fault(Fault::Unopened));
            }
            let index = self.word("an index to sort by")?;
            let index = self.name(index);
            let modifiers = self.modifiers()?;
            keys.push(SortKey { index, modifiers });
        }
        Ok(keys)
    }

    fn join(&mut self, left: Option<(NodeId, Boolean)>, right: NodeId) -> NodeId {
        match left {
            None => right,
            Some((left, boolean)) => self.node(Node::Boolean(Join {
                boolean,
                left,
                right,
            })),
        }
    }

    fn node(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// A name as the text has it, with the context set that the query gives to its prefix.
    fn name(&self, raw: &str) -> Name {
        let mut name = Name::new(&unescape(raw));
        let key = name.prefix.as_deref().map(str::to_lowercase);
        name.set = (self.scopes.iter().rev())
            .find(|(prefix, _)| *prefix == key)
            .map(|(_, uri)| Arc::clone(uri));
        name
    }

    fn term(&self, raw: &str, position: usize) -> Result<Term, CqlError> {
        if raw.is_empty() && !self.limits.empty_terms {
            return Err(CqlError::new(Fault::EmptyTerm, position));
        }
        Ok(Term::from_raw(raw))
    }

    /// Whatever word comes, keywords too: where only a term can stand, they are terms.
    fn word(&mut self, expected: &'static str) -> Result<&'a str, CqlError> {
        let Kind::Word { raw, .. } = self.token.kind else {
            return Err(self.unexpected(expected));
        };
        self.advance()?;
        Ok(raw)
    }

    fn keyword(&self) -> Option<Keyword> {
        match self.token.kind {
            Kind::Word { raw, quoted: false } => keyword(raw),
            _ => None,
        }
    }

    fn advance(&mut self) -> Result<(), CqlError> {
        self.token = self.lexer.next()?;
        Ok(())
    }

    const fn fault(&self, fault: Fault) -> CqlError {
        CqlError::new(fault, self.token.position)
    }

    fn unexpected(&self, expected: &'static str) -> CqlError {
        let found = self.token.kind.shown();
        self.fault(Fault::Unexpected { expected, found })
    }
}

pub(crate) enum Keyword {
    Boolean(Operator),
    SortBy,
}

pub(crate) fn keyword(word: &str) -> Option<Keyword> {
    if word.eq_ignore_ascii_case("sortby") {
        return Some(Keyword::SortBy);
    }
    Operator::read(word).map(Keyword::Boolean)
}

/// Without the backslashes; they are valid.
fn unescape(raw: &str) -> String {
    let mut chars = raw.chars();
    let mut text = String::with_capacity(raw.len());
    while let Some(char) = chars.next() {
        match char {
            '\\' => text.extend(chars.next()),
            _ => text.push(char),
        }
    }
    text
}
