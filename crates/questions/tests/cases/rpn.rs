//! Attributes as PQF writes them: `1=4 5=1`.

use relire_questions::rpn;
use z3950::{
    ber::{self, ctx},
    oid,
    pdu::query::{AttributeElement, AttributesPlusTerm, Operator, Proximity, Rpn, RpnQuery, Term},
    value::{Oid, Text, Value},
};

fn attribute(kind: i64, value: i64) -> AttributeElement {
    AttributeElement {
        set: None,
        kind,
        numeric: Some(value),
        complex: None,
        unknown: vec![],
    }
}

fn operand(attributes: &str, term: &str) -> AttributesPlusTerm {
    let attributes = attributes.split_whitespace().map(|one| {
        let (kind, value) = one.split_once('=').unwrap();
        attribute(kind.parse().unwrap(), value.parse().unwrap())
    });
    AttributesPlusTerm {
        attributes: attributes.collect(),
        term: Term::General(term.to_owned().into()),
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn tree(root: Rpn) -> Result<String, (u16, String)> {
    let query = RpnQuery {
        attribute_set: Oid::of(oid::BIB_1),
        root,
    };
    rpn::node(&query, &utf8)
        .map(|node| node.to_string())
        .map_err(|refused| (refused.code, refused.addinfo))
}

fn asked(attributes: &str, term: &str) -> Result<String, (u16, String)> {
    tree(Rpn::Term(operand(attributes, term)))
}

fn means(table: &[(&str, &str, &str)]) {
    for (attributes, term, meant) in table {
        let found = asked(attributes, term);
        assert_eq!(found.as_deref(), Ok(*meant), "{attributes} {term:?}");
    }
}

#[test]
fn koha_and_pmb() {
    means(&[
        ("1=7 5=1", "978-2-07-061236-9", "isbn:978-2-07-061236-9"),
        ("1=8 5=1", "0021-9541", "issn:0021-9541"),
        ("1=4", "les misérables", r#"title/words:"les misérables""#),
        ("1=1003", "Hugo, Victor", r#"author/words:"Hugo, Victor""#),
        ("1=21", "mine", "subject:mine"),
        ("1=16", "843.8", "callnumber:843.8"),
        (
            "1=16 2=3 3=1 4=1 5=1 6=1",
            "R HUG",
            r#"callnumber/first:"R HUG"*"#,
        ),
        ("1=12", "FRBNF36159390", "control-number:FRBNF36159390"),
        ("1=12 2=3", "036159390", "control-number:036159390"),
        ("1=1016", "dune", "dune"),
        ("1=1007", "9782070612369", "stdid:9782070612369"),
        ("1=31", "1999", "year:1999"),
        ("1=1002", "zola", "author:zola"),
        ("1=1", "zola", "name-personal:zola"),
        ("1=47", "charbon", "subject:charbon"),
        ("1=1028", "30624981", "barcode:30624981"),
        ("1=1033", "LENS", "branch:LENS"),
    ]);
}

#[test]
fn bath() {
    means(&[
        // Level 0: keywords.
        ("1=1003 2=3 3=3 4=2 5=100 6=1", "hugo", "author:hugo"),
        ("1=4 2=3 3=3 4=2 5=100 6=1", "dune", "title:dune"),
        ("1=21 2=3 3=3 4=2 5=100 6=1", "mine", "subject:mine"),
        ("1=1016 2=3 3=3 4=2 5=100 6=1", "dune", "dune"),
        // Level 1: right truncation, exact, first words, first characters.
        ("1=4 2=3 3=3 4=2 5=1 6=1", "dun", "title:dun*"),
        (
            "1=4 2=3 3=1 4=1 5=100 6=3",
            "les misérables",
            r#"title/exact:"les misérables""#,
        ),
        (
            "1=4 2=3 3=1 4=1 5=100 6=1",
            "les misé",
            r#"title/first:"les misé""#,
        ),
        (
            "1=4 2=3 3=1 4=1 5=1 6=1",
            "les misé",
            r#"title/first:"les misé"*"#,
        ),
        (
            "1=1007 2=3 3=1 4=1 5=100 6=1",
            "9782070612369",
            "stdid:9782070612369",
        ),
        ("1=31 2=1 3=1 4=4 5=100 6=1", "1999", "year:<1999"),
        ("1=31 2=2 4=4", "1999", "year:<=1999"),
        ("1=31 2=3 4=4", "1999", "year:1999"),
        ("1=31 2=4 4=4", "1999", "year:>=1999"),
        ("1=31 2=5 4=4", "1999", "year:>1999"),
        ("1=1034 2=3 4=2", "DVD", "type:DVD"),
        ("1=54 2=3 4=2", "fre", "language:fre"),
        (
            "1=33 2=3 3=1 4=1 5=100 6=3",
            "Le Monde",
            r#"title-key/exact:"Le Monde""#,
        ),
        ("1=1044 2=3 4=2", "LENS", "branch:LENS"),
    ]);
}

#[test]
fn structures_relations_and_masks() {
    means(&[
        ("", "dune", "dune"),
        ("1=4 1=4", "dune", "title:dune"),
        ("1=4 4=1", "a b", r#"title:"a b""#),
        ("1=4 4=6", "a b", r#"title/words:"a b""#),
        // ONE-2: names as they stand, and turned round.
        (
            "1=1004 4=101",
            "Hugo, Victor",
            r#"name-personal/words:"Hugo, Victor""#,
        ),
        (
            "1=1004 4=102",
            "Victor Hugo",
            r#"name-personal/words:"Victor Hugo""#,
        ),
        ("1=1012 2=4 4=5", "2026-03-01", "changed:>=2026-03-01"),
        ("1=7 4=1", "2070612368", "isbn:2070612368"),
        ("1=4 2=6", "dune", "title:<>dune"),
        ("1=4 2=101", "dune", "title:dune"),
        ("1=4 2=103", "", "*"),
        ("1=4 2=102", "a b", r#"title/words/rel:"a b""#),
        // A phrase that is to come in the best order is a phrase all the same.
        ("1=4 2=102 4=1", "a b", r#"title:"a b""#),
        ("1=4 2=102 6=3", "a b", r#"title/exact:"a b""#),
        ("1=4 5=2", "une", "title:*une"),
        ("1=4 5=3", "un", "title:*un*"),
        ("1=4 5=101", "dun#", "title:dun*"),
        ("1=4 5=101", "d#ne", "title:d*ne"),
        ("1=4 5=101", "qui?", r#"title/words:"qui ""#),
        ("1=4 5=104", "d#ne", "title:d?ne"),
        ("1=4 5=104", "dun?", "title:dun*"),
        ("1=4 5=104", "?une", "title:*une"),
        ("1=31 5=1", "199", "year:199*"),
        ("1=54 5=101", "fr#", "language:fr*"),
        ("1=7 5=101", "978#", "isbn:978"),
        ("1=7 5=104", "97820#0612369", "isbn:97820?0612369"),
    ]);
}

#[test]
fn what_is_refused_is_named() {
    for (attributes, term, code, addinfo) in [
        ("7=1", "a", 113, "7"),
        ("0=1", "a", 113, "0"),
        ("1=9999", "a", 114, "9999"),
        ("1=9999 2=103", "", 114, "9999"),
        ("1=4 2=100", "a", 117, "100"),
        ("1=4 3=4", "a", 119, "4"),
        ("1=4 4=99", "a", 118, "99"),
        ("1=4 5=102", "a", 120, "102"),
        ("1=4 5=102 2=103", "a", 120, "102"),
        ("1=4 6=4", "a", 122, "4"),
        ("1=4 1=21", "a", 123, "1=21"),
        ("1=4 2=3 2=1", "a", 123, "2=1"),
        ("1=4 2=1 5=1", "a", 120, "1"),
        ("1=7 2=1 5=104", "97#", 120, "104"),
        ("1=4", " ", 125, " "),
    ] {
        let refused = (code, addinfo.to_owned());
        assert_eq!(
            asked(attributes, term),
            Err(refused),
            "{attributes} {term:?}"
        );
    }
}

#[test]
fn sets_names_and_kinds_of_terms() {
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
    let exp = "1.2.840.10003.3.2".to_owned();
    assert_eq!(with(of(oid::EXP_1), dune()), Err((121, exp.clone())));
    let other = RpnQuery {
        attribute_set: Oid::of(oid::EXP_1),
        root: Rpn::Term(operand("1=4", "dune")),
    };
    let refused = rpn::node(&other, &utf8).unwrap_err();
    assert_eq!((refused.code, refused.addinfo), (121, exp));

    // `@attr 1=country`: a list of one string.
    let named = |kind, name: &str| {
        let list = ber::Node::constructed(ctx(1), vec![Text::from(name).write(ctx(1))]);
        AttributeElement {
            numeric: None,
            complex: Some(ber::Node::constructed(ctx(224), vec![list])),
            ..attribute(kind, 0)
        }
    };
    assert_eq!(
        with(named(1, "country"), dune()).as_deref(),
        Ok("country:dune")
    );
    assert_eq!(
        with(named(1, "dc.creator"), dune()).as_deref(),
        Ok("author:dune")
    );
    assert_eq!(
        with(named(1, "dc.isbn"), dune()),
        Err((114, "dc.isbn".to_owned()))
    );
    assert_eq!(
        with(named(4, "phrase"), dune()),
        Err((118, "phrase".to_owned()))
    );
    assert_eq!(with(named(7, "x"), dune()), Err((113, "7".to_owned())));

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
    let word = |term: &str| Rpn::Term(operand("", term));
    let join = |left, operator, right| Rpn::Join(Box::new(left), operator, Box::new(right));
    let both = join(word("a"), Operator::And, word("b"));
    let without = join(word("c"), Operator::AndNot, word("d"));
    let either = join(both, Operator::Or, without);
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
            unknown: vec![],
        })
    };
    let prox = |operator| tree(join(word("a"), operator, word("b")));
    assert_eq!(
        prox(near(2, 3, 2, None)).as_deref(),
        Ok("a NEAR/<=3/ordered b")
    );
    assert_eq!(
        prox(near(3, 0, 8, None)).as_deref(),
        Ok("a NEAR/=0/element/ordered b")
    );
    for (operator, code, addinfo) in [
        (near(7, 3, 2, None), 131, "7"),
        (near(2, 3, 5, None), 132, "5"),
        (near(2, 3, 258, None), 132, "258"),
        (near(2, -1, 2, None), 202, "-1"),
        (near(2, 3, 2, Some(true)), 110, "prox with exclusion"),
    ] {
        assert_eq!(prox(operator), Err((code, addinfo.to_owned())));
    }
    let sets = join(set, near(2, 3, 2, Some(false)), word("b"));
    assert_eq!(tree(sets), Err((129, "1".to_owned())));
}

#[test]
fn lists_and_orders() {
    let bib_1 = Oid::of(oid::BIB_1);
    let scan = |attributes: &str, term: &str| {
        rpn::scan(&operand(attributes, term), &bib_1, &utf8)
            .map(|start| (start.access.name(), start.whole, start.term))
            .map_err(|refused| (refused.code, refused.addinfo))
    };
    assert_eq!(scan("1=4", "d"), Ok(("title", false, "d".to_owned())));
    assert_eq!(
        scan("1=4 4=1 6=3", "d"),
        Ok(("title", true, "d".to_owned()))
    );
    assert_eq!(scan("1=31", ""), Ok(("year", false, String::new())));
    assert_eq!(scan("1=1012", ""), Err((228, "changed".to_owned())));
    assert_eq!(scan("1=9999", ""), Err((114, "9999".to_owned())));

    let sort = |attributes: &str| {
        rpn::sort(&operand(attributes, "").attributes, &bib_1).map_err(|refused| refused.code)
    };
    assert_eq!(sort("1=4"), Ok(query::SortBy::Title));
    assert_eq!(sort("1=31"), Ok(query::SortBy::Year));
    assert_eq!(sort("1=7"), Err(207));
    assert_eq!(sort("1=9999"), Err(114));
}
