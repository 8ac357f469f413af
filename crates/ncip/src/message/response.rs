//! Answers, one type a service that is served: what it says where all went well.

use crate::{
    Moment,
    model::{codec::parts, *},
};

parts! {
    /// A reader.
    LookupUserResponse {
        req user: UserId = "UserId",
        opt account: FiscalAccount = "UserFiscalAccount",
        many loans_counts: LoanedItemsCount = "LoanedItemsCount",
        many loans: LoanedItem = "LoanedItem",
        many requests_counts: RequestedItemsCount = "RequestedItemsCount",
        many requests: RequestedItem = "RequestedItem",
        opt fields: UserOptionalFields = "UserOptionalFields",
    }

    /// A copy.
    LookupItemResponse {
        opt request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
        opt pickup_date: Moment = "HoldPickupDate",
        opt transaction: ItemTransaction = "ItemTransaction",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
    }

    /// One copy of a set, or why it is not told.
    ItemInformation {
        opt item: ItemId = "ItemId",
        opt date_due: Moment = "DateDue",
        opt transaction: ItemTransaction = "ItemTransaction",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
        many problems: Problem = "Problem",
    }

    /// Copies of one title.
    HoldingsSet {
        opt id: String = "HoldingsSetId",
        many items: ItemInformation = "ItemInformation",
    }

    /// One title of those that were asked for, or why it is not told.
    BibInformation {
        opt id: BibliographicId = "BibliographicId",
        opt description: BibliographicDescription = "BibliographicDescription",
        opt waiting: u32 = "TitleHoldQueueLength",
        many holdings: HoldingsSet = "HoldingsSet",
        many problems: Problem = "Problem",
    }

    /// Titles with their copies.
    LookupItemSetResponse {
        many titles: BibInformation = "BibInformation",
        opt next: String = "NextItemToken",
    }

    /// A request.
    LookupRequestResponse {
        opt request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
        opt user: UserId = "UserId",
        opt kind: Value = "RequestType",
        opt scope: Value = "RequestScopeType",
        opt status: Value = "RequestStatusType",
        opt position: u32 = "HoldQueuePosition",
        opt needed_before: Moment = "NeedBeforeDate",
        opt pickup_date: Moment = "PickupDate",
        opt pickup: Value = "PickupLocation",
        opt pickup_until: Moment = "PickupExpiryDate",
        opt placed: Moment = "DateOfUserRequest",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
    }

    /// An agency.
    LookupAgencyResponse {
        req agency: Value = "AgencyId",
        many names: OrganizationName = "OrganizationNameInformation",
        many addresses: AgencyAddress = "AgencyAddressInformation",
        many profiles: Value = "ApplicationProfileSupportedType",
        many privileges: Value = "AgencyUserPrivilegeType",
    }

    /// It is lent.
    CheckOutItemResponse {
        req item: ItemId = "ItemId",
        req user: UserId = "UserId",
        req due: Moment = "DateDue",
        opt renewals: u32 = "RenewalCount",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
        opt user_fields: UserOptionalFields = "UserOptionalFields",
    }

    /// It is taken back.
    CheckInItemResponse {
        req item: ItemId = "ItemId",
        opt user: UserId = "UserId",
        opt routing: RoutingInformation = "RoutingInformation",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
        opt user_fields: UserOptionalFields = "UserOptionalFields",
    }

    /// The loan is undone.
    UndoCheckOutItemResponse {
        req item: ItemId = "ItemId",
        opt user: UserId = "UserId",
    }

    /// It is lent longer.
    RenewItemResponse {
        req item: ItemId = "ItemId",
        opt user: UserId = "UserId",
        opt due: Moment = "DateDue",
        opt renewals: u32 = "RenewalCount",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
        opt user_fields: UserOptionalFields = "UserOptionalFields",
    }

    /// It is kept, or will be.
    RequestItemResponse {
        opt request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
        req user: UserId = "UserId",
        req kind: Value = "RequestType",
        req scope: Value = "RequestScopeType",
        opt available: Moment = "DateAvailable",
        opt pickup_date: Moment = "HoldPickupDate",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
        opt user_fields: UserOptionalFields = "UserOptionalFields",
    }

    /// It is kept no longer.
    CancelRequestItemResponse {
        opt request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
        req user: UserId = "UserId",
    }

    /// The request is changed.
    UpdateRequestItemResponse {
        req item: ItemId = "ItemId",
        req user: UserId = "UserId",
        req kind: Value = "RequestType",
        req scope: Value = "RequestScopeType",
        opt available: Moment = "DateAvailable",
        opt pickup_date: Moment = "HoldPickupDate",
    }

    /// The copy is taken in, under this barcode.
    AcceptItemResponse {
        req request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
    }

    /// The copy is gone.
    DeleteItemResponse {
        req item: ItemId = "ItemId",
    }

    /// The fee is asked for, or the money taken.
    CreateUserFiscalTransactionResponse {
        req user: UserId = "UserId",
        req reference: FiscalReference = "FiscalTransactionReferenceId",
    }

    /// The reader's file is changed.
    UpdateUserResponse {
        req user: UserId = "UserId",
    }
}
