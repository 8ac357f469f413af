//! Login (93) and Login Response (94).

use super::declare::wire_message;
use crate::value::Secret;

wire_message! {
    /// The terminal says who it is.
    ///
    /// *3M SIP2 2.00, "Login"*. The algorithms are 0, "not encrypted", everywhere:
    /// ```text
    /// 93 <UID algorithm:1> <PWD algorithm:1> CN CO [CP]
    /// ```
    Login, LOGIN, Terminal, "Login";
    fixed {
        /// How the user is encrypted.
        user_algorithm: u8 = Digit "UID algorithm",
        /// How the password is encrypted.
        password_algorithm: u8 = Digit "PWD algorithm",
    }
    fields {
        /// The terminal's user name.
        user: String = CN Identifier required,
        /// The terminal's password.
        password: Option<Secret> = CO Password required,
        /// Where the terminal stands.
        location: Option<String> = CP Text optional,
    }
}

wire_message! {
    /// Whether the terminal may go on.
    ///
    /// *3M SIP2 2.00, "Login Response"*:
    /// ```text
    /// 94 <ok:1>
    /// ```
    LoginResponse, LOGIN_RESPONSE, Library, "Login Response";
    fixed {
        /// Whether it may.
        ok: bool = OneZero "ok",
    }
    fields {
    }
}
