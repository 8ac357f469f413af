use super::echo::Echo;
use super::search::packed;
use super::{begin, diagnostics};
use crate::request::{Operation, Request};
use crate::zeerex::{self, Description};
use crate::{Diagnostic, Fragment};

/// What the server can do. *SRU 1.2 «Explain»; SRU 2.0, section 4*.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainResponse<'a> {
    /// The server's description.
    pub description: &'a Description,
    /// What went wrong besides.
    pub diagnostics: Vec<Diagnostic>,
}

impl ExplainResponse<'_> {
    /// The answer to a request.
    pub fn to_xml(&self, request: &Request) -> String {
        let echo = Echo::of(request);
        let version = request.version;
        let escaping = match &request.operation {
            Operation::Explain(explain) => explain.escaping,
            Operation::SearchRetrieve(_) | Operation::Scan(_) => Default::default(),
        };
        let mut xml = begin(&echo, "sru:explainResponse", version.namespace());
        xml.open("sru:record");
        let record = Fragment::trusted(self.description.to_xml(version));
        let unpacked = version.is_2().then_some(false);
        packed(&mut xml, unpacked, zeerex::NAMESPACE, escaping, &record);
        xml.close();
        echo.explain(&mut xml);
        diagnostics(&mut xml, &[&self.diagnostics, &request.warnings], version);
        xml.finish()
    }
}
