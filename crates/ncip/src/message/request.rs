//! Questions, one type a service that is served. What the schema demands and partners leave out may be missing here:
//! whoever answers says which element it needed.

use crate::{
    Moment,
    model::{codec::parts, *},
};

parts! {
    /// Who is it, may they borrow, what do they have?
    LookupUser {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        many elements: Value = "UserElementType",
        flag loans: bool = "LoanedItemsDesired",
        flag requests: bool = "RequestedItemsDesired",
        flag account: bool = "UserFiscalAccountDesired",
    }

    /// Where is this copy, in what state?
    LookupItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt item: ItemId = "ItemId",
        opt request: RequestId = "RequestId",
        many elements: Value = "ItemElementType",
        flag borrower: bool = "CurrentBorrowerDesired",
        flag requesters: bool = "CurrentRequestersDesired",
    }

    /// Which copies of these titles are there?
    LookupItemSet {
        opt header: InitiationHeader = "InitiationHeader",
        many titles: BibliographicId = "BibliographicId",
        many sets: String = "HoldingsSetId",
        many items: ItemId = "ItemId",
        many elements: Value = "ItemElementType",
        flag borrower: bool = "CurrentBorrowerDesired",
        flag requesters: bool = "CurrentRequestersDesired",
        opt most: u32 = "MaximumItemsCount",
        opt token: String = "NextItemToken",
    }

    /// How far is this request?
    LookupRequest {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt item: ItemId = "ItemId",
        opt kind: Value = "RequestType",
        opt request: RequestId = "RequestId",
        many request_elements: Value = "RequestElementType",
        many item_elements: Value = "ItemElementType",
        many user_elements: Value = "UserElementType",
    }

    /// What is this agency, and which places has it?
    LookupAgency {
        opt header: InitiationHeader = "InitiationHeader",
        opt agency: Value = "AgencyId",
        many elements: Value = "AgencyElementType",
    }

    /// Which versions are spoken? (`NCIPVersionMessage`, a schema of its own; and as one sends it in `NCIPMessage`.)
    LookupVersion {
        opt from: Agency = "FromAgencyId",
        opt to: Agency = "ToAgencyId",
    }

    /// Lend it.
    CheckOutItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt item: ItemId = "ItemId",
        opt request: RequestId = "RequestId",
        opt desired_due: Moment = "DesiredDateDue",
        many item_elements: Value = "ItemElementType",
        many user_elements: Value = "UserElementType",
    }

    /// Take it back.
    CheckInItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt item: ItemId = "ItemId",
        opt request: RequestId = "RequestId",
        many item_elements: Value = "ItemElementType",
        many user_elements: Value = "UserElementType",
    }

    /// The loan was none.
    UndoCheckOutItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt item: ItemId = "ItemId",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt request: RequestId = "RequestId",
    }

    /// Lend it longer.
    RenewItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt item: ItemId = "ItemId",
        many item_elements: Value = "ItemElementType",
        many user_elements: Value = "UserElementType",
        opt desired_due: Moment = "DesiredDateDue",
    }

    /// Keep it for this reader.
    RequestItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        many titles: BibliographicId = "BibliographicId",
        many items: ItemId = "ItemId",
        opt request: RequestId = "RequestId",
        opt kind: Value = "RequestType",
        opt scope: Value = "RequestScopeType",
        opt needed_before: Moment = "NeedBeforeDate",
        opt pickup: Value = "PickupLocation",
        opt pickup_until: Moment = "PickupExpiryDate",
        many item_elements: Value = "ItemElementType",
        many user_elements: Value = "UserElementType",
    }

    /// Keep it no longer.
    CancelRequestItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
        opt kind: Value = "RequestType",
        opt scope: Value = "RequestScopeType",
    }

    /// What of a request is to be changed.
    RequestFields {
        opt kind: Value = "RequestType",
        opt needed_before: Moment = "NeedBeforeDate",
        opt pickup: Value = "PickupLocation",
        opt pickup_until: Moment = "PickupExpiryDate",
    }

    /// Keep it elsewhere, or until another day.
    UpdateRequestItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt item: ItemId = "ItemId",
        opt kind: Value = "RequestType",
        opt request: RequestId = "RequestId",
        opt delete: RequestFields = "DeleteRequestFields",
        opt add: RequestFields = "AddRequestFields",
    }

    /// Have it brought back early.
    RecallItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt item: ItemId = "ItemId",
        opt desired_due: Moment = "DesiredDateDue",
    }

    /// A copy of another library comes for this reader.
    AcceptItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt request: RequestId = "RequestId",
        opt action: Value = "RequestedActionType",
        opt user: UserId = "UserId",
        opt item: ItemId = "ItemId",
        opt return_by: Moment = "DateForReturn",
        flag not_returnable: bool = "NonReturnableFlag",
        flag no_renewal: bool = "RenewalNotPermitted",
        opt fee: FiscalTransaction = "FiscalTransactionInformation",
        opt fields: ItemOptionalFields = "ItemOptionalFields",
        opt user_fields: UserOptionalFields = "UserOptionalFields",
        opt pickup: Value = "PickupLocation",
        opt pickup_until: Moment = "PickupExpiryDate",
    }

    /// A copy of another library has gone.
    DeleteItem {
        opt header: InitiationHeader = "InitiationHeader",
        opt item: ItemId = "ItemId",
    }

    /// Ask a reader for money, or take it.
    CreateUserFiscalTransaction {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt transaction: FiscalTransaction = "FiscalTransactionInformation",
    }

    /// Change what a reader may change.
    UpdateUser {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        many inputs: AuthenticationInput = "AuthenticationInput",
        opt delete: UserFields = "DeleteUserFields",
        opt add: UserFields = "AddUserFields",
    }

    /// What has happened elsewhere, as far as anybody looks at it; also what stands in for a service that is not served.
    Told {
        opt header: InitiationHeader = "InitiationHeader",
        opt user: UserId = "UserId",
        opt item: ItemId = "ItemId",
        opt request: RequestId = "RequestId",
        opt status: Value = "CirculationStatus",
    }
}
