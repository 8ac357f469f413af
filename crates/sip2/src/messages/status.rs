//! SC Status (99) and ACS Status (98).

use super::declare::wire_message;
use crate::value::{ProtocolVersion, SipDate, StatusCode, SupportedMessages};

wire_message! {
    /// The terminal says how it is, when it starts and every few minutes.
    ///
    /// *3M SIP2 2.00, "SC Status"*:
    /// ```text
    /// 99 <status code:1> <max print width:3> <protocol version:4>
    /// ```
    ScStatus, SC_STATUS, Terminal, "SC Status";
    fixed {
        /// How it is.
        status: StatusCode = Digits "status code",
        /// How many characters its printer has in a line; 0 if it did not say.
        max_print_width: u16 = ThreeDigits "max print width",
        /// The SIP that it speaks.
        version: ProtocolVersion = Version "protocol version",
    }
    fields {
    }
}

wire_message! {
    /// The library says what it can do for this terminal.
    ///
    /// *3M SIP2 2.00, "ACS Status"*:
    /// ```text
    /// 98 <on-line status:1> <checkin ok:1> <checkout ok:1> <ACS renewal policy:1> <status update ok:1> <off-line ok:1> <timeout period:3> <retries allowed:3> <date / time sync:18> <protocol version:4> AO [AM] BX [AN] AF* AG*
    /// ```
    AcsStatus, ACS_STATUS, Library, "ACS Status";
    fixed {
        /// Whether the library system works.
        online: bool = YesNo "on-line status",
        /// Whether the terminal may take items back.
        checkin_ok: bool = YesNo "checkin ok",
        /// Whether the terminal may lend items.
        checkout_ok: bool = YesNo "checkout ok",
        /// Whether patrons may renew.
        renewal_ok: bool = YesNo "ACS renewal policy",
        /// Whether the terminal may block and enable patrons.
        status_update_ok: bool = YesNo "status update ok",
        /// Whether the terminal may go on while the library is off-line.
        offline_ok: bool = YesNo "off-line ok",
        /// How long the terminal should wait for an answer, in tenths of a second.
        timeout: Option<u16> = ThreeDigits "timeout period",
        /// How often the terminal should try again.
        retries: Option<u16> = ThreeDigits "retries allowed",
        /// What time it is in the library; terminals set their clocks by it.
        clock: Option<SipDate> = Date "date / time sync",
        /// The SIP that the library speaks.
        version: ProtocolVersion = Version "protocol version",
    }
    fields {
        /// Which library this is.
        institution: String = AO Text required,
        /// Its name.
        library_name: Option<String> = AM Text optional,
        /// Which requests it serves.
        supported: SupportedMessages = BX Supported required,
        /// Where the terminal stands.
        terminal_location: Option<String> = AN Text optional,
        /// To be shown.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
