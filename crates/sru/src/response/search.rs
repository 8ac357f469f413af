use super::echo::Echo;
use super::{Facet, begin, diagnostics, extra, facets};
use crate::request::{Escaping, Operation, Request, SearchRetrieve};
use crate::{Diagnostic, Fragment, Schema, xml::Xml};

/// Records that were found. *SRU 1.2 «SearchRetrieve»; SRU 2.0, section 3*.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchRetrieveResponse {
    /// How many there are in all.
    pub number_of_records: u64,
    /// How sure that is, in 2.0.
    pub precision: Precision,
    /// The name of a result set that is kept, and the seconds that it is.
    pub result_set: Option<(String, Option<u32>)>,
    /// Those of this answer, in their order. The next position follows from the last one.
    pub records: Vec<Record>,
    /// What went wrong, for the whole answer.
    pub diagnostics: Vec<Diagnostic>,
    /// What was counted besides, in 2.0.
    pub facets: Vec<Facet>,
    /// One element of an extension.
    pub extra: Option<Fragment>,
}

/// One record of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its place among all that were found, from 1.
    pub position: u64,
    /// What it is known by; 1.2 alone has a place for it.
    pub identifier: Option<String>,
    /// The record, or why it is not here.
    pub data: RecordData,
    /// One element of an extension.
    pub extra: Option<Fragment>,
}

/// A record, or what stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordData {
    /// In its schema.
    Xml(Schema, Fragment),
    /// A surrogate: this one record could not be had.
    Diagnostic(Diagnostic),
}

/// `info:srw/vocabulary/resultCountPrecision/1/…`: how far the number of records is to be
/// believed. *SRU 2.0, section 3.6*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Counted.
    #[default]
    Exact,
    /// Nobody knows.
    Unknown,
    /// About.
    Estimate,
    /// Not more.
    Maximum,
    /// Not fewer.
    Minimum,
    /// Counted, and growing.
    Current,
}

impl Precision {
    const fn uri(self) -> &'static str {
        match self {
            Self::Exact => "info:srw/vocabulary/resultCountPrecision/1/exact",
            Self::Unknown => "info:srw/vocabulary/resultCountPrecision/1/unknown",
            Self::Estimate => "info:srw/vocabulary/resultCountPrecision/1/estimate",
            Self::Maximum => "info:srw/vocabulary/resultCountPrecision/1/maximum",
            Self::Minimum => "info:srw/vocabulary/resultCountPrecision/1/minimum",
            Self::Current => "info:srw/vocabulary/resultCountPrecision/1/current",
        }
    }
}

impl SearchRetrieveResponse {
    /// Nothing but what went wrong.
    pub fn failed(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostics: vec![diagnostic],
            ..Self::default()
        }
    }

    /// The answer to a request.
    pub fn to_xml(&self, request: &Request) -> String {
        let search = match &request.operation {
            Operation::SearchRetrieve(search) => Some(&**search),
            Operation::Explain(_) | Operation::Scan(_) => None,
        };
        if request.warnings.is_empty() {
            return self.write(&Echo::of(request), search);
        }
        let mut whole = self.clone();
        whole.diagnostics.extend_from_slice(&request.warnings);
        whole.write(&Echo::of(request), search)
    }

    pub(crate) fn write(&self, echo: &Echo<'_>, search: Option<&SearchRetrieve>) -> String {
        let version = echo.version;
        let escaping = search.map_or(Escaping::Xml, |search| search.escaping);
        let mut xml = begin(echo, "sru:searchRetrieveResponse", version.namespace());
        xml.leaf("sru:numberOfRecords", &self.number_of_records.to_string());
        let (set, seconds) = match &self.result_set {
            Some((set, seconds)) => (Some(set.as_str()), *seconds),
            None => (None, None),
        };
        xml.leaf_if("sru:resultSetId", set);
        // Of 1.x, and there a positive number.
        let idle = seconds.filter(|seconds| *seconds > 0 && !version.is_2());
        xml.leaf_if(
            "sru:resultSetIdleTime",
            idle.map(|idle| idle.to_string()).as_deref(),
        );
        if !self.records.is_empty() {
            xml.open("sru:records");
            for record in &self.records {
                record.write(
                    &mut xml,
                    echo,
                    escaping,
                    search.is_some_and(|search| search.unpacked),
                );
            }
            xml.close();
        }
        let last = self.records.last().map(|last| last.position);
        let next = last.and_then(|last| last.checked_add(1));
        let next = next.filter(|next| *next <= self.number_of_records);
        xml.leaf_if(
            "sru:nextRecordPosition",
            next.map(|next| next.to_string()).as_deref(),
        );
        echo.search(&mut xml);
        diagnostics(&mut xml, &[&self.diagnostics], version);
        extra(&mut xml, "sru:extraResponseData", self.extra.as_ref());
        if version.is_2() {
            xml.leaf_if(
                "sru:resultSetTTL",
                seconds.map(|ttl| ttl.to_string()).as_deref(),
            );
            xml.leaf("sru:resultCountPrecision", self.precision.uri());
            facets::write(&mut xml, &self.facets);
        }
        xml.finish()
    }
}

impl Record {
    /// A record at its place.
    pub const fn new(position: u64, schema: Schema, data: Fragment) -> Self {
        Self {
            position,
            identifier: None,
            data: RecordData::Xml(schema, data),
            extra: None,
        }
    }

    /// What stands in a record's place when it could not be had: the others still come.
    pub const fn surrogate(position: u64, diagnostic: Diagnostic) -> Self {
        Self {
            position,
            identifier: None,
            data: RecordData::Diagnostic(diagnostic),
            extra: None,
        }
    }

    fn write(&self, xml: &mut Xml, echo: &Echo<'_>, escaping: Escaping, unpacked: bool) {
        let version = echo.version;
        let schema = match &self.data {
            RecordData::Xml(schema, _) => schema.identifier,
            RecordData::Diagnostic(_) => Diagnostic::SCHEMA,
        };
        let surrogate = match &self.data {
            RecordData::Xml(..) => None,
            RecordData::Diagnostic(diagnostic) => {
                let mut inner = Xml::fragment();
                diagnostic.write(&mut inner, version);
                Some(Fragment::trusted(inner.finish()))
            }
        };
        let data = match (&self.data, &surrogate) {
            (RecordData::Xml(_, data), _) | (_, Some(data)) => data,
            (RecordData::Diagnostic(_), None) => return,
        };
        xml.open("sru:record");
        packed(
            xml,
            version.is_2().then_some(unpacked),
            schema,
            escaping,
            data,
        );
        if version == crate::Version::V1_2 {
            xml.leaf_if("sru:recordIdentifier", self.identifier.as_deref());
        }
        let position = Some(self.position).filter(|position| *position > 0);
        xml.leaf_if(
            "sru:recordPosition",
            position.map(|at| at.to_string()).as_deref(),
        );
        extra(xml, "sru:extraRecordData", self.extra.as_ref());
        xml.close();
    }
}

/// `recordSchema` to `recordData`. `unpacked` is of 2.0 alone, where it is about wrappings.
pub(super) fn packed(
    xml: &mut Xml,
    unpacked: Option<bool>,
    schema: &str,
    escaping: Escaping,
    data: &Fragment,
) {
    xml.leaf("sru:recordSchema", schema);
    match unpacked {
        None => xml.leaf("sru:recordPacking", escaping.as_str()),
        Some(unpacked) => {
            if unpacked {
                xml.leaf("sru:recordPacking", "unpacked");
            }
            xml.leaf("sru:recordXMLEscaping", escaping.as_str());
        }
    }
    xml.open("sru:recordData");
    match escaping {
        Escaping::Xml => xml.markup(data),
        Escaping::String => xml.text(data.as_str()),
    }
    xml.close();
}
