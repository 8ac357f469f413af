//! Every message that a library system sends.

use super::declare::message_enum;

message_enum! {
    /// A message from a library system.
    Response {
        /// 24, answers 23 and 01.
        PatronStatus(PatronStatusResponse),
        /// 12, answers 11.
        Checkout(CheckoutResponse),
        /// 10, answers 09.
        Checkin(CheckinResponse),
        /// 98, answers 99.
        AcsStatus(AcsStatus),
        /// 96: say that again.
        RequestScResend(RequestScResend),
        /// 94, answers 93.
        Login(LoginResponse),
        /// 64, answers 63.
        PatronInformation(PatronInformationResponse),
        /// 36, answers 35.
        EndSession(EndSessionResponse),
        /// 38, answers 37.
        FeePaid(FeePaidResponse),
        /// 18, answers 17.
        ItemInformation(ItemInformationResponse),
        /// 20, answers 19.
        ItemStatusUpdate(ItemStatusUpdateResponse),
        /// 26, answers 25.
        PatronEnable(PatronEnableResponse),
        /// 16, answers 15.
        Hold(HoldResponse),
        /// 30, answers 29.
        Renew(RenewResponse),
        /// 66, answers 65.
        RenewAll(RenewAllResponse),
    }
}
