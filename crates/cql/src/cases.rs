//! What is read as what, and what is refused why.

use crate::{CqlError, Fault, Limits, Name, Node, Operator, Query, xcql};

/// As written, and canonical.
const GOOD: &[(&str, &str)] = &[
    // searchClause ::= searchTerm
    ("chat", "chat"),
    ("  \"chat\"\t", "chat"),
    ("\"chat noir\"", "\"chat noir\""),
    ("((chat))", "chat"),
    // searchClause ::= index relation searchTerm
    ("dc.title=chat", "dc.title = chat"),
    ("dc.title = \"chat\"", "dc.title = chat"),
    ("\"dc.title\" = chat", "dc.title = chat"),
    ("date>=1900", "date >= 1900"),
    ("date<>1900", "date <> 1900"),
    ("date < 1900", "date < 1900"),
    ("title == \"Le chat\"", "title == \"Le chat\""),
    ("title exact Candide", "title exact Candide"),
    ("title cql.any \"a b\"", "title cql.any \"a b\""),
    ("title ANY/Relevant a", "title ANY/Relevant a"),
    ("title adj \"a b\"", "title adj \"a b\""),
    ("title scr a", "title scr a"),
    ("date within \"1900 1910\"", "date within \"1900 1910\""),
    ("range encloses 5", "range encloses 5"),
    (
        "title =/stem/cql.relevant chats",
        "title =/stem/cql.relevant chats",
    ),
    (
        "title any / fuzzy / x.y <= 3 chats",
        "title any/fuzzy/x.y<=3 chats",
    ),
    // booleanGroup, from left to right
    ("a AND b", "a and b"),
    ("a Or b noT c", "a or b not c"),
    ("(a or b) not c", "a or b not c"),
    ("a or (b not c)", "a or (b not c)"),
    ("a and/rel.sum=3 b", "a and/rel.sum=3 b"),
    (
        "a PROX/unit=word/distance<=3/ordered b",
        "a prox/unit=word/distance<=3/ordered b",
    ),
    // Keywords as terms, indexes and values
    ("and", "\"and\""),
    ("and and and", "\"and\" and \"and\""),
    ("or or sortby", "\"or\" or \"sortby\""),
    ("title = not", "title = \"not\""),
    ("any or all", "any or all"),
    ("a and any", "a and any"),
    ("not = prox", "\"not\" = \"prox\""),
    ("a \"and\" b", "a \"and\" b"),
    // Escapes and masks
    (r#""L'\"été\"""#, r#""L'\"été\"""#),
    ("title = c?t*", "title = c?t*"),
    ("title = ^chat^", "title = ^chat^"),
    (r"title = c\?t\*\^\\", r"title = c\?t\*\^\\"),
    // Prefixes
    (
        "> dc = \"info:dc\" dc.title = a",
        "> dc = info:dc dc.title = a",
    ),
    ("> \"info:dc\" title = a", "> info:dc title = a"),
    (
        ">a=\"u:1\" > b=\"u:2\" a.x = 1 and b.y = 2",
        "> a = u:1 > b = u:2 a.x = 1 and b.y = 2",
    ),
    (
        "x and (> a = \"u:1\" a.y = 2 or z)",
        "x and (> a = u:1 a.y = 2 or z)",
    ),
    // sortBy
    ("a sortby dc.date", "a sortBy dc.date"),
    (
        "a SORTBY dc.date/sort.descending dc.title/sort.missingLow/sort.x=1",
        "a sortBy dc.date/sort.descending dc.title/sort.missingLow/sort.x=1",
    ),
    ("> s = \"u\" a sortby s.date", "> s = u a sortBy s.date"),
    // Other scripts, and characters that mean nothing
    ("title = Война", "title = Война"),
    ("a&b;c,d.e", "a&b;c,d.e"),
    ("isbn = 2-07-036822-X", "isbn = 2-07-036822-X"),
];

/// As written, diagnostic, position.
const BAD: &[(&str, u16, usize)] = &[
    ("", 10, 0),
    (" \n ", 10, 0),
    ("chat noir", 10, 9),
    ("title any", 10, 9),
    ("title =", 10, 7),
    ("title = (a)", 10, 8),
    ("= a", 10, 0),
    ("a and", 10, 5),
    ("a and = b", 10, 6),
    ("and b", 10, 5),
    ("a or not b", 10, 10),
    ("a b c d", 10, 6),
    ("a/stem", 10, 1),
    ("a =/ b", 10, 6),
    ("a =/stem= b", 10, 11),
    ("a and/ b", 10, 8),
    ("a sortby", 10, 8),
    ("a sortby /x", 10, 9),
    ("a sortby =", 10, 9),
    ("(a sortby b)", 10, 3),
    ("> dc = \"x\"", 10, 10),
    ("> = \"x\" a", 10, 2),
    ("a and > dc = \"x\" a", 10, 6),
    ("()", 10, 1),
    ("a and ()", 10, 7),
    ("(a", 13, 0),
    ("a and ((b)", 13, 6),
    ("a)", 13, 1),
    ("(a))", 13, 3),
    ("a sortby b)", 13, 10),
    ("\"a", 14, 0),
    ("title = \"a\\\"", 14, 8),
    ("a and b\"", 14, 7),
    (r"a\b", 26, 1),
    (r"title = a\", 26, 9),
    (r#""\é""#, 26, 1),
    ("\"\"", 27, 0),
    ("title = \"\"", 27, 8),
    ("> a=\"u:1\" > A=\"u:2\" x", 45, 10),
];

#[test]
fn what_is_valid_is_read_and_written_canonically() {
    for (text, canonical) in GOOD {
        let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), *canonical, "{text}");
        assert_eq!(Query::parse(canonical).as_ref(), Ok(&query), "{text}");
    }
}

#[test]
fn what_is_not_valid_says_why_and_where() {
    for (text, diagnostic, position) in BAD {
        let error = Query::parse(text).expect_err(text);
        assert_eq!(
            (error.diagnostic(), error.position),
            (*diagnostic, *position),
            "{text}: {error}"
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
