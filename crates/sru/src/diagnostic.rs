//! What went wrong, by number. *SRU 1.1 «Diagnostics», SRU 1.2 «Diagnostics list»; OASIS
//! searchRetrieve 1.0, part 3, annex C*.

mod table;

use crate::{Version, xml::Xml};

pub use table::{ALL, Meaning};

/// One diagnostic: for the whole answer, or in the place of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its number; [`ALL`] has what each means.
    pub number: u16,
    /// What it is about: the parameter, the index, the term.
    pub details: Option<String>,
    /// A sentence for a person; the standard's text for the number when there is none.
    pub message: Option<String>,
}

impl Diagnostic {
    /// Stands in `recordSchema` of a record that is a diagnostic.
    pub const SCHEMA: &'static str = "info:srw/schema/1/diagnostics-v1.1";

    /// About something.
    pub fn new(number: u16, details: impl Into<String>) -> Self {
        Self {
            number,
            details: Some(details.into()),
            message: None,
        }
    }

    /// Nothing but the number.
    pub const fn bare(number: u16) -> Self {
        Self {
            number,
            details: None,
            message: None,
        }
    }

    /// With a sentence for a person.
    #[must_use]
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// `info:srw/diagnostic/1/10`: the same in every version.
    pub fn uri(&self) -> String {
        format!("info:srw/diagnostic/1/{}", self.number)
    }

    /// What the standard says about the number.
    pub fn meaning(&self) -> Option<&'static Meaning> {
        ALL.binary_search_by_key(&self.number, |one| one.number)
            .ok()
            .and_then(|at| ALL.get(at))
    }

    /// `uri`, `details`, `message`: the order of both schemas.
    pub(crate) fn write(&self, xml: &mut Xml, version: Version) {
        let namespace = [("xmlns:diag", version.diagnostic_namespace())];
        xml.open_with("diag:diagnostic", &namespace);
        xml.leaf("diag:uri", &self.uri());
        xml.leaf_if("diag:details", self.details.as_deref());
        let text = self.meaning().map(|meaning| meaning.text);
        xml.leaf_if("diag:message", self.message.as_deref().or(text));
        xml.close();
    }
}

impl From<cql::CqlError> for Diagnostic {
    fn from(error: cql::CqlError) -> Self {
        Self::new(error.diagnostic(), error.to_string())
    }
}

impl From<cql::ProximityFault> for Diagnostic {
    fn from(fault: cql::ProximityFault) -> Self {
        Self::new(fault.diagnostic, fault.modifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_whole() {
        assert!(ALL.windows(2).all(|two| two[0].number < two[1].number));
        assert!(ALL.iter().all(|one| !one.text.is_empty()));
        let missing: Vec<_> = [1, 10, 16, 26, 46, 61, 66, 71, 96, 110, 120, 121, 235, 236]
            .into_iter()
            .filter(|number| Diagnostic::bare(*number).meaning().is_none())
            .collect();
        assert_eq!(missing, [0_u16; 0]);
    }

    #[test]
    fn every_number_that_cql_gives_is_in_it() {
        for text in ["", "(", "a)", "\"", r"\a", "\"\"", ">a=b >a=c d"] {
            let error = cql::Query::parse(text).unwrap_err();
            assert!(Diagnostic::from(error).meaning().is_some(), "{text}");
        }
    }
}
