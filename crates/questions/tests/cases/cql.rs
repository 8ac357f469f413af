//! Queries as SRU clients write them.

use cql::Query;
use query::{Sort, SortBy, SortKey};
use relire_questions::cql::{node, order, scan};

fn read(text: &str) -> Query {
    Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn asked(text: &str) -> Result<String, u16> {
    node(&read(text))
        .map(|node| node.to_string())
        .map_err(|refused| refused.number)
}

fn means(table: &[(&str, &str)]) {
    for (text, meant) in table {
        assert_eq!(asked(text).as_deref(), Ok(*meant), "{text}");
    }
}

fn refuses(table: &[(&str, u16)]) {
    for (text, number) in table {
        assert_eq!(asked(text), Err(*number), "{text}");
    }
}

#[test]
fn relations() {
    means(&[
        ("dune", "dune"),
        ("dc.title = dune", "title:dune"),
        ("dc.title scr dune", "title:dune"),
        (r#"dc.title = "a b""#, r#"title/words:"a b""#),
        (r#"dc.title all "a b""#, r#"title/words:"a b""#),
        (r#"dc.title any "a b""#, r#"title/words/any:"a b""#),
        (r#"dc.title adj "a b""#, r#"title:"a b""#),
        (r#"dc.title == "a b""#, r#"title/exact:"a b""#),
        (r#"dc.title exact "a b""#, r#"title/exact:"a b""#),
        ("dc.title <> dune", "title:<>dune"),
        ("dc.title < m", "title:<m"),
        ("dc.date >= 1999", "year:>=1999"),
        ("dc.date > 1999", "year:>1999"),
        ("dc.date <= 1999", "year:<=1999"),
        (
            r#"dc.date within "1999 2004""#,
            r#"year/words/within:"1999 2004""#,
        ),
        (
            r#"dc.language any "fre eng""#,
            r#"language/words/any:"fre eng""#,
        ),
        ("bath.isbn = 2-07-061236-2", "isbn:2-07-061236-2"),
        ("relire.branch = LENS", "branch:LENS"),
        ("cql.allRecords = 1", "*"),
        ("allrecords = 1", "*"),
    ]);
    refuses(&[
        ("dc.date encloses 1999", 19),
        ("dc.title like dune", 19),
        ("dc.title bath.near dune", 19),
        ("cql.resultSetId = a", 50),
        (r#"dc.title = " ""#, 27),
    ]);
}

#[test]
fn names_and_their_sets() {
    means(&[
        ("title = a", "title:a"),
        ("CREATOR = a", "author:a"),
        ("cql.serverChoice = a", "a"),
        ("cql.allIndexes = a", "a"),
        ("bib.titleKey = a", "title-key:a"),
        (
            r#"> x = "info:srw/cql-context-set/1/dc-v1.1" x.title = a"#,
            "title:a",
        ),
        (
            r#"> "http://purl.org/dc/elements/1.1/" creator = a"#,
            "author:a",
        ),
        (
            r#"> dc = "info:srw/cql-context-set/1/bib-v1" dc.titleKey = a"#,
            "title-key:a",
        ),
        (
            r#"(> x = "info:srw/cql-context-set/1/dc-v1.1" x.title = a) or b"#,
            "title:a OR b",
        ),
    ]);
    refuses(&[
        ("dc.titel = a", 16),
        ("titel = a", 16),
        ("dc.isbn = 1", 16),
        ("marc.200 = a", 15),
        (r#"> dc = "urn:other" dc.title = a"#, 15),
        (r#"> "info:srw/cql-context-set/1/dc-v1.1" isbn = 1"#, 16),
    ]);
}

#[test]
fn masks_and_anchors() {
    means(&[
        ("dc.title = dun*", "title:dun*"),
        ("dc.title = *une", "title:*une"),
        ("dc.title = *un*", "title:*un*"),
        ("dc.title = d?n*e", "title:d?n*e"),
        (r#"dc.title adj "harry pot*""#, r#"title:"harry pot"*"#),
        (r#"dc.title = "dun\*""#, r#"title/words:"dun*""#),
        ("dc.title =/unmasked dun*", r#"title/words:"dun*""#),
        (r#"dc.title =/unmasked "a\\b""#, r#"title/words:"a\\b""#),
        (r#"dc.title = "^les m""#, r#"title/first:"les m""#),
        (r#"dc.title = "^les m*""#, r#"title/first:"les m"*"#),
        (r#"dc.title = "^les m^""#, r#"title/exact:"les m""#),
        (r#"dc.title == "les m*""#, r#"title/exact:"les m"*"#),
        ("dc.date = 199*", "year:199*"),
        ("bath.isbn = 978207*", "isbn:978207"),
        ("bath.isbn = 97820?0612369", "isbn:97820?0612369"),
    ]);
    refuses(&[
        ("dc.title = a^b", 32),
        ("dc.title = ab^", 32),
        ("dc.title any ^ab", 32),
        ("dc.language = ^fr", 31),
        ("dc.title < ab*", 28),
        ("bath.isbn > 97?", 28),
        ("dc.title = *", 29),
        ("dc.title = ?", 29),
    ]);
}

#[test]
fn modifiers() {
    means(&[
        ("dc.title =/stem dune", "title:dune"),
        (r#"dc.title any/relevant "a b""#, r#"title/words/rel:"a b""#),
        (r#"dc.title all/relevant "a b""#, r#"title/words:"a b""#),
        (r#"dc.title adj/cql.relevant "a b""#, r#"title:"a b""#),
        (r#"dc.title =/string "a b""#, r#"title/exact:"a b""#),
        (
            r#"dc.title =/string/relevant "a b""#,
            r#"title/exact:"a b""#,
        ),
        ("dc.title =/word dune", "title:dune"),
        ("dc.title =/ignoreCase/masked dune", "title:dune"),
        ("dc.date =/number 1999", "year:1999"),
        (
            "rec.lastModificationDate >/isoDate 2026-03-01",
            "changed:>2026-03-01",
        ),
    ]);
    refuses(&[
        ("dc.title =/fuzzy dune", 20),
        ("dc.title =/respectCase dune", 20),
        ("dc.title =/dc.stem dune", 20),
        ("dc.title =/locale=fr dune", 20),
        ("dc.title =/partial dune", 20),
        ("dc.title =/marc.x a", 20),
    ]);
}

#[test]
fn booleans_and_nearness() {
    means(&[
        ("a and b or c not d", "a AND b OR c NOT d"),
        ("a and (b or c)", "a AND (b OR c)"),
        ("a prox b", "a NEAR/<=1 b"),
        (
            "a prox/unit=word/distance<3/ordered b",
            "a NEAR/<3/ordered b",
        ),
        ("a prox/unit=element b", "a NEAR/<=0/element b"),
    ]);
    refuses(&[
        ("a and/rel.combine=sum b", 46),
        ("a or/fuzzy b", 46),
        ("a prox/unit=chapter b", 42),
        ("a prox/distance=near b", 41),
    ]);
    let error = node(&read("a and/rel.combine=sum b")).unwrap_err();
    assert_eq!(error.details, "rel.combine");
}

#[test]
fn orders() {
    let ordered = |text: &str| order(&read(text)).map_err(|refused| refused.number);
    let key = |by, descending, missing_first| SortKey {
        by,
        descending,
        missing_first,
    };
    assert_eq!(ordered("a"), Ok(Sort::Number));
    assert_eq!(ordered("dc.title all/relevant a"), Ok(Sort::Relevance));
    let keys = [
        ("dc.date", key(SortBy::Year, false, false)),
        ("dc.date/sort.descending", key(SortBy::Year, true, false)),
        ("dc.title/sort.missingLow", key(SortBy::Title, false, true)),
        // Low comes last when it goes down.
        (
            "dc.title/sort.descending/sort.missingLow",
            key(SortBy::Title, true, false),
        ),
        (
            "dc.title/descending/missingHigh",
            key(SortBy::Title, true, true),
        ),
        (
            "dc.creator/sort.ignoreCase",
            key(SortBy::Author, false, false),
        ),
    ];
    for (written, key) in keys {
        let text = format!("a sortBy {written}");
        assert_eq!(ordered(&text), Ok(Sort::Keys(vec![key])), "{text}");
    }
    for (written, number) in [
        ("bath.isbn", 88),
        ("dc.titel", 16),
        ("dc.title/sort.respectCase", 91),
        ("dc.title/sort.missingFail", 92),
        ("dc.title/sort.loud", 81),
    ] {
        assert_eq!(
            ordered(&format!("a sortBy {written}")),
            Err(number),
            "{written}"
        );
    }
}

#[test]
fn lists() {
    let start = |text: &str| {
        let query = read(text);
        scan(query.clauses().next().unwrap())
            .map(|start| (start.access.name(), start.whole, start.term))
            .map_err(|refused| refused.number)
    };
    assert_eq!(start("dc.title = d"), Ok(("title", false, "d".to_owned())));
    assert_eq!(start("dc.title == d"), Ok(("title", true, "d".to_owned())));
    assert_eq!(start("d"), Ok(("any", false, "d".to_owned())));
    assert_eq!(start("dc.titel = d"), Err(16));
    assert_eq!(start("rec.lastModificationDate = 2026"), Err(16));
    assert_eq!(start("dc.title = d*"), Err(28));
    assert_eq!(start("dc.title < d"), Err(19));
}
