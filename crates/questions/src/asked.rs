//! What a clause means, once its language is left behind. Both languages end here, so neither can
//! mean something else by the same words.

use query::{AccessPoint, Clause, Form, Nature, Node, Relation, Truncation};

/// What a term is compared with in a text. Codes, numbers and dates are always compared whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Its words, wherever they stand.
    #[default]
    Words,
    /// Words side by side.
    Phrase,
    /// A whole field.
    Whole,
    /// The beginning of a field.
    Start,
}

/// A clause in the words of no language.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) access: AccessPoint,
    pub(crate) relation: Relation,
    pub(crate) shape: Shape,
    pub(crate) truncation: Truncation,
    /// The likeliest are to come first. Codes have no weight, so there it says nothing.
    pub(crate) relevant: bool,
    pub(crate) term: String,
}

/// What does not go together. Each language has a number for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// This access point, or this shape or relation, cannot be truncated so.
    Truncation,
    /// Relevance needs words to weigh.
    Relevance,
    /// Nothing but blanks.
    Empty,
}

/// Whether it is a relation of order.
pub(crate) const fn is_order(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Less
            | Relation::LessOrEqual
            | Relation::GreaterOrEqual
            | Relation::Greater
            | Relation::Within
    )
}

impl Asked {
    /// The one way to say it.
    pub(crate) fn node(self) -> Result<Node, Misfit> {
        if self.term.trim().is_empty() {
            return Err(Misfit::Empty);
        }
        if self.access.nature() == Nature::Words {
            self.text()
        } else {
            self.value()
        }
    }

    fn text(self) -> Result<Node, Misfit> {
        let order = is_order(self.relation);
        let open_start = matches!(self.truncation, Truncation::Left | Truncation::Both);
        if order && self.truncation != Truncation::None || self.shape == Shape::Start && open_start
        {
            return Err(Misfit::Truncation);
        }
        if self.relevant && (order || self.relation == Relation::NotEqual) {
            return Err(Misfit::Relevance);
        }
        let form = match self.shape {
            // Order is between whole fields, whatever the term is said to be.
            _ if order => Form::Words,
            Shape::Words => Form::Words,
            Shape::Phrase => Form::Phrase,
            Shape::Whole => Form::Exact,
            Shape::Start => Form::First,
        };
        let every_word = matches!(self.relation, Relation::Equal | Relation::All);
        let relation = if every_word {
            Relation::Equal
        } else {
            self.relation
        };
        let clause = Clause::new(self.access, self.term)
            .form(form)
            .truncated(self.truncation);
        if !self.relevant {
            return Ok(clause.relation(relation).into());
        }
        let weighed = clause
            .clone()
            .form(Form::Words)
            .relation(Relation::Relevance);
        // Where any word will do, weighing is all; else it only puts in order what is found.
        let any_word = self.relation == Relation::Any;
        Ok(if any_word {
            weighed.into()
        } else {
            Node::from(clause.relation(relation)).and(weighed)
        })
    }

    /// Codes, numbers and dates: the form says nothing that their nature does not.
    fn value(self) -> Result<Node, Misfit> {
        let nature = self.access.nature();
        let truncation = match (nature, self.truncation) {
            // Clients truncate every ISBN that they send, and mean that one book.
            (Nature::Identifier, Truncation::Right | Truncation::Left | Truncation::Both) => {
                Truncation::None
            }
            (_, truncation) => truncation,
        };
        let fits = match nature {
            _ if truncation == Truncation::None => true,
            Nature::Exact | Nature::Identifier => !is_order(self.relation),
            Nature::Number => self.access == AccessPoint::Year && truncation == Truncation::Right,
            Nature::Date => truncation == Truncation::Right,
            Nature::Words => true,
        };
        if !fits {
            return Err(Misfit::Truncation);
        }
        let relation = match self.relation {
            // One number, however many blanks it is written with.
            Relation::All if nature == Nature::Identifier => Relation::Equal,
            relation => relation,
        };
        let clause = Clause::new(self.access, self.term);
        Ok(clause.relation(relation).truncated(truncation).into())
    }
}
