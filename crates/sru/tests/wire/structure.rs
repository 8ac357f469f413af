//! Every kind of answer, element by element, against the content models of the published schemas:
//! sruResponse.xsd, scan.xsd, xcql.xsd, diagnostic.xsd and facetedResults.xsd of OASIS
//! searchRetrieve 1.0; srw-types.xsd and its companions of SRU 1.1 and 1.2; zeerex-2.0;
//! OAI-PMH.xsd; ISOholdings. No package that was looked at has the schemas themselves, so their models are written
//! down here, and a small checker stands in for a validator.

use crate::support::{self, Element, parse};

/// Namespace, element, children in their order: `?` none or one, `*` any number, `+` one or more,
/// `any` elements of other namespaces; `text` instead of children; `a|b` is a choice.
#[rustfmt::skip]
const MODELS: &[(&str, &str, &str)] = &[
    // SRU 2.0
    (SRU2, "searchRetrieveResponse", "version? numberOfRecords? resultSetId? resultSetIdleTime? records? nextRecordPosition? echoedSearchRetrieveRequest? diagnostics? extraResponseData* resultSetTTL? resultCountPrecision* facetedResults*"),
    (SRU2, "explainResponse", "version? record echoedExplainRequest? diagnostics? extraResponseData?"),
    (SRU2, "records", "record+"),
    (SRU2, "record", "recordSchema recordPacking? recordXMLEscaping? recordData recordPosition? extraRecordData?"),
    (SRU2, "echoedSearchRetrieveRequest", "version? queryType? query? xQuery* startRecord? maximumRecords? recordXMLEscaping? recordPacking? recordSchema? facetParameters? resultSetTTL? sortKeys? xSortKeys* stylesheet? renderedBy? extraRequestParameter* httpAccept* responseType?"),
    (SRU2, "echoedExplainRequest", "version? recordXMLEscaping? recordPacking? stylesheet? extraRequestData?"),
    (SRU2, "diagnostics", "diagnostic+"),
    (SRU2, "xQuery", "prefixes? triple sortKeys?"),
    (SRU2, "facetedResults", "facet+"),
    (FACET, "facet", "facetDisplayLabel? facetDescription? index? relation? terms"),
    (FACET, "terms", "term*"),
    (FACET, "term", "actualTerm query? requestUrl? count"),
    (SCAN2, "scanResponse", "terms? echoedScanRequest? diagnostics? extraResponseData?"),
    (SCAN2, "terms", "term+"),
    (SCAN2, "term", "value numberOfRecords? displayTerm? whereInList? requestURL? extraTermData?"),
    (SCAN2, "echoedScanRequest", "scanClause xScanClause? responsePosition? maximumTerms? httpAccept? stylesheet? extraRequestData?"),
    (SCAN2, "xScanClause", "index relation term"),
    (SCAN2, "diagnostics", "diagnostic+"),
    (DIAG2, "diagnostic", "uri details? message?"),
    (XCQL2, "prefixes", "prefix+"),
    (XCQL2, "prefix", "name identifier"),
    (XCQL2, "triple", "searchClause? Boolean? leftOperand? rightOperand?"),
    (XCQL2, "leftOperand", "searchClause? triple?"),
    (XCQL2, "rightOperand", "searchClause? triple?"),
    (XCQL2, "Boolean", "value modifiers?"),
    (XCQL2, "searchClause", "index relation term"),
    (XCQL2, "relation", "value modifiers?"),
    (XCQL2, "modifiers", "modifier+"),
    (XCQL2, "modifier", "type comparison? value?"),
    (XCQL2, "sortKeys", "key+"),
    // The schema wants modifiers; CQL does without, and nothing is made up for it.
    (XCQL2, "key", "index modifiers?"),
    // SRU 1.1 and 1.2
    (SRU1, "searchRetrieveResponse", "version numberOfRecords resultSetId? resultSetIdleTime? records? nextRecordPosition? echoedSearchRetrieveRequest? diagnostics? extraResponseData?"),
    (SRU1, "explainResponse", "version record echoedExplainRequest? diagnostics? extraResponseData?"),
    (SRU1, "scanResponse", "version terms? echoedScanRequest? diagnostics? extraResponseData?"),
    (SRU1, "records", "record+"),
    (SRU1, "record", "recordSchema recordPacking recordData recordIdentifier? recordPosition? extraRecordData?"),
    (SRU1, "terms", "term+"),
    (SRU1, "term", "value numberOfRecords? displayTerm? whereInList? extraTermData?"),
    (SRU1, "echoedSearchRetrieveRequest", "version query xQuery? startRecord? maximumRecords? recordPacking? recordSchema? recordXPath? resultSetTTL? sortKeys? xSortKeys? stylesheet? extraRequestData?"),
    (SRU1, "echoedExplainRequest", "version recordPacking? stylesheet? extraRequestData?"),
    (SRU1, "echoedScanRequest", "version scanClause xScanClause? responsePosition? maximumTerms? stylesheet? extraRequestData?"),
    (SRU1, "xScanClause", "index relation term"),
    (SRU1, "xQuery", "searchClause? triple?"),
    (SRU1, "diagnostics", "diagnostic+"),
    (DIAG1, "diagnostic", "uri details? message?"),
    (XCQL1, "triple", "prefixes? boolean leftOperand rightOperand sortKeys?"),
    (XCQL1, "searchClause", "prefixes? index relation term sortKeys?"),
    (XCQL1, "leftOperand", "searchClause? triple?"),
    (XCQL1, "rightOperand", "searchClause? triple?"),
    (XCQL1, "boolean", "value modifiers?"),
    (XCQL1, "relation", "value modifiers?"),
    (XCQL1, "prefixes", "prefix+"),
    (XCQL1, "prefix", "name? identifier"),
    (XCQL1, "modifiers", "modifier+"),
    (XCQL1, "modifier", "type comparison? value?"),
    (XCQL1, "sortKeys", "key+"),
    (XCQL1, "key", "index modifiers?"),
    // SOAP 1.1
    (SOAP, "Envelope", "Header? Body"),
    (SOAP, "Fault", "faultcode faultstring"),
    // ZeeRex 2.0
    (ZEEREX, "explain", "serverInfo databaseInfo? metaInfo? indexInfo? schemaInfo? configInfo?"),
    (ZEEREX, "serverInfo", "host port database authentication?"),
    (ZEEREX, "databaseInfo", "title* description* author? contact? implementation?"),
    (ZEEREX, "indexInfo", "set* index*"),
    (ZEEREX, "index", "title* map+ configInfo?"),
    (ZEEREX, "map", "name"),
    (ZEEREX, "schemaInfo", "schema+"),
    (ZEEREX, "schema", "title*"),
    (ZEEREX, "configInfo", "default* setting* supports*"),
    // ISO 20775
    (HOLD, "holdings", "holding+"),
    (HOLD, "holding", "institutionIdentifier physicalLocation* physicalAddress* electronicAddress* holdingSimple"),
    (HOLD, "holdingSimple", "copiesSummary copyInformation*"),
    (HOLD, "copiesSummary", "copiesCount status* reservationQueueLength? onOrderCount?"),
    (HOLD, "copyInformation", "pieceIdentifier+ resourceIdentifier? form? sublocation* shelfLocator* note* enumerationAndChronology* availabilityInformation?"),
    (HOLD, "availabilityInformation", "status* reservationPolicy? reservationQueue?"),
    (HOLD, "pieceIdentifier", "value typeOrSource"),
    (HOLD, "institutionIdentifier", "value typeOrSource"),
    // OAI-PMH 2.0
    (OAI, "OAI-PMH", "responseDate request error* Identify? ListMetadataFormats? ListSets? GetRecord? ListIdentifiers? ListRecords?"),
    (OAI, "Identify", "repositoryName baseURL protocolVersion adminEmail+ earliestDatestamp deletedRecord granularity compression* description*"),
    (OAI, "ListMetadataFormats", "metadataFormat+"),
    (OAI, "metadataFormat", "metadataPrefix schema metadataNamespace"),
    (OAI, "ListSets", "set+ resumptionToken?"),
    (OAI, "set", "setSpec setName setDescription*"),
    (OAI, "GetRecord", "record"),
    (OAI, "ListIdentifiers", "header+ resumptionToken?"),
    (OAI, "ListRecords", "record+ resumptionToken?"),
    (OAI, "record", "header metadata? about*"),
    (OAI, "header", "identifier datestamp setSpec*"),
];

const SRU1: &str = "http://www.loc.gov/zing/srw/";
const DIAG1: &str = "http://www.loc.gov/zing/srw/diagnostic/";
const XCQL1: &str = "http://www.loc.gov/zing/cql/xcql/";
const SRU2: &str = "http://docs.oasis-open.org/ns/search-ws/sruResponse";
const SCAN2: &str = "http://docs.oasis-open.org/ns/search-ws/scan";
const DIAG2: &str = "http://docs.oasis-open.org/ns/search-ws/diagnostic";
const XCQL2: &str = "http://docs.oasis-open.org/ns/search-ws/xcql";
const FACET: &str = "http://docs.oasis-open.org/ns/search-ws/facetedResults";
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const ZEEREX: &str = "http://explain.z3950.org/dtd/2.0/";
const HOLD: &str = "http://www.loc.gov/standards/iso20775/";
const OAI: &str = "http://www.openarchives.org/OAI/2.0/";

#[test]
fn every_answer_has_its_elements_in_their_order() {
    let mut seen = std::collections::BTreeSet::new();
    for (what, answer) in support::answers() {
        let root = parse(&answer).unwrap_or_else(|error| panic!("{what}: {error}\n{answer}"));
        check(&root, &what, &mut seen);
    }
    let never: Vec<_> = MODELS
        .iter()
        .map(|(space, name, _)| (*space, *name))
        .filter(|one| !seen.contains(one))
        .collect();
    assert!(
        never.is_empty(),
        "no answer has {never:?}: nothing was checked there"
    );
}

/// The checker itself can fail.
#[test]
fn what_is_out_of_order_is_seen() {
    let children = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let model = "a b? c* d+";
    for good in [&["a", "d"][..], &["a", "b", "c", "c", "d", "d"]] {
        assert_eq!(follows(&children(good), model), Ok(()));
    }
    for bad in [
        &[][..],
        &["a"],
        &["d", "a"],
        &["a", "a", "d"],
        &["a", "b", "b", "d"],
        &["a", "x", "d"],
        &["a", "d", "c"],
    ] {
        assert!(follows(&children(bad), model).is_err(), "{bad:?}");
    }
}

fn check(
    element: &Element,
    what: &str,
    seen: &mut std::collections::BTreeSet<(&'static str, &'static str)>,
) {
    let known = MODELS
        .iter()
        .find(|(space, name, _)| element.namespace == *space && element.name == *name);
    if let Some((space, name, model)) = known {
        seen.insert((space, name));
        let names: Vec<_> = element
            .children
            .iter()
            .map(|child| child.name.clone())
            .collect();
        if let Err(why) = follows(&names, model) {
            panic!("{what}: {name} has {names:?}, but its schema {model:?}: {why}");
        }
    }
    for child in &element.children {
        check(child, what, seen);
    }
}

fn follows(names: &[String], model: &str) -> Result<(), String> {
    let mut rest = names;
    for part in model.split(' ') {
        let name = part.trim_end_matches(['?', '*', '+']);
        let count = rest.iter().take_while(|other| *other == name).count();
        let (least, most) = match part.chars().last() {
            Some('?') => (0, 1),
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            _ => (1, 1),
        };
        if count < least || count > most {
            return Err(format!("{count} times {name}"));
        }
        rest = &rest[count..];
    }
    match rest.first() {
        None => Ok(()),
        Some(name) => Err(format!("{name} cannot be there")),
    }
}

/// Clients have these in their source (quirk 26 of what we know of them).
#[test]
fn namespaces_are_the_right_ones_to_the_character() {
    for (version, response, diagnostic) in [
        ("1.1", SRU1, DIAG1),
        ("1.2", SRU1, DIAG1),
        ("2.0", SRU2, DIAG2),
    ] {
        let form = format!("version={version}&query=(a");
        let refused =
            relire_sru::request::read_form(form.as_bytes(), &Default::default()).unwrap_err();
        let root = parse(&refused.to_xml()).unwrap();
        assert_eq!(
            (root.namespace.as_str(), root.name.as_str()),
            (response, "searchRetrieveResponse")
        );
        let found = root.find("diagnostic").unwrap();
        assert_eq!(found.namespace, diagnostic);
        assert_eq!(found.find("uri").unwrap().text, "info:srw/diagnostic/1/13");
    }
}
