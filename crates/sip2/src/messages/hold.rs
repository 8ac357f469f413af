//! Hold (15) and Hold Response (16).

use super::declare::wire_message;
use crate::value::{HoldMode, HoldType, Secret, SipDate};

wire_message! {
    /// A patron places, deletes or changes a hold, on an item (AB) or a title (AJ).
    ///
    /// *3M SIP2 2.00, "Hold"*:
    /// ```text
    /// 15 <hold mode:1> <transaction date:18> [BW] [BS] [BY] AO AA [AD] [AB] [AJ] AC [BO]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    Hold, HOLD, Terminal, "Hold";
    fixed {
        /// What to do.
        mode: HoldMode = Mode "hold mode",
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Until when the patron wants it.
        expiration_date: Option<SipDate> = BW Moment optional,
        /// The branch where the patron fetches it.
        pickup_location: Option<String> = BS Text optional,
        /// Which copies will do.
        hold_type: Option<HoldType> = BY CodedDigits optional,
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
        /// Whether the patron agrees to the fee that an earlier answer told.
        fee_acknowledged: Option<bool> = BO Flag optional,
    }
}

wire_message! {
    /// Whether it is done, and when the patron may hope for it.
    ///
    /// *3M SIP2 2.00, "Hold Response"*:
    /// ```text
    /// 16 <ok:1> <available:1> <transaction date:18> [BW] [BR] [BS] AO AA [AB] [AJ] AF* AG*
    /// ```
    HoldResponse, HOLD_RESPONSE, Library, "Hold Response";
    fixed {
        /// Whether it is done.
        ok: bool = OneZero "ok",
        /// Whether a copy is there at once.
        available: bool = YesNo "available",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// Until when the hold lasts.
        expiration_date: Option<SipDate> = BW Moment optional,
        /// The patron's place in the queue, counted from 1.
        queue_position: Option<u32> = BR Number optional,
        /// The branch where the patron fetches it.
        pickup_location: Option<String> = BS Text optional,
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        card: String = AA Identifier required,
        /// As in the request.
        barcode: Option<String> = AB Identifier optional,
        /// The title.
        title: Option<String> = AJ Text optional,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
