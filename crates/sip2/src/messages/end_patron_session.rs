//! End Patron Session (35) and End Session Response (36).

use super::declare::wire_message;
use crate::value::{Secret, SipDate};

wire_message! {
    /// The patron has gone.
    ///
    /// *3M SIP2 2.00, "End Patron Session"*:
    /// ```text
    /// 35 <transaction date:18> AO AA AC [AD]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    EndPatronSession, END_PATRON_SESSION, Terminal, "End Patron Session";
    fixed {
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number. Without it, whatever session there is ends.
        card: Option<String> = AA Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
    }
}

wire_message! {
    /// The session is over.
    ///
    /// *3M SIP2 2.00, "End Session Response"*. `Y` and `N`, not 1 and 0:
    /// ```text
    /// 36 <end session:1> <transaction date:18> AO AA AF* AG*
    /// ```
    EndSessionResponse, END_SESSION_RESPONSE, Library, "End Session Response";
    fixed {
        /// Whether it is over.
        ended: bool = YesNo "end session",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        card: String = AA Text required,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
