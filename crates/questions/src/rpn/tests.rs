use z3950::ber::{self, ctx};
use z3950::oid;
use z3950::pdu::query::{AttributeElement, Proximity};
use z3950::value::{Text, Value};

use super::*;

fn attribute(kind: i64, value: i64) -> AttributeElement {
    AttributeElement {
        set: None,
        kind,
        numeric: Some(value),
        complex: None,
        unknown: Vec::new(),
    }
}

/// Attributes as PQF writes them: `1=4 5=1`.
fn operand(attributes: &str, term: &str) -> Rpn {
    let attributes = attributes.split_whitespace().map(|one| {
        let (kind, value) = one.split_once('=').unwrap();
        attribute(kind.parse().unwrap(), value.parse().unwrap())
    });
    Rpn::Term(AttributesPlusTerm {
        attributes: attributes.collect(),
        term: Term::General(term.to_owned().into()),
    })
}

fn tree(root: Rpn) -> Result<String, (u16, String)> {
    let query = RpnQuery {
        attribute_set: Oid::of(oid::BIB_1),
        root,
    };
    node(&query, &|bytes| String::from_utf8_lossy(bytes).into_owned())
        .map(|node| node.to_string())
        .map_err(|refused| (refused.code, refused.addinfo))
}

fn asked(attributes: &str, term: &str) -> Result<String, (u16, String)> {
    tree(operand(attributes, term))
}

#[test]
fn attributes_and_what_they_mean() {
    let table = [
        ("", "dune", "dune"),
        ("1=4", "dune", "title:dune"),
        ("1=1016", "a b", r#"any/words:"a b""#),
        ("1=4 4=1", "a b", r#"title:"a b""#),
        ("1=4 4=2", "a b", r#"title/words:"a b""#),
        ("1=4 4=6", "a b", r#"title/words:"a b""#),
        ("1=4 4=108", "a b", r#"title/exact:"a b""#),
        (
            "1=1003 4=101",
            "Hugo, Victor",
            r#"author/words:"Hugo, Victor""#,
        ),
        // Bath: keyword, with truncation, exact, first words, first characters.
        ("1=4 2=3 3=3 4=2 5=100 6=1", "dune", "title:dune"),
        ("1=4 2=3 3=3 4=2 5=1 6=1", "dun", "title:dun*"),
        ("1=4 2=3 3=1 4=1 5=100 6=3", "a b", r#"title/exact:"a b""#),
        ("1=4 2=3 3=1 4=1 5=100 6=1", "a b", r#"title/first:"a b""#),
        ("1=4 2=3 3=1 4=1 5=1 6=1", "a b", r#"title/first:"a b"*"#),
        ("1=31 2=4 4=4", "1999", "year:>=1999"),
        ("1=31 2=1", "1999", "year:<1999"),
        ("1=31 5=1", "199", "year:199*"),
        ("1=4 2=6", "dune", "title:<>dune"),
        ("1=4 2=101", "dune", "title:dune"),
        ("1=4 2=102", "a b", r#"title/words/rel:"a b""#),
        (
            "1=4 2=102 4=1",
            "a b",
            r#"title:"a b" AND title/words/rel:"a b""#,
        ),
        ("1=4 2=103", "", "*"),
        ("1=7 5=1", "978-2-07-061236-9", "isbn:978-2-07-061236-9"),
        ("1=54 4=6", "fre eng", r#"language/words/all:"fre eng""#),
        ("1=4 5=2", "une", "title:*une"),
        ("1=4 5=3", "un", "title:*un*"),
        ("1=4 5=101", "dun#", "title:dun*"),
        ("1=4 5=101", "d#ne", "title:d*ne"),
        ("1=4 5=104", "d#ne", "title:d?ne"),
        ("1=4 5=104", "dun?", "title:dun*"),
        ("1=4 1=4", "dune", "title:dune"),
        // Koha's call number.
        (
            "1=16 2=3 3=1 4=1 5=1 6=1",
            "R HUG",
            r#"callnumber/first:"R HUG"*"#,
        ),
    ];
    for (attributes, term, meant) in table {
        let found = asked(attributes, term);
        assert_eq!(found.as_deref(), Ok(meant), "{attributes} {term}");
    }
}

#[test]
fn what_is_refused_is_named() {
    let table = [
        ("7=1", "a", 113, "7"),
        ("0=1", "a", 113, "0"),
        ("1=9999", "a", 114, "9999"),
        ("1=9999 2=103", "", 114, "9999"),
        ("1=4 2=100", "a", 117, "100"),
        ("1=4 3=4", "a", 119, "4"),
        ("1=4 4=99", "a", 118, "99"),
        ("1=4 4=3", "a", 118, "3"),
        ("1=4 5=102", "a", 120, "102"),
        ("1=4 5=102 2=103", "a", 120, "102"),
        ("1=4 6=4", "a", 122, "4"),
        ("1=4 4=4", "1999", 123, "1=4 4=4"),
        ("1=4 1=21", "a", 123, "1=4 1=21"),
        ("1=31 5=2", "99", 120, "2"),
        ("1=1032 5=1", "12", 120, "1"),
        ("1=4 2=1 5=1", "a", 120, "1"),
        ("1=4", " ", 125, "the term is empty"),
        ("1=4 5=104", "a?3b", 126, "a?3b"),
    ];
    for (attributes, term, code, addinfo) in table {
        let refused = (code, addinfo.to_owned());
        assert_eq!(asked(attributes, term), Err(refused), "{attributes} {term}");
    }
}

#[test]
fn sets_names_and_terms() {
    let with = |element: AttributeElement, term: Term| {
        tree(Rpn::Term(AttributesPlusTerm {
            attributes: vec![element],
            term,
        }))
    };
    let of = |set: &'static [u8]| AttributeElement {
        set: Some(Oid::of(set)),
        ..attribute(1, 4)
    };
    let dune = || Term::General("dune".into());
    assert_eq!(with(of(oid::BIB_1), dune()).as_deref(), Ok("title:dune"));
    let refused = (121, "1.2.840.10003.3.2".to_owned());
    assert_eq!(with(of(oid::EXP_1), dune()), Err(refused));

    let named = |name: &str| AttributeElement {
        numeric: None,
        complex: Some(ber::Node::constructed(
            ctx(224),
            vec![ber::Node::constructed(
                ctx(1),
                vec![Text::from(name).write(ctx(1))],
            )],
        )),
        ..attribute(1, 0)
    };
    assert_eq!(
        with(named("country"), dune()).as_deref(),
        Ok("country:dune")
    );
    assert_eq!(
        with(named("dc.creator"), dune()).as_deref(),
        Ok("author:dune")
    );
    let refused = (114, "dc.isbn".to_owned());
    assert_eq!(with(named("dc.isbn"), dune()), Err(refused));

    let year = with(attribute(1, 31), Term::Numeric(1999));
    assert_eq!(year.as_deref(), Ok("year:1999"));
    let null = Term::Other(ber::Node::primitive(ctx(221), bytes::Bytes::new()));
    assert_eq!(
        with(attribute(1, 4), null.clone()),
        Err((229, "221".to_owned()))
    );
    assert_eq!(with(attribute(2, 103), null).as_deref(), Ok("*"));
}

#[test]
fn operators() {
    let word = |term: &str| operand("", term);
    let join = |left, operator, right| Rpn::Join(Box::new(left), operator, Box::new(right));
    let both = join(word("a"), Operator::And, word("b"));
    let either = join(
        both,
        Operator::Or,
        join(word("c"), Operator::AndNot, word("d")),
    );
    assert_eq!(tree(either).as_deref(), Ok("a AND b OR (c NOT d)"));
    let set = Rpn::ResultSet(Text::from("1"));
    let within = join(set.clone(), Operator::And, word("b"));
    assert_eq!(tree(within).as_deref(), Ok("@\"1\" AND b"));

    let near = |relation, distance, unit: i64, exclusion| {
        Operator::Prox(Proximity {
            exclusion,
            distance,
            ordered: true,
            relation,
            unit: ber::Node::constructed(ctx(5), vec![unit.write(ctx(1))]),
            unknown: Vec::new(),
        })
    };
    let prox = |operator| tree(join(word("a"), operator, word("b")));
    assert_eq!(
        prox(near(2, 3, 2, None)).as_deref(),
        Ok("a NEAR/<=3/ordered b")
    );
    for (operator, code, addinfo) in [
        (near(7, 3, 2, None), 131, "7"),
        (near(2, 3, 5, None), 132, "5"),
        (near(2, -1, 2, None), 202, "-1"),
        (near(2, 3, 2, Some(true)), 110, "prox with exclusion"),
    ] {
        assert_eq!(prox(operator), Err((code, addinfo.to_owned())));
    }
    let sets = join(set, near(2, 3, 2, Some(false)), word("b"));
    assert_eq!(tree(sets), Err((130, "1".to_owned())));
}
