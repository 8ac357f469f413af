use super::Kind;
use crate::response::{ScanResponse, SearchRetrieveResponse, echo::Echo};
use crate::{Diagnostic, Version, soap};

/// A request that cannot be answered as it is; it is answered with diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The version that says so.
    pub version: Version,
    /// Whether it came in a SOAP envelope.
    pub envelope: bool,
    /// What it wanted.
    pub kind: Kind,
    /// Why not; one at least, unless there was no envelope.
    pub diagnostics: Vec<Diagnostic>,
    /// Names and values as they came.
    pub parameters: Vec<(String, String)>,
    pub(super) fault: Option<String>,
}

impl Refused {
    pub(super) const fn no_envelope(reason: String) -> Self {
        Self {
            version: Version::V1_1,
            envelope: true,
            kind: Kind::SearchRetrieve,
            diagnostics: Vec::new(),
            parameters: Vec::new(),
            fault: Some(reason),
        }
    }

    pub(super) fn whole(version: Version, fault: Diagnostic) -> Self {
        Self {
            version,
            envelope: false,
            kind: Kind::SearchRetrieve,
            diagnostics: vec![fault],
            parameters: Vec::new(),
            fault: None,
        }
    }

    /// Why an envelope could not be read at all: it is answered with a SOAP fault, and HTTP 500.
    pub fn soap_fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The answer: no records and the diagnostics, or a SOAP fault.
    pub fn to_xml(&self) -> String {
        if let Some(reason) = &self.fault {
            return soap::fault(reason);
        }
        let echo = Echo {
            version: self.version,
            envelope: self.envelope,
            parameters: &self.parameters,
            stylesheet: None,
            query: None,
        };
        match self.kind {
            Kind::Scan => ScanResponse {
                diagnostics: self.diagnostics.clone(),
                ..ScanResponse::default()
            }
            .write(&echo),
            Kind::Explain | Kind::SearchRetrieve => SearchRetrieveResponse {
                diagnostics: self.diagnostics.clone(),
                ..SearchRetrieveResponse::default()
            }
            .write(&echo, None),
        }
    }
}
