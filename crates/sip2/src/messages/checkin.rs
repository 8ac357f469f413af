//! Checkin (09) and Checkin Response (10).

use super::declare::wire_message;
use crate::value::{AlertType, MediaType, Secret, SipDate};

wire_message! {
    /// An item comes back.
    ///
    /// *3M SIP2 2.00, "Checkin"*:
    /// ```text
    /// 09 <no block:1> <transaction date:18> <return date:18> AP AO AB AC [CH] [BI]
    /// ```
    Checkin, CHECKIN, Terminal, "Checkin";
    fixed {
        /// Whether it was returned while the library was off-line.
        no_block: bool = YesNo "no block",
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
        /// When the item was returned: earlier, if it waited in a book drop.
        return_date: Option<SipDate> = Date "return date",
    }
    fields {
        /// Where the item is now.
        current_location: Option<String> = AP Text required,
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The item's barcode.
        barcode: String = AB Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// What the terminal knows of the item.
        item_properties: Option<String> = CH Text optional,
        /// Whether this undoes a checkout that failed at the terminal.
        cancel: Option<bool> = BI Flag optional,
    }
}

wire_message! {
    /// Whether the item is taken back, and where it goes from here.
    ///
    /// CR to DA are what sorters understand beyond the standard.
    ///
    /// *3M SIP2 2.00, "Checkin Response"*:
    /// ```text
    /// 10 <ok:1> <resensitize:1> <magnetic media:1> <alert:1> <transaction date:18> AO AB AQ [AJ] [CL] [AA] [CK] [CH] [CR] [CS] [CT] [CV] [CY] [DA] AF* AG*
    /// ```
    CheckinResponse, CHECKIN_RESPONSE, Library, "Checkin Response";
    fixed {
        /// Whether it is taken back.
        ok: bool = OneZero "ok",
        /// Whether to switch on the item's theft protection.
        resensitize: bool = YesNo "resensitize",
        /// Whether the item is magnetic.
        magnetic_media: Option<bool> = YesNo "magnetic media",
        /// Whether somebody has to look at it.
        alert: bool = YesNo "alert",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        barcode: String = AB Identifier required,
        /// The branch that the item belongs to.
        permanent_location: String = AQ Text required,
        /// The item's title.
        title: Option<String> = AJ Text optional,
        /// The bin that a sorter drops it in.
        sort_bin: Option<String> = CL Text optional,
        /// The card of the patron who had it.
        card: Option<String> = AA Identifier optional,
        /// What the item is.
        media_type: Option<MediaType> = CK CodedDigits optional,
        /// As the library knows them.
        item_properties: Option<String> = CH Text optional,
        /// The item's collection.
        collection_code: Option<String> = CR Text extension,
        /// The item's call number.
        call_number: Option<String> = CS Text extension,
        /// The branch that it goes to.
        destination: Option<String> = CT Text extension,
        /// Why there is an alert.
        alert_type: Option<AlertType> = CV CodedDigits extension,
        /// The card of the patron whose hold it is for.
        hold_card: Option<String> = CY Identifier extension,
        /// The name of the patron whose hold it is for.
        hold_name: Option<String> = DA Text extension,
        /// To be shown.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
