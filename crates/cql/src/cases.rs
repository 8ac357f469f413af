//! What is read as what, and what is refused why.

use crate::{CqlError, Fault, Limits, Name, Node, Operator, Query, xcql};

/// Lines of a fixture, their columns parted by tabs.
fn table(name: &str) -> Vec<Vec<String>> {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-fixtures/cql");
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().map(columns).collect()
}

#[test]
fn what_is_valid_is_read_and_written_canonically() {
    let good = table("good.txt");
    assert!(good.len() >= 45);
    for line in good {
        let [text, canonical] = line.as_slice() else {
            panic!("{line:?} has not two columns");
        };
        let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), *canonical, "{text}");
        assert_eq!(Query::parse(canonical).as_ref(), Ok(&query), "{text}");
    }
}

#[test]
fn what_is_not_valid_says_why_and_where() {
    let bad = table("refused.txt");
    assert!(bad.len() >= 35);
    for line in bad {
        let [text, diagnostic, position] = line.as_slice() else {
            panic!("{line:?} has not three columns");
        };
        let error = Query::parse(text).expect_err(text);
        let told = (error.diagnostic().to_string(), error.position.to_string());
        assert_eq!(
            told,
            (diagnostic.clone(), position.clone()),
            "{text}: {error}"
        );
    }
}

#[test]
fn blanks_are_nothing_whatever_they_are() {
    let query = Query::parse("\r\n dc.title\t=\u{a0}\"chat\"\n").unwrap();
    assert_eq!(query.to_string(), "dc.title = chat");
    for nothing in ["", " \n\t"] {
        let error = Query::parse(nothing).unwrap_err();
        assert_eq!(
            (error.fault.clone(), error.diagnostic()),
            (Fault::Empty, 10)
        );
    }
}

#[test]
fn an_error_is_a_sentence() {
    let told = |text: &str| Query::parse(text).unwrap_err().to_string();
    assert_eq!(
        told("chat noir"),
        "a search term expected, but the query ends (byte 9)"
    );
    assert_eq!(
        told("a and = b"),
        "a search term expected, not \"=\" (byte 6)"
    );
    assert_eq!(told("x (a"), "a boolean expected, not \"(\" (byte 2)");
    assert_eq!(
        told(r"a\b"),
        "a backslash before 'b'; write it twice to mean it (byte 1)"
    );
}

#[test]
fn names_know_the_set_that_the_query_gives_them() {
    let text = "> dc = \"u:dc\" > \"u:mine\" DC.title = a and (> dc = \"u:other\" dc.x = b) \
                and dc.y any/dc.m c and bath.z = d and w = e sortby dc.date/asc";
    let query = Query::parse(text).unwrap();
    let set = |name: &Name| name.set.as_deref().map(str::to_owned);
    let sets: Vec<_> = query
        .clauses()
        .filter_map(|clause| clause.index.as_ref())
        .map(set)
        .collect();
    let expected = [
        Some("u:dc"),
        Some("u:other"),
        Some("u:dc"),
        None,
        Some("u:mine"),
    ];
    assert_eq!(sets, expected.map(|set| set.map(str::to_owned)));
    assert_eq!(query.sort()[0].index.set.as_deref(), Some("u:dc"));
    assert_eq!(
        query.sort()[0].modifiers[0].name.set.as_deref(),
        Some("u:mine")
    );
    let third = query.clauses().nth(2).unwrap();
    assert_eq!(
        third.relation.modifiers[0].name.set.as_deref(),
        Some("u:dc")
    );
}

#[test]
fn booleans_are_joined_from_left_to_right() {
    let query = Query::parse("a or b and c").unwrap();
    let Node::Boolean(outer) = query.node(query.root()) else {
        panic!("a boolean");
    };
    assert_eq!(outer.boolean.operator, Operator::And);
    assert!(
        matches!(query.node(outer.left), Node::Boolean(inner) if inner.boolean.operator == Operator::Or)
    );
    assert_eq!(query.height(), 3);
}

#[test]
fn every_limit_is_one() {
    let limits = Limits {
        bytes: 200,
        depth: 3,
        clauses: 4,
        term_bytes: 10,
        modifiers: 2,
        prefixes: 2,
        sort_keys: 2,
        empty_terms: true,
    };
    let parse = |text: &str| Query::parse_within(text, &limits).map(drop);
    for (good, bad, fault) in [
        ("(((a)))", "((((a))))", Fault::TooDeep(3)),
        (
            "a or b or c or d",
            "a or b or c or d or e",
            Fault::TooManyClauses(4),
        ),
        ("0123456789", "01234567890", Fault::TermTooLong(10)),
        ("a =/x/y b", "a =/x/y/z b", Fault::TooManyModifiers(2)),
        (
            ">a=b (>c=d e)",
            ">a=b (>c=d e) or (>f=g h)",
            Fault::TooManyPrefixes(2),
        ),
        ("a sortby b c", "a sortby b c d", Fault::TooManySortKeys(2)),
    ] {
        assert_eq!(parse(good), Ok(()), "{good}");
        assert_eq!(parse(bad).unwrap_err().fault, fault, "{bad}");
    }
    assert_eq!(parse("a = \"\""), Ok(()));
    let long = "a ".repeat(101);
    assert_eq!(parse(&long).unwrap_err().fault, Fault::QueryTooLong(200));
}

/// What the peers take seconds for, or a stack.
#[test]
fn ten_thousand_of_anything_is_refused_by_a_limit() {
    let wide = vec!["a"; 10_000].join(" and ");
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    let fault = |text: &str, limits: &Limits| {
        let refused: Result<Query, CqlError> = Query::parse_within(text, limits);
        refused.unwrap_err().fault
    };
    assert_eq!(
        fault(&wide, &Limits::default()),
        Fault::QueryTooLong(16_384)
    );
    assert_eq!(
        fault(&deep, &Limits::default()),
        Fault::QueryTooLong(16_384)
    );
    let any_length = Limits {
        bytes: usize::MAX,
        ..Limits::default()
    };
    assert_eq!(fault(&wide, &any_length), Fault::TooManyClauses(256));
    assert_eq!(fault(&deep, &any_length), Fault::TooDeep(32));
}

/// Whoever sets the limits high still needs no deep stack: reading, comparing, writing, dropping.
#[test]
fn a_hundred_thousand_deep_is_no_deeper_a_stack() {
    let limits = Limits {
        bytes: usize::MAX,
        depth: usize::MAX,
        clauses: usize::MAX,
        prefixes: usize::MAX,
        ..Limits::default()
    };
    let count = 100_000;
    let left = vec!["a"; count].join(" and ");
    let right = format!("{}z{}", "a or (".repeat(count), ")".repeat(count));
    let scoped = format!("{}z{}", "(>x=\"u\" ".repeat(1_000), ")".repeat(1_000));
    for text in [left, right, scoped] {
        let query = Query::parse_within(&text, &limits).unwrap();
        let written = query.to_string();
        assert_eq!(
            Query::parse_within(&written, &limits).unwrap(),
            query.clone()
        );
        assert!(!xcql::content(&query, xcql::Dialect::Oasis).is_empty());
        assert!(query.height() > 1_000);
        assert!(!format!("{query:?}").is_empty());
    }
}

#[test]
fn xcql_is_as_the_schemas_have_it() {
    let query = Query::parse(
        "> dc = \"u:dc\" dc.title any/stem/x=1 \"a<b\" or chat sortby dc.date/sort.descending",
    )
    .unwrap();
    let clause = "<searchClause><index>dc.title</index><relation><value>any</value><modifiers>\
        <modifier><type>stem</type></modifier><modifier><type>x</type><comparison>=</comparison>\
        <value>1</value></modifier></modifiers></relation><term>a&lt;b</term></searchClause>";
    let right = "<searchClause><index>cql.serverChoice</index><relation><value>=</value></relation>\
        <term>chat</term></searchClause>";
    let prefixes = "<prefix><name>dc</name><identifier>u:dc</identifier></prefix></prefixes>";
    let keys = "<key><index>dc.date</index><modifiers><modifier><type>sort.descending</type>\
        </modifier></modifiers></key></sortKeys>";
    let operands =
        format!("<leftOperand>{clause}</leftOperand><rightOperand>{right}</rightOperand>");
    let oasis = " xmlns=\"http://docs.oasis-open.org/ns/search-ws/xcql\"";
    assert_eq!(
        xcql::content(&query, xcql::Dialect::Oasis),
        format!(
            "<prefixes{oasis}>{prefixes}<triple{oasis}><Boolean><value>or</value></Boolean>\
             {operands}</triple><sortKeys{oasis}>{keys}"
        ),
    );
    let loc = " xmlns=\"http://www.loc.gov/zing/cql/xcql/\"";
    assert_eq!(
        xcql::content(&query, xcql::Dialect::Loc),
        format!(
            "<triple{loc}><prefixes>{prefixes}<boolean><value>or</value></boolean>{operands}\
             <sortKeys>{keys}</triple>"
        ),
    );
}
