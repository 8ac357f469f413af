//! Questions that are not answered say why.

use query::{AccessPoint, Clause, Form, Relation, parse};
use relire_catalogue::{Error, MOST_HITS, QuestionError as Q, ScanForm, SearchOptions};

use crate::small::{of, titled};

#[test]
fn each_says_what_to_do() {
    let catalogue = of([titled("Dune")]);
    let ask = |question: &str| match catalogue
        .search(&parse(question).unwrap(), &SearchOptions::default())
    {
        Err(Error::Question(error)) => error.to_string(),
        other => format!("{other:?}"),
    };
    let table = [
        (
            "title:*",
            "the term \"*\" has no letter and no digit to look for",
        ),
        (
            "title:…",
            "the term \"…\" has no letter and no digit to look for",
        ),
        ("year:hier", "\"hier\" is no year, which year needs"),
        (
            "changed:hier",
            "\"hier\" is no date as 2026-03-01, which changed needs",
        ),
        ("bib:12*", "bib cannot be truncated: type all of it"),
        ("@kept", "there is no result set \"kept\""),
        (
            "title:a NEAR author:b",
            "nearness is measured within one access point; these are title and author",
        ),
        (
            "title:a NEAR (title:b AND title:c)",
            "nearness is measured between words, not between whole fields, numbers or other conditions",
        ),
        (
            "title:a NEAR/2/sentence title:b",
            "distances are counted in words or fields; records have no Sentence",
        ),
        (
            "title:a NEAR/5000 title:b",
            "a distance of 5000 is not measured; at most 2047",
        ),
    ];
    for (question, says) in table {
        assert_eq!(ask(question), says, "{question}");
    }
    let page = SearchOptions {
        offset: MOST_HITS,
        limit: 1,
        ..SearchOptions::default()
    };
    assert!(matches!(
        catalogue.search(&parse("dune").unwrap(), &page),
        Err(Error::Question(Q::Page { .. }))
    ));
    let scan = catalogue.scan(AccessPoint::Changed, ScanForm::Wholes, "", 0, 10);
    assert!(matches!(
        scan,
        Err(Error::Question(Q::Scan(AccessPoint::Changed)))
    ));
    let within = Clause::new(AccessPoint::Year, "1999")
        .form(Form::Year)
        .relation(Relation::Within);
    let within = catalogue.search(&within.into(), &SearchOptions::default());
    assert!(matches!(within, Err(Error::Question(Q::Value { .. }))));
}

#[test]
fn too_many_terms_are_an_error_and_never_a_part() {
    let mut titles = String::new();
    // 17,576 words in each of two records that begin with the same letter.
    let mut records = Vec::new();
    for first in ["x", "xx"] {
        titles.clear();
        for a in b'a'..=b'z' {
            for b in b'a'..=b'z' {
                for c in b'a'..=b'z' {
                    titles.push_str(&format!(
                        "{first}{}{}{} ",
                        char::from(a),
                        char::from(b),
                        char::from(c)
                    ));
                }
            }
        }
        let mut record = titled("Mots");
        record.push(marc::DataField::new(b"330", b"  ").with(b'a', titles.clone()));
        records.push(record);
    }
    let catalogue = of(records);
    let ask =
        |question: &str| catalogue.search(&parse(question).unwrap(), &SearchOptions::default());
    assert_eq!(ask("note:xab*").unwrap().count, 1);
    let error = ask("note:x*").unwrap_err();
    assert!(
        matches!(&error, Error::Question(Q::TooManyTerms { term, .. }) if term == "x"),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "\"x\" stands for more than 20000 terms in note: type more letters"
    );
}
