//! What speaks for a record: where words stand, and how they stand there.

use query::{AccessPoint, Clause, Nature, Node, Relation, Truncation};

use crate::{
    analysis::{stem, whole, words},
    plan::{Matcher, Phrase, Terms},
    schema::Fields,
};

/// One thing that speaks for a record, and how much.
#[derive(Debug)]
pub(crate) enum Signal {
    /// A word stands there: more if it is rare, often there, and the field short.
    Word {
        access: AccessPoint,
        word: String,
        stemmed: bool,
        weight: f32,
    },
    /// The whole field is what was typed.
    Whole(Terms, f32),
    /// The words stand there side by side.
    Phrase(Phrase, f32),
}

/// Where a word speaks for a record, and how much. Who types a word into the one box has most
/// likely a title in mind, then a name, then a subject.
const fn places(access: AccessPoint) -> &'static [(AccessPoint, bool, f32)] {
    use AccessPoint as A;
    match access {
        A::Any => &[
            (A::TitleProper, false, 3.0),
            (A::Title, false, 1.5),
            (A::Author, false, 4.0),
            (A::Subject, false, 0.8),
            (A::Any, false, 0.3),
            (A::Title, true, 0.8),
            (A::Any, true, 0.1),
        ],
        A::Title => &[
            (A::TitleProper, false, 3.0),
            (A::Title, false, 1.5),
            (A::Title, true, 0.8),
        ],
        A::TitleProper => &[(A::TitleProper, false, 3.0), (A::TitleProper, true, 0.8)],
        _ => &[],
    }
}

/// Fields that may be, whole, what was typed.
const fn wholes(access: AccessPoint) -> &'static [(AccessPoint, f32)] {
    use AccessPoint as A;
    match access {
        A::Any => &[
            (A::TitleProper, 30.0),
            (A::Title, 10.0),
            (A::Author, 15.0),
            (A::Subject, 2.0),
        ],
        A::Title => &[(A::TitleProper, 30.0), (A::Title, 10.0)],
        A::TitleProper => &[(A::TitleProper, 30.0)],
        A::Author => &[(A::Author, 10.0)],
        A::Subject => &[(A::Subject, 5.0)],
        _ => &[],
    }
}

/// Fields in which the words may stand side by side.
const fn phrases(access: AccessPoint) -> &'static [(AccessPoint, f32)] {
    use AccessPoint as A;
    match access {
        A::Any => &[(A::TitleProper, 8.0), (A::Title, 4.0), (A::Author, 4.0)],
        A::Title => &[(A::TitleProper, 8.0), (A::Title, 4.0)],
        A::TitleProper => &[(A::TitleProper, 8.0)],
        A::Author => &[(A::Author, 4.0)],
        _ => &[],
    }
}

/// Words of which more do not make an order better, only dearer.
const MOST_WORDS: usize = 16;

/// What speaks for a record, by every clause that has to match or may.
pub(crate) fn signals(node: &Node, fields: &Fields) -> Vec<Signal> {
    let mut signals = Vec::new();
    let mut words_left = MOST_WORDS;
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node {
            Node::Clause(clause) => of_clause(clause, fields, &mut words_left, &mut signals),
            // What must not be there speaks for nothing.
            Node::Not(left, _) => open.push(left),
            node => {
                if let Some((left, right)) = node.sides() {
                    open.push(right);
                    open.push(left);
                }
            }
        }
    }
    signals
}

fn of_clause(clause: &Clause, fields: &Fields, words_left: &mut usize, signals: &mut Vec<Signal>) {
    let plain = matches!(
        clause.relation,
        Relation::Equal | Relation::Any | Relation::All | Relation::Adjacent | Relation::Relevance
    );
    let access = clause.access;
    if access.nature() != Nature::Words || !plain || clause.truncation == Truncation::Pattern {
        return;
    }
    let mut words: Vec<String> = words(&clause.term)
        .into_iter()
        .filter(|word| !word.extra)
        .map(|word| word.text)
        .collect();
    // A word that goes on is no word yet.
    if matches!(clause.truncation, Truncation::Left | Truncation::Both) || words.len() > *words_left
    {
        return;
    }
    *words_left -= words.len();
    let term = whole(&clause.term);
    if clause.truncation == Truncation::Right {
        words.pop();
    } else {
        of_whole(access, &term, fields, signals);
    }
    if words.len() > 1 {
        for (access, weight) in phrases(access) {
            if let Some(field) = fields.words.get(access) {
                let matchers = words.iter().cloned().map(Matcher::Is).collect();
                signals.push(Signal::Phrase(
                    Phrase {
                        access: *access,
                        field: *field,
                        words: matchers,
                    },
                    *weight,
                ));
            }
        }
    }
    let own = [(access, false, 1.0)];
    let places = Some(places(access))
        .filter(|places| !places.is_empty())
        .unwrap_or(&own);
    for word in words {
        for (access, stemmed, weight) in places {
            let word = if *stemmed {
                stem(&word).to_owned()
            } else {
                word.clone()
            };
            signals.push(Signal::Word {
                access: *access,
                word,
                stemmed: *stemmed,
                weight: *weight,
            });
        }
    }
}

/// With its article or without: nobody types it who is in a hurry.
fn of_whole(access: AccessPoint, term: &str, fields: &Fields, signals: &mut Vec<Signal>) {
    for (access, weight) in wholes(access) {
        let Some(field) = fields.wholes.get(access) else {
            continue;
        };
        let mut add = |term: String, weight: f32| {
            let terms = Terms {
                access: *access,
                field: *field,
                matcher: Matcher::Is(term),
            };
            signals.push(Signal::Whole(terms, weight));
        };
        add(term.to_owned(), *weight);
        if *access == AccessPoint::TitleProper {
            for article in ["le", "la", "les", "un", "une", "the"] {
                add(format!("{article} {term}"), weight * 0.8);
                if let Some(rest) = term
                    .strip_prefix(article)
                    .and_then(|rest| rest.strip_prefix(' '))
                {
                    add(rest.to_owned(), weight * 0.8);
                }
            }
        }
    }
}
