//! Checkout (11) and Checkout Response (12).

use super::declare::wire_message;
use crate::value::{Amount, Currency, FeeType, MediaType, Secret, SipDate, YesNoUnknown};

wire_message! {
    /// A patron borrows an item, or renews it by borrowing it again.
    ///
    /// *3M SIP2 2.00, "Checkout"*:
    /// ```text
    /// 11 <SC renewal policy:1> <no block:1> <transaction date:18> <nb due date:18> AO AA AB AC [CH] [AD] [BO] [BI]
    /// ```
    Checkout, CHECKOUT, Terminal, "Checkout";
    fixed {
        /// Whether the terminal allows a renewal if the patron has the item already.
        renewal_allowed: bool = YesNo "SC renewal policy",
        /// Whether the loan was made while the library was off-line: it has happened, and can't
        /// be refused any more.
        no_block: bool = YesNo "no block",
        /// When the terminal sent it, or made the loan if `no_block`.
        transaction_date: Option<SipDate> = Date "transaction date",
        /// The due date that the patron was told off-line.
        nb_due_date: Option<SipDate> = Date "nb due date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The item's barcode.
        barcode: String = AB Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// What the terminal knows of the item: its size, its place in the terminal.
        item_properties: Option<String> = CH Text optional,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
        /// Whether the patron agrees to the fee that an earlier answer told.
        fee_acknowledged: Option<bool> = BO Flag optional,
        /// Whether this undoes a checkin that failed at the terminal.
        cancel: Option<bool> = BI Flag optional,
    }
}

wire_message! {
    /// Whether the item is lent, and until when.
    ///
    /// The default is a refusal as it has to be: not ok, nothing desensitized, an empty due date.
    ///
    /// *3M SIP2 2.00, "Checkout Response"*:
    /// ```text
    /// 12 <ok:1> <renewal ok:1> <magnetic media:1> <desensitize:1> <transaction date:18> AO AA AB AJ AH [BT] [CI] [BH] [BV] [CK] [CH] [BK] AF* AG*
    /// ```
    CheckoutResponse, CHECKOUT_RESPONSE, Library, "Checkout Response";
    fixed {
        /// Whether it is lent.
        ok: bool = OneZero "ok",
        /// Whether that was a renewal.
        renewal_ok: bool = YesNo "renewal ok",
        /// Whether the item is magnetic, so that its strip needs care.
        magnetic_media: Option<bool> = YesNo "magnetic media",
        /// Whether to switch off the item's theft protection.
        desensitize: YesNoUnknown = YesNo "desensitize",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        card: String = AA Identifier required,
        /// As in the request.
        barcode: String = AB Identifier required,
        /// The item's title.
        title: String = AJ Text required,
        /// When it is due, in whatever form the terminal shows it; empty if it is not lent.
        due_date: String = AH Text required,
        /// What a fee is for.
        fee_type: Option<FeeType> = BT CodedDigits optional,
        /// Whether the terminal must leave the item's theft protection alone.
        security_inhibit: Option<bool> = CI Flag optional,
        /// The currency of the fee.
        currency: Option<Currency> = BH CurrencyLetters optional,
        /// The fee. With a refusal it is the question whether the patron agrees to pay it.
        fee_amount: Option<Amount> = BV Money optional,
        /// What the item is.
        media_type: Option<MediaType> = CK CodedDigits optional,
        /// As the library knows them.
        item_properties: Option<String> = CH Text optional,
        /// The library's number for this transaction.
        transaction_id: Option<String> = BK Text optional,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
