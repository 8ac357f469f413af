//! A self-check in a terminal: a SIP2 client, and a face for people.
//!
//! [`Client`] speaks SIP2 as a careful kiosk does: every message has a sequence number and a
//! checksum, a damaged answer is asked for again (97), a damaged request is sent again (96), and
//! after a lost connection it logs in anew and repeats the very same bytes, so that the library
//! can tell a repetition from a second wish.
//!
//! [`run`] is the face: card, PIN, loans, and a line for each barcode. It reads and writes plain
//! text, so it works at a keyboard, with a barcode scanner that types, and from a script.
//!
//! It is **not** a product for the public: no touch screen, no receipt printer, no security gate.
//! It shows that the library's door works, and what a patron would be told there.
//!
//! # Example
//!
//! ```
//! use std::io::{BufRead, BufReader, Cursor, Write};
//! use relire_kiosk::{Options, run};
//!
//! // A library that knows two answers: "you may go on", and "this is who I am".
//! let library = std::net::TcpListener::bind("127.0.0.1:0")?;
//! let address = library.local_addr()?.to_string();
//! std::thread::spawn(move || -> std::io::Result<()> {
//!     let (stream, _) = library.accept()?;
//!     let mut requests = BufReader::new(stream.try_clone()?).split(b'\r');
//!     requests.next();
//!     (&stream).write_all(b"941\r")?;
//!     requests.next();
//!     (&stream).write_all("98YYYYYY99999920260701    1000002.00AOLENS|AMMédiathèque|BXYYYYYYYYYYYYYYYY|\r".as_bytes())
//! });
//!
//! let options = Options::new(&address, "kiosk-1", "sesame");
//! let mut screen = Vec::new();
//! run(options, Cursor::new("q\n"), &mut screen, |_event| None)?;
//! assert!(String::from_utf8(screen)?.contains("Médiathèque"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod calendar;
pub mod client;
mod face;

use std::io::{self, BufRead, IsTerminal, Write};

pub use client::{Client, ClientError};
pub use face::Language;
use sip2::value::Secret;

/// What the face needs to begin. It is not `Debug`: a card number is nothing for a log.
#[derive(Clone)]
pub struct Options {
    /// How the library is reached.
    pub settings: client::Settings,
    /// The terminal's login (SIP2 field CN).
    pub login: String,
    /// The terminal's password (SIP2 field CO).
    pub password: Secret,
    /// A card to begin with, as if it had been scanned.
    pub card: Option<String>,
    /// That card's PIN. Without it, it is asked for.
    pub pin: Option<Secret>,
    /// What the screen is written in.
    pub language: Language,
    /// Whether the output understands colours.
    pub colour: bool,
    /// Whether a person types at a terminal: then a PIN is not shown while it is typed.
    pub interactive: bool,
}

impl Options {
    /// In French, without colours, read from a script. `address` is host and port.
    pub fn new(address: &str, login: &str, password: &str) -> Self {
        Options {
            settings: client::Settings::new(address),
            login: login.to_owned(),
            password: Secret::new(password),
            card: None,
            pin: None,
            language: Language::French,
            colour: false,
            interactive: false,
        }
    }

    /// Looks at standard input and output: colours if the output is a terminal and `NO_COLOR` is
    /// not set, hidden PINs if the input is one.
    #[must_use]
    pub fn at_this_terminal(mut self) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        self.colour = io::stdout().is_terminal() && !unwanted;
        self.interactive = io::stdin().is_terminal();
        self
    }
}

/// Why the kiosk had to close. What goes wrong while a patron uses it is shown on its screen
/// instead.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The library can't be reached or does not want this terminal.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The screen or the keyboard is gone.
    #[error("the kiosk's own screen or keyboard failed: {0}")]
    Screen(#[from] io::Error),
}

/// Runs the kiosk until its input ends or somebody types `q` at the welcome screen.
///
/// `explain` is asked for the explanation of an event, line by line, when the library refuses
/// something and names the event; where it has none, the command that prints it is shown.
pub fn run(
    options: Options,
    input: impl BufRead,
    output: impl Write,
    explain: impl Fn(i64) -> Option<Vec<String>>,
) -> Result<(), KioskError> {
    face::Face::open(options, input, output, explain)?.run()
}
