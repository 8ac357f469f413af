//! Why something is not done, as a diagnostic of SRU.

use catalogue::QuestionError;
use desk::FinderError;
use sru::Diagnostic;

pub(crate) fn of_query(refused: questions::cql::Refused) -> Diagnostic {
    let diagnostic = Diagnostic::new(refused.number, refused.details);
    match refused.message {
        Some(message) => diagnostic.saying(message),
        None => diagnostic,
    }
}

pub(crate) fn of_finder(error: FinderError) -> Diagnostic {
    match error {
        FinderError::Index(catalogue::Error::Question(error)) => of_question(&error),
        trouble => {
            tracing::warn!(error = %trouble, "a question was not answered");
            Diagnostic::bare(2).saying("the catalogue is not available now: try again later")
        }
    }
}

fn of_question(error: &QuestionError) -> Diagnostic {
    let told = error.to_string();
    let (number, details) = match error {
        QuestionError::Limits(_) => (38, String::new()),
        QuestionError::EmptyTerm(term) => (27, term.clone()),
        QuestionError::TooManyTerms { term, .. } | QuestionError::TooManyCompared { term, .. } => {
            (29, term.clone())
        }
        QuestionError::TooMuch { .. } => (38, String::new()),
        QuestionError::Value { term, .. } => (36, term.clone()),
        QuestionError::Truncation(access) => (28, access.to_string()),
        QuestionError::NearAcross(..) | QuestionError::NearSide => (39, String::new()),
        QuestionError::NearUnit(_) => (42, String::new()),
        QuestionError::NearDistance(asked, _) => (41, asked.to_string()),
        QuestionError::Relation(access) => (22, access.to_string()),
        QuestionError::NoSuchSet(name) => (51, name.clone()),
        QuestionError::Scan(access) => (16, access.to_string()),
        QuestionError::SortKeys { most, .. } => (84, most.to_string()),
        QuestionError::Page { .. } => (61, String::new()),
        _ => (1, String::new()),
    };
    let diagnostic = match details.is_empty() {
        true => Diagnostic::bare(number),
        false => Diagnostic::new(number, details),
    };
    diagnostic.saying(told)
}
