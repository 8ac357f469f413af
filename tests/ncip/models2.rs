//! The content models of NCIP 2.02: every element that `ncip_v2_02.xsd` (9 March 2012) declares, but for
//! `UserElementEnum`, which nothing there refers to. The notation is told in `schema.rs`.

/// Everything here is in this namespace, attributes too.
pub(super) const NAMESPACE: &str = "http://www.niso.org/2008/ncip";

pub(super) const MODELS: &str = "\
NCIPMessage = AcceptItem | AcceptItemResponse | AgencyCreated | AgencyCreatedResponse | AgencyUpdated |
    AgencyUpdatedResponse | CancelRecallItem | CancelRecallItemResponse | CancelRequestItem |
    CancelRequestItemResponse | CheckInItem | CheckInItemResponse | CheckOutItem | CheckOutItemResponse |
    CirculationStatusChangeReported | CirculationStatusChangeReportedResponse | CirculationStatusUpdated |
    CirculationStatusUpdatedResponse | CreateAgency | CreateAgencyResponse | CreateItem | CreateItemResponse |
    CreateUser | CreateUserResponse | CreateUserFiscalTransaction | CreateUserFiscalTransactionResponse | DeleteItem |
    DeleteItemResponse | DeleteUser | DeleteUserResponse | ItemCheckedIn | ItemCheckedInResponse | ItemCheckedOut |
    ItemCheckedOutResponse | ItemCreated | ItemCreatedResponse | ItemRecallCancelled | ItemRecallCancelledResponse |
    ItemRecalled | ItemRecalledResponse | ItemReceived | ItemReceivedResponse | ItemRenewed | ItemRenewedResponse |
    ItemRequestCancelled | ItemRequestCancelledResponse | ItemRequestUpdated | ItemRequestUpdatedResponse |
    ItemRequested | ItemRequestedResponse | ItemShipped | ItemShippedResponse | ItemUpdated | ItemUpdatedResponse |
    LookupAgency | LookupAgencyResponse | LookupItem | LookupItemResponse | LookupItemSet | LookupItemSetResponse |
    LookupRequest | LookupRequestResponse | LookupUser | LookupUserResponse | RecallItem | RecallItemResponse |
    RenewItem | RenewItemResponse | ReportCirculationStatusChange | ReportCirculationStatusChangeResponse |
    RequestItem | RequestItemResponse | SendUserNotice | SendUserNoticeResponse | UndoCheckOutItem |
    UndoCheckOutItemResponse | UpdateAgency | UpdateAgencyResponse | UpdateCirculationStatus |
    UpdateCirculationStatusResponse | UpdateItem | UpdateItemResponse | UpdateRequestItem | UpdateRequestItemResponse
    | UpdateUser | UpdateUserResponse | UserCreated | UserCreatedResponse | UserFiscalTransactionCreated |
    UserFiscalTransactionCreatedResponse | UserNoticeSent | UserNoticeSentResponse | UserUpdated | UserUpdatedResponse
    | Problem+ | Ext
AcceptItem = InitiationHeader? MandatedAction? RequestId RequestedActionType UserId? ItemId?
    (DateForReturn|IndeterminateLoanPeriodFlag|NonReturnableFlag)? RenewalNotPermitted? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields? PickupLocation? PickupExpiryDate? Ext?
AcceptItemResponse = ResponseHeader? (Problem+|(RequestId ItemId?)) Ext?
AgencyCreated = InitiationHeader? AgencyId OrganizationNameInformation+ AgencyAddressInformation*
    AuthenticationPrompt* ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType* Ext?
AgencyCreatedResponse AgencyUpdatedResponse CirculationStatusChangeReportedResponse CirculationStatusUpdatedResponse
    ItemCheckedInResponse ItemCheckedOutResponse ItemCreatedResponse ItemRecallCancelledResponse ItemRecalledResponse
    ItemReceivedResponse ItemRenewedResponse ItemRequestCancelledResponse ItemRequestUpdatedResponse
    ItemRequestedResponse ItemShippedResponse ItemUpdatedResponse UserCreatedResponse
    UserFiscalTransactionCreatedResponse UserNoticeSentResponse UserUpdatedResponse = ResponseHeader? Problem* Ext?
AgencyUpdated = InitiationHeader? AgencyId DeleteAgencyFields? AddAgencyFields? Ext?
CancelRecallItem CheckInItem = InitiationHeader? MandatedAction? ItemId ItemElementType* UserElementType* Ext?
CancelRecallItemResponse = ResponseHeader? (Problem+|(ItemId UserId? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields?)) Ext?
CancelRequestItem = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+) (ItemId|(RequestId ItemId?))
    RequestType RequestScopeType? AcknowledgedFeeAmount? PaidFeeAmount? ItemElementType* UserElementType* Ext?
CancelRequestItemResponse = ResponseHeader? (Problem+|((ItemId|(RequestId ItemId?)) UserId
    FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?)) Ext?
CheckInItemResponse = ResponseHeader? (Problem+|(ItemId UserId? RoutingInformation? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?)) Ext?
CheckOutItem = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+) ItemId RequestId?
    AcknowledgedFeeAmount? PaidFeeAmount? AcknowledgedItemUseRestrictionType* ShippingInformation? ResourceDesired?
    DesiredDateDue? ItemElementType* UserElementType* Ext?
CheckOutItemResponse = ResponseHeader? ((Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType*)|(ItemId UserId
    (DateDue|IndeterminateLoanPeriodFlag|NonReturnableFlag) RenewalCount? ElectronicResource?
    FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?)) Ext?
CirculationStatusChangeReported = InitiationHeader? ItemId UserId
    (ItemReportedReturned|ItemReportedNeverBorrowed|ItemReportedLost|ItemReportedMissing) ItemOptionalFields?
    UserOptionalFields? FiscalTransactionInformation? Ext?
CirculationStatusUpdated = InitiationHeader? ItemId CirculationStatus Ext?
CreateAgency = InitiationHeader? MandatedAction? AgencyId? OrganizationNameInformation+ AgencyAddressInformation*
    AuthenticationPrompt* ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType* Ext?
CreateAgencyResponse UpdateAgencyResponse = ResponseHeader? (Problem+|AgencyId) Ext?
CreateItem = InitiationHeader? MandatedAction? ItemId? RequestId? BibliographicDescription ItemUseRestrictionType*
    CirculationStatus? ItemDescription? Location* PhysicalCondition? SecurityMarker? SensitizationFlag? Ext?
CreateItemResponse DeleteItemResponse UpdateCirculationStatusResponse UpdateItemResponse = ResponseHeader?
    (Problem+|ItemId) Ext?
CreateUser = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+)? NameInformation UserAddressInformation*
    DateOfBirth? UserLanguage* UserPrivilege* BlockOrTrap* Ext?
CreateUserResponse DeleteUserResponse UpdateUserResponse = ResponseHeader? (Problem+|UserId) Ext?
CreateUserFiscalTransaction = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+)
    FiscalTransactionInformation Ext?
CreateUserFiscalTransactionResponse = ResponseHeader? (Problem+|(UserId FiscalTransactionReferenceId)) Ext?
DeleteItem = InitiationHeader? MandatedAction? ItemId Ext?
DeleteUser = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+) Ext?
InitiationHeader = FromSystemId? FromSystemAuthentication? FromAgencyId FromAgencyAuthentication? OnBehalfOfAgency?
    ToSystemId? ToAgencyId ApplicationProfileType? Ext?
ItemCheckedIn = InitiationHeader? UserId? ItemId RoutingInformation? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields? Ext?
ItemCheckedOut = InitiationHeader? UserId ItemId RequestId? (DateDue|IndeterminateLoanPeriodFlag|NonReturnableFlag)
    ElectronicResourceProvidedFlag? RenewalCount? FiscalTransactionInformation? ShippingInformation?
    ItemOptionalFields? UserOptionalFields? Ext?
ItemCreated = InitiationHeader? ItemId RequestId? BibliographicDescription ItemUseRestrictionType* CirculationStatus?
    ItemDescription? Location* PhysicalCondition? SecurityMarker? SensitizationFlag? Ext?
ItemRecallCancelled = InitiationHeader? UserId? ItemId FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields? Ext?
ItemRecalled = InitiationHeader? UserId? ItemId DateDue ShippingInformation? ItemOptionalFields? UserOptionalFields?
    Ext?
ItemReceived = InitiationHeader? ItemId UserId? RequestId? DateReceived ItemOptionalFields? UserOptionalFields? Ext?
ItemRenewed = InitiationHeader? UserId? ItemId DateDue RenewalCount? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields? Ext?
ItemRequestCancelled = InitiationHeader? UserId (ItemId|(RequestId ItemId?)) RequestType RequestScopeType?
    FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields? Ext?
ItemRequestUpdated = InitiationHeader? ((UserId ItemId RequestType)|RequestId) DeleteRequestFields? AddRequestFields?
    ItemOptionalFields? UserOptionalFields? Ext?
ItemRequested = InitiationHeader? UserId (ItemId|(BibliographicId RequestId)) RequestType RequestScopeType
    ShippingInformation? EarliestDateNeeded? NeedBeforeDate? PickupLocation? PickupExpiryDate? DateOfUserRequest?
    DateAvailable? ItemOptionalFields? UserOptionalFields? Ext?
ItemShipped = InitiationHeader? (ItemId|(RequestId ItemId?)) UserId? DateShipped ShippingInformation
    ItemOptionalFields? UserOptionalFields? Ext?
ItemUpdated = InitiationHeader? ItemId DeleteItemFields? AddItemFields? Ext?
LookupAgency = InitiationHeader? AgencyId AgencyElementType+ Ext?
LookupAgencyResponse = ResponseHeader? (Problem+|(AgencyId OrganizationNameInformation* AgencyAddressInformation*
    AuthenticationPrompt* ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType*)) Ext?
LookupItem = InitiationHeader? (ItemId|RequestId) ItemElementType* CurrentBorrowerDesired? CurrentRequestersDesired?
    Ext?
LookupItemResponse = ResponseHeader? (Problem+|((ItemId|(RequestId ItemId?)) HoldPickupDate? DateRecalled?
    ItemTransaction? ItemOptionalFields?)) Ext?
LookupItemSet = InitiationHeader? (BibliographicId+|HoldingsSetId+|ItemId+) ItemElementType* CurrentBorrowerDesired?
    CurrentRequestersDesired? MaximumItemsCount? NextItemToken? Ext?
LookupItemSetResponse = ResponseHeader? (Problem+|(BibInformation+ NextItemToken?)) Ext?
LookupRequest = InitiationHeader? (((UserId|AuthenticationInput+) ItemId RequestType)|RequestId) RequestElementType*
    ItemElementType* UserElementType* Ext?
LookupRequestResponse = ResponseHeader? (Problem+|((ItemId|(RequestId ItemId?)) UserId? RequestType? RequestScopeType?
    RequestStatusType? HoldQueuePosition? ShippingInformation? EarliestDateNeeded? NeedBeforeDate? PickupDate?
    PickupLocation? PickupExpiryDate? DateOfUserRequest? DateAvailable? AcknowledgedFeeAmount? PaidFeeAmount?
    ItemOptionalFields? UserOptionalFields?)) Ext?
LookupUser = InitiationHeader? (UserId|AuthenticationInput+) UserElementType* LoanedItemsDesired?
    RequestedItemsDesired? UserFiscalAccountDesired? Ext?
LookupUserResponse = ResponseHeader? (Problem+|(UserId UserFiscalAccount* LoanedItemsCount* LoanedItem*
    RequestedItemsCount* RequestedItem* UserOptionalFields?)) Ext?
RecallItem = InitiationHeader? MandatedAction? ItemId DesiredDateDue? ShippingInformation? ItemElementType*
    UserElementType* Ext?
RecallItemResponse = ResponseHeader? (Problem+|(ItemId UserId? DateDue? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?)) Ext?
RenewItem = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+) ItemId ItemElementType* UserElementType*
    DesiredDateDue? DesiredDateForReturn? AcknowledgedFeeAmount? PaidFeeAmount? AcknowledgedItemUseRestrictionType*
    Ext?
RenewItemResponse = ResponseHeader? ((Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType*)|Pending|(ItemId
    UserId? DateDue? DateForReturn? RenewalCount? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields?)) Ext?
ReportCirculationStatusChange = InitiationHeader? MandatedAction? ItemId (UserId|AuthenticationInput+)
    (ItemReportedReturned|ItemReportedNeverBorrowed|ItemReportedLost|ItemReportedMissing) ItemElementType*
    UserElementType* Ext?
ReportCirculationStatusChangeResponse = ResponseHeader? (Problem+|(ItemId UserId? ItemOptionalFields?
    UserOptionalFields?)) Ext?
RequestItem = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+) (ItemId+|(BibliographicId+ ItemId*))
    RequestId? RequestType RequestScopeType ItemOptionalFields? ShippingInformation? EarliestDateNeeded?
    NeedBeforeDate? PickupLocation? PickupExpiryDate? AcknowledgedFeeAmount? PaidFeeAmount?
    AcknowledgedItemUseRestrictionType* ItemElementType* UserElementType* Ext?
RequestItemResponse = ResponseHeader? ((Problem+ RequiredFeeAmount?
    RequiredItemUseRestrictionType*)|((ItemId|(RequestId ItemId?)) UserId RequestType RequestScopeType
    ShippingInformation? DateAvailable? HoldPickupDate? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields?)) Ext?
ResponseHeader = FromSystemId? FromSystemAuthentication? FromAgencyId FromAgencyAuthentication? ToSystemId? ToAgencyId
    Ext?
SendUserNotice = InitiationHeader? MandatedAction? UserId DateToSend? UserNoticeDetails Ext?
SendUserNoticeResponse = ResponseHeader? (Problem+|(UserId (DateSent|DateWillSend)?)) Ext?
UndoCheckOutItem = InitiationHeader? MandatedAction? ItemId (UserId|AuthenticationInput+)? RequestId? Ext?
UndoCheckOutItemResponse = ResponseHeader? (Problem+|(ItemId UserId? FiscalTransactionInformation?)) Ext?
UpdateAgency = InitiationHeader? MandatedAction? AgencyId DeleteAgencyFields? AddAgencyFields? Ext?
UpdateCirculationStatus = InitiationHeader? MandatedAction? ItemId CirculationStatus Ext?
UpdateItem = InitiationHeader? MandatedAction? ItemId DeleteItemFields? AddItemFields? Ext?
UpdateRequestItem = InitiationHeader? MandatedAction? (((UserId|AuthenticationInput+) ItemId RequestType)|RequestId)
    DeleteRequestFields? AddRequestFields? ItemElementType* UserElementType* Ext?
UpdateRequestItemResponse = ResponseHeader? ((Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType*)|(ItemId
    UserId RequestType RequestScopeType DateAvailable? HoldPickupDate? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?)) Ext?
UpdateUser = InitiationHeader? MandatedAction? (UserId|AuthenticationInput+) DeleteUserFields? AddUserFields? Ext?
UserCreated = InitiationHeader? UserId NameInformation UserAddressInformation* DateOfBirth? UserLanguage*
    UserPrivilege* BlockOrTrap* Ext?
UserFiscalTransactionCreated = InitiationHeader? UserId FiscalTransactionInformation Ext?
UserNoticeSent = InitiationHeader? UserId DateSent UserNoticeDetails Ext?
UserUpdated = InitiationHeader? UserId DeleteUserFields? AddUserFields? Ext?
AccountBalance AcknowledgedFeeAmount Amount PaidFeeAmount RequiredFeeAmount = CurrencyCode MonetaryValue Ext?
AccountDetails = AccrualDate FiscalTransactionInformation Ext?
AddAgencyFields DeleteAgencyFields = OrganizationNameInformation* AgencyAddressInformation* AuthenticationPrompt*
    ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType* Ext?
AddItemFields DeleteItemFields = BibliographicDescription? ItemUseRestrictionType* ItemDescription? Location*
    PhysicalCondition? SecurityMarker? SensitizationFlag? Ext?
AddRequestFields DeleteRequestFields = UserId? ItemId? RequestType? RequestScopeType? RequestStatusType?
    ShippingInformation? EarliestDateNeeded? NeedBeforeDate? PickupLocation? PickupExpiryDate? DateOfUserRequest?
    DateAvailable? AcknowledgedFeeAmount? PaidFeeAmount? Ext?
AddUserFields DeleteUserFields = AuthenticationInput* NameInformation? UserAddressInformation* DateOfBirth?
    UserLanguage* UserPrivilege* BlockOrTrap* Ext?
AgencyAddressInformation = AgencyAddressRoleType ValidFromDate? ValidToDate? (PhysicalAddress|ElectronicAddress) Ext?
AuthenticationInput = AuthenticationInputData AuthenticationDataFormatType AuthenticationInputType Ext?
AuthenticationPrompt = PromptOutput PromptInput Ext?
BibInformation = BibliographicId? ((BibliographicDescription? TitleHoldQueueLength? CurrentRequester*
    HoldingsSet+)|Problem+)
BibliographicDescription = Author? AuthorOfComponent? BibliographicItemId? BibliographicRecordId* ComponentId?
    Edition? Pagination? PlaceOfPublication? PublicationDate? PublicationDateOfComponent? Publisher?
    SeriesTitleNumber? Title? TitleOfComponent? BibliographicLevel? SponsoringBody? ElectronicDataFormatType?
    Language? MediumType? Ext?
BibliographicId = (BibliographicItemId|BibliographicRecordId) Ext?
BibliographicItemId = BibliographicItemIdentifier BibliographicItemIdentifierCode? Ext?
BibliographicRecordId = BibliographicRecordIdentifier (AgencyId|BibliographicRecordIdentifierCode) Ext?
BlockOrTrap = AgencyId BlockOrTrapType ValidFromDate? ValidToDate? Ext?
ChronologyLevelInstance = (ChronologyCaption|(ChronologyLevel ChronologyCaption?)) ChronologyValue Ext?
ComponentId = ComponentIdentifierType ComponentIdentifier Ext?
CurrentBorrower CurrentRequester = UserId Ext?
Destination = (Location|(BinNumber Location?)) Ext?
ElectronicAddress = ElectronicAddressType ElectronicAddressData Ext?
ElectronicResource = ((ElectronicDataFormatType ActualResource)|ReferenceToResource) Ext?
EnumerationLevelInstance = (EnumerationCaption|(EnumerationLevel EnumerationCaption? Ext?)) EnumerationValue Ext?
FiscalTransactionInformation = FiscalActionType FiscalTransactionReferenceId? RelatedFiscalTransactionReferenceId*
    FiscalTransactionType ValidFromDate? ValidToDate? Amount PaymentMethodType? FiscalTransactionDescription?
    RequestId? ItemDetails? Ext?
FiscalTransactionReferenceId RelatedFiscalTransactionReferenceId = AgencyId FiscalTransactionIdentifierValue Ext?
FromAgencyId OnBehalfOfAgency ToAgencyId = AgencyId Ext?
HoldingsChronology = ChronologyLevelInstance+ Ext?
HoldingsEnumeration = EnumerationLevelInstance+ Ext?
HoldingsInformation SummaryHoldingsInformation = (StructuredHoldingsData+|UnstructuredHoldingsData) Ext?
HoldingsSet = HoldingsSetId? ((BibliographicDescription? Location? CallNumber? SummaryHoldingsInformation?
    ElectronicResource? ItemInformation+ Ext?)|Problem+)
ItemDescription = CallNumber? CopyNumber? ItemDescriptionLevel? HoldingsInformation? NumberOfPieces? Ext?
ItemDetails = ItemId BibliographicDescription DateCheckedOut? DateRenewed*
    (DateDue|IndeterminateLoanPeriodFlag|NonReturnableFlag)? DateReturned? Ext?
ItemId = AgencyId? ItemIdentifierType? ItemIdentifierValue Ext?
ItemInformation = ItemId? ((RequestId* CurrentBorrower? CurrentRequester* DateDue? DateRecalled? HoldPickupDate?
    ItemTransaction? ItemOptionalFields? ItemNote? Ext?)|Problem+)
ItemOptionalFields = BibliographicDescription? ItemUseRestrictionType* CirculationStatus? HoldQueueLength?
    ItemDescription? Location* PhysicalCondition? ElectronicResource? SecurityMarker? SensitizationFlag? DateDue? Ext?
ItemReportedReturned = DateReportedReturned Ext?
ItemTransaction = CurrentBorrower? CurrentRequester* Ext?
LoanedItem = ItemId BibliographicId* ReminderLevel? (DateDue|IndeterminateLoanPeriodFlag) Amount? Title? MediumType?
    Ext?
LoanedItemsCount = (CirculationStatus|ItemUseRestrictionType) LoanedItemCountValue Ext?
Location = LocationType LocationName ValidFromDate? ValidToDate? Ext?
LocationName = LocationNameInstance+ Ext?
LocationNameInstance = LocationNameLevel LocationNameValue Ext?
MandatedAction = DateEventOccurred Ext?
NameInformation = (PersonalNameInformation|OrganizationNameInformation+) Ext?
NoticeItem = ItemDetails Amount? Ext?
OrganizationNameInformation = OrganizationNameType OrganizationName Ext?
Pending = DateOfExpectedReply? Ext?
PersonalNameInformation = (UnstructuredPersonalUserName|(StructuredPersonalUserName UnstructuredPersonalUserName?))
    Ext?
PhysicalAddress = (StructuredAddress|UnstructuredAddress) PhysicalAddressType Ext?
PhysicalCondition = PhysicalConditionType PhysicalConditionDetails? Ext?
PreviousUserId = AgencyId UserIdentifierValue ValidFromDate? ValidToDate? Ext?
Problem = ProblemType ProblemDetail? ProblemElement? ProblemValue? Ext?
PromptInput = AuthenticationInputType AuthenticationDataFormatType SensitiveDataFlag? Ext?
PromptOutput = AuthenticationPromptData AuthenticationPromptType Ext?
RequestId = AgencyId? RequestIdentifierType? RequestIdentifierValue Ext?
RequestedItem = (ItemId|(RequestId ItemId?)) BibliographicId* RequestType RequestStatusType DatePlaced PickupDate?
    PickupLocation? PickupExpiryDate? ReminderLevel? HoldQueuePosition? Title? MediumType? Ext?
RequestedItemsCount = (RequestType|CirculationStatus|ItemUseRestrictionType) RequestedItemCountValue Ext?
RoutingInformation = RoutingInstructions Destination RequestType? UserId? NameInformation? Ext?
ShippingInformation = ShippingInstructions? ShippingNote? (PhysicalAddress|ElectronicAddress) Ext?
StructuredAddress = ((LocationWithinBuilding? HouseName? (District|(PostOfficeBox District?)|(Street PostOfficeBox?
    District?)))|(Line1 Line2?)) Locality? Region? Country? PostalCode? CareOf? Ext?
StructuredHoldingsData = (HoldingsChronology|(HoldingsEnumeration HoldingsChronology?)) Ext?
StructuredPersonalUserName = Prefix? GivenName? Initials? Surname Suffix? Ext?
UnstructuredAddress = UnstructuredAddressType UnstructuredAddressData Ext?
UserAddressInformation = UserAddressRoleType ValidFromDate? ValidToDate? (PhysicalAddress|ElectronicAddress) Ext?
UserFiscalAccount = AccountBalance AccountDetails* Ext?
UserId = AgencyId? UserIdentifierType? UserIdentifierValue Ext?
UserNoticeDetails = NoticeType NoticeContent? (NoticeItem+|UserFiscalAccount|UserPrivilege) Ext?
UserOptionalFields = NameInformation? UserAddressInformation* DateOfBirth? UserLanguage* UserPrivilege* BlockOrTrap*
    UserId* PreviousUserId* Ext?
UserPrivilege = AgencyId AgencyUserPrivilegeType ValidFromDate? ValidToDate? UserPrivilegeFee? UserPrivilegeStatus?
    UserPrivilegeDescription? Ext?
UserPrivilegeFee = Amount PaymentMethodType? Ext?
UserPrivilegeStatus = UserPrivilegeStatusType DateOfUserPrivilegeStatus? Ext?
empty: CurrentBorrowerDesired CurrentRequestersDesired ElectronicResourceProvidedFlag IndeterminateLoanPeriodFlag
    ItemReportedLost ItemReportedMissing ItemReportedNeverBorrowed LoanedItemsDesired NonReturnableFlag
    RenewalNotPermitted RequestedItemsDesired ResourceDesired SensitiveDataFlag SensitizationFlag
    UserFiscalAccountDesired
any: Ext
schemeValue: AcknowledgedItemUseRestrictionType AgencyAddressRoleType AgencyElementType AgencyId
    AgencyUserPrivilegeType ApplicationProfileType ApplicationProfileSupportedType AuthenticationDataFormatType
    AuthenticationInputType AuthenticationPromptType BibliographicItemIdentifierCode BibliographicLevel
    BibliographicRecordIdentifierCode BlockOrTrapType CirculationStatus ComponentIdentifierType ConsortiumAgreement
    CurrencyCode ElectronicAddressType ElectronicDataFormatType FiscalActionType FiscalTransactionType FromSystemId
    ItemDescriptionLevel ItemElementType ItemIdentifierType ItemUseRestrictionType Language LocationType MediumType
    NoticeType OrganizationNameType PaymentMethodType PhysicalAddressType PhysicalConditionType PickupLocation
    ProblemType RequestedActionType RequestElementType RequestIdentifierType RequestScopeType RequestStatusType
    RequestType RequiredItemUseRestrictionType SecurityMarker ToSystemId UnstructuredAddressType UserAddressRoleType
    UserElementType UserIdentifierType UserLanguage UserPrivilegeStatusType
string: ActualResource AuthenticationInputData AuthenticationPromptData Author AuthorOfComponent
    BibliographicItemIdentifier BibliographicRecordIdentifier BinNumber CallNumber CareOf ChronologyCaption
    ChronologyValue ComponentIdentifier CopyNumber Country District Edition ElectronicAddressData EnumerationCaption
    EnumerationValue FiscalTransactionDescription FiscalTransactionIdentifierValue FromAgencyAuthentication
    FromSystemAuthentication GivenName HoldingsSetId HouseName Initials ItemIdentifierValue ItemNote Line1 Line2
    Locality LocationNameValue LocationWithinBuilding NextItemToken NoticeContent OrganizationName Pagination
    PhysicalConditionDetails PlaceOfPublication PostOfficeBox PostalCode Prefix ProblemDetail ProblemElement
    ProblemValue PublicationDate PublicationDateOfComponent Publisher ReferenceToResource Region
    RequestIdentifierValue RoutingInstructions SeriesTitleNumber ShippingInstructions ShippingNote SponsoringBody
    Street Suffix Surname Title TitleOfComponent UnstructuredAddressData UnstructuredHoldingsData
    UnstructuredPersonalUserName UserIdentifierValue UserPrivilegeDescription
dateTime: AccrualDate DateAvailable DateCheckedOut DateReportedReturned DateDue DateEventOccurred DateForReturn
    DateOfBirth DateOfExpectedReply DateOfUserPrivilegeStatus DateOfUserRequest DatePlaced DateRecalled DateReceived
    DateRenewed DateReturned DateSent DateShipped DateToSend DateWillSend DesiredDateDue DesiredDateForReturn
    EarliestDateNeeded HoldPickupDate NeedBeforeDate PickupDate PickupExpiryDate ValidFromDate ValidToDate
integer: MonetaryValue
nonNegativeInteger: HoldQueueLength LoanedItemCountValue ReminderLevel RenewalCount RequestedItemCountValue
    TitleHoldQueueLength
positiveInteger: ChronologyLevel EnumerationLevel HoldQueuePosition LocationNameLevel MaximumItemsCount NumberOfPieces
";
