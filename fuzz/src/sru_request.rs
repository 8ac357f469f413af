//! What must hold for whatever arrives as a request of SRU or OAI-PMH.

use relire_sru::oai::{self, Answer, Tokens};
use relire_sru::{Fragment, ScanResponse, SearchRetrieveResponse, Settings, request};

/// Reads the bytes as a form, an envelope and a harvester's request, and answers each. Panics
/// where the crate breaks its word.
pub fn run(bytes: &[u8]) {
    let settings = Settings::default();
    for read in [
        request::read_form(bytes, &settings),
        request::read_soap(bytes, &settings),
    ] {
        match read {
            Ok(request) => {
                well_formed(&SearchRetrieveResponse::default().to_xml(&request));
                well_formed(&ScanResponse::default().to_xml(&request));
            }
            Err(refused) => {
                assert!(refused.soap_fault().is_some() != !refused.diagnostics.is_empty());
                well_formed(&refused.to_xml());
            }
        }
    }
    let request = oai::read(bytes, &Tokens::new("fuzz"));
    let answer = Answer::Records(Vec::new(), None);
    let at = jiff::Timestamp::UNIX_EPOCH;
    well_formed(&answer.to_xml(&request, "https://example.org/oai", at));
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(fragment) = Fragment::new(text)
    {
        well_formed(fragment.as_str());
    }
}

/// A stylesheet's instruction is the one thing that a fragment may not have and an answer may.
fn well_formed(answer: &str) {
    let root = answer.find("<?xml-stylesheet").and_then(|at| {
        let end = answer.get(at..)?.find("?>")?;
        answer.get(at + end + 2..)
    });
    if let Err(fault) = Fragment::new(root.unwrap_or(answer)) {
        panic!("{fault}: {answer}");
    }
}
