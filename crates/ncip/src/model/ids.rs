//! Who and what is meant.

use super::{Value, codec::parts};
use crate::Secret;

parts! {
    /// A reader (1.x: `UniqueUserId`, `VisibleUserId`).
    UserId {
        opt agency: Value = "AgencyId",
        opt kind: Value = "UserIdentifierType",
        req value: String = "UserIdentifierValue",
    }

    /// A copy (1.x: `UniqueItemId`, `VisibleItemId`).
    ItemId {
        opt agency: Value = "AgencyId",
        opt kind: Value = "ItemIdentifierType",
        req value: String = "ItemIdentifierValue",
    }

    /// A request (1.x: `UniqueRequestId`).
    RequestId {
        opt agency: Value = "AgencyId",
        opt kind: Value = "RequestIdentifierType",
        req value: String = "RequestIdentifierValue",
    }

    /// One of the things that a reader shows: a card number, a user name, a PIN. Which of them is secret is said by its
    /// type, and that differs; so all are.
    AuthenticationInput {
        req data: Secret = "AuthenticationInputData",
        opt format: Value = "AuthenticationDataFormatType",
        opt kind: Value = "AuthenticationInputType",
    }

    /// A title by a number that publishers give: ISBN, ISSN.
    BibliographicItemId {
        req value: String = "BibliographicItemIdentifier",
        opt code: Value = "BibliographicItemIdentifierCode",
    }

    /// A title by a number that catalogues give.
    BibliographicRecordId {
        req value: String = "BibliographicRecordIdentifier",
        opt agency: Value = "AgencyId",
        opt code: Value = "BibliographicRecordIdentifierCode",
    }

    /// A title (1.x: `UniqueBibliographicId`).
    BibliographicId {
        opt item: BibliographicItemId = "BibliographicItemId",
        opt record: BibliographicRecordId = "BibliographicRecordId",
    }

    /// An agency, where the standard wraps it (`FromAgencyId`, `ToAgencyId`, `OnBehalfOfAgency`).
    Agency {
        req id: Value = "AgencyId",
    }

    /// Who sends a question, and to whom.
    InitiationHeader {
        opt from_system: Value = "FromSystemId",
        opt from_system_authentication: Secret = "FromSystemAuthentication",
        opt from_agency: Agency = "FromAgencyId",
        opt from_agency_authentication: Secret = "FromAgencyAuthentication",
        opt on_behalf_of: Agency = "OnBehalfOfAgency",
        opt to_system: Value = "ToSystemId",
        opt to_agency: Agency = "ToAgencyId",
        opt profile: Value = "ApplicationProfileType",
    }

    /// Who answers, and to whom.
    ResponseHeader {
        opt from_system: Value = "FromSystemId",
        req from_agency: Agency = "FromAgencyId",
        opt to_system: Value = "ToSystemId",
        req to_agency: Agency = "ToAgencyId",
    }

    /// What went wrong (section 6 of our notes has the lists; 1.x: `ProcessingError`, `MessagingError`).
    Problem {
        req kind: Value = "ProblemType",
        opt detail: String = "ProblemDetail",
        opt element: String = "ProblemElement",
        opt value: String = "ProblemValue",
    }
}

impl BibliographicId {
    /// By the number of a catalogue's record.
    pub fn record(value: impl Into<String>, code: Value) -> Self {
        Self {
            item: None,
            record: Some(BibliographicRecordId {
                value: value.into(),
                agency: None,
                code: Some(code),
            }),
        }
    }

    /// The number, whichever it is, and what kind it is said to be.
    pub fn number(&self) -> Option<(&str, Option<&Value>)> {
        let item = self
            .item
            .as_ref()
            .map(|id| (id.value.as_str(), id.code.as_ref()));
        let record = self
            .record
            .as_ref()
            .map(|id| (id.value.as_str(), id.code.as_ref()));
        item.or(record)
    }
}
