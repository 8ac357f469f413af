//! What stands in an answer, and where.

use relire_sru::{
    Diagnostic, Fragment, Operation, Record, Request, Schema, SearchRetrieveResponse, Settings,
    request,
};

use crate::element::{Element, parse};

fn asked(form: &str) -> Request {
    let read = request::read_form(form.as_bytes(), &Settings::default());
    read.unwrap_or_else(|refused| panic!("{form}: {:?}", refused.diagnostics))
}

fn record(position: u64) -> Record {
    let data = Fragment::new("<a xmlns=\"u:a\">é &amp; &lt;b&gt;</a>").unwrap();
    Record::new(position, Schema::MARCXML, data)
}

fn answered(form: &str, response: &SearchRetrieveResponse) -> Element {
    parse(&response.to_xml(&asked(form))).unwrap()
}

fn text<'a>(root: &'a Element, name: &str) -> Option<&'a str> {
    root.find(name).map(|element| element.text.as_str())
}

#[test]
fn the_next_position_is_there_while_there_is_one() {
    for (found, last, next) in [(3, 2, Some("3")), (2, 2, None), (u64::MAX, u64::MAX, None)] {
        let response = SearchRetrieveResponse {
            number_of_records: found,
            records: vec![record(last)],
            ..SearchRetrieveResponse::default()
        };
        for version in ["1.1", "1.2", "2.0"] {
            let root = answered(&format!("version={version}&query=a"), &response);
            assert_eq!(text(&root, "nextRecordPosition"), next);
            assert_eq!(
                text(&root, "numberOfRecords"),
                Some(found.to_string().as_str())
            );
        }
    }
    let none = answered("version=1.2&query=a", &SearchRetrieveResponse::default());
    assert!(none.find("records").is_none() && none.find("nextRecordPosition").is_none());
}

#[test]
fn a_record_is_elements_or_text() {
    let response = SearchRetrieveResponse {
        number_of_records: 1,
        records: vec![record(1)],
        ..SearchRetrieveResponse::default()
    };
    for (version, parameter) in [
        ("1.1", "recordPacking"),
        ("1.2", "recordPacking"),
        ("2.0", "recordXMLEscaping"),
    ] {
        let form = format!("version={version}&query=a&{parameter}");
        let elements = answered(&format!("{form}=xml"), &response);
        assert_eq!(text(&elements, "recordData"), Some(""));
        assert_eq!(text(&elements, "a"), Some("é & <b>"));
        let escaped = answered(&format!("{form}=string"), &response);
        let data = text(&escaped, "recordData").unwrap();
        assert_eq!(parse(data).unwrap().text, "é & <b>");
        let record = escaped.find("record").unwrap();
        assert_eq!(text(record, parameter), Some("string"));
        assert_eq!(
            text(record, "recordSchema"),
            Some("info:srw/schema/1/marcxml-v1.1")
        );
    }
}

#[test]
fn one_record_that_is_missing_leaves_the_others() {
    let response = SearchRetrieveResponse {
        number_of_records: 3,
        records: vec![
            record(1),
            Record::surrogate(2, Diagnostic::new(67, "mods")),
            record(3),
        ],
        ..SearchRetrieveResponse::default()
    };
    let root = answered("version=1.2&query=a", &response);
    let records = &root.find("records").unwrap().children;
    let schemas: Vec<_> = records
        .iter()
        .map(|record| text(record, "recordSchema").unwrap())
        .collect();
    assert_eq!(schemas[1], "info:srw/schema/1/diagnostics-v1.1");
    assert_eq!(
        text(&records[1], "message"),
        Some("Record not available in this schema")
    );
    assert_eq!(text(&records[2], "recordPosition"), Some("3"));
    assert!(
        root.find("diagnostics").is_none(),
        "the answer itself is good"
    );
}

#[test]
fn warnings_come_with_the_answer() {
    let root = answered(
        "version=1.1&query=a+sortby+b&sortKeys=c&stylesheet=x",
        &SearchRetrieveResponse::default(),
    );
    let told: Vec<_> = root
        .find("diagnostics")
        .unwrap()
        .children
        .iter()
        .map(|one| text(one, "uri").unwrap())
        .collect();
    assert_eq!(
        told,
        ["info:srw/diagnostic/1/94", "info:srw/diagnostic/1/111"]
    );
}

#[test]
fn a_stylesheet_stands_before_the_root_and_never_in_an_envelope() {
    let answer = SearchRetrieveResponse::default();
    let xml = answer.to_xml(&asked("version=1.2&query=a&stylesheet=/a.xsl%3Fb=1"));
    assert!(
        xml.contains("?>\n<?xml-stylesheet type=\"text/xsl\" href=\"/a.xsl?b=1\"?>\n<sru:search"),
        "{xml}"
    );
    let envelope = format!(
        "<e:Envelope xmlns:e=\"{}\"><e:Body><searchRetrieveRequest><version>1.1</version><query>a</query>\
         <stylesheet>/a.xsl</stylesheet></searchRetrieveRequest></e:Body></e:Envelope>",
        relire_sru::soap::NAMESPACE
    );
    let request = request::read_soap(envelope.as_bytes(), &Settings::default()).unwrap();
    let xml = answer.to_xml(&request);
    assert!(!xml.contains("<?xml-stylesheet"));
    assert_eq!(parse(&xml).unwrap().name, "Envelope");
}

#[test]
fn the_echo_has_what_was_asked_as_text_and_as_a_tree() {
    let root = answered(
        "version=1.2&query=dc.title+any+%22a+b%22&startRecord=7&x-a=%3C&maximumRecords=2",
        &SearchRetrieveResponse::default(),
    );
    let echo = root.find("echoedSearchRetrieveRequest").unwrap();
    assert_eq!(text(echo, "query"), Some("dc.title any \"a b\""));
    assert_eq!(text(echo, "startRecord"), Some("7"));
    assert_eq!(text(echo, "term"), Some("a b"));
    assert_eq!(text(echo, "parameter"), Some("<"));
}

#[test]
fn beyond_what_was_found_is_out_of_range() {
    let request = asked("query=a&startRecord=11");
    let Operation::SearchRetrieve(search) = &request.operation else {
        panic!("a search");
    };
    assert_eq!(search.out_of_range(10).map(|one| one.number), Some(61));
    assert_eq!(search.out_of_range(11), None);
    let request = asked("query=a");
    let Operation::SearchRetrieve(search) = &request.operation else {
        panic!("a search");
    };
    assert_eq!(search.out_of_range(0), None);
}
