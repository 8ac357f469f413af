use std::fmt;

/// Why a query was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CqlError {
    /// What is wrong.
    pub fault: Fault,
    /// The byte of the query at which it shows; its length when something is missing at the end.
    pub position: usize,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing but blanks.
    Empty,
    /// A term, an index or a boolean was due, and this stands there instead.
    Unexpected {
        /// What may stand here.
        expected: &'static str,
        /// What does; nothing at the end of the query.
        found: Option<String>,
    },
    /// More bytes than [`Limits::bytes`](crate::Limits::bytes).
    QueryTooLong(usize),
    /// A parenthesis that is never closed.
    Unclosed,
    /// A closing parenthesis without an opening one.
    Unopened,
    /// Parentheses within more than so many others.
    TooDeep(usize),
    /// A quotation mark that is never closed.
    Quote,
    /// A term of more bytes than so many.
    TermTooLong(usize),
    /// A backslash before something that needs none, or before nothing.
    Escape(Option<char>),
    /// A term without a character in it.
    EmptyTerm,
    /// More search clauses than so many.
    TooManyClauses(usize),
    /// More modifiers on one relation, boolean or sort key than so many.
    TooManyModifiers(usize),
    /// More context sets assigned than so many.
    TooManyPrefixes(usize),
    /// More sort keys than so many.
    TooManySortKeys(usize),
    /// One prefix for two context sets in the same scope.
    PrefixTwice(String),
}

impl CqlError {
    pub(crate) const fn new(fault: Fault, position: usize) -> Self {
        Self { fault, position }
    }

    /// The number of the SRU diagnostic that says this: `info:srw/diagnostic/1/N`.
    pub const fn diagnostic(&self) -> u16 {
        match self.fault {
            Fault::Empty | Fault::Unexpected { .. } => 10,
            Fault::QueryTooLong(_) => 12,
            Fault::Unclosed | Fault::Unopened | Fault::TooDeep(_) => 13,
            Fault::Quote => 14,
            Fault::TermTooLong(_) => 23,
            Fault::Escape(_) => 26,
            Fault::EmptyTerm => 27,
            Fault::TooManyClauses(_) => 38,
            Fault::PrefixTwice(_) => 45,
            Fault::TooManyModifiers(_) | Fault::TooManyPrefixes(_) => 48,
            Fault::TooManySortKeys(_) => 84,
        }
    }
}

impl fmt::Display for CqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            Fault::Empty => write!(f, "the query is empty")?,
            Fault::Unexpected { expected, found } => {
                write!(f, "{expected} expected")?;
                match found {
                    Some(found) => write!(f, ", not {found}")?,
                    None => write!(f, ", but the query ends")?,
                }
            }
            Fault::QueryTooLong(limit) => write!(f, "more than {limit} bytes")?,
            Fault::Unclosed => write!(f, "this parenthesis is never closed")?,
            Fault::Unopened => write!(f, "this parenthesis was never opened")?,
            Fault::TooDeep(limit) => write!(f, "more than {limit} parentheses deep")?,
            Fault::Quote => write!(f, "this quotation mark is never closed")?,
            Fault::TermTooLong(limit) => write!(f, "a term of more than {limit} bytes")?,
            Fault::Escape(Some(char)) => {
                write!(f, "a backslash before {char:?}; write it twice to mean it")?;
            }
            Fault::Escape(None) => write!(f, "a backslash before nothing")?,
            Fault::EmptyTerm => write!(f, "an empty term")?,
            Fault::TooManyClauses(limit) => write!(f, "more than {limit} search clauses")?,
            Fault::TooManyModifiers(limit) => write!(f, "more than {limit} modifiers")?,
            Fault::TooManyPrefixes(limit) => write!(f, "more than {limit} context sets")?,
            Fault::TooManySortKeys(limit) => write!(f, "more than {limit} sort keys")?,
            Fault::PrefixTwice(prefix) => write!(f, "{prefix:?} stands for two context sets")?,
        }
        write!(f, " (byte {})", self.position)
    }
}

impl std::error::Error for CqlError {}
