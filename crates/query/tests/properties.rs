//! Trees and texts that nobody would write.

use proptest::prelude::*;
use relire_query::{
    AccessPoint, Clause, Form, Limits, Node, Proximity, Relation, Truncation, Unit, parse,
    simple::simple,
};

fn relation() -> impl Strategy<Value = Relation> {
    use Relation::*;
    prop::sample::select(vec![
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        GreaterOrEqual,
        Greater,
        Any,
        All,
        Adjacent,
        Relevance,
        Within,
    ])
}

fn form() -> impl Strategy<Value = Form> {
    use Form::*;
    prop::sample::select(vec![
        Words, Word, Phrase, Exact, First, Year, Date, Numeric, Identifier,
    ])
}

fn truncation() -> impl Strategy<Value = Truncation> {
    use Truncation::*;
    prop::sample::select(vec![None, Right, Left, Both, Pattern])
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé]{1,6}",
        "[a-z*?.\"\\\\:/<>=@() '-]{0,8}",
        "AND|OR|NOT|NEAR|NEAR/3|1999\\.\\.2004|\\*",
        "\\PC{0,6}",
    ]
}

fn clause() -> impl Strategy<Value = Clause> {
    let access = prop::sample::select(AccessPoint::ALL.to_vec());
    (access, relation(), form(), truncation(), term()).prop_map(
        |(access, relation, form, truncation, term)| {
            // No more wildcards than the limits let through.
            let term = match truncation {
                Truncation::Pattern => term.chars().take(8).collect(),
                _ => term,
            };
            Clause {
                access,
                relation,
                form,
                truncation,
                term,
            }
        },
    )
}

fn proximity() -> impl Strategy<Value = Proximity> {
    use Relation::*;
    let relation = prop::sample::select(vec![
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        GreaterOrEqual,
        Greater,
    ]);
    let unit = prop::sample::select(vec![
        Unit::Word,
        Unit::Sentence,
        Unit::Paragraph,
        Unit::Element,
    ]);
    (relation, any::<u32>(), unit, any::<bool>()).prop_map(|(relation, distance, unit, ordered)| {
        Proximity {
            relation,
            distance,
            unit,
            ordered,
        }
    })
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        8 => clause().prop_map(Node::from),
        1 => Just(Node::All),
        1 => "\\PC{1,5}".prop_map(Node::Set),
    ];
    leaf.prop_recursive(6, 40, 2, |inner| {
        (inner.clone(), 0..4, proximity(), inner).prop_map(|(left, operator, proximity, right)| {
            match operator {
                0 => left.and(right),
                1 => left.or(right),
                2 => left.not(right),
                _ => left.near(proximity, right),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn what_is_written_reads_back_the_same(node in node()) {
        let text = node.to_string();
        prop_assert_eq!(parse(&text).map_err(|error| format!("{text}: {error}")), Ok(node));
    }

    #[test]
    fn any_text_is_a_tree_or_an_error(text in "\\PC{0,60}|([a-z:/\"*()@<>=. ]|AND |NOT |NEAR/){0,30}") {
        if let Ok(node) = parse(&text) {
            prop_assert_eq!(Limits::default().check(&node), Ok(()));
            prop_assert_eq!(parse(&node.to_string()), Ok(node));
        }
        if let Some(node) = simple(&text) {
            prop_assert_eq!(Limits::default().check(&node), Ok(()));
            prop_assert!(node.clauses().all(|clause| !clause.term.is_empty()));
        }
    }

    #[test]
    fn json_keeps_everything(node in node()) {
        let text = serde_json::to_string(&node).unwrap();
        prop_assert_eq!(serde_json::from_str::<Node>(&text).unwrap(), node);
    }
}
