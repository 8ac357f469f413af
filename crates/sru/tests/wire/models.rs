//! The content models of published schemas, and a small checker that stands in for a validator: sruResponse.xsd, scan.xsd,
//! xcql.xsd, diagnostic.xsd and facetedResults.xsd of OASIS searchRetrieve 1.0; srw-types.xsd and its companions of SRU 1.1
//! and 1.2; zeerex-2.0; OAI-PMH.xsd; ISOholdings; MARC21slim.xsd, marcxchange-2-0.xsd, oai_dc.xsd, dc-schema.xsd, mods-3-7.xsd.
//! No package that was looked at has the schemas themselves, so their models are written down here.

use std::collections::BTreeSet;

use super::element::Element;

/// Namespace, element, children in their order: `?` none or one, `*` any number, `+` one or more,
/// `any` elements of other namespaces; `text` instead of children; `a|b` is a choice.
#[rustfmt::skip]
pub(crate) const MODELS: &[(&str, &str, &str)] = &[
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
    // Records
    (MARC, "record", "leader controlfield* datafield*"),
    (MARC, "datafield", "subfield+"),
    (MARCXCHANGE, "record", "leader controlfield* datafield*"),
    (MARCXCHANGE, "datafield", "subfield+"),
    (MODS, "name", "namePart+ role*"),
    (MODS, "language", "languageTerm+"),
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

/// Namespace, element, what it may have any number of, in any order.
const CHOICES: &[(&str, &str, &str)] = &[
    (
        OAI_DC,
        "dc",
        "title|creator|subject|description|publisher|contributor|date|type|format|identifier|source|language|relation|coverage|rights",
    ),
    (
        SRW_DC,
        "dc",
        "title|creator|subject|description|publisher|contributor|date|type|format|identifier|source|language|relation|coverage|rights",
    ),
    (
        MODS,
        "mods",
        "abstract|accessCondition|classification|extension|genre|identifier|language|location|name|note|originInfo|part|physicalDescription|recordInfo|relatedItem|subject|tableOfContents|targetAudience|titleInfo|typeOfResource",
    ),
    (
        MODS,
        "titleInfo",
        "title|subTitle|partNumber|partName|nonSort",
    ),
    (
        MODS,
        "originInfo",
        "place|publisher|dateIssued|dateCreated|dateCaptured|dateValid|dateModified|copyrightDate|dateOther|edition|issuance|frequency",
    ),
    (
        MODS,
        "subject",
        "topic|geographic|temporal|titleInfo|name|genre|hierarchicalGeographic|cartographics|geographicCode|occupation",
    ),
];

const MARC: &str = "http://www.loc.gov/MARC21/slim";
const MARCXCHANGE: &str = "info:lc/xmlns/marcxchange-v2";
const MODS: &str = "http://www.loc.gov/mods/v3";
const OAI_DC: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const SRW_DC: &str = "info:srw/schema/1/dc-schema";
pub(crate) const SRU1: &str = "http://www.loc.gov/zing/srw/";
pub(crate) const DIAG1: &str = "http://www.loc.gov/zing/srw/diagnostic/";
const XCQL1: &str = "http://www.loc.gov/zing/cql/xcql/";
pub(crate) const SRU2: &str = "http://docs.oasis-open.org/ns/search-ws/sruResponse";
const SCAN2: &str = "http://docs.oasis-open.org/ns/search-ws/scan";
pub(crate) const DIAG2: &str = "http://docs.oasis-open.org/ns/search-ws/diagnostic";
const XCQL2: &str = "http://docs.oasis-open.org/ns/search-ws/xcql";
const FACET: &str = "http://docs.oasis-open.org/ns/search-ws/facetedResults";
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const ZEEREX: &str = "http://explain.z3950.org/dtd/2.0/";
const HOLD: &str = "http://www.loc.gov/standards/iso20775/";
const OAI: &str = "http://www.openarchives.org/OAI/2.0/";

/// Goes through a document. What has no model is not looked at; what has one is noted as seen.
pub(crate) fn check(
    element: &Element,
    what: &str,
    seen: &mut BTreeSet<(&'static str, &'static str)>,
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
    let choice = CHOICES
        .iter()
        .find(|(space, name, _)| element.namespace == *space && element.name == *name);
    if let Some((space, name, choice)) = choice {
        seen.insert((space, name));
        for child in &element.children {
            let may = choice.split('|').any(|one| one == child.name);
            assert!(may, "{what}: {name} cannot have {}", child.name);
        }
    }
    for child in &element.children {
        check(child, what, seen);
    }
}

pub(crate) fn follows(names: &[String], model: &str) -> Result<(), String> {
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
