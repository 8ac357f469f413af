//! Message codes.

use std::fmt;

/// The two digits that open a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code([u8; 2]);

impl Code {
    /// A code of two ASCII digits; `None` for anything else.
    pub const fn new(digits: [u8; 2]) -> Option<Code> {
        if digits[0].is_ascii_digit() && digits[1].is_ascii_digit() {
            Some(Code(digits))
        } else {
            None
        }
    }

    /// The two digits as bytes.
    pub const fn digits(self) -> [u8; 2] {
        self.0
    }

    /// The two digits as a number below 100.
    pub const fn number(self) -> usize {
        (self.0[0] - b'0') as usize * 10 + (self.0[1] - b'0') as usize
    }

    /// The two digits as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII digits, checked by new")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! codes {
    ($($name:ident $digits:literal $standard:literal)*) => {
        impl Code {
            $(
                #[doc = concat!("`", stringify!($digits), "` ", $standard, ".")]
                pub const $name: Code = Code(*$digits);
            )*
        }
    };
}

codes! {
    PATRON_STATUS_REQUEST b"23" "Patron Status Request"
    PATRON_STATUS_RESPONSE b"24" "Patron Status Response"
    CHECKOUT b"11" "Checkout"
    CHECKOUT_RESPONSE b"12" "Checkout Response"
    CHECKIN b"09" "Checkin"
    CHECKIN_RESPONSE b"10" "Checkin Response"
    BLOCK_PATRON b"01" "Block Patron, answered by a Patron Status Response"
    SC_STATUS b"99" "SC Status"
    ACS_STATUS b"98" "ACS Status"
    REQUEST_ACS_RESEND b"97" "Request ACS Resend"
    REQUEST_SC_RESEND b"96" "Request SC Resend"
    LOGIN b"93" "Login"
    LOGIN_RESPONSE b"94" "Login Response"
    PATRON_INFORMATION b"63" "Patron Information"
    PATRON_INFORMATION_RESPONSE b"64" "Patron Information Response"
    END_PATRON_SESSION b"35" "End Patron Session"
    END_SESSION_RESPONSE b"36" "End Session Response"
    FEE_PAID b"37" "Fee Paid"
    FEE_PAID_RESPONSE b"38" "Fee Paid Response"
    ITEM_INFORMATION b"17" "Item Information"
    ITEM_INFORMATION_RESPONSE b"18" "Item Information Response"
    ITEM_STATUS_UPDATE b"19" "Item Status Update"
    ITEM_STATUS_UPDATE_RESPONSE b"20" "Item Status Update Response"
    PATRON_ENABLE b"25" "Patron Enable"
    PATRON_ENABLE_RESPONSE b"26" "Patron Enable Response"
    HOLD b"15" "Hold"
    HOLD_RESPONSE b"16" "Hold Response"
    RENEW b"29" "Renew"
    RENEW_RESPONSE b"30" "Renew Response"
    RENEW_ALL b"65" "Renew All"
    RENEW_ALL_RESPONSE b"66" "Renew All Response"
}
