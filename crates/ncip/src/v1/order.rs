//! Which elements 1.0 has in which, in their order, as far as our messages have them. *ANSI/NISO Z39.83-2 (2002), the DTD.*

/// Elements that are a `Scheme` and a `Value`, by the names of 2.x.
#[rustfmt::skip]
pub(super) const PAIRS: &[&str] = &[
    "AcknowledgedItemUseRestrictionType", "AgencyAddressRoleType", "AgencyElementType", "AgencyId",
    "AgencyUserPrivilegeType", "ApplicationProfileSupportedType", "ApplicationProfileType",
    "AuthenticationDataFormatType", "AuthenticationInputType", "AuthenticationPromptType",
    "BibliographicItemIdentifierCode", "BibliographicLevel", "BibliographicRecordIdentifierCode", "BlockOrTrapType",
    "CirculationStatus", "ComponentIdentifierType", "ConsortiumAgreement", "CurrencyCode", "ElectronicAddressType",
    "ElectronicDataFormatType", "FiscalActionType", "FiscalTransactionType", "FromSystemId", "ItemDescriptionLevel",
    "ItemElementType", "ItemIdentifierType", "ItemUseRestrictionType", "Language", "LocationType", "MediumType",
    "NoticeType", "OrganizationNameType", "PaymentMethodType", "PhysicalAddressType", "PhysicalConditionType",
    "RequestIdentifierType", "RequestScopeType", "RequestStatusType", "RequestType", "RequestedActionType",
    "RequiredItemUseRestrictionType", "SecurityMarker", "ToSystemId", "UnstructuredAddressType",
    "UserAddressRoleType", "UserElementType", "UserIdentifierType", "UserLanguage", "UserPrivilegeStatusType",
];

/// The children of each element. Where several may take one place all of them stand here.
#[rustfmt::skip]
pub(super) const CHILDREN: &[(&str, &[&str])] = &[
    ("AcceptItem", &[
        "InitiationHeader", "UniqueRequestId", "RequestedActionType", "UniqueUserId", "UniqueItemId", "DateForReturn",
        "IndeterminateLoanPeriodFlag", "NonReturnableFlag", "RenewalNotPermitted", "FiscalTransactionInformation",
        "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("AcceptItemResponse", &["ResponseHeader", "Problem", "UniqueRequestId", "UniqueItemId"]),
    ("AccountBalance", &["CurrencyCode", "MonetaryValue"]),
    ("AccountDetails", &["AccrualDate", "FiscalTransactionInformation"]),
    ("AddRequestFields", &[
        "UniqueUserId", "UniqueItemId", "RequestType", "RequestScopeType", "RequestStatusType", "EarliestDateNeeded",
        "NeedBeforeDate", "PickupExpiryDate", "DateOfUserRequest", "DateAvailable",
    ]),
    ("AddUserFields", &[
        "VisibleUserId", "AuthenticationInput", "NameInformation", "UserAddressInformation", "DateOfBirth",
        "UserLanguage", "UserPrivilege", "BlockOrTrap",
    ]),
    ("AgencyAddressInformation", &[
        "AgencyAddressRoleType", "ValidFromDate", "ValidToDate", "PhysicalAddress", "ElectronicAddress",
    ]),
    ("AgencyCreatedResponse", &["ResponseHeader", "MessagingError"]),
    ("AgencyUpdatedResponse", &["ResponseHeader", "MessagingError"]),
    ("Amount", &["CurrencyCode", "MonetaryValue"]),
    ("AuthenticationInput", &["AuthenticationInputData", "AuthenticationDataFormatType", "AuthenticationInputType"]),
    ("BibliographicDescription", &[
        "Author", "AuthorOfComponent", "BibliographicItemId", "BibliographicRecordId", "Edition", "Pagination",
        "PlaceOfPublication", "PublicationDate", "PublicationDateOfComponent", "Publisher", "SeriesTitleNumber",
        "Title", "TitleOfComponent", "BibliographicLevel", "SponsoringBody", "ElectronicDataFormatType", "Language",
        "MediumType",
    ]),
    ("BibliographicItemId", &["BibliographicItemIdentifier", "BibliographicItemIdentifierCode"]),
    ("BibliographicRecordId", &[
        "BibliographicRecordIdentifier", "UniqueAgencyId", "BibliographicRecordIdentifierCode",
    ]),
    ("BlockOrTrap", &["UniqueAgencyId", "BlockOrTrapType", "ValidFromDate", "ValidToDate"]),
    ("CancelRequestItem", &[
        "InitiationHeader", "UniqueUserId", "AuthenticationInput", "UniqueRequestId", "UniqueItemId", "RequestType",
        "RequestScopeType", "ItemElementType", "UserElementType",
    ]),
    ("CancelRequestItemResponse", &[
        "ResponseHeader", "Problem", "UniqueRequestId", "UniqueItemId", "UniqueUserId",
        "FiscalTransactionInformation", "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("CheckInItem", &["InitiationHeader", "UniqueItemId", "ItemElementType", "UserElementType"]),
    ("CheckInItemResponse", &[
        "ResponseHeader", "Problem", "UniqueItemId", "UniqueUserId", "RoutingInformation",
        "FiscalTransactionInformation", "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("CheckOutItem", &[
        "InitiationHeader", "UniqueUserId", "AuthenticationInput", "UniqueItemId", "UniqueRequestId",
        "AcknowledgedItemUseRestrictionType", "ResourceDesired", "DesiredDateDue", "ItemElementType",
        "UserElementType",
    ]),
    ("CheckOutItemResponse", &[
        "ResponseHeader", "Problem", "RequiredItemUseRestrictionType", "UniqueItemId", "UniqueUserId", "DateDue",
        "IndeterminateLoanPeriodFlag", "NonReturnableFlag", "RenewalCount", "FiscalTransactionInformation",
        "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("CirculationStatusChangeReportedResponse", &["ResponseHeader", "MessagingError"]),
    ("CirculationStatusUpdatedResponse", &["ResponseHeader", "MessagingError"]),
    ("CreateUserFiscalTransaction", &[
        "InitiationHeader", "UniqueUserId", "AuthenticationInput", "FiscalTransactionInformation",
    ]),
    ("CreateUserFiscalTransactionResponse", &[
        "ResponseHeader", "Problem", "UniqueUserId", "FiscalTransactionReferenceId",
    ]),
    ("CurrentBorrower", &["UniqueUserId"]),
    ("CurrentRequester", &["UniqueUserId"]),
    ("DeleteRequestFields", &[
        "UniqueUserId", "UniqueItemId", "RequestType", "RequestScopeType", "RequestStatusType", "EarliestDateNeeded",
        "NeedBeforeDate", "PickupExpiryDate", "DateOfUserRequest", "DateAvailable",
    ]),
    ("DeleteUserFields", &[
        "VisibleUserId", "AuthenticationInput", "NameInformation", "UserAddressInformation", "DateOfBirth",
        "UserLanguage", "UserPrivilege", "BlockOrTrap",
    ]),
    ("Destination", &["BinNumber", "Location"]),
    ("ElectronicAddress", &["ElectronicAddressType", "ElectronicAddressData"]),
    ("FiscalTransactionInformation", &[
        "FiscalActionType", "FiscalTransactionReferenceId", "RelatedFiscalTransactionReferenceId",
        "FiscalTransactionType", "ValidFromDate", "ValidToDate", "Amount", "PaymentMethodType",
        "FiscalTransactionDescription", "UniqueRequestId", "ItemDetails",
    ]),
    ("FiscalTransactionReferenceId", &["UniqueAgencyId", "FiscalTransactionIdentifierValue"]),
    ("FromAgencyId", &["UniqueAgencyId"]),
    ("InitiationHeader", &[
        "FromSystemId", "FromSystemAuthentication", "FromAgencyId", "FromAgencyAuthentication", "OnBehalfOfAgency",
        "ToSystemId", "ToAgencyId", "ApplicationProfileType",
    ]),
    ("ItemCheckedInResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemCheckedOutResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemCreatedResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemDescription", &["VisibleItemId", "CallNumber", "CopyNumber", "ItemDescriptionLevel"]),
    ("ItemDetails", &[
        "UniqueItemId", "BibliographicDescription", "DateCheckedOut", "DateRenewed", "DateDue",
        "IndeterminateLoanPeriodFlag", "NonReturnableFlag", "DateReturned",
    ]),
    ("ItemOptionalFields", &[
        "BibliographicDescription", "ItemUseRestrictionType", "CirculationStatus", "HoldQueueLength",
        "ItemDescription", "Location", "PhysicalCondition", "SecurityMarker", "SensitizationFlag",
    ]),
    ("ItemRecallCancelledResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemRecalledResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemReceivedResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemRenewedResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemRequestCancelledResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemRequestUpdatedResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemRequestedResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemShippedResponse", &["ResponseHeader", "MessagingError"]),
    ("ItemTransaction", &["CurrentBorrower", "CurrentRequester"]),
    ("ItemUpdatedResponse", &["ResponseHeader", "MessagingError"]),
    ("LoanedItem", &["UniqueItemId", "ReminderLevel", "DateDue", "IndeterminateLoanPeriodFlag", "Amount"]),
    ("LoanedItemsCount", &["CirculationStatus", "ItemUseRestrictionType", "LoanedItemCountValue"]),
    ("Location", &["LocationType", "LocationName", "ValidFromDate", "ValidToDate"]),
    ("LocationName", &["LocationNameInstance"]),
    ("LocationNameInstance", &["LocationNameLevel", "LocationNameValue"]),
    ("LookupAgency", &["InitiationHeader", "UniqueAgencyId", "AgencyElementType"]),
    ("LookupAgencyResponse", &[
        "ResponseHeader", "Problem", "UniqueAgencyId", "OrganizationNameInformation", "AgencyAddressInformation",
        "ApplicationProfileSupportedType", "AgencyUserPrivilegeType",
    ]),
    ("LookupItem", &[
        "InitiationHeader", "UniqueItemId", "VisibleItemId", "UniqueRequestId", "ItemElementType",
        "CurrentBorrowerDesired", "CurrentRequestersDesired",
    ]),
    ("LookupItemResponse", &[
        "ResponseHeader", "Problem", "UniqueRequestId", "UniqueItemId", "HoldPickupDate", "DateRecalled",
        "ItemTransaction", "ItemOptionalFields",
    ]),
    ("LookupUser", &[
        "InitiationHeader", "UniqueUserId", "VisibleUserId", "AuthenticationInput", "UserElementType",
        "LoanedItemsDesired", "RequestedItemsDesired", "UserFiscalAccountDesired",
    ]),
    ("LookupUserResponse", &[
        "ResponseHeader", "Problem", "UniqueUserId", "UserFiscalAccount", "LoanedItemsCount", "RequestedItemsCount",
        "UserTransaction", "UserOptionalFields",
    ]),
    ("MessagingError", &["MessagingErrorType", "MessagingErrorElement"]),
    ("MessagingErrorElement", &["ElementName", "MessagingErrorElement", "MessagingErrorValue"]),
    ("NameInformation", &["PersonalNameInformation", "OrganizationNameInformation"]),
    ("OnBehalfOfAgency", &["UniqueAgencyId"]),
    ("OrganizationNameInformation", &["OrganizationNameType", "OrganizationName"]),
    ("PersonalNameInformation", &["StructuredPersonalUserName", "UnstructuredPersonalUserName"]),
    ("PhysicalAddress", &["StructuredAddress", "UnstructuredAddress", "PhysicalAddressType"]),
    ("PhysicalCondition", &["PhysicalConditionType", "PhysicalConditionDetails"]),
    ("Problem", &["MessagingError", "ProcessingError"]),
    ("ProcessingError", &["ProcessingErrorType", "ProcessingErrorElement"]),
    ("ProcessingErrorElement", &["ElementName", "ProcessingErrorElement", "ProcessingErrorValue"]),
    ("RecallItem", &["InitiationHeader", "UniqueItemId", "DesiredDateDue", "ItemElementType", "UserElementType"]),
    ("RecallItemResponse", &[
        "ResponseHeader", "Problem", "UniqueItemId", "UniqueUserId", "DateDue", "FiscalTransactionInformation",
        "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("RelatedFiscalTransactionReferenceId", &["UniqueAgencyId", "FiscalTransactionIdentifierValue"]),
    ("RenewItem", &[
        "InitiationHeader", "UniqueUserId", "AuthenticationInput", "UniqueItemId", "ItemElementType",
        "UserElementType", "DesiredDateDue", "DesiredDateForReturn", "AcknowledgedItemUseRestrictionType",
    ]),
    ("RenewItemResponse", &[
        "ResponseHeader", "Problem", "RequiredItemUseRestrictionType", "UniqueItemId", "UniqueUserId", "DateDue",
        "DateForReturn", "RenewalCount", "FiscalTransactionInformation", "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("RequestItem", &[
        "InitiationHeader", "UniqueUserId", "AuthenticationInput", "UniqueItemId", "UniqueBibliographicId",
        "UniqueRequestId", "RequestType", "RequestScopeType", "EarliestDateNeeded", "NeedBeforeDate",
        "PickupExpiryDate", "AcknowledgedItemUseRestrictionType", "ItemElementType", "UserElementType",
    ]),
    ("RequestItemResponse", &[
        "ResponseHeader", "Problem", "RequiredItemUseRestrictionType", "UniqueRequestId", "UniqueItemId",
        "UniqueUserId", "RequestType", "RequestScopeType", "DateAvailable", "HoldPickupDate",
        "FiscalTransactionInformation", "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("RequestedItem", &[
        "UniqueRequestId", "UniqueItemId", "RequestType", "RequestStatusType", "DatePlaced", "PickupDate",
        "PickupExpiryDate", "ReminderLevel", "HoldQueuePosition",
    ]),
    ("RequestedItemsCount", &["RequestType", "CirculationStatus", "ItemUseRestrictionType", "RequestedItemCountValue"]),
    ("ResponseHeader", &[
        "FromSystemId", "FromSystemAuthentication", "FromAgencyId", "FromAgencyAuthentication", "ToSystemId",
        "ToAgencyId",
    ]),
    ("RoutingInformation", &["RoutingInstructions", "Destination", "RequestType", "UniqueUserId"]),
    ("StructuredAddress", &[
        "LocationWithinBuilding", "HouseName", "Street", "PostOfficeBox", "District", "Line1", "Line2", "Locality",
        "Region", "Country", "PostalCode", "CareOf",
    ]),
    ("StructuredPersonalUserName", &["Prefix", "GivenName", "Initials", "Surname", "Suffix"]),
    ("ToAgencyId", &["UniqueAgencyId"]),
    ("UndoCheckOutItem", &[
        "InitiationHeader", "UniqueItemId", "UniqueUserId", "AuthenticationInput", "UniqueRequestId",
    ]),
    ("UndoCheckOutItemResponse", &[
        "ResponseHeader", "Problem", "UniqueItemId", "UniqueUserId", "FiscalTransactionInformation",
    ]),
    ("UniqueBibliographicId", &["BibliographicItemId", "BibliographicRecordId"]),
    ("UniqueItemId", &["UniqueAgencyId", "ItemIdentifierValue"]),
    ("UniqueRequestId", &["UniqueAgencyId", "RequestIdentifierValue"]),
    ("UniqueUserId", &["UniqueAgencyId", "UserIdentifierValue"]),
    ("UnstructuredAddress", &["UnstructuredAddressType", "UnstructuredAddressData"]),
    ("UpdateRequestItem", &[
        "InitiationHeader", "UniqueUserId", "AuthenticationInput", "UniqueItemId", "RequestType", "UniqueRequestId",
        "DeleteRequestFields", "AddRequestFields", "ItemElementType", "UserElementType",
    ]),
    ("UpdateRequestItemResponse", &[
        "ResponseHeader", "Problem", "UniqueItemId", "UniqueUserId", "RequestType", "RequestScopeType",
        "DateAvailable", "HoldPickupDate", "FiscalTransactionInformation", "ItemOptionalFields", "UserOptionalFields",
    ]),
    ("UpdateUser", &["InitiationHeader", "UniqueUserId", "AuthenticationInput", "DeleteUserFields", "AddUserFields"]),
    ("UpdateUserResponse", &["ResponseHeader", "Problem", "UniqueUserId"]),
    ("UserAddressInformation", &[
        "UserAddressRoleType", "ValidFromDate", "ValidToDate", "PhysicalAddress", "ElectronicAddress",
    ]),
    ("UserCreatedResponse", &["ResponseHeader", "MessagingError"]),
    ("UserFiscalAccount", &["AccountBalance", "AccountDetails"]),
    ("UserFiscalTransactionCreatedResponse", &["ResponseHeader", "MessagingError"]),
    ("UserNoticeSentResponse", &["ResponseHeader", "MessagingError"]),
    ("UserOptionalFields", &[
        "VisibleUserId", "NameInformation", "UserAddressInformation", "DateOfBirth", "UserLanguage", "UserPrivilege",
        "BlockOrTrap",
    ]),
    ("UserPrivilege", &[
        "UniqueAgencyId", "AgencyUserPrivilegeType", "ValidFromDate", "ValidToDate", "UserPrivilegeStatus",
        "UserPrivilegeDescription",
    ]),
    ("UserPrivilegeStatus", &["UserPrivilegeStatusType", "DateOfUserPrivilegeStatus"]),
    ("UserTransaction", &["RequestedItem", "LoanedItem"]),
    ("UserUpdatedResponse", &["ResponseHeader", "MessagingError"]),
    ("VisibleItemId", &["VisibleItemIdentifierType", "VisibleItemIdentifier"]),
    ("VisibleUserId", &["UniqueAgencyId", "VisibleUserIdentifierType", "VisibleUserIdentifier"]),
];
