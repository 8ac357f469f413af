//! SIP2 dialogues: what a terminal says, and what a library has to answer, played against any server.
//!
//! A dialogue is a small text file; `protocol-fixtures/sip2/README.md` has its grammar, and
//! `protocol-fixtures/sip2/dialogues` the files. [`Dialogue::parse`] reads one, [`play`] plays it
//! over anything that can be read and written, and says what was asked, expected and heard where
//! they part.
//!
//! It is **not** a client and knows nothing of the meaning of a message: it compares bytes. On
//! purpose it shares no code with the wire crate, so that the two cannot be wrong together. It has
//! no clock: the moment of a dialogue is a parameter. Passwords, PINs and names are left out of
//! what it tells.
//!
//! # Example
//!
//! ```
//! use std::{io::{self, Cursor, Read, Write}, time::Duration};
//! use relire_dialogue::{Dialogue, Outcome, Script, Stream, Values, play};
//!
//! let dialogue = Dialogue::parse(
//!     "title: The library is there\n\
//!      clause: SC Status (99), ACS Status (98)\n\
//!      reason: A terminal asks before it serves anybody.\n\
//!      \n\
//!      > plain 9900802.00\n\
//!      < 98Y[YN][YN][YN][YN][YN]######{date}2.00\n\
//!      \x20 AO ?*\n",
//! )?;
//!
//! // A library that has one thing to say.
//! struct Tape(Cursor<&'static [u8]>);
//! impl Read for Tape { fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> { self.0.read(buffer) } }
//! impl Write for Tape {
//!     fn write(&mut self, bytes: &[u8]) -> io::Result<usize> { Ok(bytes.len()) }
//!     fn flush(&mut self) -> io::Result<()> { Ok(()) }
//! }
//! impl Stream for Tape { fn wait_at_most(&mut self, _: Duration) -> io::Result<()> { Ok(()) } }
//!
//! let script = Script {
//!     values: Values::default(),
//!     now: jiff::civil::date(2026, 11, 22).at(15, 30, 12, 0),
//!     patience: Duration::from_secs(10),
//! };
//! let answer: &[u8] = b"98YYYYYY60000320261122    1530122.00AOCAGL|BXYYYYYYYYYYYYYYYY|\r";
//! let played = play(&dialogue, &script, || Ok(Tape(Cursor::new(answer))));
//! assert!(matches!(played, Outcome::Passed), "{played}");
//! # Ok::<(), relire_dialogue::ParseError>(())
//! ```

#![forbid(unsafe_code)]

mod dialogue;
mod grammar;
mod judge;
mod line;
mod parse;
mod pattern;
mod play;
mod shown;
mod text;
mod values;

pub use dialogue::Dialogue;
pub use line::Stream;
pub use parse::ParseError;
pub use play::{Failure, Outcome, Script, play};
pub use values::Values;
