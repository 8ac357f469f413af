//! Why something is not done, as a Bib-1 diagnostic.

use catalogue::QuestionError;
use desk::FinderError;
use z3950::pdu::answer::{DiagRec, Diagnostic};

/// A diagnostic of Bib-1: its number, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: u16,
    pub(crate) addinfo: String,
}

impl Refused {
    pub(crate) fn new(code: u16, addinfo: impl Into<String>) -> Self {
        Self {
            code,
            addinfo: addinfo.into(),
        }
    }

    pub(crate) fn diagnostic(&self, version_2: bool) -> Diagnostic {
        Diagnostic {
            version_2,
            ..Diagnostic::bib_1(self.code, &self.addinfo)
        }
    }

    pub(crate) fn record(&self, version_2: bool) -> DiagRec {
        DiagRec::Default(self.diagnostic(version_2))
    }
}

impl From<questions::rpn::Refused> for Refused {
    fn from(refused: questions::rpn::Refused) -> Self {
        Self::new(refused.code, refused.addinfo)
    }
}

impl From<questions::cql::Refused> for Refused {
    /// CQL's diagnostics that Bib-1 has, too, by their numbers there.
    fn from(refused: questions::cql::Refused) -> Self {
        let code = match refused.number {
            10..=14 | 26 => 108,
            15 => 121,
            16 => 114,
            19..=22 => 117,
            23 => 11,
            27 => 125,
            28..=32 => 120,
            35 | 36 => 126,
            37..=39 => 110,
            40 => 131,
            41 => 202,
            42 => 132,
            43 => 201,
            44 => 203,
            50..=53 => 18,
            80..=93 => 207,
            _ => 3,
        };
        Self::new(code, refused.details)
    }
}

impl From<FinderError> for Refused {
    fn from(error: FinderError) -> Self {
        match error {
            FinderError::Index(catalogue::Error::Question(error)) => question(&error),
            trouble => {
                tracing::warn!(error = %trouble, "a question was not answered");
                Self::new(2, "the catalogue is not available now: try again later")
            }
        }
    }
}

fn question(error: &QuestionError) -> Refused {
    let told = error.to_string();
    let code = match error {
        QuestionError::Limits(limit) => return Refused::new(limits(limit), told),
        QuestionError::EmptyTerm(term) => return Refused::new(125, term.clone()),
        QuestionError::TooManyTerms { .. } | QuestionError::TooManyCompared { .. } => 9,
        QuestionError::TooMuch { .. } => 31,
        QuestionError::Value { term, .. } => return Refused::new(126, term.clone()),
        QuestionError::Truncation(_) => 120,
        QuestionError::NearAcross(..) | QuestionError::NearSide => 201,
        QuestionError::NearUnit(_) => 132,
        QuestionError::NearDistance(asked, _) => return Refused::new(202, asked.to_string()),
        QuestionError::Relation(_) => 117,
        QuestionError::NoSuchSet(name) => return Refused::new(30, name.clone()),
        QuestionError::Scan(_) => 228,
        QuestionError::SortKeys { asked, .. } => return Refused::new(211, asked.to_string()),
        QuestionError::Page { .. } => 13,
        _ => 3,
    };
    Refused::new(code, told)
}

fn limits(error: &query::LimitError) -> u16 {
    use query::LimitError as E;
    match error {
        E::Clauses { .. } => 5,
        E::Depth { .. } => 6,
        E::Term { .. } => 11,
        E::Wildcards { .. } => 9,
    }
}
