//! Answers of every kind.

use crate::element::Element;
use relire_sru::holdings::{self, Holding, Item};
use relire_sru::oai::{self, Answer, Header, Identify, ListedRecord, SetInfo, Tokens};
use relire_sru::zeerex::{Description, Index, Text};
use relire_sru::{
    Diagnostic, ExplainResponse, Facet, FacetTerm, Fragment, Record, ScanResponse, ScanTerm,
    Schema, SearchRetrieveResponse, Settings, WhereInList, request,
};

impl Element {
    /// The first of that name, wherever below.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        let mut rest = vec![self];
        while let Some(element) = rest.pop() {
            if element.name == name {
                return Some(element);
            }
            rest.extend(element.children.iter().rev());
        }
        None
    }
}

/// An answer of every kind in every version, with everything in it that there can be, made from
/// these texts: they may be anything.
pub(crate) fn answers_from(text: &str) -> Vec<(String, String)> {
    let settings = Settings::default();
    let fragment = || Fragment::new("<x xmlns=\"u:x\">é</x>").expect("an element");
    let mut answers = Vec::new();
    let url: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for version in ["1.1", "1.2", "2.0"] {
        let escaping = if version == "2.0" {
            "recordXMLEscaping"
        } else {
            "recordPacking"
        };
        for packing in ["xml", "string"] {
            let common = format!("version={version}&stylesheet=/a.xsl&x-{url}={url}&x-info={url}");
            let mut form = format!("{common}&{escaping}={packing}");
            let explain = request::read_form(form.as_bytes(), &settings).expect("an explain");
            let description = description(text).with(&settings);
            let response = ExplainResponse {
                description: &description,
                diagnostics: vec![Diagnostic::new(6, text)],
            };
            answers.push((form.clone(), response.to_xml(&explain)));
            let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
            let term: String = format!("\"a{quoted}\"")
                .bytes()
                .map(|byte| format!("%{byte:02X}"))
                .collect();
            let scan_form = format!(
                "{common}&scanClause=dc.title%20any/stem%20{term}&responsePosition=2&maximumTerms=9"
            );
            form += &format!(
                "&query=%3E%20dc%20%3D%20%22u:dc%22%20dc.title%20any/x=1%20{term}%20or%20(a%20prox/distance%3C3%20b)%20not%20c%20sortby%20dc.date/sort.descending\
                 &startRecord=3&maximumRecords=2&recordSchema=dc&resultSetTTL=60"
            );
            if version == "2.0" {
                form += "&queryType=cql&facetLimit=10&httpAccept=text/xml&renderedBy=client&responseType=a&recordPacking=packed";
            }
            let search = request::read_form(form.as_bytes(), &settings);
            let search =
                search.unwrap_or_else(|refused| panic!("{form}: {:?}", refused.diagnostics));
            answers.push((form.clone(), searched(text, fragment()).to_xml(&search)));
            let scan = request::read_form(scan_form.as_bytes(), &settings);
            let scan =
                scan.unwrap_or_else(|refused| panic!("{scan_form}: {:?}", refused.diagnostics));
            answers.push((scan_form, scanned(text, fragment()).to_xml(&scan)));
            for bad in [
                "&query=(",
                "&scanClause=(",
                "&operation=scan",
                "&query=a&startRecord=0",
            ] {
                let bad =
                    format!("version={version}{bad}&x-a={url}&{url}={url}&recordSchema={url}");
                let refused =
                    request::read_form(bad.as_bytes(), &settings).expect_err("something is wrong");
                answers.push((bad, refused.to_xml()));
            }
        }
    }
    let plain: String = text
        .chars()
        .filter(|char| *char >= ' ' && *char < '\u{FFFE}')
        .collect();
    let plain = plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let envelope = format!(
        "<s:Envelope xmlns:s=\"{}\"><s:Body><searchRetrieveRequest xmlns=\"http://www.loc.gov/zing/srw/\">\
         <version>1.1</version><query>chat</query><recordSchema>{plain}</recordSchema></searchRetrieveRequest></s:Body></s:Envelope>",
        relire_sru::soap::NAMESPACE
    );
    answers.push((
        envelope.clone(),
        match request::read_soap(envelope.as_bytes(), &settings) {
            Ok(request) => searched(text, fragment()).to_xml(&request),
            Err(refused) => refused.to_xml(),
        },
    ));
    let refused = request::read_soap(text.as_bytes(), &settings).expect_err("no envelope");
    answers.push((text.to_owned(), refused.to_xml()));
    answers.extend(harvested(text, &url));
    answers
}

/// The same, with ordinary text.
pub(crate) fn answers() -> Vec<(String, String)> {
    let mut answers = answers_from("L'été & <Cie>");
    // As tall as a query is echoed as a tree, and taller.
    for (version, terms) in [("1.2", 90), ("2.0", 90), ("1.2", 91), ("2.0", 256)] {
        let form = format!("version={version}&query={}", vec!["a"; terms].join("+or+"));
        let request = request::read_form(form.as_bytes(), &Settings::default());
        let request = request.expect("within the limits");
        answers.push((form, SearchRetrieveResponse::default().to_xml(&request)));
    }
    answers
}

fn searched(text: &str, extra: Fragment) -> SearchRetrieveResponse {
    let own = || text.to_owned();
    let held = Holding {
        branch: own(),
        branch_source: own(),
        location: Some(own()),
        address: Some(own()),
        url: Some(own()),
        reservations: Some(2),
        on_order: Some(1),
        items: vec![Item {
            barcode: own(),
            document_type: Some(own()),
            sublocation: Some(own()),
            call_number: Some(own()),
            note: Some(own()),
            volume: Some(own()),
            available_from: Some(jiff::Timestamp::UNIX_EPOCH),
            reservable: Some(true),
            ..Item::default()
        }],
    };
    let held = holdings::holdings(&[held]).expect("one holding");
    let mut first = Record::new(3, Schema::DC, extra.clone());
    first.identifier = Some(own());
    first.extra = Some(held);
    SearchRetrieveResponse {
        number_of_records: 12,
        result_set: Some((own(), Some(30))),
        records: vec![
            first,
            Record::surrogate(4, Diagnostic::new(67, text).saying(text)),
        ],
        diagnostics: vec![Diagnostic::new(59, text)],
        facets: vec![Facet {
            index: own(),
            label: Some(own()),
            relation: Some(own()),
            terms: vec![FacetTerm {
                term: own(),
                query: Some(own()),
                request_url: Some(own()),
                count: 3,
            }],
        }],
        extra: Some(extra),
        ..SearchRetrieveResponse::default()
    }
}

fn scanned(text: &str, extra: Fragment) -> ScanResponse {
    ScanResponse {
        terms: vec![ScanTerm {
            value: text.to_owned(),
            number_of_records: Some(3),
            display: Some(text.to_owned()),
            where_in_list: Some(WhereInList::Last),
            extra: Some(extra.clone()),
        }],
        diagnostics: vec![Diagnostic::bare(1)],
        extra: Some(extra),
    }
}

fn description(text: &str) -> Description {
    let own = || text.to_owned();
    let texts = || {
        vec![
            Text {
                language: "fr",
                text: own(),
            },
            Text {
                language: "en",
                text: own(),
            },
        ]
    };
    Description {
        host: own(),
        port: 8080,
        database: own(),
        records: Some(500_000),
        last_updated: Some(own()),
        title: texts(),
        description: texts(),
        contact: Some(own()),
        implementation: Some(own()),
        date_modified: Some(own()),
        sets: vec![(own(), own())],
        indexes: vec![Index {
            title: texts(),
            search: true,
            names: vec![(own(), own())],
            relations: vec![own()],
            modifiers: vec![own()],
            ..Index::default()
        }],
        ..Description::default()
    }
}

fn harvested(text: &str, url: &str) -> Vec<(String, String)> {
    let own = || text.to_owned();
    let tokens = Tokens::new(text);
    let at = jiff::Timestamp::UNIX_EPOCH;
    let header = || Header {
        identifier: own(),
        datestamp: at,
        sets: vec![own()],
        deleted: false,
    };
    let listed = || ListedRecord {
        header: header(),
        metadata: Fragment::new("<x xmlns=\"u:x\"/>").ok(),
    };
    let mut answers = Vec::new();
    for form in [
        "verb=Identify".to_owned(),
        "verb=ListMetadataFormats".to_owned(),
        "verb=ListSets".to_owned(),
        format!("verb=GetRecord&identifier=a{url}&metadataPrefix=a{url}"),
        format!("verb=ListIdentifiers&metadataPrefix=a{url}"),
        format!("verb=ListRecords&metadataPrefix=a{url}&set=a{url}"),
        format!("verb=a{url}"),
        format!("verb=ListSets&a{url}=a{url}"),
        format!("verb=ListRecords&resumptionToken=a{url}"),
    ] {
        let request = oai::read(form.as_bytes(), &tokens);
        let next = tokens.next(&request, text, 1, Some(2));
        let all = [
            Answer::Identify(Identify {
                name: own(),
                admin_emails: vec![own()],
                earliest: at,
                deleted: oai::DeletedRecords::Transient,
                descriptions: vec![Fragment::new("<x xmlns=\"u:x\"/>").expect("an element")],
            }),
            Answer::Formats(vec![oai::Format {
                prefix: own(),
                schema: own(),
                namespace: own(),
            }]),
            Answer::Sets(
                vec![SetInfo {
                    spec: own(),
                    name: own(),
                }],
                next.clone(),
            ),
            Answer::Record(listed()),
            Answer::Identifiers(vec![header()], next.clone()),
            Answer::Records(vec![listed()], next),
        ];
        let fitting = match &request.verb {
            Ok(verb) => all.into_iter().find(|answer| answer.fits(verb)),
            Err(_) => None,
        };
        let answer = fitting.unwrap_or(Answer::Errors(Vec::new()));
        answers.push((form, answer.to_xml(&request, text, at)));
    }
    answers
}
