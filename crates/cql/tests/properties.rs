//! What must hold for every query.

use proptest::prelude::*;
use relire_cql::{Limits, Piece, Query, Term, xcql};

/// Texts that are queries more often than chance would have it.
fn queryish() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("("),
        Just(")"),
        Just(" and "),
        Just(" or "),
        Just(" prox/unit=word "),
        Just("\""),
        Just(" = "),
        Just(">="),
        Just("<>"),
        Just("=="),
        Just("/"),
        Just(" any "),
        Just("> dc = \"u\" "),
        Just(" sortBy "),
        Just("dc.title"),
        Just("a"),
        Just("é*?^"),
        Just("\\"),
        Just("\\\""),
        Just("\u{0}"),
        Just("\u{ffff}"),
        Just("\n"),
        Just("sort.descending"),
    ];
    prop_oneof![
        proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
}

/// Valid queries of every production.
fn valid() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zé]{1,6}",
        Just("AND".to_owned()),
        Just("sortBy".to_owned()),
        any::<String>().prop_map(|text| quoted(&text)),
    ];
    let name = prop_oneof![
        "[a-z]{1,4}",
        "[a-z]{1,3}\\.[A-Za-z]{1,6}",
        "[ ()/<>=.]{1,4}".prop_map(|t| quoted(&t))
    ];
    let symbol = prop::sample::select(vec!["=", "==", "<>", "<", ">", "<=", ">="]);
    let modifiers = proptest::collection::vec(
        (
            name.clone(),
            proptest::option::of((symbol.clone(), word.clone())),
        ),
        0..3,
    )
    .prop_map(|all| {
        let one = |(name, value): (String, Option<(&str, String)>)| match value {
            Some((symbol, value)) => format!("/{name}{symbol}{value}"),
            None => format!("/{name}"),
        };
        all.into_iter().map(one).collect::<String>()
    });
    let relation = prop_oneof![
        symbol.prop_map(str::to_owned),
        prop::sample::select(vec!["any", "all", "adj", "cql.within"])
            .prop_map(|name| format!(" {name}")),
    ];
    let clause = prop_oneof![
        word.clone(),
        (name.clone(), relation, modifiers.clone(), word.clone()).prop_map(
            |(name, relation, modifiers, term)| format!("{name}{relation}{modifiers} {term}")
        ),
    ];
    let boolean = prop::sample::select(vec!["and", "OR", "Not", "prox"]);
    let prefix = name
        .clone()
        .prop_map(|name| format!("> {name} = \"info:x\" "));
    let tree = clause.prop_recursive(4, 24, 2, move |inner| {
        prop_oneof![
            (
                inner.clone(),
                boolean.clone(),
                modifiers.clone(),
                inner.clone()
            )
                .prop_map(|(left, boolean, modifiers, right)| format!(
                    "({left}) {boolean}{modifiers} ({right})"
                )),
            (prefix.clone(), inner).prop_map(|(prefix, inner)| format!("({prefix}{inner})")),
        ]
    });
    (tree, proptest::collection::vec(name, 0..3)).prop_map(|(tree, keys)| {
        if keys.is_empty() {
            tree
        } else {
            format!("{tree} sortby {}", keys.join(" "))
        }
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn limits() -> Limits {
    Limits {
        empty_terms: true,
        ..Limits::default()
    }
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_refused(text in queryish()) {
        match Query::parse(&text) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query)),
            Err(error) => {
                prop_assert!(error.position <= text.len());
                prop_assert!(text.is_char_boundary(error.position), "{}", error);
                prop_assert!((10..=84).contains(&error.diagnostic()));
            }
        }
    }

    #[test]
    fn what_is_written_reads_the_same(text in valid()) {
        let query = Query::parse_within(&text, &limits()).unwrap();
        let written = query.to_string();
        let again = Query::parse_within(&written, &limits()).unwrap();
        prop_assert_eq!(&again, &query, "{}", written);
        prop_assert_eq!(again.to_string(), written);
    }

    #[test]
    fn xcql_is_well_formed(text in valid()) {
        let query = Query::parse_within(&text, &limits()).unwrap();
        for dialect in [xcql::Dialect::Loc, xcql::Dialect::Oasis] {
            let content = format!("<x>{}</x>", xcql::content(&query, dialect));
            let mut reader = quick_xml::Reader::from_str(&content);
            let mut clauses = 0;
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Start(start) if start.name().as_ref() == "searchClause" => clauses += 1,
                    _ => {}
                }
            }
            prop_assert_eq!(clauses, query.clauses().count());
            let forbidden = |char| char < ' ' || matches!(char, '\u{fffe}' | '\u{ffff}');
            prop_assert!(!content.contains(forbidden));
        }
    }

    #[test]
    fn a_literal_term_means_its_characters(text in any::<String>()) {
        let term = Term::literal(&text);
        prop_assert_eq!(term.as_literal().unwrap(), text.clone());
        let query = Query::parse_within(&term.to_string(), &Limits { term_bytes: usize::MAX, ..limits() }).unwrap();
        prop_assert_eq!(&query.clauses().next().unwrap().term, &term);
        let masked = Term::from_pieces(&[Piece::Anchor, Piece::Text(format!("{text}x")), Piece::Any]);
        prop_assert_eq!(masked.pieces().len(), 3);
    }
}

/// Ten times the query is about ten times the work, not a hundred.
#[test]
fn the_time_grows_with_the_length() {
    let limits = Limits {
        bytes: usize::MAX,
        clauses: usize::MAX,
        ..Limits::default()
    };
    let parse = |count: usize| {
        let text = vec!["dc.title any/stem \"a b\""; count].join(" and ");
        let times = (0..5).map(|_| {
            let start = std::time::Instant::now();
            let query = Query::parse_within(&text, &limits).unwrap();
            assert_eq!(query.clauses().count(), count);
            start.elapsed()
        });
        times.min().unwrap()
    };
    let (small, large) = (parse(2_000), parse(20_000));
    assert!(
        large < small * 40,
        "{small:?} for 2,000 clauses, {large:?} for 20,000"
    );
}
