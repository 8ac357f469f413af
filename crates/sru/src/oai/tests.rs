use jiff::Timestamp;

use super::*;

fn tokens() -> Tokens {
    Tokens::new("feed 1")
}

fn problems(form: &str) -> Vec<&'static str> {
    let errors = read(form.as_bytes(), &tokens()).verb.expect_err(form);
    errors.iter().map(|error| error.problem.as_str()).collect()
}

fn now() -> Timestamp {
    "2026-03-04T05:06:07Z".parse().unwrap()
}

#[test]
fn each_verb_has_its_arguments() {
    let verb = |form: &str| read(form.as_bytes(), &tokens()).verb.expect(form);
    assert_eq!(verb("verb=Identify"), Verb::Identify);
    assert_eq!(
        verb("verb=ListMetadataFormats&identifier=oai%3Ar%3A1"),
        Verb::ListMetadataFormats(Some("oai:r:1".to_owned()))
    );
    assert_eq!(verb("verb=ListSets"), Verb::ListSets(None));
    let Verb::ListIdentifiers(selection) =
        verb("verb=ListIdentifiers&metadataPrefix=marc21&until=2026-02-28&set=lens:jeunesse")
    else {
        panic!("a list");
    };
    assert_eq!(
        selection.until.map(datestamp).as_deref(),
        Some("2026-02-28T23:59:59Z")
    );
    assert_eq!(selection.set.as_deref(), Some("lens:jeunesse"));
}

#[test]
fn what_is_wrong_has_its_code() {
    for (form, codes) in [
        ("", &["badVerb"][..]),
        ("verb=", &["badVerb"]),
        ("verb=identify", &["badVerb"]),
        ("verb=Identify&verb=Identify", &["badVerb"]),
        ("verb=Identify&x=1", &["badArgument"]),
        ("verb=GetRecord", &["badArgument", "badArgument"]),
        (
            "verb=GetRecord&identifier=a&identifier=b&metadataPrefix=c",
            &["badArgument"],
        ),
        ("verb=ListRecords", &["badArgument"]),
        ("verb=ListRecords&metadataPrefix=", &["badArgument"]),
        (
            "verb=ListRecords&metadataPrefix=a&from=2026-02-30",
            &["badArgument"],
        ),
        (
            "verb=ListRecords&metadataPrefix=a&from=26-01-01",
            &["badArgument"],
        ),
        (
            "verb=ListRecords&metadataPrefix=a&from=2026-01-01T00:00:00",
            &["badArgument"],
        ),
        (
            "verb=ListRecords&metadataPrefix=a&from=2026-01-01T00:00:00%2B01:00",
            &["badArgument"],
        ),
        (
            "verb=ListRecords&metadataPrefix=a&from=2026-01-02&until=2026-01-01",
            &["badArgument"],
        ),
        (
            "verb=ListRecords&metadataPrefix=a&from=2026-01-01&until=2026-01-01T00:00:00Z",
            &["badArgument"],
        ),
        ("verb=ListRecords&metadataPrefix=%E9", &["badArgument"]),
        (
            "verb=ListRecords&resumptionToken=x",
            &["badResumptionToken"],
        ),
        (
            "verb=ListRecords&resumptionToken=x&metadataPrefix=a",
            &["badArgument", "badResumptionToken"],
        ),
    ] {
        assert_eq!(problems(form), codes, "{form}");
    }
}

#[test]
fn a_token_goes_on_where_the_list_ended() {
    let tokens = tokens();
    let form = "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-12-31&set=a:é";
    let first = read(form.as_bytes(), &tokens);
    let next = tokens.next(&first, "77:3 é.%_", 50, Some(120)).unwrap();
    assert_eq!((next.before, next.total), (0, Some(120)));
    let token = next.token.unwrap();
    assert!(
        token
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    );

    let again = |verb: &str, token: &str| {
        read(
            format!("verb={verb}&resumptionToken={token}").as_bytes(),
            &tokens,
        )
    };
    let second = again("ListRecords", &token);
    let (Ok(Verb::ListRecords(asked)), Ok(Verb::ListRecords(resumed))) =
        (&first.verb, &second.verb)
    else {
        panic!("two lists");
    };
    let cursor = Cursor {
        position: "77:3 é.%_".to_owned(),
        before: 50,
    };
    assert_eq!(
        *resumed,
        Selection {
            cursor: Some(cursor),
            ..asked.clone()
        }
    );
    assert_eq!(tokens.next(&second, "x", 50, None).unwrap().before, 50);
    assert_eq!(tokens.last(&second, Some(120)).unwrap().token, None);
    assert_eq!(tokens.last(&first, None), None, "one page needs none");

    assert!(
        again("ListIdentifiers", &token).verb.is_err(),
        "of another verb"
    );
    let rebuilt = Tokens::new("feed 2");
    let form = format!("verb=ListRecords&resumptionToken={token}");
    assert!(
        read(form.as_bytes(), &rebuilt).verb.is_err(),
        "of another index"
    );
    for at in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(again("ListRecords", &changed).verb.is_err(), "{changed}");
    }
}

#[test]
fn an_answer_has_what_the_schema_wants_in_its_order() {
    let request = read(b"verb=Identify", &tokens());
    let identify = Answer::Identify(Identify {
        name: "Réseau <test>".to_owned(),
        admin_emails: vec!["a@example.org".to_owned()],
        earliest: now(),
        deleted: DeletedRecords::Persistent,
        descriptions: Vec::new(),
    });
    let xml = identify.to_xml(&request, "https://example.org/oai", now());
    let inner = xml.split_once("OAI-PMH.xsd\">").unwrap().1;
    assert_eq!(
        inner,
        "<responseDate>2026-03-04T05:06:07Z</responseDate>\
         <request verb=\"Identify\">https://example.org/oai</request>\
         <Identify><repositoryName>Réseau &lt;test&gt;</repositoryName>\
         <baseURL>https://example.org/oai</baseURL><protocolVersion>2.0</protocolVersion>\
         <adminEmail>a@example.org</adminEmail>\
         <earliestDatestamp>2026-03-04T05:06:07Z</earliestDatestamp>\
         <deletedRecord>persistent</deletedRecord>\
         <granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify></OAI-PMH>"
    );
}

#[test]
fn an_error_echoes_arguments_only_when_they_were_good() {
    let none = Answer::Records(Vec::new(), None);
    let answered = |form: &str| {
        let request = read(form.as_bytes(), &tokens());
        none.to_xml(&request, "u", now())
    };
    let empty = answered("verb=ListRecords&metadataPrefix=a");
    assert!(empty.contains("<request verb=\"ListRecords\" metadataPrefix=\"a\">u</request>"));
    assert!(empty.contains("<error code=\"noRecordsMatch\">"));
    let bad = answered("verb=ListRecords&metadataPrefix=a&x=%3C%22");
    assert!(
        bad.contains("<request>u</request><error code=\"badArgument\">"),
        "{bad}"
    );
}

#[test]
fn a_deleted_record_is_a_header() {
    let record = ListedRecord {
        header: Header {
            identifier: "oai:r:1".to_owned(),
            datestamp: now(),
            sets: vec!["lens".to_owned()],
            deleted: true,
        },
        metadata: Some(crate::Fragment::new("<a/>").unwrap()),
    };
    let request = read(
        b"verb=GetRecord&identifier=oai:r:1&metadataPrefix=a",
        &tokens(),
    );
    let answer = Answer::Record(record);
    assert!(request.verb.as_ref().is_ok_and(|verb| answer.fits(verb)));
    let xml = answer.to_xml(&request, "u", now());
    assert!(xml.contains(
        "<GetRecord><record><header status=\"deleted\"><identifier>oai:r:1</identifier>\
         <datestamp>2026-03-04T05:06:07Z</datestamp><setSpec>lens</setSpec></header></record></GetRecord>"
    ), "{xml}");
}
