//! The text form, read.
//!
//! ```text
//! query   = side (("AND" | "OR" | "NOT" | near)? side)*     all of one rank, from the left, as in CQL
//! near    = "NEAR" ["/" symbol number] ["/" unit] ["/ordered"]   without more: "NEAR/<=10/word"
//! side    = "(" query ")" | "*" | "@" name | clause
//! clause  = [access ("/" modifier)* ":"] [symbol] term
//! symbol  = "<" | "<=" | "=" | ">=" | ">" | "<>"
//! term    = bare | ["*"] '"' any text, \" and \\ '"' ["*"]
//! modifier= a form (words word phrase exact first year date numeric id),
//!           a relation (any all adj rel within), or "pattern"
//! ```
//!
//! Bare terms are words, quoted ones phrases. `*` at the ends of a bare term truncates it; `*` and
//! `?` within make it a pattern; `..` within makes it a range. Nothing between two sides is `AND`.

use thiserror::Error;

use crate::{
    AccessPoint, Clause, Form, LimitError, Limits, Node, Proximity, Relation, Truncation, Unit,
    UnknownAccessPoint,
    tokens::{MARK, Sign, Token, tokens},
};

/// Parentheses within parentheses.
const MOST_OPEN: usize = 100;

/// A text that is no query, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseError {
    /// Nothing was typed.
    #[error("there is nothing to search for: type a word, or * for everything")]
    Empty,
    /// A quotation mark too few.
    #[error(
        "a quotation mark is not closed: add one at the end, or write \\\" for the mark itself"
    )]
    Unclosed,
    /// A parenthesis too few or too many.
    #[error("parentheses do not match: each ( needs its )")]
    Parentheses,
    /// An operator where a condition was expected.
    #[error("{0:?} needs a condition on both sides")]
    Operand(String),
    /// No such access point.
    #[error(transparent)]
    Access(#[from] UnknownAccessPoint),
    /// No such modifier.
    #[error("{0:?} is no form, relation or unit that is known here")]
    Modifier(String),
    /// A term half in quotes.
    #[error("{0:?} is partly in quotes: put all of it in quotes")]
    Mixed(String),
    /// A condition without a term.
    #[error("{0:?} has no term behind its colon")]
    NoTerm(String),
    /// More than is answered.
    #[error(transparent)]
    Limits(#[from] LimitError),
}

/// Reads the text form, within the default [`Limits`].
///
/// ```
/// use relire_query::{Node, parse};
/// assert_eq!(parse("(dune OR \"les misérables\") NOT type:DVD")?.to_string(), "dune OR \"les misérables\" NOT type:DVD");
/// assert_eq!(parse("*")?, Node::All);
/// assert!(parse("titel:dune").unwrap_err().to_string().contains("there is no access point \"titel\""));
/// # Ok::<(), relire_query::ParseError>(())
/// ```
pub fn parse(text: &str) -> Result<Node, ParseError> {
    let mut reader = Reader {
        tokens: tokens(text)?.into_iter().peekable(),
        open: 0,
        clauses: 0,
    };
    if reader.tokens.peek().is_none() {
        return Err(ParseError::Empty);
    }
    let node = reader.query()?;
    if reader.tokens.next().is_some() {
        return Err(ParseError::Parentheses);
    }
    Limits::default().check(&node)?;
    Ok(node)
}

struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    open: usize,
    clauses: usize,
}

enum Operator {
    And,
    Or,
    Not,
    Near(Proximity),
}

impl Reader {
    fn query(&mut self) -> Result<Node, ParseError> {
        let mut node = self.side()?;
        loop {
            let operator = match self.tokens.peek() {
                None | Some(Token::Close) => return Ok(node),
                Some(Token::Open) => None,
                Some(Token::Piece(piece)) => operator(piece)?,
            };
            if operator.is_some() {
                self.tokens.next();
            }
            let side = self.side()?;
            node = match operator.unwrap_or(Operator::And) {
                Operator::And => node.and(side),
                Operator::Or => node.or(side),
                Operator::Not => node.not(side),
                Operator::Near(proximity) => node.near(proximity, side),
            };
        }
    }

    fn side(&mut self) -> Result<Node, ParseError> {
        match self.tokens.next() {
            None => Err(ParseError::Operand("the last operator".to_owned())),
            Some(Token::Close) => Err(ParseError::Parentheses),
            Some(Token::Open) => {
                self.open += 1;
                if self.open > MOST_OPEN {
                    let (found, most) = (self.open, MOST_OPEN);
                    return Err(LimitError::Depth { found, most }.into());
                }
                let node = self.query()?;
                self.open -= 1;
                match self.tokens.next() {
                    Some(Token::Close) => Ok(node),
                    _ => Err(ParseError::Parentheses),
                }
            }
            Some(Token::Piece(piece)) => {
                // Counted while reading: every operator costs a level of the tree.
                self.clauses += 1;
                let most = Limits::default().clauses;
                if self.clauses > most {
                    let found = self.clauses;
                    return Err(LimitError::Clauses { found, most }.into());
                }
                if operator(&piece)?.is_some() {
                    return Err(ParseError::Operand(plain(&piece)));
                }
                leaf(&piece)
            }
        }
    }
}

fn operator(piece: &[Sign]) -> Result<Option<Operator>, ParseError> {
    if piece.iter().any(|(char, quoted)| *quoted || *char == '"') {
        return Ok(None);
    }
    let word = plain(piece);
    Ok(match word.as_str() {
        "AND" => Some(Operator::And),
        "OR" => Some(Operator::Or),
        "NOT" => Some(Operator::Not),
        "NEAR" => Some(Operator::Near(Proximity::within(10))),
        _ => match word.strip_prefix("NEAR/") {
            Some(rest) => Some(Operator::Near(proximity(rest)?)),
            None => None,
        },
    })
}

fn proximity(text: &str) -> Result<Proximity, ParseError> {
    let mut proximity = Proximity::within(10);
    for part in text.split('/') {
        let wrong = || ParseError::Modifier(part.to_owned());
        match part {
            "word" => proximity.unit = Unit::Word,
            "sentence" => proximity.unit = Unit::Sentence,
            "paragraph" => proximity.unit = Unit::Paragraph,
            "element" => proximity.unit = Unit::Element,
            "ordered" => proximity.ordered = true,
            _ => {
                let (relation, distance) = symbol(part);
                proximity.relation = relation.unwrap_or(Relation::LessOrEqual);
                proximity.distance = distance.parse().map_err(|_| wrong())?;
            }
        }
    }
    Ok(proximity)
}

/// A relation written as a sign, and what is behind it.
fn symbol(text: &str) -> (Option<Relation>, &str) {
    let symbols = [
        ("<>", Relation::NotEqual),
        ("<=", Relation::LessOrEqual),
        (">=", Relation::GreaterOrEqual),
        ("<", Relation::Less),
        (">", Relation::Greater),
        ("=", Relation::Equal),
    ];
    symbols
        .into_iter()
        .find_map(|(sign, relation)| Some((Some(relation), text.strip_prefix(sign)?)))
        .unwrap_or((None, text))
}

fn leaf(piece: &[Sign]) -> Result<Node, ParseError> {
    if piece == [('*', false)] {
        return Ok(Node::All);
    }
    if let Some((('@', false), name)) = piece.split_first() {
        return match term(name)? {
            (name, _, Truncation::None) if !name.is_empty() => Ok(Node::Set(name)),
            _ => Err(ParseError::NoTerm(plain(piece))),
        };
    }
    let colon = piece.iter().position(|sign| *sign == (':', false));
    let (head, rest) = match colon {
        Some(at) => (
            plain(piece.get(..at).unwrap_or_default()),
            piece.get(at + 1..).unwrap_or_default(),
        ),
        None => (String::new(), piece),
    };
    let mut parts = head.split('/');
    let access = match parts.next() {
        Some(name) if colon.is_some() => name.parse::<AccessPoint>()?,
        _ => AccessPoint::Any,
    };
    let signs: String = rest
        .iter()
        .take_while(|(char, quoted)| !quoted && "<>=".contains(*char))
        .map(|(char, _)| *char)
        .collect();
    let (written, left) = symbol(&signs);
    let rest = rest.get(signs.len() - left.len()..).unwrap_or_default();
    if rest.is_empty() {
        return Err(ParseError::NoTerm(plain(piece)));
    }
    let (term, quoted, truncation) = term(rest)?;
    let mut clause = Clause::new(access, term).truncated(truncation);
    if quoted {
        clause.form = Form::Phrase;
    } else if truncation == Truncation::None && clause.term.contains("..") {
        clause.relation = Relation::Within;
    }
    if let Some(relation) = written {
        clause.relation = relation;
    }
    for part in parts {
        modify(&mut clause, part)?;
    }
    Ok(clause.into())
}

fn modify(clause: &mut Clause, part: &str) -> Result<(), ParseError> {
    match part {
        "words" => clause.form = Form::Words,
        "word" => clause.form = Form::Word,
        "phrase" => clause.form = Form::Phrase,
        "exact" => clause.form = Form::Exact,
        "first" => clause.form = Form::First,
        "year" => clause.form = Form::Year,
        "date" => clause.form = Form::Date,
        "numeric" => clause.form = Form::Numeric,
        "id" => clause.form = Form::Identifier,
        "any" => clause.relation = Relation::Any,
        "all" => clause.relation = Relation::All,
        "adj" => clause.relation = Relation::Adjacent,
        "rel" => clause.relation = Relation::Relevance,
        "within" => clause.relation = Relation::Within,
        "pattern" => clause.truncation = Truncation::Pattern,
        _ => return Err(ParseError::Modifier(part.to_owned())),
    }
    Ok(())
}

/// The term, whether it stood in quotes, and its truncation.
fn term(signs: &[Sign]) -> Result<(String, bool, Truncation), ParseError> {
    let star = ('*', false);
    let left = signs.len() > 1 && signs.first() == Some(&star);
    let right = signs.len() > 1 && signs.last() == Some(&star);
    let truncation = match (left, right) {
        (false, false) => Truncation::None,
        (false, true) => Truncation::Right,
        (true, false) => Truncation::Left,
        (true, true) => Truncation::Both,
    };
    let inner = signs
        .get(usize::from(left)..signs.len() - usize::from(right))
        .unwrap_or_default();
    if let [MARK, text @ .., MARK] = inner
        && text.iter().all(|(_, quoted)| *quoted)
    {
        return Ok((plain(text), true, truncation));
    }
    if signs.iter().any(|(char, quoted)| *quoted || *char == '"') {
        return Err(ParseError::Mixed(plain(signs)));
    }
    let wild = inner.is_empty() || inner.iter().any(|(char, _)| matches!(char, '*' | '?'));
    if wild {
        return Ok((plain(signs), false, Truncation::Pattern));
    }
    Ok((plain(inner), false, truncation))
}

fn plain(signs: &[Sign]) -> String {
    signs.iter().map(|(char, _)| *char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(text: &str) -> Clause {
        match parse(text).unwrap() {
            Node::Clause(clause) => clause,
            other => unreachable!("{text} is {other:?}"),
        }
    }

    #[test]
    fn terms_say_how_they_are_meant() {
        use AccessPoint::{Any, Title, Year};
        let new = Clause::new;
        let table = [
            ("dune", new(Any, "dune")),
            ("dun*", new(Any, "dun").truncated(Truncation::Right)),
            ("*une", new(Any, "une").truncated(Truncation::Left)),
            ("title:*un*", new(Title, "un").truncated(Truncation::Both)),
            ("d?n*e", new(Any, "d?n*e").truncated(Truncation::Pattern)),
            ("\"deux mots\"", new(Any, "deux mots").form(Form::Phrase)),
            (
                "title/exact:\"les misé\"*",
                new(Title, "les misé")
                    .form(Form::Exact)
                    .truncated(Truncation::Right),
            ),
            (
                "title/words/any:\"a b\"",
                new(Title, "a b").relation(Relation::Any),
            ),
            (
                "year:>=1999",
                new(Year, "1999").relation(Relation::GreaterOrEqual),
            ),
            (
                "year:<>1999",
                new(Year, "1999").relation(Relation::NotEqual),
            ),
            (
                "year:1999..2004",
                new(Year, "1999..2004").relation(Relation::Within),
            ),
            (
                "\"dit \\\"non\\\"\"",
                new(Any, "dit \"non\"").form(Form::Phrase),
            ),
            ("\"AND\"", new(Any, "AND").form(Form::Phrase)),
        ];
        for (text, meant) in table {
            assert_eq!(clause(text), meant, "{text}");
        }
    }

    #[test]
    fn operators_are_of_one_rank_from_the_left() {
        let tree = parse("a OR b AND c").unwrap();
        assert_eq!(tree, parse("(a OR b) AND c").unwrap());
        assert_ne!(tree, parse("a OR (b AND c)").unwrap());
        assert_eq!(parse("a b").unwrap(), parse("a AND b").unwrap());
        let near = parse("a NEAR/<3/ordered b").unwrap();
        let Node::Near(proximity, ..) = near else {
            unreachable!()
        };
        assert_eq!(
            (proximity.relation, proximity.distance, proximity.ordered),
            (Relation::Less, 3, true)
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        use ParseError as E;
        let table = [
            ("", E::Empty),
            ("  ", E::Empty),
            ("\"dune", E::Unclosed),
            ("(a", E::Parentheses),
            ("a)", E::Parentheses),
            ("()", E::Parentheses),
            ("a AND", E::Operand("the last operator".to_owned())),
            ("a AND OR b", E::Operand("OR".to_owned())),
            ("NOT a", E::Operand("NOT".to_owned())),
            ("titel:a", E::Access(UnknownAccessPoint("titel".to_owned()))),
            ("title/exakt:a", E::Modifier("exakt".to_owned())),
            ("title:", E::NoTerm("title:".to_owned())),
            ("a\"b\"", E::Mixed("a\"b\"".to_owned())),
        ];
        for (text, error) in table {
            assert_eq!(parse(text), Err(error), "{text}");
        }
        let deep = "(".repeat(200_000);
        assert!(matches!(
            parse(&deep),
            Err(E::Limits(LimitError::Depth { .. }))
        ));
        let long = "a ".repeat(200_000);
        assert!(matches!(
            parse(&long),
            Err(E::Limits(LimitError::Clauses { .. }))
        ));
    }
}
