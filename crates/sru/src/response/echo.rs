//! The request in the answer, in the order of each schema.

use crate::request::{Operation, Request, is_extension};
use crate::{Version, xml::Xml};

/// What is needed to echo a request, understood or not.
pub(crate) struct Echo<'a> {
    pub(crate) version: Version,
    pub(crate) envelope: bool,
    pub(crate) parameters: &'a [(String, String)],
    pub(crate) stylesheet: Option<&'a str>,
    pub(crate) query: Option<&'a cql::Query>,
}

/// Higher trees are echoed as text alone: XCQL is two elements deep for each node, and common
/// readers refuse documents of more than 256.
const HIGHEST_TREE: usize = 90;

impl<'a> Echo<'a> {
    pub(crate) fn of(request: &'a Request) -> Self {
        Self {
            version: request.version,
            envelope: request.envelope,
            parameters: &request.parameters,
            stylesheet: request.stylesheet.as_deref(),
            query: match &request.operation {
                Operation::Explain(_) => None,
                Operation::SearchRetrieve(search) => Some(&search.query),
                Operation::Scan(scan) => Some(&scan.query),
            },
        }
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let same = |(other, value): &&(String, String)| other == name && !value.trim().is_empty();
        self.parameters
            .iter()
            .find(same)
            .map(|(_, value)| value.trim())
    }

    pub(super) fn search(&self, xml: &mut Xml) {
        xml.open("sru:echoedSearchRetrieveRequest");
        xml.leaf("sru:version", self.version.as_str());
        if self.version.is_2() {
            self.leaf(xml, "sru:queryType", "queryType");
        }
        // 1.x wants it, so it is there even when it was not.
        match self.get("query") {
            None if self.version.is_2() => {}
            query => xml.leaf("sru:query", query.unwrap_or_default()),
        }
        if let Some(query) = self.query.filter(|query| query.height() <= HIGHEST_TREE) {
            xml.open("sru:xQuery");
            xml.trusted(&cql::xcql::content(query, self.version.xcql()));
            xml.close();
        }
        self.number(xml, "sru:startRecord", "startRecord", 1);
        self.number(xml, "sru:maximumRecords", "maximumRecords", 0);
        if self.version.is_2() {
            self.one_of(
                xml,
                "sru:recordXMLEscaping",
                "recordXMLEscaping",
                &["xml", "string"],
            );
            self.leaf(xml, "sru:recordPacking", "recordPacking");
        } else {
            self.one_of(
                xml,
                "sru:recordPacking",
                "recordPacking",
                &["xml", "string"],
            );
        }
        self.leaf(xml, "sru:recordSchema", "recordSchema");
        if self.version.is_2() {
            let facets = self
                .parameters
                .iter()
                .filter(|(name, _)| name.starts_with("facet"));
            let facets: Vec<_> = facets
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            if !facets.is_empty() {
                xml.leaf("sru:facetParameters", &facets.join("&"));
            }
        } else {
            self.leaf(xml, "sru:recordXPath", "recordXPath");
        }
        self.number(xml, "sru:resultSetTTL", "resultSetTTL", 0);
        self.leaf(xml, "sru:sortKeys", "sortKeys");
        self.leaf(xml, "sru:stylesheet", "stylesheet");
        if self.version.is_2() {
            self.one_of(xml, "sru:renderedBy", "renderedBy", &["client", "server"]);
            for (name, value) in self.extensions() {
                xml.leaf("sru:extraRequestParameter", &format!("{name}={value}"));
            }
            self.leaf(xml, "sru:httpAccept", "httpAccept");
            self.leaf(xml, "sru:responseType", "responseType");
        } else {
            self.extra(xml);
        }
        xml.close();
    }

    pub(super) fn scan(&self, xml: &mut Xml) {
        xml.open("sru:echoedScanRequest");
        if !self.version.is_2() {
            xml.leaf("sru:version", self.version.as_str());
        }
        xml.leaf("sru:scanClause", self.get("scanClause").unwrap_or_default());
        let dialect = self.version.xcql();
        if let Some(clause) = self
            .query
            .and_then(|query| cql::xcql::scan_clause(query, dialect))
        {
            xml.open_with("sru:xScanClause", &[("xmlns", dialect.namespace())]);
            xml.trusted(&clause);
            xml.close();
        }
        self.number(xml, "sru:responsePosition", "responsePosition", 0);
        self.number(xml, "sru:maximumTerms", "maximumTerms", 1);
        if self.version.is_2() {
            self.leaf(xml, "sru:httpAccept", "httpAccept");
        }
        self.leaf(xml, "sru:stylesheet", "stylesheet");
        self.extra(xml);
        xml.close();
    }

    pub(super) fn explain(&self, xml: &mut Xml) {
        xml.open("sru:echoedExplainRequest");
        xml.leaf("sru:version", self.version.as_str());
        if self.version.is_2() {
            self.one_of(
                xml,
                "sru:recordXMLEscaping",
                "recordXMLEscaping",
                &["xml", "string"],
            );
            self.leaf(xml, "sru:recordPacking", "recordPacking");
        } else {
            self.one_of(
                xml,
                "sru:recordPacking",
                "recordPacking",
                &["xml", "string"],
            );
        }
        self.leaf(xml, "sru:stylesheet", "stylesheet");
        self.extra(xml);
        xml.close();
    }

    fn extensions(&self) -> impl Iterator<Item = &(String, String)> {
        self.parameters
            .iter()
            .filter(|(name, _)| is_extension(name))
    }

    /// Extensions, as elements of a namespace of our own: their names need not be names of XML.
    fn extra(&self, xml: &mut Xml) {
        if self.extensions().next().is_none() {
            return;
        }
        xml.open("sru:extraRequestData");
        for (name, value) in self.extensions() {
            let attributes = [
                ("xmlns:x", "urn:x-relire:sru:extension"),
                ("name", name.as_str()),
            ];
            xml.leaf_with("x:parameter", &attributes, value);
        }
        xml.close();
    }

    fn leaf(&self, xml: &mut Xml, element: &'static str, name: &str) {
        xml.leaf_if(element, self.get(name));
    }

    /// Only what the schema's type can hold; what was wrong stands in the diagnostic.
    fn number(&self, xml: &mut Xml, element: &'static str, name: &str, least: u64) {
        let number = self.get(name).and_then(|text| text.parse::<u64>().ok());
        if let Some(number) = number.filter(|number| *number >= least) {
            xml.leaf(element, &number.to_string());
        }
    }

    fn one_of(&self, xml: &mut Xml, element: &'static str, name: &str, values: &[&str]) {
        let value = self.get(name).filter(|value| values.contains(value));
        xml.leaf_if(element, value);
    }
}
