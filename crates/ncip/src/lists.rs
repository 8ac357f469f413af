//! The lists that values are from, as the standard names them. Schemes differ in the field: what is read is compared
//! without them ([`crate::Value::is`]); what is written has them.

use crate::{Value, message::Service};

macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident = $scheme:literal { $($value:ident = $text:literal,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $list { $(#[doc = concat!("`", $text, "`.")] $value,)* }

        impl $list {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$value,)*];

            /// As it is written.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$value => $text,)* }
            }

            /// The one that a value is, whatever its scheme.
            pub fn of(value: &Value) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| value.is(one.text()))
            }
        }

        impl From<$list> for Value {
            fn from(one: $list) -> Self {
                Self::of($scheme, one.text())
            }
        }
    )* };
}

lists! {
    /// What is told of a reader.
    UserElement = "http://www.niso.org/ncip/v1_0/schemes/userelementtype/userelementtype.scm" {
        AuthenticationInput = "Authentication Input",
        BlockOrTrap = "Block Or Trap",
        DateOfBirth = "Date Of Birth",
        NameInformation = "Name Information",
        UserAddressInformation = "User Address Information",
        UserLanguage = "User Language",
        UserPrivilege = "User Privilege",
        UserId = "User Id",
        PreviousUserId = "Previous User Id",
    }

    /// What is told of a copy.
    ItemElement = "http://www.niso.org/ncip/v1_0/schemes/itemelementtype/itemelementtype.scm" {
        BibliographicDescription = "Bibliographic Description",
        CirculationStatus = "Circulation Status",
        ElectronicResource = "Electronic Resource",
        HoldQueueLength = "Hold Queue Length",
        ItemDescription = "Item Description",
        ItemUseRestrictionType = "Item Use Restriction Type",
        Location = "Location",
        PhysicalCondition = "Physical Condition",
        SecurityMarker = "Security Marker",
        SensitizationFlag = "Sensitization Flag",
    }

    /// What is told of an agency.
    AgencyElement = "http://www.niso.org/ncip/v1_0/schemes/agencyelementtype/agencyelementtype.scm" {
        AgencyAddressInformation = "Agency Address Information",
        AgencyUserPrivilegeType = "Agency User Privilege Type",
        ApplicationProfileSupportedType = "Application Profile Supported Type",
        AuthenticationPrompt = "Authentication Prompt",
        ConsortiumAgreement = "Consortium Agreement",
        OrganizationNameInformation = "Organization Name Information",
    }

    /// Where a copy is and what can be done with it.
    CirculationStatus = "http://www.niso.org/ncip/v1_0/imp1/schemes/circulationstatus/circulationstatus.scm" {
        AvailableForPickup = "Available For Pickup",
        AvailableOnShelf = "Available On Shelf",
        Undefined = "Circulation Status Undefined",
        ClaimedReturned = "Claimed Returned Or Never Borrowed",
        InProcess = "In Process",
        InTransit = "In Transit Between Library Locations",
        Lost = "Lost",
        Missing = "Missing",
        NotAvailable = "Not Available",
        OnLoan = "On Loan",
        OnOrder = "On Order",
        PendingTransfer = "Pending Transfer",
        Recalled = "Recalled",
        WaitingToBeReshelved = "Waiting To Be Reshelved",
    }

    /// What is asked for.
    RequestType = "http://www.niso.org/ncip/v1_0/imp1/schemes/requesttype/requesttype.scm" {
        Estimate = "Estimate",
        Hold = "Hold",
        Loan = "Loan",
        NonReturnableCopy = "Non-returnable Copy",
        StackRetrieval = "Stack Retrieval",
    }

    /// Whether any copy of a title is asked for, or one.
    RequestScope = "http://www.niso.org/ncip/v1_0/imp1/schemes/requestscopetype/requestscopetype.scm" {
        BibliographicItem = "Bibliographic Item",
        Item = "Item",
    }

    /// How far a request is.
    RequestStatus = "http://www.niso.org/ncip/v1_0/imp1/schemes/requeststatustype/requeststatustype.scm" {
        AvailableForPickup = "Available For Pickup",
        CannotFulfill = "Cannot Fulfill Request",
        Expired = "Expired",
        InProcess = "In Process",
        NeedToAcceptConditions = "Need to Accept Conditions",
        RequestedViaIll = "Requested Via ILL",
    }

    /// What is to be done with a copy that comes.
    RequestedAction = "http://www.niso.org/ncip/v1_0/imp1/schemes/requestedactiontype/requestedactiontype.scm" {
        Circulate = "Circulate",
        CirculateAndNotify = "Circulate And Notify",
        HoldForPickup = "Hold For Pickup",
        HoldForPickupAndNotify = "Hold For Pickup And Notify",
    }

    /// What is done with money.
    FiscalAction = "http://www.niso.org/ncip/v1_0/imp1/schemes/fiscalactiontype/fiscalactiontype.scm" {
        Assess = "Assess",
        Cancel = "Cancel",
        Deposit = "Deposit",
        Pay = "Pay",
        Refund = "Refund",
        Waive = "Waive",
    }

    /// What money is for.
    FiscalTransactionKind = "http://www.niso.org/ncip/v1_0/imp1/schemes/fiscaltransactiontype/fiscaltransactiontype.scm" {
        BookReplacementCharge = "Book Replacement Charge",
        Fine = "Fine",
        InterlibraryLoanFee = "Interlibrary Loan Fee",
        ServiceCharge = "Service Charge",
        Damage = "Damage",
        UserRegistrationFee = "User Registration Fee",
        Renewal = "Renewal Charge",
    }

    /// Which of a place's addresses.
    LocationKind = "http://www.niso.org/ncip/v1_0/imp1/schemes/locationtype/locationtype.scm" {
        CurrentLocation = "Current Location",
        PermanentLocation = "Permanent Location",
        TemporaryLocation = "Temporary Location",
    }

    /// How a copy may be used.
    UseRestriction = "http://www.niso.org/ncip/v1_0/imp1/schemes/itemuserestrictiontype/itemuserestrictiontype.scm" {
        InLibraryUseOnly = "In Library Use Only",
        NotForLoan = "Not For Loan",
        RenewalNotPermitted = "Renewals Not Permitted",
        SupervisionRequired = "Supervision Required",
    }

    /// What kind of number names a reader.
    UserIdentifier = "http://www.niso.org/ncip/v1_0/imp1/schemes/visibleuseridentifiertype/visibleuseridentifiertype.scm" {
        BarcodeId = "Barcode Id",
        PrimaryKey = "Primary Key",
    }

    /// What kind of number names a copy.
    ItemIdentifier = "http://www.niso.org/ncip/v1_0/imp1/schemes/visibleitemidentifiertype/visibleitemidentifiertype.scm" {
        Barcode = "Barcode",
    }

    /// Whose number names a record.
    RecordIdentifier = "http://www.niso.org/ncip/v1_0/imp1/schemes/bibliographicrecordidentifiercode/bibliographicrecordidentifiercode.scm" {
        AccessionNumber = "Accession Number",
        LegalDepositNumber = "Legal Deposit Number",
    }

    /// What an address is for, of a reader.
    UserAddressRole = "http://www.niso.org/ncip/v2_0/imp1/schemes/useraddressroletype/useraddressroletype.scm" {
        Home = "Home",
        Notice = "Notice",
    }

    /// What an address is for, of an agency.
    AgencyAddressRole = "http://www.niso.org/ncip/v1_0/imp1/schemes/agencyaddressroletype/agencyaddressroletype.scm" {
        Official = "Official",
        MultiPurpose = "Multi-Purpose",
    }

    /// Which kind of address of bricks.
    PhysicalAddressKind = "http://www.niso.org/ncip/v1_0/imp1/schemes/physicaladdresstype/physicaladdresstype.scm" {
        Postal = "Postal Address",
        Street = "Street Address",
    }

    /// How an address in lines is written.
    UnstructuredAddressKind = "http://www.niso.org/ncip/v1_0/imp1/schemes/unstructuredaddresstype/unstructuredaddresstype.scm" {
        NewlineDelimited = "Newline-Delimited Text",
    }

    /// What a reader shows.
    AuthenticationKind = "http://www.niso.org/ncip/v1_0/imp1/schemes/authenticationinputtype/authenticationinputtype.scm" {
        BarcodeId = "Barcode Id",
        Barcode = "Barcode",
        UserId = "User Id",
        Username = "Username",
        Pin = "PIN",
        Password = "Password",
    }

    /// What keeps a reader from borrowing.
    BlockKind = "http://www.niso.org/ncip/v2_0/imp1/schemes/blockortraptype/blockortraptype.scm" {
        BlockCheckOut = "Block Check Out",
        BlockRequestItem = "Block Request Item",
        BlockRenewal = "Block Renewal",
    }

    /// What a publication is.
    Medium = "http://www.niso.org/ncip/v1_0/imp1/schemes/mediumtype/mediumtype.scm" {
        Book = "Book",
        AudioTape = "Audio Tape",
        VideoTape = "Video Tape",
        CompactDisc = "CD-ROM",
        Magazine = "Magazine",
        BookWithAudioTape = "Book With Audio Tape",
        BookWithCompactDisc = "Book With CD-ROM",
    }
}

/// The currency of an amount (ISO 4217).
pub fn currency(code: &str) -> Value {
    Value::of(
        "http://www.bsi-global.com/Technical+Information/Publications/_Publications/tig90x.doc",
        code,
    )
}

/// What an address of electronic mail, and a telephone number, are said to be: IANA's URI schemes.
pub fn electronic(kind: &str) -> Value {
    Value::of("http://www.iana.org/assignments/uri-schemes", kind)
}

/// What went wrong. The words are the standard's, to the letter: partners compare them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemType {
    /// About the message itself.
    Messaging(Messaging),
    /// About what any service may meet.
    General(General),
    /// About what this service met.
    Of(Service, &'static str),
}

impl From<ProblemType> for Value {
    fn from(kind: ProblemType) -> Self {
        const SCHEMES: &str = "http://www.niso.org/ncip/v1_0/schemes";
        let (scheme, text) = match kind {
            ProblemType::Messaging(problem) => return problem.into(),
            ProblemType::General(problem) => return problem.into(),
            ProblemType::Of(service, text) => {
                let service = service.name().to_lowercase();
                (
                    format!("{SCHEMES}/processingerrortype/{service}processingerror.scm"),
                    text,
                )
            }
        };
        Self {
            scheme: Some(scheme),
            text: text.to_owned(),
        }
    }
}

lists! {
    /// Problems with the message itself.
    Messaging = "http://www.niso.org/ncip/v1_0/schemes/messagingerrortype/messagingerrortype.scm" {
        InvalidSyntax = "Invalid Message Syntax Error",
        Protocol = "Protocol Error",
        UnknownElement = "Unknown Element",
        UnknownScheme = "Unknown Scheme",
        UnknownService = "Unknown Service",
        UnknownValue = "Unknown Value From Known Scheme",
    }

    /// Problems that any service may meet.
    General = "http://www.niso.org/ncip/v1_0/schemes/processingerrortype/generalprocessingerror.scm" {
        AgencyAuthenticationFailed = "Agency Authentication Failed",
        InvalidAmount = "Invalid Amount",
        InvalidDate = "Invalid Date",
        NeededDataMissing = "Needed Data Missing",
        SystemAuthenticationFailed = "System Authentication Failed",
        TemporaryFailure = "Temporary Processing Failure",
        CombinationForAgency = "Unauthorized Combination Of Element Values For Agency",
        CombinationForSystem = "Unauthorized Combination Of Element Values For System",
        ServiceForAgency = "Unauthorized Service For Agency",
        ServiceForSystem = "Unauthorized Service For System",
        UnknownAgency = "Unknown Agency",
        UnknownSystem = "Unknown System",
        UnsupportedService = "Unsupported Service",
    }
}

impl From<Messaging> for ProblemType {
    fn from(problem: Messaging) -> Self {
        Self::Messaging(problem)
    }
}

impl From<General> for ProblemType {
    fn from(problem: General) -> Self {
        Self::General(problem)
    }
}
