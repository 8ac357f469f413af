//! Every message that a terminal sends.

use super::declare::message_enum;

message_enum! {
    /// A message from a terminal.
    Request {
        /// 23, answered by 24.
        PatronStatus(PatronStatusRequest),
        /// 11, answered by 12.
        Checkout(Checkout),
        /// 09, answered by 10.
        Checkin(Checkin),
        /// 01, answered by 24.
        BlockPatron(BlockPatron),
        /// 99, answered by 98.
        ScStatus(ScStatus),
        /// 97, answered by the last answer again.
        RequestAcsResend(RequestAcsResend),
        /// 93, answered by 94.
        Login(Login),
        /// 63, answered by 64.
        PatronInformation(PatronInformation),
        /// 35, answered by 36.
        EndPatronSession(EndPatronSession),
        /// 37, answered by 38.
        FeePaid(FeePaid),
        /// 17, answered by 18.
        ItemInformation(ItemInformation),
        /// 19, answered by 20.
        ItemStatusUpdate(ItemStatusUpdate),
        /// 25, answered by 26.
        PatronEnable(PatronEnable),
        /// 15, answered by 16.
        Hold(Hold),
        /// 29, answered by 30.
        Renew(Renew),
        /// 65, answered by 66.
        RenewAll(RenewAll),
    }
}
