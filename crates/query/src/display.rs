//! The text form, written: [`crate::parse`] reads the same tree back from it.

use std::fmt::{self, Display, Formatter, Write};

use crate::{AccessPoint, Clause, Form, Node, Proximity, Relation, Truncation, Unit, parse};

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Set(name) => {
                f.write_char('@')?;
                quote(f, name)
            }
            Self::Clause(clause) => clause.fmt(f),
            Self::And(left, right) => sides(f, left, "AND", right),
            Self::Or(left, right) => sides(f, left, "OR", right),
            Self::Not(left, right) => sides(f, left, "NOT", right),
            Self::Near(proximity, left, right) => sides(f, left, &proximity.to_string(), right),
        }
    }
}

fn sides(f: &mut Formatter<'_>, left: &Node, operator: &str, right: &Node) -> fmt::Result {
    write!(f, "{left} {operator} ")?;
    // From the left is how it is read: only the right side needs to be held together.
    match right.sides() {
        Some(_) => write!(f, "({right})"),
        None => right.fmt(f),
    }
}

impl Display for Proximity {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let symbol = symbol(self.relation).unwrap_or("<=");
        write!(f, "NEAR/{symbol}{}", self.distance)?;
        f.write_str(match self.unit {
            Unit::Word => "",
            Unit::Sentence => "/sentence",
            Unit::Paragraph => "/paragraph",
            Unit::Element => "/element",
        })?;
        f.write_str(if self.ordered { "/ordered" } else { "" })
    }
}

/// As short as it can be said: bare where that reads back the same, else in quotes.
impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(bare) = bare(self) {
            return f.write_str(&bare);
        }
        let form = match self.form {
            Form::Phrase => "",
            form => form_name(form),
        };
        let relation = relation_name(self.relation);
        let pattern = if self.truncation == Truncation::Pattern {
            "pattern"
        } else {
            ""
        };
        let modified = [form, relation, pattern]
            .iter()
            .any(|name| !name.is_empty());
        let symbol = symbol(self.relation).filter(|symbol| *symbol != "=");
        if self.access != AccessPoint::Any || modified || symbol.is_some() {
            f.write_str(self.access.name())?;
            for name in [form, relation, pattern]
                .iter()
                .filter(|name| !name.is_empty())
            {
                write!(f, "/{name}")?;
            }
            write!(f, ":{}", symbol.unwrap_or_default())?;
        }
        let (left, right) = stars(self.truncation);
        f.write_str(left)?;
        quote(f, &self.term)?;
        f.write_str(right)
    }
}

fn bare(clause: &Clause) -> Option<String> {
    let plain = |char: char| char.is_alphanumeric() || "-_.*?'’+#".contains(char);
    if clause.form != Form::Words || clause.term.is_empty() || !clause.term.chars().all(plain) {
        return None;
    }
    let mut text = String::new();
    let symbol = symbol(clause.relation)
        .unwrap_or_default()
        .trim_matches('=');
    let symbol = match clause.relation {
        Relation::LessOrEqual => "<=",
        Relation::GreaterOrEqual => ">=",
        _ => symbol,
    };
    if clause.access != AccessPoint::Any || !symbol.is_empty() {
        write!(text, "{}:{symbol}", clause.access).ok()?;
    }
    let (left, right) = stars(clause.truncation);
    write!(text, "{left}{}{right}", clause.term).ok()?;
    let read = parse(&text).ok()?;
    matches!(read, Node::Clause(read) if read == *clause).then_some(text)
}

const fn stars(truncation: Truncation) -> (&'static str, &'static str) {
    match truncation {
        Truncation::None | Truncation::Pattern => ("", ""),
        Truncation::Right => ("", "*"),
        Truncation::Left => ("*", ""),
        Truncation::Both => ("*", "*"),
    }
}

fn quote(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for char in text.chars() {
        if matches!(char, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(char)?;
    }
    f.write_char('"')
}

const fn symbol(relation: Relation) -> Option<&'static str> {
    Some(match relation {
        Relation::Equal => "=",
        Relation::NotEqual => "<>",
        Relation::Less => "<",
        Relation::LessOrEqual => "<=",
        Relation::GreaterOrEqual => ">=",
        Relation::Greater => ">",
        _ => return None,
    })
}

const fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Any => "any",
        Relation::All => "all",
        Relation::Adjacent => "adj",
        Relation::Relevance => "rel",
        Relation::Within => "within",
        _ => "",
    }
}

const fn form_name(form: Form) -> &'static str {
    match form {
        Form::Words => "words",
        Form::Word => "word",
        Form::Phrase => "phrase",
        Form::Exact => "exact",
        Form::First => "first",
        Form::Year => "year",
        Form::Date => "date",
        Form::Numeric => "numeric",
        Form::Identifier => "id",
    }
}
