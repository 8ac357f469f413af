use crate::xml::Xml;

/// Terms of one index among the records that were found. *SRU 2.0, section 3.7*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// The index.
    pub index: String,
    /// What people call it.
    pub label: Option<String>,
    /// The relation that the queries of its terms use.
    pub relation: Option<String>,
    /// The terms, in their order.
    pub terms: Vec<FacetTerm>,
}

/// One term, and how many records have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetTerm {
    /// The term.
    pub term: String,
    /// The query that finds just these records.
    pub query: Option<String>,
    /// Where to ask that.
    pub request_url: Option<String>,
    /// How many.
    pub count: u64,
}

const NAMESPACE: &str = "http://docs.oasis-open.org/ns/search-ws/facetedResults";

pub(super) fn write(xml: &mut Xml, facets: &[Facet]) {
    if facets.is_empty() {
        return;
    }
    xml.open_with("sru:facetedResults", &[("xmlns:facet", NAMESPACE)]);
    for facet in facets {
        xml.open("facet:facet");
        xml.leaf_if("facet:facetDisplayLabel", facet.label.as_deref());
        xml.leaf("facet:index", &facet.index);
        xml.leaf_if("facet:relation", facet.relation.as_deref());
        xml.open("facet:terms");
        for term in &facet.terms {
            xml.open("facet:term");
            xml.leaf("facet:actualTerm", &term.term);
            xml.leaf_if("facet:query", term.query.as_deref());
            xml.leaf_if("facet:requestUrl", term.request_url.as_deref());
            xml.leaf("facet:count", &term.count.to_string());
            xml.close();
        }
        xml.close();
        xml.close();
    }
    xml.close();
}
