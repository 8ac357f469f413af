//! Block Patron (01).

use super::declare::wire_message;
use crate::value::{Secret, SipDate};

wire_message! {
    /// The terminal says that a card must not be used any more: misuse, or left behind in it. The
    /// answer is a 24.
    ///
    /// *3M SIP2 2.00, "Block Patron"*:
    /// ```text
    /// 01 <card retained:1> <transaction date:18> AO AL AA AC
    /// ```
    BlockPatron, BLOCK_PATRON, Terminal, "Block Patron";
    fixed {
        /// Whether the terminal kept the card.
        card_retained: bool = YesNo "card retained",
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// Why, in the terminal's words.
        blocked_card_message: Option<String> = AL Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
    }
}
