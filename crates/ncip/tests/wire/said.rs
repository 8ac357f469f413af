//! An answer of each service with everything in it, and what of that can be said in 1.0.

use relire_ncip::{
    Moment, Value,
    lists::{
        CirculationStatus, FiscalAction, FiscalTransactionKind, LocationKind, RequestScope,
        RequestStatus, RequestType,
    },
    message::{
        AcceptItemResponse, BibInformation, Body, CancelRequestItemResponse, CheckInItemResponse,
        CheckOutItemResponse, CreateUserFiscalTransactionResponse, DeleteItemResponse, HoldingsSet,
        ItemInformation, LookupAgencyResponse, LookupItemResponse, LookupItemSetResponse,
        LookupRequestResponse, LookupUserResponse, RenewItemResponse, RequestItemResponse, Service,
        UndoCheckOutItemResponse, UpdateRequestItemResponse, UpdateUserResponse,
    },
    model::{
        AccountDetails, Agency, AgencyAddress, Amount, BibliographicDescription, BibliographicId,
        BibliographicItemId, BibliographicRecordId, BlockOrTrap, Destination, ElectronicAddress,
        FiscalAccount, FiscalReference, FiscalTransaction, Holder, ItemDescription, ItemDetails,
        ItemId, ItemOptionalFields, ItemTransaction, LoanedItem, LoanedItemsCount, Location,
        NameInformation, OrganizationName, PersonalName, PhysicalAddress, PhysicalCondition,
        Problem, RequestId, RequestedItem, RequestedItemsCount, ResponseHeader, RoutingInformation,
        StructuredAddress, StructuredName, UnstructuredAddress, UserAddress, UserId,
        UserOptionalFields, UserPrivilege, UserPrivilegeStatus,
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
    fn only_2<T>(self, said: T) -> Option<T> {
        (self == Self::Whole).then_some(said)
    }
}

pub(crate) fn agency(code: &str) -> Value {
    Value::of("urn:agencies", code)
}

pub(crate) fn header() -> ResponseHeader {
    ResponseHeader {
        from_system: None,
        from_agency: Agency { id: agency("LENS") },
        to_system: None,
        to_agency: Agency { id: agency("RSH") },
    }
}

pub(crate) fn problem() -> Problem {
    Problem {
        kind: Value::of("urn:problems", "User Blocked"),
        detail: Some("Carte perdue [C-LOST]".into()),
        element: Some("UserId".into()),
        value: Some("…017".into()),
    }
}

/// One answer a service that has one.
pub(crate) fn said(dialect: Said) -> Vec<(Service, Body)> {
    vec![
        (Service::LookupUser, lookup_user(dialect).into()),
        (Service::LookupItem, lookup_item(dialect).into()),
        (Service::LookupItemSet, lookup_item_set(dialect).into()),
        (Service::LookupRequest, lookup_request(dialect).into()),
        (Service::LookupAgency, lookup_agency().into()),
        (
            Service::CheckOutItem,
            CheckOutItemResponse {
                item: item(dialect),
                user: user(dialect),
                due: due(),
                renewals: Some(1),
                fields: None,
                user_fields: None,
            }
            .into(),
        ),
        (
            Service::CheckInItem,
            CheckInItemResponse {
                item: item(dialect),
                user: None,
                routing: Some(RoutingInformation {
                    instructions: "Envoyer à Liévin <navette du mardi> & réserver".into(),
                    destination: Destination {
                        bin: Some("2".into()),
                        location: Some(lievin()),
                    },
                    request_type: Some(RequestType::Hold.into()),
                    user: None,
                }),
                fields: None,
                user_fields: None,
            }
            .into(),
        ),
        (
            Service::UndoCheckOutItem,
            UndoCheckOutItemResponse {
                item: item(dialect),
                user: Some(user(dialect)),
            }
            .into(),
        ),
        (
            Service::RenewItem,
            RenewItemResponse {
                item: item(dialect),
                user: Some(user(dialect)),
                due: Some(due()),
                renewals: Some(2),
                fields: Some(item_fields(dialect)),
                user_fields: None,
            }
            .into(),
        ),
        (
            Service::RequestItem,
            RequestItemResponse {
                request: Some(request(dialect)),
                item: Some(item(dialect)),
                user: user(dialect),
                kind: RequestType::Hold.into(),
                scope: RequestScope::Item.into(),
                available: Some(at("2026-11-30T09:00:00Z")),
                pickup_date: Some(at("2026-12-02T17:00:00Z")),
                fields: None,
                user_fields: Some(user_fields()),
            }
            .into(),
        ),
        (
            Service::CancelRequestItem,
            CancelRequestItemResponse {
                request: Some(request(dialect)),
                item: Some(item(dialect)),
                user: user(dialect),
            }
            .into(),
        ),
        (
            Service::UpdateRequestItem,
            UpdateRequestItemResponse {
                item: item(dialect),
                user: user(dialect),
                kind: RequestType::Hold.into(),
                scope: RequestScope::BibliographicItem.into(),
                available: None,
                pickup_date: Some(at("2026-12-02T17:00:00Z")),
            }
            .into(),
        ),
        (
            Service::AcceptItem,
            AcceptItemResponse {
                request: request(dialect),
                item: Some(item(dialect)),
            }
            .into(),
        ),
        (
            Service::DeleteItem,
            DeleteItemResponse {
                item: item(dialect),
            }
            .into(),
        ),
        (
            Service::CreateUserFiscalTransaction,
            CreateUserFiscalTransactionResponse {
                user: user(dialect),
                reference: reference("F-12"),
            }
            .into(),
        ),
        (
            Service::UpdateUser,
            UpdateUserResponse {
                user: user(dialect),
            }
            .into(),
        ),
    ]
}

fn lookup_user(dialect: Said) -> LookupUserResponse {
    LookupUserResponse {
        user: user(dialect),
        account: Some(FiscalAccount {
            balance: euros(350),
            lines: vec![AccountDetails {
                accrued: at("2026-11-01T08:00:00Z"),
                transaction: fee(dialect),
            }],
        }),
        loans_counts: vec![LoanedItemsCount {
            status: Some(CirculationStatus::OnLoan.into()),
            count: 1,
        }],
        loans: vec![LoanedItem {
            item: item(dialect),
            titles: dialect.only_2(title_number()).into_iter().collect(),
            reminder_level: Some(2),
            due: due(),
            amount: Some(euros(150)),
            title: dialect.only_2("Germinal".into()),
            medium: dialect.only_2(book()),
        }],
        requests_counts: vec![RequestedItemsCount {
            kind: Some(RequestType::Hold.into()),
            count: 1,
        }],
        requests: vec![RequestedItem {
            request: Some(request(dialect)),
            item: Some(item(dialect)),
            titles: dialect.only_2(title_number()).into_iter().collect(),
            kind: RequestType::Hold.into(),
            status: RequestStatus::AvailableForPickup.into(),
            placed: at("2026-11-23T09:00:00Z"),
            pickup_date: Some(at("2026-11-25T09:00:00Z")),
            pickup: dialect.only_2(Value::plain("Liévin")),
            pickup_until: Some(at("2026-12-02T17:00:00Z")),
            position: Some(1),
            title: dialect.only_2("La Débâcle".into()),
            medium: dialect.only_2(book()),
        }],
        fields: Some(user_fields()),
    }
}

fn lookup_item(dialect: Said) -> LookupItemResponse {
    LookupItemResponse {
        request: Some(request(dialect)),
        item: Some(item(dialect)),
        pickup_date: Some(at("2026-12-02T17:00:00Z")),
        transaction: Some(ItemTransaction {
            borrower: Some(Holder {
                user: user(dialect),
            }),
            requesters: vec![
                Holder {
                    user: user(dialect),
                },
                Holder {
                    user: user(dialect),
                },
            ],
        }),
        fields: Some(item_fields(dialect)),
    }
}

fn lookup_item_set(dialect: Said) -> LookupItemSetResponse {
    let copy = ItemInformation {
        item: Some(item(dialect)),
        date_due: Some(due()),
        transaction: None,
        fields: Some(item_fields(dialect)),
        problems: vec![],
    };
    let found = BibInformation {
        id: Some(title_number()),
        description: Some(description()),
        waiting: Some(3),
        holdings: vec![HoldingsSet {
            id: Some("LENS".into()),
            items: vec![copy],
        }],
        problems: vec![],
    };
    let unknown = BibInformation {
        id: Some(title_number()),
        description: None,
        waiting: None,
        holdings: vec![],
        problems: vec![Problem {
            value: dialect.only_2("…017".into()),
            ..problem()
        }],
    };
    LookupItemSetResponse {
        titles: vec![found, unknown],
        next: Some("page-2".into()),
    }
}

fn lookup_request(dialect: Said) -> LookupRequestResponse {
    LookupRequestResponse {
        request: Some(request(dialect)),
        item: Some(item(dialect)),
        user: Some(user(dialect)),
        kind: Some(RequestType::Hold.into()),
        scope: Some(RequestScope::Item.into()),
        status: Some(RequestStatus::InProcess.into()),
        position: Some(2),
        needed_before: Some(at("2027-01-31T23:00:00Z")),
        pickup_date: None,
        pickup: Some(Value::plain("Liévin")),
        pickup_until: None,
        placed: Some(at("2026-11-23T09:00:00Z")),
        fields: None,
    }
}

fn lookup_agency() -> LookupAgencyResponse {
    LookupAgencyResponse {
        agency: agency("LENS"),
        names: vec![OrganizationName {
            kind: Value::of("urn:names", "Official"),
            name: "Médiathèque de Lens".into(),
        }],
        addresses: vec![AgencyAddress {
            role: Value::of("urn:roles", "Official"),
            physical: Some(street()),
            electronic: None,
        }],
        profiles: vec![Value::of("urn:profiles", "broker")],
        privileges: vec![
            Value::of("urn:privileges", "ADU"),
            Value::of("urn:privileges", "JEU"),
        ],
    }
}

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn due() -> Moment {
    at("2026-12-14T23:00:00Z")
}

fn barcode(dialect: Said) -> Option<Value> {
    dialect.only_2(Value::of("urn:ids", "Barcode"))
}

fn user(dialect: Said) -> UserId {
    UserId {
        agency: Some(agency("LENS")),
        kind: barcode(dialect),
        value: "2620000000017".into(),
    }
}

fn item(dialect: Said) -> ItemId {
    ItemId {
        agency: Some(agency("LENS")),
        kind: barcode(dialect),
        value: "3620000000019".into(),
    }
}

fn request(dialect: Said) -> RequestId {
    RequestId {
        agency: Some(agency("LENS")),
        kind: dialect.only_2(Value::of("urn:ids", "Hold")),
        value: "H-7".into(),
    }
}

fn book() -> Value {
    Value::of("urn:media", "Book")
}

fn title_number() -> BibliographicId {
    BibliographicId {
        item: Some(isbn()),
        record: None,
    }
}

fn isbn() -> BibliographicItemId {
    BibliographicItemId {
        value: "9782070411429".into(),
        code: Some(Value::of("urn:codes", "ISBN")),
    }
}

fn description() -> BibliographicDescription {
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

fn lievin() -> Location {
    Location::named(LocationKind::CurrentLocation.into(), "Liévin")
}

fn item_fields(dialect: Said) -> ItemOptionalFields {
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

fn street() -> PhysicalAddress {
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

fn user_fields() -> UserOptionalFields {
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

fn euros(cents: i64) -> Amount {
    let list = "http://www.niso.org/ncip/v1_0/schemes/currencycode/currencycode.scm";
    Amount {
        currency: Some(Value::of(list, "EUR")),
        value: cents,
    }
}

fn reference(number: &str) -> FiscalReference {
    FiscalReference {
        agency: agency("LENS"),
        value: number.into(),
    }
}

fn fee(dialect: Said) -> FiscalTransaction {
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
