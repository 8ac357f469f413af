//! Patron Enable (25) and Patron Enable Response (26).

use super::declare::wire_message;
use crate::value::{Language, PatronStatus, Secret, SipDate};

wire_message! {
    /// The terminal takes back that a patron was blocked (01).
    ///
    /// *3M SIP2 2.00, "Patron Enable"*:
    /// ```text
    /// 25 <transaction date:18> AO AA AC [AD]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    PatronEnable, PATRON_ENABLE, Terminal, "Patron Enable";
    fixed {
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
    }
}

wire_message! {
    /// Who the patron is and what they may not do.
    ///
    /// *3M SIP2 2.00, "Patron Enable Response"*:
    /// ```text
    /// 26 <patron status:14> <language:3> <transaction date:18> AO AA AE [BL] [CQ] AF* AG*
    /// ```
    PatronEnableResponse, PATRON_ENABLE_RESPONSE, Library, "Patron Enable Response";
    fixed {
        /// What is denied.
        status: PatronStatus = Flags "patron status",
        /// The patron's language.
        language: Language = ThreeDigits "language",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        card: String = AA Identifier required,
        /// The patron's name.
        patron_name: String = AE Text required,
        /// Whether the library knows the card.
        valid_patron: Option<bool> = BL Flag optional,
        /// Whether the PIN is right. Say `Y` only when one was sent and is right.
        valid_pin: Option<bool> = CQ Flag optional,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
