//! Clauses on text: words, phrases, whole fields.

use query::{AccessPoint, Clause, Form, Relation, Truncation};

use super::{Bound, Matcher, Phrase, Plan, Planner, Terms};
use crate::{
    QuestionError,
    analysis::{fold, stem, whole, words},
};

impl<'a> Planner<'a> {
    pub(super) fn text(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        match (clause.relation, clause.form) {
            (
                Relation::Less
                | Relation::LessOrEqual
                | Relation::Greater
                | Relation::GreaterOrEqual
                | Relation::Within,
                _,
            ) => self.between(clause),
            (_, Form::Exact | Form::First) => self.whole(clause),
            (Relation::Adjacent, _) | (Relation::Equal, Form::Phrase) => self.phrase(clause),
            (Relation::Any | Relation::Relevance, _) => Ok(Plan::any_of(self.words(clause)?)),
            _ => Ok(Plan::all_of(self.words(clause)?)),
        }
    }

    /// Each word, exact or by its stem.
    fn words(&self, clause: &Clause) -> Result<Vec<Plan<'a>>, QuestionError> {
        let words = word_matchers(clause)?.into_iter();
        Ok(words
            .map(|matcher| self.word(clause.access, matcher))
            .collect())
    }

    fn word(&self, access: AccessPoint, matcher: Matcher) -> Plan<'a> {
        let stemmed = match &matcher {
            Matcher::Is(word) => self.stem(access, word),
            _ => None,
        };
        match (self.exact_word(access, matcher), stemmed) {
            (exact, Some(stemmed)) => exact.or(Plan::Terms(stemmed)),
            (exact, None) => exact,
        }
    }

    pub(crate) fn stem(&self, access: AccessPoint, word: &str) -> Option<Terms> {
        let field = *self.fields.stems.get(&access)?;
        Some(Terms {
            access,
            field,
            matcher: Matcher::Is(stem(word).to_owned()),
        })
    }

    fn exact_word(&self, access: AccessPoint, matcher: Matcher) -> Plan<'a> {
        let field = self.fields.words.get(&access);
        field.map_or(Plan::Nothing, |field| {
            Plan::Terms(Terms {
                access,
                field: *field,
                matcher,
            })
        })
    }

    fn phrase(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        let words = word_matchers(clause)?;
        Ok(match <[Matcher; 1]>::try_from(words) {
            Ok([word]) => self.exact_word(clause.access, word),
            Err(words) => self
                .phrase_of(clause.access, words)
                .map_or(Plan::Nothing, Plan::Phrase),
        })
    }

    pub(super) fn phrase_of(&self, access: AccessPoint, words: Vec<Matcher>) -> Option<Phrase> {
        let field = *self.fields.words.get(&access)?;
        Some(Phrase {
            access,
            field,
            words,
        })
    }

    /// Whole fields, or their beginnings.
    fn whole(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        let term = match clause.truncation {
            Truncation::Pattern => pattern_whole(&clause.term),
            _ => whole(&clause.term),
        };
        if !term.contains(char::is_alphanumeric) {
            return Err(QuestionError::EmptyTerm(clause.term.clone()));
        }
        let matchers = match (clause.form, clause.truncation) {
            (Form::First, Truncation::None) => {
                vec![Matcher::Begins(format!("{term} ")), Matcher::Is(term)]
            }
            (Form::First, Truncation::Pattern) => vec![
                Matcher::Pattern(format!("{term} *")),
                Matcher::Pattern(term),
            ],
            (Form::First, Truncation::Left | Truncation::Both) => {
                return Err(QuestionError::Truncation(clause.access));
            }
            (_, Truncation::None) => vec![Matcher::Is(term)],
            (_, Truncation::Right) => vec![Matcher::Begins(term)],
            (_, Truncation::Left) => vec![Matcher::Pattern(format!("*{term}"))],
            (_, Truncation::Both) => vec![Matcher::Pattern(format!("*{term}*"))],
            (_, Truncation::Pattern) => vec![Matcher::Pattern(term)],
        };
        Ok(self.wholes(clause.access, &matchers))
    }

    fn wholes(&self, access: AccessPoint, matchers: &[Matcher]) -> Plan<'a> {
        let fields = whole_parts(access)
            .iter()
            .filter_map(|access| Some((*access, *self.fields.wholes.get(access)?)));
        Plan::any_of(fields.flat_map(|(access, field)| {
            let terms = move |matcher: &Matcher| {
                Plan::Terms(Terms {
                    access,
                    field,
                    matcher: matcher.clone(),
                })
            };
            matchers.iter().map(terms)
        }))
    }

    /// Whole fields in the order of the alphabet.
    fn between(&self, clause: &Clause) -> Result<Plan<'a>, QuestionError> {
        let bound = |term: &str, included| {
            let term = whole(term);
            (!term.is_empty()).then_some(Bound { term, included })
        };
        let (from, to) = range(clause, bound)?;
        Ok(self.wholes(clause.access, &[Matcher::Between(from, to)]))
    }
}

/// The two ends that a relation of order means. At least one is there.
pub(super) fn range(
    clause: &Clause,
    bound: impl Fn(&str, bool) -> Option<Bound>,
) -> Result<(Option<Bound>, Option<Bound>), QuestionError> {
    let ends = match clause.relation {
        Relation::Less => (None, bound(&clause.term, false)),
        Relation::LessOrEqual => (None, bound(&clause.term, true)),
        Relation::Greater => (bound(&clause.term, false), None),
        Relation::GreaterOrEqual => (bound(&clause.term, true), None),
        _ => {
            let (from, to) = clause.bounds().ok_or_else(|| QuestionError::Value {
                term: clause.term.clone(),
                access: clause.access,
                expected: "range as 1999..2004",
            })?;
            (bound(from, true), bound(to, true))
        }
    };
    match ends {
        (None, None) => Err(QuestionError::EmptyTerm(clause.term.clone())),
        ends => Ok(ends),
    }
}

/// Where the whole fields of an access point stand.
const fn whole_parts(access: AccessPoint) -> &'static [AccessPoint] {
    use AccessPoint as A;
    match access {
        A::Any => &[
            A::Title,
            A::Author,
            A::Responsibility,
            A::Subject,
            A::Publisher,
            A::Place,
            A::Note,
        ],
        A::Title => &[A::Title],
        A::TitleProper => &[A::TitleProper],
        A::UniformTitle => &[A::UniformTitle],
        A::Series => &[A::Series],
        A::KeyTitle => &[A::KeyTitle],
        A::Author => &[A::Author],
        A::PersonalName => &[A::PersonalName],
        A::CorporateName => &[A::CorporateName],
        A::ConferenceName => &[A::ConferenceName],
        A::Responsibility => &[A::Responsibility],
        A::Subject => &[A::Subject],
        A::SubjectTopic => &[A::SubjectTopic],
        A::SubjectPlace => &[A::SubjectPlace],
        A::SubjectPerson => &[A::SubjectPerson],
        A::SubjectCorporate => &[A::SubjectCorporate],
        A::SubjectTime => &[A::SubjectTime],
        A::Genre => &[A::Genre],
        A::Publisher => &[A::Publisher],
        A::Place => &[A::Place],
        A::Note => &[A::Note],
        A::CallNumber => &[A::CallNumber],
        _ => &[],
    }
}

/// The words of a term, the first and the last truncated as the clause says.
pub(super) fn word_matchers(clause: &Clause) -> Result<Vec<Matcher>, QuestionError> {
    if clause.truncation == Truncation::Pattern {
        return pattern_words(&clause.term);
    }
    let words: Vec<String> = words(&clause.term)
        .into_iter()
        .filter(|word| !word.extra)
        .map(|word| word.text)
        .collect();
    if words.is_empty() {
        return Err(QuestionError::EmptyTerm(clause.term.clone()));
    }
    let last = words.len() - 1;
    let left = matches!(clause.truncation, Truncation::Left | Truncation::Both);
    let right = matches!(clause.truncation, Truncation::Right | Truncation::Both);
    let matcher = |(at, word): (usize, String)| match (left && at == 0, right && at == last) {
        (false, false) => Matcher::Is(word),
        (false, true) => Matcher::Begins(word),
        (true, false) => Matcher::Pattern(format!("*{word}")),
        (true, true) => Matcher::Pattern(format!("*{word}*")),
    };
    Ok(words.into_iter().enumerate().map(matcher).collect())
}

/// Words with `*` and `?` in them, folded; what is neither sign, letter nor wildcard parts them.
fn pattern_words(term: &str) -> Result<Vec<Matcher>, QuestionError> {
    let folded = fold(term);
    let kept = |char: char| char.is_alphanumeric() || matches!(char, '*' | '?' | '+' | '#');
    let pieces = folded
        .split(|char| !kept(char))
        .filter(|piece| !piece.is_empty());
    let mut matchers = Vec::new();
    for piece in pieces {
        // Wildcards alone stand for every word there is.
        if !piece.contains(char::is_alphanumeric) {
            return Err(QuestionError::EmptyTerm(term.to_owned()));
        }
        if piece.contains(['*', '?']) {
            matchers.push(Matcher::Pattern(piece.to_owned()));
        } else {
            let words = words(piece).into_iter().filter(|word| !word.extra);
            matchers.extend(words.map(|word| Matcher::Is(word.text)));
        }
    }
    if matchers.is_empty() {
        return Err(QuestionError::EmptyTerm(term.to_owned()));
    }
    Ok(matchers)
}

/// A whole field with wildcards: folded, with one blank between words.
fn pattern_whole(term: &str) -> String {
    let folded = fold(term);
    let kept = |char: char| char.is_alphanumeric() || matches!(char, '*' | '?' | '+' | '#');
    let pieces: Vec<_> = folded
        .split(|char| !kept(char))
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(" ")
}

/// A pattern made ready for many terms.
pub(crate) struct Pattern {
    signs: Vec<char>,
    /// The same as bytes, where each is a sign: terms mostly are so, and cost less to compare.
    bytes: Option<Vec<u8>>,
}

impl Pattern {
    pub(crate) fn new(pattern: &str) -> Self {
        Self {
            signs: pattern.chars().collect(),
            bytes: pattern.is_ascii().then(|| pattern.as_bytes().to_vec()),
        }
    }

    /// What every term that it means begins with.
    pub(crate) fn prefix(&self) -> String {
        let signs = self.signs.iter();
        signs
            .take_while(|sign| !matches!(sign, '*' | '?'))
            .collect()
    }

    /// Whether a term is what it means.
    pub(crate) fn matches(&self, term: &str) -> bool {
        match &self.bytes {
            Some(bytes) if term.is_ascii() => wild(bytes, term.as_bytes(), b'*', b'?'),
            _ => wild(&self.signs, &term.chars().collect::<Vec<_>>(), '*', '?'),
        }
    }
}

/// Linear but for `*`, where it goes back to the last one only: at worst the product of both
/// lengths.
fn wild<T: Copy + PartialEq>(pattern: &[T], term: &[T], many: T, one: T) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(here) = term.get(place) {
        match pattern.get(at) {
            Some(sign) if *sign == many => {
                back = Some((at + 1, place));
                at += 1;
            }
            Some(sign) if *sign == one || sign == here => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((behind, from)) = back else {
                    return false;
                };
                back = Some((behind, from + 1));
                (at, place) = (behind, from + 1);
            }
        }
    }
    let rest = pattern.get(at..).unwrap_or_default();
    rest.iter().all(|sign| *sign == many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let matches = |pattern: &str, term: &str| Pattern::new(pattern).matches(term);
        for (pattern, term) in [
            ("d?ne", "dune"),
            ("*une", "dune"),
            ("d*", "d"),
            ("*a*a*", "banane abc"),
            ("***", ""),
            ("a*b*c", "abxbc"),
            ("в?йна", "война"),
        ] {
            assert!(matches(pattern, term), "{pattern} {term}");
        }
        for (pattern, term) in [
            ("d?ne", "dne"),
            ("?", ""),
            ("a*b", "abc"),
            ("d?ne", "dééne"),
            ("", "a"),
            ("*aab", "aaaac"),
        ] {
            assert!(!matches(pattern, term), "{pattern} {term}");
        }
    }
}
