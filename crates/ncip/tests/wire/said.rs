//! An answer of each service with everything in it.

use relire_ncip::{
    Value,
    lists::{CirculationStatus, RequestScope, RequestStatus, RequestType},
    message::{
        AcceptItemResponse, BibInformation, Body, CancelRequestItemResponse, CheckInItemResponse,
        CheckOutItemResponse, CreateUserFiscalTransactionResponse, DeleteItemResponse, HoldingsSet,
        ItemInformation, LookupAgencyResponse, LookupItemResponse, LookupItemSetResponse,
        LookupRequestResponse, LookupUserResponse, RenewItemResponse, RequestItemResponse, Service,
        UndoCheckOutItemResponse, UpdateRequestItemResponse, UpdateUserResponse,
    },
    model::{
        AccountDetails, Agency, AgencyAddress, Destination, FiscalAccount, Holder, ItemTransaction,
        LoanedItem, LoanedItemsCount, OrganizationName, Problem, RequestedItem,
        RequestedItemsCount, ResponseHeader, RoutingInformation,
    },
};

use super::parts::{
    Said, agency, at, book, description, due, euros, fee, item, item_fields, lievin, reference,
    request, street, title_number, user, user_fields,
};

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
