//! Item Information (17) and Item Information Response (18).

use super::declare::wire_message;
use crate::value::{
    Amount, CirculationStatus, Currency, FeeType, MediaType, Secret, SecurityMarker, SipDate,
};

wire_message! {
    /// What is this item?
    ///
    /// *3M SIP2 2.00, "Item Information"*:
    /// ```text
    /// 17 <transaction date:18> AO AB AC
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    ItemInformation, ITEM_INFORMATION, Terminal, "Item Information";
    fixed {
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The item's barcode.
        barcode: String = AB Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
    }
}

wire_message! {
    /// What the item is and where it stands. It carries no AO.
    ///
    /// For an item that the library does not know: statuses 01, the barcode as it came, an empty
    /// title. CR, CS and CT go beyond the standard.
    ///
    /// *3M SIP2 2.00, "Item Information Response"*:
    /// ```text
    /// 18 <circulation status:2> <security marker:2> <fee type:2> <transaction date:18> [CF] [AH] [CJ] [CM] AB AJ [BG] [BH] [BV] [CK] [AQ] [AP] [CH] [CR] [CS] [CT] AF* AG*
    /// ```
    ItemInformationResponse, ITEM_INFORMATION_RESPONSE, Library, "Item Information Response";
    fixed {
        /// Where it stands in circulation.
        circulation_status: CirculationStatus = Digits "circulation status",
        /// What protects it against theft.
        security_marker: SecurityMarker = Digits "security marker",
        /// What a fee for it would be for.
        fee_type: FeeType = Digits "fee type",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// How many patrons wait for it.
        hold_queue_length: Option<u32> = CF Number optional,
        /// When it is due, in whatever form the terminal shows it.
        due_date: Option<String> = AH Text optional,
        /// When it was recalled.
        recall_date: Option<SipDate> = CJ Moment optional,
        /// Until when it is kept on the hold shelf.
        hold_pickup_date: Option<SipDate> = CM Moment optional,
        /// As in the request.
        barcode: String = AB Identifier required,
        /// Its title.
        title: String = AJ Text required,
        /// The library that owns it.
        owner: Option<String> = BG Text optional,
        /// The currency of the fee.
        currency: Option<Currency> = BH CurrencyLetters optional,
        /// The fee for borrowing it.
        fee_amount: Option<Amount> = BV Money optional,
        /// What it is.
        media_type: Option<MediaType> = CK CodedDigits optional,
        /// The branch that it belongs to.
        permanent_location: Option<String> = AQ Text optional,
        /// The branch where it is.
        current_location: Option<String> = AP Text optional,
        /// As the library knows them.
        item_properties: Option<String> = CH Text optional,
        /// Its collection.
        collection_code: Option<String> = CR Text extension,
        /// Its call number.
        call_number: Option<String> = CS Text extension,
        /// The branch that it goes to.
        destination: Option<String> = CT Text extension,
        /// To be shown.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
