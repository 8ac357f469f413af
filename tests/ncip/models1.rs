//! The content models of NCIP 1.0: every element that `ncip_v1_0.dtd` (16 August 2002) declares, in no namespace. The
//! notation is told in `schema.rs`.

pub(super) const MODELS: &str = "\
NCIPMessage = AcceptItem | AcceptItemResponse | AgencyCreated | AgencyCreatedResponse | AgencyUpdated |
    AgencyUpdatedResponse | AuthenticateUser | AuthenticateUserResponse | CancelRecallItem | CancelRecallItemResponse
    | CancelRequestItem | CancelRequestItemResponse | CheckInItem | CheckInItemResponse | CheckOutItem |
    CheckOutItemResponse | CirculationStatusChangeReported | CirculationStatusChangeReportedResponse |
    CirculationStatusUpdated | CirculationStatusUpdatedResponse | CreateAgency | CreateAgencyResponse | CreateItem |
    CreateItemResponse | CreateUser | CreateUserResponse | CreateUserFiscalTransaction |
    CreateUserFiscalTransactionResponse | ItemCheckedIn | ItemCheckedInResponse | ItemCheckedOut |
    ItemCheckedOutResponse | ItemCreated | ItemCreatedResponse | ItemRecallCancelled | ItemRecallCancelledResponse |
    ItemRecalled | ItemRecalledResponse | ItemReceived | ItemReceivedResponse | ItemRenewed | ItemRenewedResponse |
    ItemRequestCancelled | ItemRequestCancelledResponse | ItemRequestUpdated | ItemRequestUpdatedResponse |
    ItemRequested | ItemRequestedResponse | ItemShipped | ItemShippedResponse | ItemUpdated | ItemUpdatedResponse |
    LookupAgency | LookupAgencyResponse | LookupItem | LookupItemResponse | LookupUser | LookupUserResponse |
    RecallItem | RecallItemResponse | RenewItem | RenewItemResponse | ReportCirculationStatusChange |
    ReportCirculationStatusChangeResponse | RequestItem | RequestItemResponse | SendUserNotice |
    SendUserNoticeResponse | UndoCheckOutItem | UndoCheckOutItemResponse | UpdateAgency | UpdateAgencyResponse |
    UpdateCirculationStatus | UpdateCirculationStatusResponse | UpdateItem | UpdateItemResponse | UpdateRequestItem |
    UpdateRequestItemResponse | UpdateUser | UpdateUserResponse | UserCreated | UserCreatedResponse |
    UserFiscalTransactionCreated | UserFiscalTransactionCreatedResponse | UserNoticeSent | UserNoticeSentResponse |
    UserUpdated | UserUpdatedResponse
AcceptItem = InitiationHeader MandatedAction? UniqueRequestId RequestedActionType UniqueUserId? UniqueItemId?
    (DateForReturn|IndeterminateLoanPeriodFlag|NonReturnableFlag)? RenewalNotPermitted? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?
AcceptItemResponse = ResponseHeader (Problem|(UniqueRequestId UniqueItemId?))
AgencyCreated = InitiationHeader UniqueAgencyId OrganizationNameInformation+ AgencyAddressInformation*
    AuthenticationPrompt* ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType*
AgencyCreatedResponse AgencyUpdatedResponse CirculationStatusChangeReportedResponse CirculationStatusUpdatedResponse
    ItemCheckedInResponse ItemCheckedOutResponse ItemCreatedResponse ItemRecallCancelledResponse ItemRecalledResponse
    ItemReceivedResponse ItemRenewedResponse ItemRequestCancelledResponse ItemRequestUpdatedResponse
    ItemRequestedResponse ItemShippedResponse ItemUpdatedResponse UserCreatedResponse
    UserFiscalTransactionCreatedResponse UserNoticeSentResponse UserUpdatedResponse = ResponseHeader MessagingError*
AgencyUpdated = InitiationHeader UniqueAgencyId DeleteAgencyFields? AddAgencyFields?
AuthenticateUser = InitiationHeader AuthenticationInput+
AuthenticateUserResponse CreateUserResponse UpdateUserResponse = ResponseHeader (Problem|UniqueUserId)
CancelRecallItem CheckInItem = InitiationHeader MandatedAction? UniqueItemId ItemElementType* UserElementType*
CancelRecallItemResponse = ResponseHeader (Problem|(UniqueItemId UniqueUserId? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?))
CancelRequestItem = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+)
    (UniqueItemId|(UniqueRequestId UniqueItemId?)) RequestType RequestScopeType? ItemElementType* UserElementType*
CancelRequestItemResponse = ResponseHeader (Problem|((UniqueItemId|(UniqueRequestId UniqueItemId?)) UniqueUserId
    FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?))
CheckInItemResponse = ResponseHeader (Problem|(UniqueItemId UniqueUserId? RoutingInformation?
    FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?))
CheckOutItem = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+) UniqueItemId UniqueRequestId?
    AcknowledgedFeeAmount? AcknowledgedItemUseRestrictionType* ShippingInformation? ResourceDesired? DesiredDateDue?
    ItemElementType* UserElementType*
CheckOutItemResponse = ResponseHeader ((Problem RequiredFeeAmount? RequiredItemUseRestrictionType*)|(UniqueItemId
    UniqueUserId (DateDue|IndeterminateLoanPeriodFlag|NonReturnableFlag) RenewalCount? ElectronicResource?
    FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?))
CirculationStatusChangeReported = InitiationHeader UniqueItemId UniqueUserId
    (ItemReportedReturned|ItemReportedNeverBorrowed|ItemReportedLost|ItemReportedMissing) ItemOptionalFields?
    UserOptionalFields? FiscalTransactionInformation?
CirculationStatusUpdated = InitiationHeader UniqueItemId CirculationStatus
CreateAgency = InitiationHeader MandatedAction? UniqueAgencyId? OrganizationNameInformation+ AgencyAddressInformation*
    AuthenticationPrompt* ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType*
CreateAgencyResponse UpdateAgencyResponse = ResponseHeader (Problem|UniqueAgencyId)
CreateItem = InitiationHeader MandatedAction? UniqueItemId? UniqueRequestId? BibliographicDescription
    ItemUseRestrictionType* CirculationStatus? ItemDescription? Location* PhysicalCondition? SecurityMarker?
    SensitizationFlag?
CreateItemResponse UpdateCirculationStatusResponse UpdateItemResponse = ResponseHeader (Problem|UniqueItemId)
CreateUser = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+)? VisibleUserId* NameInformation
    UserAddressInformation* DateOfBirth? UserLanguage* UserPrivilege* BlockOrTrap*
CreateUserFiscalTransaction = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+)
    FiscalTransactionInformation
CreateUserFiscalTransactionResponse = ResponseHeader (Problem|(UniqueUserId FiscalTransactionReferenceId))
InitiationHeader = FromSystemId? FromSystemAuthentication? FromAgencyId FromAgencyAuthentication? OnBehalfOfAgency?
    ToSystemId? ToAgencyId ApplicationProfileType?
ItemCheckedIn = InitiationHeader UniqueUserId? UniqueItemId RoutingInformation? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?
ItemCheckedOut = InitiationHeader UniqueUserId UniqueItemId UniqueRequestId?
    (DateDue|IndeterminateLoanPeriodFlag|NonReturnableFlag) ElectronicResourceProvidedFlag? RenewalCount?
    FiscalTransactionInformation? ShippingInformation? ItemOptionalFields? UserOptionalFields?
ItemCreated = InitiationHeader UniqueItemId UniqueRequestId? BibliographicDescription ItemUseRestrictionType*
    CirculationStatus? ItemDescription? Location* PhysicalCondition? SecurityMarker? SensitizationFlag?
ItemRecallCancelled = InitiationHeader UniqueUserId? UniqueItemId FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields?
ItemRecalled = InitiationHeader UniqueUserId? UniqueItemId DateDue ShippingInformation? ItemOptionalFields?
    UserOptionalFields?
ItemReceived = InitiationHeader UniqueItemId UniqueUserId? UniqueRequestId? DateReceived ItemOptionalFields?
    UserOptionalFields?
ItemRenewed = InitiationHeader UniqueUserId? UniqueItemId DateDue RenewalCount? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?
ItemRequestCancelled = InitiationHeader UniqueUserId (UniqueItemId|(UniqueRequestId UniqueItemId?)) RequestType
    RequestScopeType? FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?
ItemRequestUpdated = InitiationHeader ((UniqueUserId UniqueItemId RequestType)|UniqueRequestId) DeleteRequestFields?
    AddRequestFields? ItemOptionalFields? UserOptionalFields?
ItemRequested = InitiationHeader UniqueUserId (UniqueItemId|(UniqueBibliographicId UniqueRequestId)) RequestType
    RequestScopeType ShippingInformation? EarliestDateNeeded? NeedBeforeDate? PickupExpiryDate? DateOfUserRequest?
    DateAvailable? ItemOptionalFields? UserOptionalFields?
ItemShipped = InitiationHeader (UniqueItemId|(UniqueRequestId UniqueItemId?)) UniqueUserId? DateShipped
    ShippingInformation ItemOptionalFields? UserOptionalFields?
ItemUpdated = InitiationHeader UniqueItemId DeleteItemFields? AddItemFields?
LookupAgency = InitiationHeader UniqueAgencyId AgencyElementType+
LookupAgencyResponse = ResponseHeader (Problem|(UniqueAgencyId OrganizationNameInformation* AgencyAddressInformation*
    AuthenticationPrompt* ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType*))
LookupItem = InitiationHeader (UniqueItemId|VisibleItemId|UniqueRequestId) ItemElementType+ CurrentBorrowerDesired?
    CurrentRequestersDesired?
LookupItemResponse = ResponseHeader (Problem|((UniqueItemId|(UniqueRequestId UniqueItemId?)) HoldPickupDate?
    DateRecalled? ItemTransaction? ItemOptionalFields?))
LookupUser = InitiationHeader (UniqueUserId|VisibleUserId|AuthenticationInput+) UserElementType+ LoanedItemsDesired?
    RequestedItemsDesired? UserFiscalAccountDesired?
LookupUserResponse = ResponseHeader (Problem|(UniqueUserId UserFiscalAccount* LoanedItemsCount* RequestedItemsCount*
    UserTransaction? UserOptionalFields?))
RecallItem = InitiationHeader MandatedAction? UniqueItemId DesiredDateDue? ShippingInformation? ItemElementType*
    UserElementType*
RecallItemResponse = ResponseHeader (Problem|(UniqueItemId UniqueUserId? DateDue? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?))
RenewItem = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+) UniqueItemId ItemElementType*
    UserElementType* DesiredDateDue? DesiredDateForReturn? AcknowledgedFeeAmount? AcknowledgedItemUseRestrictionType*
RenewItemResponse = ResponseHeader ((Problem RequiredFeeAmount? RequiredItemUseRestrictionType*)|Pending|(UniqueItemId
    UniqueUserId? DateDue? DateForReturn? RenewalCount? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields?))
ReportCirculationStatusChange = InitiationHeader MandatedAction? UniqueItemId (UniqueUserId|AuthenticationInput+)
    (ItemReportedReturned|ItemReportedNeverBorrowed|ItemReportedLost|ItemReportedMissing) ItemElementType*
    UserElementType*
ReportCirculationStatusChangeResponse = ResponseHeader (Problem|(UniqueItemId UniqueUserId? ItemOptionalFields?
    UserOptionalFields?))
RequestItem = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+)
    (UniqueItemId|UniqueBibliographicId) UniqueRequestId? RequestType RequestScopeType ShippingInformation?
    EarliestDateNeeded? NeedBeforeDate? PickupExpiryDate? AcknowledgedFeeAmount? AcknowledgedItemUseRestrictionType*
    ItemElementType* UserElementType*
RequestItemResponse = ResponseHeader ((Problem RequiredFeeAmount?
    RequiredItemUseRestrictionType*)|((UniqueItemId|(UniqueRequestId UniqueItemId?)) UniqueUserId RequestType
    RequestScopeType ShippingInformation? DateAvailable? HoldPickupDate? FiscalTransactionInformation?
    ItemOptionalFields? UserOptionalFields?))
ResponseHeader = FromSystemId? FromSystemAuthentication? FromAgencyId FromAgencyAuthentication? ToSystemId? ToAgencyId
SendUserNotice = InitiationHeader MandatedAction? UniqueUserId DateToSend? UserNoticeDetails
SendUserNoticeResponse = ResponseHeader (Problem|(UniqueUserId (DateSent|DateWillSend)?))
UndoCheckOutItem = InitiationHeader MandatedAction? UniqueItemId (UniqueUserId|AuthenticationInput+)? UniqueRequestId?
UndoCheckOutItemResponse = ResponseHeader (Problem|(UniqueItemId UniqueUserId? FiscalTransactionInformation?))
UpdateAgency = InitiationHeader MandatedAction? UniqueAgencyId DeleteAgencyFields? AddAgencyFields?
UpdateCirculationStatus = InitiationHeader MandatedAction? UniqueItemId CirculationStatus
UpdateItem = InitiationHeader MandatedAction? UniqueItemId DeleteItemFields? AddItemFields?
UpdateRequestItem = InitiationHeader MandatedAction? (((UniqueUserId|AuthenticationInput+) UniqueItemId
    RequestType)|UniqueRequestId) DeleteRequestFields? AddRequestFields? ItemElementType* UserElementType*
UpdateRequestItemResponse = ResponseHeader ((Problem RequiredFeeAmount?)|(UniqueItemId UniqueUserId RequestType
    RequestScopeType DateAvailable? HoldPickupDate? FiscalTransactionInformation? ItemOptionalFields?
    UserOptionalFields?))
UpdateUser = InitiationHeader MandatedAction? (UniqueUserId|AuthenticationInput+) DeleteUserFields? AddUserFields?
UserCreated = InitiationHeader UniqueUserId VisibleUserId* NameInformation UserAddressInformation* DateOfBirth?
    UserLanguage* UserPrivilege* BlockOrTrap*
UserFiscalTransactionCreated = InitiationHeader UniqueUserId FiscalTransactionInformation
UserNoticeSent = InitiationHeader UniqueUserId DateSent UserNoticeDetails
UserUpdated = InitiationHeader UniqueUserId DeleteUserFields? AddUserFields?
AccountBalance AcknowledgedFeeAmount Amount RequiredFeeAmount = CurrencyCode MonetaryValue
AccountDetails = AccrualDate FiscalTransactionInformation
AcknowledgedItemUseRestrictionType AgencyAddressRoleType AgencyElementType AgencyUserPrivilegeType
    ApplicationProfileType ApplicationProfileSupportedType AuthenticationDataFormatType AuthenticationInputType
    AuthenticationPromptType BibliographicItemIdentifierCode BibliographicLevel BibliographicRecordIdentifierCode
    BlockOrTrapType CirculationStatus ComponentIdentifierType ConsortiumAgreement CurrencyCode ElectronicAddressType
    ElectronicDataFormatType FiscalActionType FiscalTransactionType FromSystemId ItemDescriptionLevel ItemElementType
    ItemUseRestrictionType Language LocationType MediumType MessagingErrorType NoticeType OrganizationNameType
    PaymentMethodType PhysicalAddressType PhysicalConditionType ProcessingErrorType RequestedActionType
    RequestScopeType RequestStatusType RequestType RequiredItemUseRestrictionType SecurityMarker ToSystemId
    UniqueAgencyId UnstructuredAddressType UserAddressRoleType UserElementType UserLanguage UserPrivilegeStatusType
    VisibleItemIdentifierType VisibleUserIdentifierType = Scheme Value
AddAgencyFields DeleteAgencyFields = OrganizationNameInformation* AgencyAddressInformation* AuthenticationPrompt*
    ApplicationProfileSupportedType* ConsortiumAgreement* AgencyUserPrivilegeType*
AddItemFields DeleteItemFields = BibliographicDescription? ItemUseRestrictionType* ItemDescription? Location*
    PhysicalCondition? SecurityMarker? SensitizationFlag?
AddRequestFields DeleteRequestFields = UniqueUserId? UniqueItemId? RequestType? RequestScopeType? RequestStatusType?
    ShippingInformation? EarliestDateNeeded? NeedBeforeDate? PickupExpiryDate? DateOfUserRequest? DateAvailable?
    AcknowledgedFeeAmount?
AddUserFields DeleteUserFields = VisibleUserId* AuthenticationInput* NameInformation? UserAddressInformation*
    DateOfBirth? UserLanguage* UserPrivilege* BlockOrTrap*
AgencyAddressInformation = AgencyAddressRoleType ValidFromDate? ValidToDate? (PhysicalAddress|ElectronicAddress)
AuthenticationInput = AuthenticationInputData AuthenticationDataFormatType AuthenticationInputType
AuthenticationPrompt = PromptOutput PromptInput
BibliographicDescription = Author? AuthorOfComponent? BibliographicItemId? BibliographicRecordId? ComponentId?
    Edition? Pagination? PlaceOfPublication? PublicationDate? PublicationDateOfComponent? Publisher?
    SeriesTitleNumber? Title? TitleOfComponent? BibliographicLevel? SponsoringBody? ElectronicDataFormatType?
    Language? MediumType?
BibliographicItemId = BibliographicItemIdentifier BibliographicItemIdentifierCode?
BibliographicRecordId = BibliographicRecordIdentifier (UniqueAgencyId|BibliographicRecordIdentifierCode)
BlockOrTrap = UniqueAgencyId BlockOrTrapType ValidFromDate? ValidToDate?
ChronologyLevelInstance = (ChronologyCaption|(ChronologyLevel ChronologyCaption?)) ChronologyValue
ComponentId = ComponentIdentifierType ComponentIdentifier
CurrentBorrower CurrentRequester = UniqueUserId
Destination = Location|(BinNumber Location?)
ElectronicAddress = ElectronicAddressType ElectronicAddressData
ElectronicResource = (ElectronicDataFormatType ActualResource)|ReferenceToResource
EnumerationLevelInstance = (EnumerationCaption|(EnumerationLevel EnumerationCaption?)) EnumerationValue
FiscalTransactionInformation = FiscalActionType FiscalTransactionReferenceId? RelatedFiscalTransactionReferenceId*
    FiscalTransactionType ValidFromDate? ValidToDate? Amount PaymentMethodType? FiscalTransactionDescription?
    UniqueRequestId? ItemDetails?
FiscalTransactionReferenceId RelatedFiscalTransactionReferenceId = UniqueAgencyId FiscalTransactionIdentifierValue
FromAgencyId OnBehalfOfAgency ToAgencyId = UniqueAgencyId
HoldingsChronology = ChronologyLevelInstance+
HoldingsEnumeration = EnumerationLevelInstance+
HoldingsInformation = StructuredHoldingsData+|UnstructuredHoldingsData
ItemDescription = VisibleItemId? CallNumber? CopyNumber? ItemDescriptionLevel? HoldingsInformation?
ItemDetails = UniqueItemId BibliographicDescription DateCheckedOut? DateRenewed*
    (DateDue|IndeterminateLoanPeriodFlag|NonReturnableFlag)? DateReturned?
ItemOptionalFields = BibliographicDescription? ItemUseRestrictionType* CirculationStatus? HoldQueueLength?
    ItemDescription? Location* PhysicalCondition? ElectronicResource? SecurityMarker? SensitizationFlag?
ItemReportedReturned = DateReportedReturned
ItemTransaction = CurrentBorrower? CurrentRequester*
LoanedItem = UniqueItemId ReminderLevel (DateDue|IndeterminateLoanPeriodFlag) Amount
LoanedItemsCount = (CirculationStatus|ItemUseRestrictionType) LoanedItemCountValue
Location = LocationType LocationName ValidFromDate? ValidToDate?
LocationName = LocationNameInstance+
LocationNameInstance = LocationNameLevel LocationNameValue
MandatedAction = DateEventOccurred
MessagingError = MessagingErrorType MessagingErrorElement
MessagingErrorElement = ElementName (MessagingErrorElement|MessagingErrorValue)?
NameInformation = PersonalNameInformation|OrganizationNameInformation+
NoticeItem = ItemDetails Amount?
OrganizationNameInformation = OrganizationNameType OrganizationName
Pending = DateOfExpectedReply?
PersonalNameInformation = UnstructuredPersonalUserName|(StructuredPersonalUserName UnstructuredPersonalUserName?)
PhysicalAddress = (StructuredAddress|UnstructuredAddress) PhysicalAddressType
PhysicalCondition = PhysicalConditionType PhysicalConditionDetails?
Problem = MessagingError+|ProcessingError+
ProcessingError = ProcessingErrorType ProcessingErrorElement
ProcessingErrorElement = ElementName (ProcessingErrorElement|ProcessingErrorValue)?
PromptInput = AuthenticationInputType AuthenticationDataFormatType SensitiveDataFlag?
PromptOutput = AuthenticationPromptData AuthenticationPromptType
RequestedItem = (UniqueItemId|(UniqueRequestId UniqueItemId?)) RequestType RequestStatusType DatePlaced PickupDate?
    PickupExpiryDate? ReminderLevel? HoldQueuePosition?
RequestedItemsCount = (RequestType|CirculationStatus|ItemUseRestrictionType) RequestedItemCountValue
RoutingInformation = RoutingInstructions Destination RequestType? UniqueUserId?
ShippingInformation = ShippingInstructions? ShippingNote? (PhysicalAddress|ElectronicAddress)
StructuredAddress = ((LocationWithinBuilding? HouseName? (District|(PostOfficeBox District?)|(Street PostOfficeBox?
    District?)))|(Line1 Line2?)) Locality? Region? Country? PostalCode? CareOf?
StructuredHoldingsData = HoldingsChronology|(HoldingsEnumeration HoldingsChronology?)
StructuredPersonalUserName = Prefix? GivenName? Initials? Surname Suffix?
UniqueBibliographicId = BibliographicItemId|BibliographicRecordId
UniqueItemId = UniqueAgencyId ItemIdentifierValue
UniqueRequestId = UniqueAgencyId RequestIdentifierValue
UniqueUserId = UniqueAgencyId UserIdentifierValue
UnstructuredAddress = UnstructuredAddressType UnstructuredAddressData
UserAddressInformation = UserAddressRoleType ValidFromDate? ValidToDate? (PhysicalAddress|ElectronicAddress)
UserFiscalAccount = AccountBalance AccountDetails*
UserNoticeDetails = NoticeType NoticeContent? (NoticeItem+|UserFiscalAccount|UserPrivilege)
UserOptionalFields = VisibleUserId* NameInformation? UserAddressInformation* DateOfBirth? UserLanguage* UserPrivilege*
    BlockOrTrap*
UserPrivilege = UniqueAgencyId AgencyUserPrivilegeType ValidFromDate? ValidToDate? UserPrivilegeFee?
    UserPrivilegeStatus? UserPrivilegeDescription?
UserPrivilegeFee = Amount PaymentMethodType?
UserPrivilegeStatus = UserPrivilegeStatusType DateOfUserPrivilegeStatus?
UserTransaction = RequestedItem* LoanedItem*
VisibleItemId = VisibleItemIdentifierType VisibleItemIdentifier
VisibleUserId = UniqueAgencyId? VisibleUserIdentifierType VisibleUserIdentifier
empty: CurrentBorrowerDesired CurrentRequestersDesired ElectronicResourceProvidedFlag IndeterminateLoanPeriodFlag
    ItemReportedLost ItemReportedMissing ItemReportedNeverBorrowed LoanedItemsDesired NonReturnableFlag
    RenewalNotPermitted RequestedItemsDesired ResourceDesired SensitiveDataFlag SensitizationFlag
    UserFiscalAccountDesired
string: ActualResource AuthenticationInputData AuthenticationPromptData Author AuthorOfComponent
    BibliographicItemIdentifier BibliographicRecordIdentifier BinNumber CallNumber CareOf ChronologyCaption
    ChronologyValue ComponentIdentifier CopyNumber Country District Edition ElectronicAddressData ElementName
    EnumerationCaption EnumerationValue FiscalTransactionDescription FiscalTransactionIdentifierValue
    FromAgencyAuthentication FromSystemAuthentication GivenName HouseName Initials ItemIdentifierValue Line1 Line2
    Locality LocationNameValue LocationWithinBuilding MessagingErrorValue NoticeContent OrganizationName Pagination
    PhysicalConditionDetails PlaceOfPublication PostOfficeBox PostalCode Prefix ProcessingErrorValue PublicationDate
    PublicationDateOfComponent Publisher ReferenceToResource Region RequestIdentifierValue RoutingInstructions Scheme
    SeriesTitleNumber ShippingInstructions ShippingNote SponsoringBody Street Suffix Surname Title TitleOfComponent
    UnstructuredAddressData UnstructuredHoldingsData UnstructuredPersonalUserName UserIdentifierValue
    UserPrivilegeDescription Value VisibleItemIdentifier VisibleUserIdentifier
dateTime: AccrualDate DateAvailable DateCheckedOut DateReportedReturned DateDue DateEventOccurred DateForReturn
    DateOfBirth DateOfExpectedReply DateOfUserPrivilegeStatus DateOfUserRequest DatePlaced DateRecalled DateReceived
    DateRenewed DateReturned DateSent DateShipped DateToSend DateWillSend DesiredDateDue DesiredDateForReturn
    EarliestDateNeeded HoldPickupDate NeedBeforeDate PickupDate PickupExpiryDate ValidFromDate ValidToDate
integer: MonetaryValue
nonNegativeInteger: HoldQueueLength LoanedItemCountValue RenewalCount RequestedItemCountValue
positiveInteger: ChronologyLevel EnumerationLevel HoldQueuePosition LocationNameLevel ReminderLevel
";
