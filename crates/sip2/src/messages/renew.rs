//! Renew (29) and Renew Response (30).

use super::declare::wire_message;
use crate::value::{Amount, Currency, FeeType, MediaType, Secret, SipDate, YesNoUnknown};

wire_message! {
    /// A patron keeps an item for longer. It is named by AB, or AJ, or both.
    ///
    /// *3M SIP2 2.00, "Renew"*:
    /// ```text
    /// 29 <third party allowed:1> <no block:1> <transaction date:18> <nb due date:18> AO AA [AD] [AB] [AJ] AC [CH] [BO]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    Renew, RENEW, Terminal, "Renew";
    fixed {
        /// Whether somebody else may renew it for the patron.
        third_party_allowed: bool = YesNo "third party allowed",
        /// Whether it was renewed while the library was off-line.
        no_block: bool = YesNo "no block",
        /// When the terminal sent it, or renewed it if `no_block`.
        transaction_date: Option<SipDate> = Date "transaction date",
        /// The due date that the patron was told off-line.
        nb_due_date: Option<SipDate> = Date "nb due date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
        /// The item's barcode.
        barcode: Option<String> = AB Identifier optional,
        /// The title, or the library's number for it.
        title: Option<String> = AJ Text optional,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// What the terminal knows of the item.
        item_properties: Option<String> = CH Text optional,
        /// Whether the patron agrees to the fee that an earlier answer told.
        fee_acknowledged: Option<bool> = BO Flag optional,
    }
}

wire_message! {
    /// Whether the loan is renewed, and until when.
    ///
    /// *3M SIP2 2.00, "Renew Response"*:
    /// ```text
    /// 30 <ok:1> <renewal ok:1> <magnetic media:1> <desensitize:1> <transaction date:18> AO AA AB AJ AH [BT] [CI] [BH] [BV] [CK] [CH] [BK] AF* AG*
    /// ```
    RenewResponse, RENEW_RESPONSE, Library, "Renew Response";
    fixed {
        /// Whether it is.
        ok: bool = OneZero "ok",
        /// Whether the patron had it already, so that this was a renewal.
        renewal_ok: bool = YesNo "renewal ok",
        /// Whether the item is magnetic.
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
        /// As in the request, or what was found by title.
        barcode: String = AB Identifier required,
        /// The item's title.
        title: String = AJ Text required,
        /// When it is due, in whatever form the terminal shows it; empty if it is not renewed.
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
