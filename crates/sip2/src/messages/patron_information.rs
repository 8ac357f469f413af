//! Patron Information (63) and Patron Information Response (64).

use super::declare::wire_message;
use crate::value::{Amount, Currency, Language, PatronStatus, Secret, SipDate, Summary};

wire_message! {
    /// Who is this patron, what do they have, and which?
    ///
    /// *3M SIP2 2.00, "Patron Information"*:
    /// ```text
    /// 63 <language:3> <transaction date:18> <summary:10> AO AA AC [AD] [BP] [BQ]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    PatronInformation, PATRON_INFORMATION, Terminal, "Patron Information";
    fixed {
        /// The language that the kiosk speaks with the patron.
        language: Language = ThreeDigits "language",
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
        /// Which list to send; without one, only the counts are asked for.
        summary: Option<Summary> = Flags "summary",
    }
    fields {
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
        /// The first line of the list to send, counted from 1.
        start_item: Option<u32> = BP Number optional,
        /// The last line of the list to send, this one included.
        end_item: Option<u32> = BQ Number optional,
    }
}

wire_message! {
    /// Who the patron is, what they may not do, how much they have, and the list asked for.
    ///
    /// A count of `None` is sent as four blanks, "not supported"; beyond 9999 it is 9999. The
    /// counts are totals, however short the list is.
    ///
    /// *3M SIP2 2.00, "Patron Information Response"*:
    /// ```text
    /// 64 <patron status:14> <language:3> <transaction date:18> <hold items count:4> <overdue items count:4> <charged items count:4> <fine items count:4> <recall items count:4> <unavailable holds count:4> AO AA AE [BZ] [CA] [CB] [BL] [CQ] [BH] [BV] [CC] AS* AT* AU* AV* BU* CD* [BD] [BE] [BF] AF* AG*
    /// ```
    PatronInformationResponse, PATRON_INFORMATION_RESPONSE, Library, "Patron Information Response";
    fixed {
        /// What is denied.
        status: PatronStatus = Flags "patron status",
        /// The patron's language.
        language: Language = ThreeDigits "language",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
        /// How many holds wait for the patron.
        hold_items_count: Option<u16> = Count "hold items count",
        /// How many loans are overdue.
        overdue_items_count: Option<u16> = Count "overdue items count",
        /// How many loans there are.
        charged_items_count: Option<u16> = Count "charged items count",
        /// How many fines there are.
        fine_items_count: Option<u16> = Count "fine items count",
        /// How many loans are recalled.
        recall_items_count: Option<u16> = Count "recall items count",
        /// How many holds are not there yet.
        unavailable_holds_count: Option<u16> = Count "unavailable holds count",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        card: String = AA Identifier required,
        /// The patron's name.
        patron_name: String = AE Text required,
        /// How many holds the patron may have.
        hold_items_limit: Option<u16> = BZ Limit optional,
        /// How many overdue loans the patron may have.
        overdue_items_limit: Option<u16> = CA Limit optional,
        /// How many loans the patron may have.
        charged_items_limit: Option<u16> = CB Limit optional,
        /// Whether the library knows the card.
        valid_patron: Option<bool> = BL Flag optional,
        /// Whether the PIN is right. Say `Y` only when one was sent and is right.
        valid_pin: Option<bool> = CQ Flag optional,
        /// The currency of the amounts.
        currency: Option<Currency> = BH CurrencyLetters optional,
        /// What the patron owes.
        fee_amount: Option<Amount> = BV Money optional,
        /// How much the patron may owe.
        fee_limit: Option<Amount> = CC Money optional,
        /// Holds that wait for the patron.
        hold_items: Vec<String> = AS Items repeated,
        /// Overdue loans.
        overdue_items: Vec<String> = AT Items repeated,
        /// Loans.
        charged_items: Vec<String> = AU Items repeated,
        /// Fines.
        fine_items: Vec<String> = AV Items repeated,
        /// Recalled loans.
        recall_items: Vec<String> = BU Items repeated,
        /// Holds that are not there yet.
        unavailable_hold_items: Vec<String> = CD Items repeated,
        /// The patron's address.
        home_address: Option<String> = BD Text optional,
        /// The patron's e-mail address.
        email: Option<String> = BE Text optional,
        /// The patron's phone number.
        phone: Option<String> = BF Text optional,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
