//! One question in both languages is one tree: written in RPN and sent through the wire, written in CQL and read, and made
//! here by hand.
#![expect(clippy::panic, reason = "a test stops where it cannot go on")]

use bytes::Bytes;
use proptest::prelude::*;
use query::{AccessPoint, Clause, Form, Nature, Node, Relation, Truncation, Unit};
use relire_questions::{INDEXES, Index, cql, rpn};
use z3950::{
    Pdu,
    ber::{self, Limits, ctx},
    oid,
    pdu::{
        DatabaseName, SearchRequest,
        query::{
            AttributeElement, AttributesPlusTerm, Operator, Proximity, Query, Rpn, RpnQuery, Term,
        },
    },
    value::{Oid, Text, Value},
};

/// A question in all three ways of writing.
#[derive(Clone, Debug)]
struct Question {
    rpn: Rpn,
    cql: String,
    node: Node,
}

/// How a condition compares: what RPN and CQL say for it, and the tree.
#[derive(Clone, Copy, Debug)]
struct How {
    attributes: &'static [(i64, i64)],
    relation: &'static str,
    /// Before and behind the term.
    signs: (&'static str, &'static str),
    clause: fn(Clause) -> Clause,
}

const fn how(
    attributes: &'static [(i64, i64)],
    relation: &'static str,
    signs: (&'static str, &'static str),
    clause: fn(Clause) -> Clause,
) -> How {
    How {
        attributes,
        relation,
        signs,
        clause,
    }
}

const NO: (&str, &str) = ("", "");

/// What any access point can be asked.
#[rustfmt::skip]
const EVERYWHERE: &[How] = &[
    how(&[], "=", NO, |clause| clause),
    how(&[(2, 3)], "scr", NO, |clause| clause),
    how(&[(2, 6)], "<>", NO, |clause| clause.relation(Relation::NotEqual)),
    how(&[(2, 1)], "<", NO, |clause| clause.relation(Relation::Less)),
    how(&[(2, 2)], "<=", NO, |clause| clause.relation(Relation::LessOrEqual)),
    how(&[(2, 4)], ">=", NO, |clause| clause.relation(Relation::GreaterOrEqual)),
    how(&[(2, 5)], ">", NO, |clause| clause.relation(Relation::Greater)),
    how(&[(2, 102)], "any/relevant", NO, |clause| clause.relation(Relation::Relevance)),
];

/// Truncation, which identifiers pass over.
#[rustfmt::skip]
const TRUNCATED: &[How] = &[
    how(&[(5, 1)], "=", ("", "*"), |clause| truncated(clause, Truncation::Right)),
    how(&[(5, 2)], "=", ("*", ""), |clause| truncated(clause, Truncation::Left)),
    how(&[(2, 3), (5, 3)], "=", ("*", "*"), |clause| truncated(clause, Truncation::Both)),
    how(&[(2, 6), (5, 1)], "<>", ("", "*"), |clause| truncated(clause.relation(Relation::NotEqual), Truncation::Right)),
];

/// What only texts can be asked.
#[rustfmt::skip]
const TEXT: &[How] = &[
    how(&[(4, 2)], "all", NO, |clause| clause),
    how(&[(4, 6), (6, 1)], "all", NO, |clause| clause),
    how(&[(4, 1)], "adj", NO, |clause| clause.form(Form::Phrase)),
    how(&[(4, 1), (2, 102)], "adj/relevant", NO, |clause| clause.form(Form::Phrase)),
    how(&[(4, 1), (5, 1)], "adj", ("", "*"), |clause| clause.form(Form::Phrase).truncated(Truncation::Right)),
    how(&[(3, 1), (4, 1), (5, 100), (6, 3)], "==", NO, |clause| clause.form(Form::Exact)),
    how(&[(6, 2)], "exact", NO, |clause| clause.form(Form::Exact)),
    how(&[(6, 3)], "=", ("^", "^"), |clause| clause.form(Form::Exact)),
    how(&[(5, 1), (6, 3)], "==", ("", "*"), |clause| clause.form(Form::Exact).truncated(Truncation::Right)),
    how(&[(3, 1), (4, 1), (5, 100), (6, 1)], "=", ("^", ""), |clause| clause.form(Form::First)),
    how(&[(3, 1), (5, 1)], "=", ("^", "*"), |clause| clause.form(Form::First).truncated(Truncation::Right)),
    how(&[(3, 3), (2, 101)], "=/stem", NO, |clause| clause),
];

fn truncated(clause: Clause, truncation: Truncation) -> Clause {
    match clause.access.nature() {
        Nature::Identifier => clause,
        _ => clause.truncated(truncation),
    }
}

fn hows(access: AccessPoint) -> Vec<How> {
    let mut hows = EVERYWHERE.to_vec();
    match access.nature() {
        Nature::Words => hows.extend(TRUNCATED.iter().chain(TEXT)),
        Nature::Exact | Nature::Identifier => hows.extend(TRUNCATED),
        Nature::Number | Nature::Date => {}
    }
    hows
}

fn attribute(kind: i64, value: i64, repeated: bool) -> AttributeElement {
    AttributeElement {
        // The set once more in each, as some clients have it.
        set: repeated.then(|| Oid::of(oid::BIB_1)),
        kind,
        numeric: Some(value),
        complex: None,
        unknown: vec![],
    }
}

/// Marks that mean something in one language are terms in the other.
fn term() -> impl Strategy<Value = String> {
    let word = r#"[a-zé0-9'œ№#.\-]{1,7}|\*|\?|\^|"|\\|and|or|sortby|prox"#;
    let words = prop::collection::vec(word, 0..3);
    ("[a-zà0-9]{1,6}", words).prop_map(|(first, rest)| {
        let mut term = first;
        for word in rest {
            term.push(' ');
            term.push_str(&word);
        }
        term
    })
}

fn escaped(term: &str) -> String {
    let mut escaped = String::new();
    for char in term.chars() {
        if matches!(char, '*' | '?' | '^' | '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

fn index() -> impl Strategy<Value = &'static Index> {
    let reached = INDEXES.iter().filter(|index| !index.uses.is_empty());
    prop::sample::select(reached.collect::<Vec<_>>())
}

fn clause() -> impl Strategy<Value = Question> {
    let parts = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let parts = (parts, any::<prop::sample::Index>(), any::<bool>());
    (index(), term(), parts).prop_map(|(index, term, ((number, name), how, repeated))| {
        let how = how.get(&hows(index.access)).to_owned();
        let mut attributes = vec![attribute(1, *number.get(index.uses), repeated)];
        let others = how.attributes.iter();
        attributes.extend(others.map(|(kind, value)| attribute(*kind, *value, repeated)));
        let (before, behind) = how.signs;
        Question {
            cql: format!(
                r#"{} {} "{before}{}{behind}""#,
                name.get(index.names),
                how.relation,
                escaped(&term)
            ),
            rpn: Rpn::Term(AttributesPlusTerm {
                attributes,
                term: Term::General(Bytes::from(term.clone())),
            }),
            node: (how.clause)(Clause::new(index.access, term)).into(),
        }
    })
}

/// The same mask in Z39.58's signs and in CQL's.
fn pattern() -> impl Strategy<Value = Question> {
    let mask = prop::sample::select(vec![("#", "?"), ("?", "*")]);
    ("[a-z]{1,4}", mask, "[a-z]{1,4}", mask_end()).prop_map(|(first, inner, last, end)| {
        let z39 = format!("{first}{}{last}{}", inner.0, end.0);
        let stars = format!("{first}{}{last}{}", inner.1, end.1);
        let clause = Clause::new(AccessPoint::Title, stars.clone());
        Question {
            rpn: Rpn::Term(AttributesPlusTerm {
                attributes: vec![attribute(1, 4, false), attribute(5, 104, false)],
                term: Term::General(Bytes::from(z39)),
            }),
            cql: format!("dc.title = {stars}"),
            node: clause.truncated(Truncation::Pattern).into(),
        }
    })
}

fn mask_end() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![("", ""), ("#", "?"), ("?", "*")])
}

fn everything() -> impl Strategy<Value = Question> {
    Just(Question {
        rpn: Rpn::Term(AttributesPlusTerm {
            attributes: vec![attribute(1, 1016, false), attribute(2, 103, false)],
            term: Term::General(Bytes::from_static(b"1")),
        }),
        cql: "cql.allRecords = 1".to_owned(),
        node: Node::All,
    })
}

fn near() -> impl Strategy<Value = (Proximity, String, query::Proximity)> {
    let relations = [
        (1, "<", Relation::Less),
        (2, "<=", Relation::LessOrEqual),
        (3, "=", Relation::Equal),
        (4, ">=", Relation::GreaterOrEqual),
        (5, ">", Relation::Greater),
        (6, "<>", Relation::NotEqual),
    ];
    let units = [
        (2, "word", Unit::Word),
        (3, "sentence", Unit::Sentence),
        (4, "paragraph", Unit::Paragraph),
        (8, "element", Unit::Element),
    ];
    let relation = prop::sample::select(relations.to_vec());
    let unit = prop::sample::select(units.to_vec());
    (relation, unit, 0..40_u32, any::<bool>()).prop_map(|(relation, unit, distance, ordered)| {
        let wire = Proximity {
            exclusion: ordered.then_some(false),
            distance: distance.into(),
            ordered,
            relation: relation.0,
            unit: ber::Node::constructed(ctx(5), vec![i64::from(unit.0).write(ctx(1))]),
            unknown: vec![],
        };
        let order = if ordered { "ordered" } else { "unordered" };
        let text = format!(
            "prox/distance{}{distance}/unit={}/{order}",
            relation.1, unit.1
        );
        let tree = query::Proximity {
            relation: relation.2,
            distance,
            unit: unit.2,
            ordered,
        };
        (wire, text, tree)
    })
}

fn question() -> impl Strategy<Value = Question> {
    let leaf = prop_oneof![8 => clause(), 2 => pattern(), 1 => everything()];
    leaf.prop_recursive(5, 24, 2, |inner| {
        (inner.clone(), inner, 0..4_u8, near()).prop_map(|(left, right, operator, near)| {
            let (wire, text, node) = match operator {
                0 => (Operator::And, "and".to_owned(), left.node.and(right.node)),
                1 => (Operator::Or, "OR".to_owned(), left.node.or(right.node)),
                2 => (
                    Operator::AndNot,
                    "not".to_owned(),
                    left.node.not(right.node),
                ),
                _ => (
                    Operator::Prox(near.0),
                    near.1,
                    left.node.near(near.2, right.node),
                ),
            };
            Question {
                rpn: Rpn::Join(Box::new(left.rpn), wire, Box::new(right.rpn)),
                cql: format!("({}) {text} ({})", left.cql, right.cql),
                node,
            }
        })
    })
}

/// There and back, as a server meets it.
fn through_the_wire(root: Rpn) -> RpnQuery {
    let request = SearchRequest {
        reference_id: None,
        small_set_upper_bound: 0,
        large_set_lower_bound: 1,
        medium_set_present_number: 0,
        replace: true,
        result_set: Text::from("1"),
        databases: vec![DatabaseName(Text::from("relire"))],
        small_element_set: None,
        medium_element_set: None,
        preferred_syntax: None,
        query: Query::Rpn(RpnQuery {
            attribute_set: Oid::of(oid::BIB_1),
            root,
        }),
        additional_info: None,
        unknown: vec![],
    };
    let bytes = Bytes::from(Pdu::SearchRequest(Box::new(request)).encode());
    match Pdu::decode(&bytes, Limits::default()) {
        Ok(Pdu::SearchRequest(request)) => match request.query {
            Query::Rpn(query) => query,
            other => panic!("not the query that was sent: {other:?}"),
        },
        other => panic!("not the request that was sent: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn both_languages_mean_the_same(question in question()) {
        let sent = through_the_wire(question.rpn);
        let by_rpn = rpn::node(&sent, &|bytes| String::from_utf8_lossy(bytes).into_owned());
        prop_assert_eq!(by_rpn.as_ref(), Ok(&question.node));

        let read = ::cql::Query::parse(&question.cql);
        let read = read.map_err(|error| TestCaseError::fail(format!("{}: {error}", question.cql)))?;
        let by_cql = cql::node(&read);
        prop_assert_eq!(by_cql.as_ref(), Ok(&question.node), "{}", question.cql);
    }
}
