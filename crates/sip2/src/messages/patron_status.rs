//! Patron Status Request (23) and Patron Status Response (24).

use super::declare::wire_message;
use crate::value::{Amount, Currency, Language, PatronStatus, Secret, SipDate};

wire_message! {
    /// Who is this patron, and may they borrow?
    ///
    /// *3M SIP2 2.00, "Patron Status Request"*:
    /// ```text
    /// 23 <language:3> <transaction date:18> AO AA AC AD
    /// ```
    PatronStatusRequest, PATRON_STATUS_REQUEST, Terminal, "Patron Status Request";
    fixed {
        /// The language that the kiosk speaks with the patron.
        language: Language = ThreeDigits "language",
        /// When the terminal sent it, by its own clock.
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
        pin: Option<Secret> = AD Password required,
    }
}

wire_message! {
    /// Who the patron is and what they may not do. It answers 23 and 01.
    ///
    /// *3M SIP2 2.00, "Patron Status Response"*:
    /// ```text
    /// 24 <patron status:14> <language:3> <transaction date:18> AO AA AE [BL] [CQ] [BH] [BV] AF* AG*
    /// ```
    PatronStatusResponse, PATRON_STATUS_RESPONSE, Library, "Patron Status Response";
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
        /// The currency of the amount.
        currency: Option<Currency> = BH CurrencyLetters optional,
        /// What the patron owes.
        fee_amount: Option<Amount> = BV Money optional,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
