//! Item Status Update (19) and Item Status Update Response (20).

use super::declare::wire_message;
use crate::value::{Secret, SipDate};

wire_message! {
    /// The terminal has something to add to what the library knows of an item.
    ///
    /// *3M SIP2 2.00, "Item Status Update"*:
    /// ```text
    /// 19 <transaction date:18> AO AB AC CH
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    ItemStatusUpdate, ITEM_STATUS_UPDATE, Terminal, "Item Status Update";
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
        /// What it has to add.
        item_properties: Option<String> = CH Text required,
    }
}

wire_message! {
    /// Whether the library has taken it in. It carries no AO.
    ///
    /// *3M SIP2 2.00, "Item Status Update Response"*:
    /// ```text
    /// 20 <item properties ok:1> <transaction date:18> AB [AJ] [CH] AF* AG*
    /// ```
    ItemStatusUpdateResponse, ITEM_STATUS_UPDATE_RESPONSE, Library, "Item Status Update Response";
    fixed {
        /// Whether it has.
        ok: bool = OneZero "item properties ok",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        barcode: String = AB Identifier required,
        /// The item's title.
        title: Option<String> = AJ Text optional,
        /// As the library knows them now.
        item_properties: Option<String> = CH Text optional,
        /// To be shown.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
