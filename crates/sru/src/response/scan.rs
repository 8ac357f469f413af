use super::echo::Echo;
use super::{begin, diagnostics, extra};
use crate::request::Request;
use crate::{Diagnostic, Fragment};

/// Terms of an index. *SRU 1.2 «Scan»; OASIS searchRetrieve 1.0, part 6*.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScanResponse {
    /// The terms in their order.
    pub terms: Vec<ScanTerm>,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// One element of an extension.
    pub extra: Option<Fragment>,
}

/// One term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScanTerm {
    /// The term as it is searched.
    pub value: String,
    /// Records that it would find.
    pub number_of_records: Option<u64>,
    /// The term as people write it.
    pub display: Option<String>,
    /// Its place in the index, where that is an end.
    pub where_in_list: Option<WhereInList>,
    /// One element of an extension.
    pub extra: Option<Fragment>,
}

/// *SRU 1.2 «Scan», `whereInList`*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhereInList {
    /// The first of all.
    First,
    /// The last of all.
    Last,
    /// The only one.
    Only,
    /// Somewhere in between.
    Inner,
}

impl WhereInList {
    const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Only => "only",
            Self::Inner => "inner",
        }
    }
}

impl ScanResponse {
    /// Nothing but what went wrong.
    pub fn failed(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostics: vec![diagnostic],
            ..Self::default()
        }
    }

    /// The answer to a request.
    pub fn to_xml(&self, request: &Request) -> String {
        if request.warnings.is_empty() {
            return self.write(&Echo::of(request));
        }
        let mut whole = self.clone();
        whole.diagnostics.extend_from_slice(&request.warnings);
        whole.write(&Echo::of(request))
    }

    pub(crate) fn write(&self, echo: &Echo<'_>) -> String {
        let version = echo.version;
        let mut xml = begin(echo, "sru:scanResponse", version.scan_namespace());
        if !self.terms.is_empty() {
            xml.open("sru:terms");
            for term in &self.terms {
                xml.open("sru:term");
                xml.leaf("sru:value", &term.value);
                let number = term.number_of_records.map(|number| number.to_string());
                xml.leaf_if("sru:numberOfRecords", number.as_deref());
                xml.leaf_if("sru:displayTerm", term.display.as_deref());
                xml.leaf_if(
                    "sru:whereInList",
                    term.where_in_list.map(WhereInList::as_str),
                );
                extra(&mut xml, "sru:extraTermData", term.extra.as_ref());
                xml.close();
            }
            xml.close();
        }
        echo.scan(&mut xml);
        diagnostics(&mut xml, &[&self.diagnostics], version);
        extra(&mut xml, "sru:extraResponseData", self.extra.as_ref());
        xml.finish()
    }
}
