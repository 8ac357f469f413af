//! What can go wrong between a kiosk and its library.

use std::io;

use sip2::Code;
use sip2::messages::RequestError;

/// Why there is no answer. A refusal is an answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody listens there, or the name leads nowhere.
    #[error(
        "no library system answers at {address} ({source}): is it running, and is the address right?"
    )]
    Unreachable {
        /// Host and port.
        address: String,
        /// What the system said.
        source: io::Error,
    },
    /// The library does not know this terminal, or its password is another.
    #[error("the library refused the terminal {login:?}: check its login and password")]
    LoginRefused {
        /// The terminal's login.
        login: String,
    },
    /// However often it was repeated, the message got no answer that could be used. What it asked
    /// for may have happened all the same.
    #[error(
        "the library at {address} gave no usable answer to message {request} in {tries} tries ({last}): \
         it may have been done all the same, look before you repeat it"
    )]
    NoAnswer {
        /// Host and port.
        address: String,
        /// The message.
        request: Code,
        /// How often it was tried.
        tries: u32,
        /// What went wrong the last time.
        last: Trouble,
    },
    /// The answer came whole and is not what answers this message.
    #[error("the library's answer makes no sense: {0}")]
    Nonsense(#[from] RequestError),
}

/// What went wrong in one try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No answer in time.
    #[error("it was silent")]
    Silence,
    /// A 96: the library can't read what it gets.
    #[error("it asked to send again")]
    AskedAgain,
    /// An answer whose checksum is wrong.
    #[error("its answer arrived damaged")]
    Damaged,
    /// The connection broke.
    #[error("the connection broke")]
    Lost,
}
