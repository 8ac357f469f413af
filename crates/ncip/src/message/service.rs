//! The services of the standard, by name.

macro_rules! services {
    ($($name:ident $kind:ident,)*) => {
        /// A service of NCIP 1.x or 2.x: what a message is named after.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Service { $(#[doc = concat!("`", stringify!($name), "`.")] $name,)* }

        impl Service {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The element that its question is in.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// The element that its answer is in.
            pub const fn response(self) -> &'static str {
                match self { $(Self::$name => concat!(stringify!($name), "Response"),)* }
            }

            /// Whether it only tells what has happened elsewhere.
            pub const fn is_notification(self) -> bool {
                match self { $(Self::$name => services!(@is $kind),)* }
            }
        }
    };
    (@is asks) => { false };
    (@is tells) => { true };
}

services! {
    AcceptItem asks,
    AgencyCreated tells,
    AgencyUpdated tells,
    AuthenticateUser asks,
    CancelRecallItem asks,
    CancelRequestItem asks,
    CheckInItem asks,
    CheckOutItem asks,
    CirculationStatusChangeReported tells,
    CirculationStatusUpdated tells,
    CreateAgency asks,
    CreateItem asks,
    CreateUser asks,
    CreateUserFiscalTransaction asks,
    DeleteItem asks,
    DeleteUser asks,
    ItemCheckedIn tells,
    ItemCheckedOut tells,
    ItemCreated tells,
    ItemRecallCancelled tells,
    ItemRecalled tells,
    ItemReceived tells,
    ItemRenewed tells,
    ItemRequestCancelled tells,
    ItemRequestUpdated tells,
    ItemRequested tells,
    ItemShipped tells,
    ItemUpdated tells,
    LookupAgency asks,
    LookupItem asks,
    LookupItemSet asks,
    LookupRequest asks,
    LookupUser asks,
    LookupVersion asks,
    RecallItem asks,
    RenewItem asks,
    ReportCirculationStatusChange asks,
    RequestItem asks,
    SendUserNotice asks,
    UndoCheckOutItem asks,
    UpdateAgency asks,
    UpdateCirculationStatus asks,
    UpdateItem asks,
    UpdateRequestItem asks,
    UpdateUser asks,
    UserCreated tells,
    UserFiscalTransactionCreated tells,
    UserNoticeSent tells,
    UserUpdated tells,
}

impl Service {
    /// The service of this name.
    ///
    /// ```
    /// use relire_ncip::message::Service;
    /// assert_eq!(Service::named("LookupUser"), Some(Service::LookupUser));
    /// assert_eq!(Service::named("LookupUserResponse"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|service| service.name() == name)
    }

    /// The service whose answer has this name.
    pub fn answered(name: &str) -> Option<Self> {
        Self::named(name.strip_suffix("Response")?)
    }
}
