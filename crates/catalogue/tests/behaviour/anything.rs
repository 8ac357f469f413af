//! Whatever is asked, there is an answer or a reason.

use proptest::{prelude::*, sample::select};
use query::{AccessPoint, Clause, Form, Node, Proximity, Relation, Truncation, Unit};
use relire_catalogue::{Catalogue, Error, Facet, ScanForm, SearchOptions, Sort, SortBy, SortKey};

use crate::small::{of, titled};

const RELATIONS: [Relation; 11] = [
    Relation::Equal,
    Relation::NotEqual,
    Relation::Less,
    Relation::LessOrEqual,
    Relation::GreaterOrEqual,
    Relation::Greater,
    Relation::Any,
    Relation::All,
    Relation::Adjacent,
    Relation::Relevance,
    Relation::Within,
];
const FORMS: [Form; 9] = [
    Form::Words,
    Form::Word,
    Form::Phrase,
    Form::Exact,
    Form::First,
    Form::Year,
    Form::Date,
    Form::Numeric,
    Form::Identifier,
];
const TRUNCATIONS: [Truncation; 5] = [
    Truncation::None,
    Truncation::Right,
    Truncation::Left,
    Truncation::Both,
    Truncation::Pattern,
];

fn clause() -> impl Strategy<Value = Node> {
    let term = prop_oneof![
        "[a-z*?]{0,5}( [a-z]{1,3})?",
        "[0-9Xx.-]{0,14}",
        "\\PC{0,6}",
        Just("-1".to_owned()),
        Just("9223372036854775807".to_owned())
    ];
    let access = select(AccessPoint::ALL.to_vec());
    (
        access,
        select(&RELATIONS),
        select(&FORMS),
        select(&TRUNCATIONS),
        term,
    )
        .prop_map(|(access, relation, form, truncation, term)| {
            Clause {
                access,
                relation,
                form,
                truncation,
                term,
            }
            .into()
        })
}

fn node() -> impl Strategy<Value = Node> {
    clause().prop_recursive(4, 16, 2, |inner| {
        let units = select(&[Unit::Word, Unit::Element, Unit::Sentence]);
        (
            inner.clone(),
            0..4,
            select(&RELATIONS),
            0_u32..3000,
            units,
            inner,
        )
            .prop_map(
                |(left, operator, relation, distance, unit, right)| match operator {
                    0 => left.and(right),
                    1 => left.or(right),
                    2 => left.not(right),
                    _ => left.near(
                        Proximity {
                            relation,
                            distance,
                            unit,
                            ordered: distance % 2 == 0,
                        },
                        right,
                    ),
                },
            )
    })
}

fn asked(catalogue: &Catalogue, node: &Node) -> Result<(), Error> {
    let keys = vec![
        SortKey::by(SortBy::Author),
        SortKey::by(SortBy::Changed).descending(),
    ];
    for sort in [Sort::Relevance, Sort::Keys(keys)] {
        let facets = vec![(Facet::Decade, 3), (Facet::Series, 3)];
        let options = SearchOptions {
            sort,
            facets,
            ..SearchOptions::default()
        };
        let answer = catalogue.search(node, &options)?;
        assert_eq!(answer.hits.len() as u64, answer.count.min(10), "{node}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20) })]

    #[test]
    fn there_is_an_answer_or_a_reason(nodes in prop::collection::vec(node(), 100), term in "\\PC{0,8}") {
        let catalogue = of(["Dune", "L'été", "C++", "東京"].map(titled));
        for node in &nodes {
            let asked = asked(&catalogue, node);
            prop_assert!(matches!(asked, Ok(()) | Err(Error::Question(_))), "{}: {:?}", node, asked);
        }
        for access in AccessPoint::ALL {
            for form in [ScanForm::Words, ScanForm::Wholes] {
                let scan = catalogue.scan(*access, form, &term, 3, 3);
                prop_assert!(matches!(scan, Ok(_) | Err(Error::Question(_))), "{}: {:?}", access, scan);
            }
        }
        prop_assert!(catalogue.suggest(&term, 5).is_ok() && catalogue.correct(&term).is_ok());
    }
}
