//! What must hold whatever comes.

use proptest::prelude::*;
use relire_sru::oai::{self, Answer, Tokens};
use relire_sru::{Fragment, ScanResponse, SearchRetrieveResponse, Settings, request};

use crate::{element::parse, support::answers_from};

/// Texts with what XML, URLs, CQL and SOAP stumble over.
fn nasty() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("\u{0}"),
        Just("\u{1f}"),
        Just("\u{ffff}"),
        Just("\u{fffe}"),
        Just("]]>"),
        Just("<![CDATA["),
        Just("?>"),
        Just("--"),
        Just("&"),
        Just("<"),
        Just(">"),
        Just("\""),
        Just("'"),
        Just("\r"),
        Just("\n"),
        Just("é"),
        Just("\u{10ffff}"),
        Just("&amp;"),
        Just("</sru:record>"),
        Just("%"),
        Just("\\"),
    ];
    prop_oneof![
        proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat()),
        "\\PC{0,20}",
        proptest::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter),
    ]
}

/// Forms that are requests more often than chance would have it.
fn formish() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "version",
            "operation",
            "query",
            "queryType",
            "startRecord",
            "maximumRecords",
            "recordPacking",
            "recordXMLEscaping",
            "recordSchema",
            "recordXPath",
            "resultSetTTL",
            "sortKeys",
            "stylesheet",
            "facetLimit",
            "facetSort",
            "facetStart",
            "scanClause",
            "responsePosition",
            "maximumTerms",
            "x-a",
            "verb",
            "metadataPrefix",
            "from",
            "until",
            "set",
            "resumptionToken",
            "identifier",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let value = prop_oneof![
        prop::sample::select(vec![
            "1.1",
            "1.2",
            "2.0",
            "9",
            "explain",
            "searchRetrieve",
            "scan",
            "chat",
            "dc.title=a",
            "a%20or",
            "%E9",
            "0",
            "1",
            "18446744073709551616",
            "-1",
            "xml",
            "string",
            "dc",
            "MODS",
            "/a.xsl",
            "javascript:x",
            "10,5:x",
            "recordCount,ascending",
            "ListRecords",
            "Identify",
            "GetRecord",
            "2026-01-01",
            "2026-01-01T00:00:00Z",
            "%00",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop_oneof![
        proptest::collection::vec((name, value), 0..8).prop_map(|pairs| {
            let pairs: Vec<_> = pairs
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            pairs.join("&").into_bytes()
        }),
        proptest::collection::vec(any::<u8>(), 0..200),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_answer_is_xml_whatever_is_in_it(text in nasty()) {
        for (what, answer) in answers_from(&text) {
            if let Err(error) = parse(&answer) {
                prop_assert!(false, "{what}: {error}\n{answer}");
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_asked_is_answered(form in formish()) {
        let settings = Settings::default();
        let answer = match request::read_form(&form, &settings) {
            Ok(request) => {
                let found = SearchRetrieveResponse::default().to_xml(&request);
                prop_assert!(parse(&found).is_ok(), "{}", found);
                ScanResponse::default().to_xml(&request)
            }
            Err(refused) => {
                prop_assert!(!refused.diagnostics.is_empty() && refused.diagnostics.len() <= 10);
                prop_assert!(refused.diagnostics.iter().all(|one| one.meaning().is_some()));
                refused.to_xml()
            }
        };
        prop_assert!(parse(&answer).is_ok(), "{}", answer);
    }

    #[test]
    fn whatever_is_harvested_is_answered(form in formish()) {
        let request = oai::read(&form, &Tokens::new("x"));
        let answer = Answer::Records(Vec::new(), None);
        let xml = answer.to_xml(&request, "https://example.org/oai", jiff::Timestamp::UNIX_EPOCH);
        prop_assert!(parse(&xml).is_ok(), "{}", xml);
    }

    #[test]
    fn whatever_is_in_an_envelope_is_answered(
        inner in prop_oneof![nasty(), any::<String>(), Just("<query>a</query>".to_owned())],
        wrap in any::<bool>(),
    ) {
        let text = if wrap {
            format!(
                "<S:Envelope xmlns:S=\"{}\"><S:Body><searchRetrieveRequest>{inner}</searchRetrieveRequest></S:Body></S:Envelope>",
                relire_sru::soap::NAMESPACE
            )
        } else {
            inner
        };
        let xml = match request::read_soap(text.as_bytes(), &Settings::default()) {
            Ok(request) => SearchRetrieveResponse::default().to_xml(&request),
            Err(refused) => refused.to_xml(),
        };
        prop_assert!(parse(&xml).is_ok(), "{}", xml);
    }

    #[test]
    fn a_fragment_is_an_element(text in prop_oneof![
        nasty().prop_map(|text| format!("<a>{text}</a>")),
        nasty().prop_map(|text| format!("<a b=\"{text}\"/>")),
        nasty().prop_map(|text| format!("<{text}/>")),
        any::<String>(),
    ]) {
        if let Ok(fragment) = Fragment::new(&text) {
            let parsed = parse(fragment.as_str());
            prop_assert!(parsed.is_ok(), "{}: {:?}", text, parsed);
        }
    }
}
