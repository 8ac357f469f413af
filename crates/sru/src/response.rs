//! Answers, for each version by its own schema.

pub(crate) mod echo;
mod explain;
mod facets;
mod scan;
mod search;

pub use explain::ExplainResponse;
pub use facets::{Facet, FacetTerm};
pub use scan::{ScanResponse, ScanTerm, WhereInList};
pub use search::{Precision, Record, RecordData, SearchRetrieveResponse};

use crate::{Diagnostic, Fragment, Version, soap, xml::Xml};

/// The document around an answer: stylesheet or envelope, and the root element.
fn begin(echo: &echo::Echo<'_>, root: &'static str, namespace: &str) -> Xml {
    let mut xml = Xml::document();
    if echo.envelope {
        xml.open_with("soap:Envelope", &[("xmlns:soap", soap::NAMESPACE)]);
        xml.open("soap:Body");
    } else if let Some(stylesheet) = echo.stylesheet {
        xml.stylesheet(stylesheet);
    }
    xml.open_with(root, &[("xmlns:sru", namespace)]);
    // 2.0 has no version any more.
    if !echo.version.is_2() {
        xml.leaf("sru:version", echo.version.as_str());
    }
    xml
}

fn diagnostics(xml: &mut Xml, all: &[&[Diagnostic]], version: Version) {
    if all.iter().all(|some| some.is_empty()) {
        return;
    }
    xml.open("sru:diagnostics");
    for diagnostic in all.iter().copied().flatten() {
        diagnostic.write(xml, version);
    }
    xml.close();
}

fn extra(xml: &mut Xml, name: &'static str, fragment: Option<&Fragment>) {
    if let Some(fragment) = fragment {
        xml.open(name);
        xml.markup(fragment);
        xml.close();
    }
}
