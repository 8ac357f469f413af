//! Questions that these records answer, refuse or miss.

use proptest::{prelude::*, sample::select};
use query::{AccessPoint as A, Clause, Form, Node, Proximity, Relation, Truncation, Unit};

use crate::library::{Book, WORDS};

fn term(books: &[Book]) -> impl Strategy<Value = String> + use<> {
    let titles: Vec<String> = books.iter().map(|book| book.title.clone()).collect();
    let others = vec![
        "hugo",
        "Victor",
        "science fiction",
        "j.r.r. tolkien",
        "mer",
        "xyz",
        "l",
        "dunE",
        "e",
        "…",
        "grands peres",
        "œ",
    ];
    prop_oneof![
        4 => select(WORDS).prop_map(str::to_owned),
        3 => (select(WORDS), select(WORDS)).prop_map(|(one, two)| format!("{one} {two}")),
        2 => select(titles),
        2 => select(others).prop_map(str::to_owned),
    ]
}

fn text(books: &[Book]) -> impl Strategy<Value = Clause> + use<> {
    let access = select(vec![
        A::Any,
        A::Title,
        A::TitleProper,
        A::Author,
        A::PersonalName,
        A::Subject,
        A::Note,
        A::Publisher,
    ]);
    let form = select(vec![
        Form::Words,
        Form::Words,
        Form::Word,
        Form::Phrase,
        Form::Exact,
        Form::First,
    ]);
    let relation = select(vec![
        Relation::Equal,
        Relation::Equal,
        Relation::Equal,
        Relation::NotEqual,
        Relation::Any,
        Relation::All,
        Relation::Adjacent,
        Relation::Relevance,
    ]);
    let truncation = select(vec![
        Truncation::None,
        Truncation::None,
        Truncation::Right,
        Truncation::Left,
        Truncation::Both,
    ]);
    (access, form, relation, truncation, term(books)).prop_map(
        |(access, form, relation, truncation, term)| Clause {
            access,
            relation,
            form,
            truncation,
            term,
        },
    )
}

/// Order is asked where the model knows all whole fields.
fn ordered(books: &[Book]) -> impl Strategy<Value = Clause> + use<> {
    (
        select(vec![A::Title, A::Author]),
        select(vec![Relation::Less, Relation::GreaterOrEqual]),
        term(books),
    )
        .prop_map(|(access, relation, term)| Clause::new(access, term).relation(relation))
}

fn number() -> impl Strategy<Value = Clause> {
    use Relation::*;
    let relation = select(vec![
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    ]);
    prop_oneof![
        (relation.clone(), 1975_u16..2015).prop_map(|(relation, year)| Clause::new(
            A::Year,
            year.to_string()
        )
        .relation(relation)),
        (relation, 0_u16..310)
            .prop_map(|(relation, bib)| Clause::new(A::Bib, bib.to_string()).relation(relation)),
        (1975_u16..2015, 0_u16..12).prop_map(|(from, years)| Clause::new(
            A::Year,
            format!("{from}..{}", from + years)
        )
        .relation(Within)),
    ]
}

fn code(books: &[Book]) -> impl Strategy<Value = Clause> + use<> {
    let isbns: Vec<String> = books.iter().filter_map(|book| book.isbn.clone()).collect();
    prop_oneof![
        select(vec!["LENS", "lens", "LIEV", "PARI"])
            .prop_map(|branch| Clause::new(A::Branch, branch)),
        select(isbns.clone()).prop_map(|isbn| Clause::new(A::Isbn, isbn)),
        (select(isbns), 1_usize..12).prop_map(|(isbn, cut)| {
            Clause::new(A::Isbn, isbn.chars().take(17 - cut).collect::<String>())
                .truncated(Truncation::Right)
        }),
    ]
}

fn near(books: &[Book]) -> impl Strategy<Value = Node> + use<> {
    use Relation::*;
    let access = select(vec![A::Any, A::Title, A::Note]);
    let relation = select(vec![
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    ]);
    let word = || prop_oneof![4 => select(WORDS), 1 => Just("de la")];
    let truncation = || select(vec![Truncation::None, Truncation::Right]);
    let side = move || (word(), truncation());
    let _ = books;
    (
        access,
        relation,
        0_u32..6,
        any::<bool>(),
        select(vec![Unit::Word, Unit::Word, Unit::Element]),
        side(),
        side(),
    )
        .prop_map(|(access, relation, distance, ordered, unit, left, right)| {
            // Within one field is what the model knows of fields.
            let (relation, distance) = if unit == Unit::Element {
                (Equal, 0)
            } else {
                (relation, distance)
            };
            let clause = |(term, truncation): (&str, Truncation)| {
                Node::from(Clause::new(access, term).truncated(truncation))
            };
            clause(left).near(
                Proximity {
                    relation,
                    distance,
                    unit,
                    ordered,
                },
                clause(right),
            )
        })
}

pub(crate) fn node(books: &[Book]) -> impl Strategy<Value = Node> + use<> {
    let leaf = prop_oneof![
        10 => text(books).prop_map(Node::from),
        1 => ordered(books).prop_map(Node::from),
        3 => number().prop_map(Node::from),
        3 => code(books).prop_map(Node::from),
        3 => near(books),
        1 => Just(Node::All),
        1 => Just(Node::Set("kept".to_owned())),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        (inner.clone(), 0..3, inner).prop_map(|(left, operator, right)| match operator {
            0 => left.and(right),
            1 => left.or(right),
            _ => left.not(right),
        })
    })
}
