//! What is told of titles and copies.

use super::{BibliographicItemId, BibliographicRecordId, UserId, Value, codec::parts};
use crate::Moment;

parts! {
    /// A title, described.
    BibliographicDescription {
        opt author: String = "Author",
        opt item_id: BibliographicItemId = "BibliographicItemId",
        many record_ids: BibliographicRecordId = "BibliographicRecordId",
        opt edition: String = "Edition",
        opt place: String = "PlaceOfPublication",
        opt date: String = "PublicationDate",
        opt publisher: String = "Publisher",
        opt title: String = "Title",
        opt component_title: String = "TitleOfComponent",
        opt level: Value = "BibliographicLevel",
        opt language: Value = "Language",
        opt medium: Value = "MediumType",
    }

    /// A copy, described.
    ItemDescription {
        opt call_number: String = "CallNumber",
        opt copy_number: String = "CopyNumber",
        opt pieces: u32 = "NumberOfPieces",
    }

    /// One name of a place: the branch is level 1, what is within it 2.
    LocationNameInstance {
        req level: u32 = "LocationNameLevel",
        req value: String = "LocationNameValue",
    }

    /// The names of a place, from the widest in.
    LocationName {
        many instances: LocationNameInstance = "LocationNameInstance",
    }

    /// Where a copy belongs or is.
    Location {
        req kind: Value = "LocationType",
        req name: LocationName = "LocationName",
    }

    /// What shape a copy is in.
    PhysicalCondition {
        req kind: Value = "PhysicalConditionType",
        opt details: String = "PhysicalConditionDetails",
    }

    /// What is told of a copy where it is asked for.
    ItemOptionalFields {
        opt description: BibliographicDescription = "BibliographicDescription",
        many restrictions: Value = "ItemUseRestrictionType",
        opt circulation_status: Value = "CirculationStatus",
        opt hold_queue_length: u32 = "HoldQueueLength",
        opt item_description: ItemDescription = "ItemDescription",
        many locations: Location = "Location",
        opt condition: PhysicalCondition = "PhysicalCondition",
        opt date_due: Moment = "DateDue",
    }

    /// Who has a copy.
    Holder {
        req user: UserId = "UserId",
    }

    /// Who has a copy and who waits for it.
    ItemTransaction {
        opt borrower: Holder = "CurrentBorrower",
        many requesters: Holder = "CurrentRequester",
    }

    /// Where a returned copy goes.
    Destination {
        opt bin: String = "BinNumber",
        opt location: Location = "Location",
    }

    /// What is to be done with a returned copy.
    RoutingInformation {
        req instructions: String = "RoutingInstructions",
        req destination: Destination = "Destination",
        opt request_type: Value = "RequestType",
        opt user: UserId = "UserId",
    }
}

impl Location {
    /// A place by one name.
    pub fn named(kind: Value, name: impl Into<String>) -> Self {
        let instance = LocationNameInstance {
            level: 1,
            value: name.into(),
        };
        Self {
            kind,
            name: LocationName {
                instances: vec![instance],
            },
        }
    }
}
