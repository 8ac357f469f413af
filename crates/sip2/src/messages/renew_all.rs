//! Renew All (65) and Renew All Response (66).

use super::declare::wire_message;
use crate::value::{Secret, SipDate};

wire_message! {
    /// A patron keeps everything for longer.
    ///
    /// *3M SIP2 2.00, "Renew All"*:
    /// ```text
    /// 65 <transaction date:18> AO AA [AD] AC [BO]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    RenewAll, RENEW_ALL, Terminal, "Renew All";
    fixed {
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// Whether the patron agrees to fees.
        fee_acknowledged: Option<bool> = BO Flag optional,
    }
}

wire_message! {
    /// What is renewed and what is not.
    ///
    /// *3M SIP2 2.00, "Renew All Response"*:
    /// ```text
    /// 66 <ok:1> <renewed count:4> <unrenewed count:4> <transaction date:18> AO BM* BN* AF* AG*
    /// ```
    RenewAllResponse, RENEW_ALL_RESPONSE, Library, "Renew All Response";
    fixed {
        /// Whether the library did what was asked, if only for some.
        ok: bool = OneZero "ok",
        /// How many loans are renewed.
        renewed_count: u16 = Count "renewed count",
        /// How many loans are not.
        unrenewed_count: u16 = Count "unrenewed count",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// What is renewed.
        renewed_items: Vec<String> = BM Items repeated,
        /// What is not.
        unrenewed_items: Vec<String> = BN Items repeated,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
