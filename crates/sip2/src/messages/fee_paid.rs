//! Fee Paid (37) and Fee Paid Response (38).

use super::declare::wire_message;
use crate::value::{Amount, Currency, FeeType, PaymentType, Secret, SipDate};

wire_message! {
    /// The terminal has taken money: it has happened, whatever the answer.
    ///
    /// *3M SIP2 2.00, "Fee Paid"*:
    /// ```text
    /// 37 <transaction date:18> <fee type:2> <payment type:2> <currency type:3> BV AO AA AC [AD] [CG] [BK]
    /// ```
    ///
    /// AC is optional in the standard; we send it always, since some systems insist.
    FeePaid, FEE_PAID, Terminal, "Fee Paid";
    fixed {
        /// When the terminal sent it.
        transaction_date: Option<SipDate> = Date "transaction date",
        /// What was paid for.
        fee_type: FeeType = Digits "fee type",
        /// How it was paid.
        payment_type: PaymentType = Digits "payment type",
        /// In which currency.
        currency: Option<Currency> = Letters "currency type",
    }
    fields {
        /// How much.
        fee_amount: Amount = BV Money required,
        /// Which library this is for.
        institution: Option<String> = AO Text required,
        /// The card's number.
        card: String = AA Identifier required,
        /// The terminal's own password, hardly ever used.
        terminal_password: Option<Secret> = AC Password required,
        /// The patron's PIN.
        pin: Option<Secret> = AD Password optional,
        /// Which of the patron's fees it is for.
        fee_id: Option<String> = CG Identifier optional,
        /// The terminal's number for this payment.
        transaction_id: Option<String> = BK Identifier optional,
    }
}

wire_message! {
    /// Whether the payment is booked.
    ///
    /// *3M SIP2 2.00, "Fee Paid Response"*. `Y` and `N`, not 1 and 0:
    /// ```text
    /// 38 <payment accepted:1> <transaction date:18> AO AA [BK] AF* AG*
    /// ```
    FeePaidResponse, FEE_PAID_RESPONSE, Library, "Fee Paid Response";
    fixed {
        /// Whether it is.
        accepted: bool = YesNo "payment accepted",
        /// When the library answered.
        transaction_date: Option<SipDate> = Date "transaction date",
    }
    fields {
        /// As in the request.
        institution: String = AO Text required,
        /// As in the request.
        card: String = AA Identifier required,
        /// As in the request, or the library's own.
        transaction_id: Option<String> = BK Identifier optional,
        /// To be shown to the patron.
        screen_messages: Vec<String> = AF Lines repeated,
        /// To be printed.
        print_lines: Vec<String> = AG Lines repeated,
    }
}
