use super::*;

fn asked(text: &str) -> Result<String, u16> {
    let query = Query::parse(text).unwrap_or_else(|error| unreachable!("{text}: {error:?}"));
    node(&query)
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
        ("*", "*"),
    ]);
    refuses(&[
        ("dc.date encloses 1999", 19),
        ("dc.title like dune", 19),
        ("dc.title bath.near dune", 19),
        ("cql.allRecords < 1", 22),
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
            r#"> dc = "info:srw/cql-context-set/2/rec-1.1" dc.identifier = 7"#,
            "bib:7",
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
        ("dc.title = dun**", "title:dun*"),
        (r#"dc.title adj "harry pot*""#, r#"title:"harry pot"*"#),
        (r#"dc.title = "dun\*""#, r#"title/words:"dun*""#),
        ("dc.title =/unmasked dun*", r#"title/words:"dun*""#),
        (r#"dc.title = "^les m""#, r#"title/first:"les m""#),
        (r#"dc.title = "^les m*""#, r#"title/first:"les m"*"#),
        (r#"dc.title = "^les m^""#, r#"title/exact:"les m""#),
        (r#"dc.title == "les m*""#, r#"title/exact:"les m"*"#),
        ("dc.date = 199*", "year:199*"),
        ("bath.isbn = 978207*", "isbn:978207"),
    ]);
    refuses(&[
        ("dc.title = a^b", 32),
        ("dc.title = ab^", 32),
        ("dc.title any ^ab", 32),
        ("dc.language = ^fr", 31),
        ("dc.title = ^*ab", 28),
        ("dc.title < ab*", 28),
        ("dc.date = 19?9", 28),
        ("rec.identifier = 1*", 28),
        ("dc.title = *", 29),
        ("dc.title = ?", 29),
    ]);
}

#[test]
fn modifiers() {
    means(&[
        ("dc.title =/stem dune", "title:dune"),
        ("dc.title any/relevant \"a b\"", r#"title/words/rel:"a b""#),
        (
            "dc.title =/relevant \"a b\"",
            r#"title/words:"a b" AND title/words/rel:"a b""#,
        ),
        (
            "dc.title adj/cql.relevant \"a b\"",
            r#"title:"a b" AND title/words/rel:"a b""#,
        ),
        ("dc.title =/string \"a b\"", r#"title/exact:"a b""#),
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
        ("dc.title adj/stem \"a b\"", 20),
        ("dc.title =/number 7", 20),
        ("dc.title </relevant m", 20),
        ("dc.title any/string \"a b\"", 20),
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
}
