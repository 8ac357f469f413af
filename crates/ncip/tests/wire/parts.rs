//! What answers are made of, with everything in it, and what of that can be said in 1.0.

use relire_ncip::{
    Moment, Value,
    lists::{CirculationStatus, FiscalAction, FiscalTransactionKind, LocationKind},
    model::{
        Amount, BibliographicDescription, BibliographicId, BibliographicItemId,
        BibliographicRecordId, BlockOrTrap, ElectronicAddress, FiscalReference, FiscalTransaction,
        ItemDescription, ItemDetails, ItemId, ItemOptionalFields, Location, NameInformation,
        PersonalName, PhysicalAddress, PhysicalCondition, RequestId, StructuredAddress,
        StructuredName, UnstructuredAddress, UserAddress, UserId, UserOptionalFields,
        UserPrivilege, UserPrivilegeStatus,
    },
};

/// How much is said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// All that 2.02 can say.
    Whole,
    /// Less what 1.0 has no place for.
    In1_0,
}

impl Said {
    pub(crate) fn only_2<T>(self, said: T) -> Option<T> {
        (self == Self::Whole).then_some(said)
    }
}

pub(crate) fn agency(code: &str) -> Value {
    Value::of("urn:agencies", code)
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

pub(crate) fn due() -> Moment {
    at("2026-12-14T23:00:00Z")
}

pub(crate) fn barcode(dialect: Said) -> Option<Value> {
    dialect.only_2(Value::of("urn:ids", "Barcode"))
}

pub(crate) fn user(dialect: Said) -> UserId {
    UserId {
        agency: Some(agency("LENS")),
        kind: barcode(dialect),
        value: "2620000000017".into(),
    }
}

pub(crate) fn item(dialect: Said) -> ItemId {
    ItemId {
        agency: Some(agency("LENS")),
        kind: barcode(dialect),
        value: "3620000000019".into(),
    }
}

pub(crate) fn request(dialect: Said) -> RequestId {
    RequestId {
        agency: Some(agency("LENS")),
        kind: dialect.only_2(Value::of("urn:ids", "Hold")),
        value: "H-7".into(),
    }
}

pub(crate) fn book() -> Value {
    Value::of("urn:media", "Book")
}

pub(crate) fn title_number() -> BibliographicId {
    BibliographicId {
        item: Some(isbn()),
        record: None,
    }
}

pub(crate) fn isbn() -> BibliographicItemId {
    BibliographicItemId {
        value: "9782070411429".into(),
        code: Some(Value::of("urn:codes", "ISBN")),
    }
}

pub(crate) fn description() -> BibliographicDescription {
    BibliographicDescription {
        author: Some("Zola, Émile".into()),
        item_id: Some(isbn()),
        record_ids: vec![BibliographicRecordId {
            value: "42".into(),
            agency: Some(agency("LENS")),
            code: None,
        }],
        edition: Some("2e éd.".into()),
        place: Some("Paris".into()),
        date: Some("1999".into()),
        publisher: Some("Gallimard".into()),
        title: Some("Germinal".into()),
        component_title: None,
        level: Some(Value::of("urn:levels", "Monograph")),
        language: Some(Value::of("urn:languages", "fre")),
        medium: Some(book()),
    }
}

pub(crate) fn lievin() -> Location {
    Location::named(LocationKind::CurrentLocation.into(), "Liévin")
}

pub(crate) fn item_fields(dialect: Said) -> ItemOptionalFields {
    ItemOptionalFields {
        description: Some(description()),
        restrictions: vec![Value::of("urn:restrictions", "In Library Use Only")],
        circulation_status: Some(CirculationStatus::OnLoan.into()),
        hold_queue_length: Some(3),
        item_description: Some(ItemDescription {
            call_number: Some("R ZOL".into()),
            copy_number: Some("2".into()),
            pieces: dialect.only_2(1),
        }),
        locations: vec![
            Location::named(LocationKind::PermanentLocation.into(), "Lens"),
            lievin(),
        ],
        condition: Some(PhysicalCondition {
            kind: Value::of("urn:conditions", "Damaged"),
            details: Some("Dos fatigué".into()),
        }),
        date_due: dialect.only_2(due()),
    }
}

pub(crate) fn street() -> PhysicalAddress {
    PhysicalAddress {
        structured: Some(StructuredAddress {
            within: None,
            house: None,
            street: None,
            box_number: None,
            district: None,
            line1: Some("1 place du Marché".into()),
            line2: Some("Bâtiment B".into()),
            locality: Some("Lens".into()),
            region: None,
            country: Some("France".into()),
            postal_code: Some("62300".into()),
            care_of: None,
        }),
        unstructured: None,
        kind: Some(Value::of("urn:addresses", "Postal Address")),
    }
}

pub(crate) fn user_fields() -> UserOptionalFields {
    let address = |physical, electronic| UserAddress {
        role: Value::of("urn:roles", "Home"),
        from: None,
        to: None,
        physical,
        electronic,
    };
    let lines = PhysicalAddress {
        structured: None,
        unstructured: Some(UnstructuredAddress {
            kind: Some(Value::of("urn:addresses", "Newline-Delimited Text")),
            data: "1 place du Marché\n62300 Lens".into(),
        }),
        kind: Some(Value::of("urn:addresses", "Postal Address")),
    };
    let mail = ElectronicAddress {
        kind: Some(Value::of("urn:addresses", "mailto")),
        data: "lectrice@example.org".into(),
    };
    UserOptionalFields {
        name: Some(NameInformation {
            person: Some(PersonalName {
                structured: Some(StructuredName {
                    prefix: None,
                    given_name: Some("Étiennette".into()),
                    initials: None,
                    surname: "D'Œuvre-Lantier".into(),
                    suffix: None,
                }),
                unstructured: None,
            }),
            organizations: vec![],
        }),
        addresses: vec![
            address(Some(street()), None),
            address(Some(lines), None),
            address(None, Some(mail)),
        ],
        born_on: Some(at("1990-05-01T00:00:00")),
        languages: vec![Value::of("urn:languages", "fre")],
        privileges: vec![UserPrivilege {
            agency: agency("LENS"),
            kind: Value::of("urn:privileges", "STATUS"),
            from: Some(at("2026-01-01T00:00:00Z")),
            to: Some(at("2026-12-31T00:00:00Z")),
            status: Some(UserPrivilegeStatus {
                kind: Value::of("urn:states", "OK"),
                since: None,
            }),
            description: Some("Abonnée".into()),
        }],
        blocks: vec![BlockOrTrap {
            agency: agency("LENS"),
            kind: Value::of("urn:blocks", "Block Check Out"),
            from: None,
            to: None,
        }],
        // In 1.0 it is the visible one, and has its kind.
        ids: vec![user(Said::Whole)],
    }
}

pub(crate) fn euros(cents: i64) -> Amount {
    let list = "http://www.niso.org/ncip/v1_0/schemes/currencycode/currencycode.scm";
    Amount {
        currency: Some(Value::of(list, "EUR")),
        value: cents,
    }
}

pub(crate) fn reference(number: &str) -> FiscalReference {
    FiscalReference {
        agency: agency("LENS"),
        value: number.into(),
    }
}

pub(crate) fn fee(dialect: Said) -> FiscalTransaction {
    FiscalTransaction {
        action: FiscalAction::Assess.into(),
        reference: Some(reference("F-12")),
        related: vec![reference("F-11")],
        kind: Some(FiscalTransactionKind::Fine.into()),
        amount: Some(euros(150)),
        payment: Some(Value::of("urn:payments", "Cash")),
        description: Some("Retard de 3 jours".into()),
        request: Some(request(dialect)),
        item: Some(ItemDetails {
            item: item(dialect),
            description: Some(description()),
            lent: Some(at("2026-10-01T08:00:00Z")),
            due: Some(at("2026-10-22T22:00:00Z")),
            returned: Some(at("2026-10-25T08:00:00Z")),
        }),
    }
}
