//! Request ACS Resend (97) and Request SC Resend (96): say that again.

use super::declare::wire_message;

wire_message! {
    /// The terminal did not understand the last answer and wants it again.
    ///
    /// *3M SIP2 2.00, "Request ACS Resend"*. It never carries a sequence number:
    /// ```text
    /// 97
    /// ```
    RequestAcsResend, REQUEST_ACS_RESEND, Terminal, "Request ACS Resend";
    fixed {
    }
    fields {
    }
}

wire_message! {
    /// The library did not understand the last request and wants it again.
    ///
    /// *3M SIP2 2.00, "Request SC Resend"*. It never carries a sequence number:
    /// ```text
    /// 96
    /// ```
    RequestScResend, REQUEST_SC_RESEND, Library, "Request SC Resend";
    fixed {
    }
    fields {
    }
}
