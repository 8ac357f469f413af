//! Cutting a stream of bytes into frames, one per message.
//!
//! *3M SIP2 2.00, "Message Format"*: a message ends with a carriage return (0x0D). In the field it
//! ends with CR, LF or both, and some terminals put the LF in front of their next message. So any
//! mix of them ends a frame, and CR, LF, NUL and blanks before a message code mean nothing.

use bytes::{Buf, BufMut, Bytes, BytesMut};

/// How much a peer may send before a message must have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest message in bytes, its terminator not counted.
    pub max_message: usize,
}

impl Default for Limits {
    /// 8 KiB: a request of all known fields, each filled to its 255 bytes, fits twice.
    fn default() -> Self {
        Limits {
            max_message: 8 * 1024,
        }
    }
}

/// What a [`Framer`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Framed {
    /// The bytes of one message, without its terminator; never empty.
    Message(Bytes),
    /// A message beyond [`Limits::max_message`]. Said once; the rest of that message is thrown
    /// away as it arrives, and the next message is read normally.
    TooLong,
}

/// Finds messages in a buffer that a reader appends to.
///
/// The buffer belongs to one connection and so does its framer: between two calls bytes may be
/// appended, nothing else. While a message is incomplete the buffer holds at most
/// [`Limits::max_message`] bytes of it plus what one read added.
///
/// ```
/// use bytes::BytesMut;
/// use relire_sip2::frame::{Framed, Framer, Limits};
///
/// let mut framer = Framer::new(Limits::default());
/// let mut buffer = BytesMut::from("\n9900802.00\r\n97AZFE");
/// assert_eq!(framer.next(&mut buffer), Some(Framed::Message("9900802.00".into())));
/// assert_eq!(framer.next(&mut buffer), None);
/// buffer.extend_from_slice(b"F5\r");
/// assert_eq!(framer.next(&mut buffer), Some(Framed::Message("97AZFEF5".into())));
/// ```
#[derive(Debug)]
pub struct Framer {
    limits: Limits,
    /// Bytes at the front of the buffer that are known to hold no terminator, so that a message
    /// that comes byte by byte is looked at once, not once a byte.
    scanned: usize,
    /// The rest of a message that was too long is on its way.
    swallowing: bool,
}

impl Framer {
    /// A framer for a new connection.
    pub fn new(limits: Limits) -> Self {
        Framer {
            limits,
            scanned: 0,
            swallowing: false,
        }
    }

    /// The next frame, or `None` when more bytes are needed. Call it until it says `None`.
    pub fn next(&mut self, buf: &mut BytesMut) -> Option<Framed> {
        if self.swallowing && !self.swallow(buf) {
            return None;
        }
        if self.scanned == 0 {
            let blank = buf.iter().take_while(|byte| is_skipped(**byte)).count();
            buf.advance(blank);
        }
        let unseen = buf.get(self.scanned..).unwrap_or_default();
        match unseen.iter().position(|byte| is_terminator(*byte)) {
            Some(offset) => {
                let length = self.scanned + offset;
                self.scanned = 0;
                let frame = buf.split_to(length);
                if length > self.limits.max_message {
                    return Some(Framed::TooLong);
                }
                Some(Framed::Message(frame.freeze()))
            }
            None if buf.len() > self.limits.max_message => {
                buf.clear();
                self.scanned = 0;
                self.swallowing = true;
                Some(Framed::TooLong)
            }
            None => {
                self.scanned = buf.len();
                None
            }
        }
    }

    /// Drops bytes up to the next terminator; true once it is found.
    fn swallow(&mut self, buf: &mut BytesMut) -> bool {
        match buf.iter().position(|byte| is_terminator(*byte)) {
            Some(offset) => {
                buf.advance(offset);
                self.swallowing = false;
            }
            None => buf.clear(),
        }
        !self.swallowing
    }
}

/// What ends a message that we send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Terminator {
    /// One CR, as the standard says.
    #[default]
    Cr,
    /// CR and LF, for terminals that wait for the LF.
    CrLf,
}

impl Terminator {
    /// Ends the message in `out`.
    pub fn put(self, out: &mut impl BufMut) {
        match self {
            Terminator::Cr => out.put_slice(b"\r"),
            Terminator::CrLf => out.put_slice(b"\r\n"),
        }
    }
}

fn is_terminator(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn is_skipped(byte: u8) -> bool {
    is_terminator(byte) || matches!(byte, 0 | b' ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(framer: &mut Framer, buffer: &mut BytesMut) -> Vec<String> {
        let mut frames = Vec::new();
        while let Some(framed) = framer.next(buffer) {
            frames.push(match framed {
                Framed::Message(frame) => String::from_utf8_lossy(&frame).into_owned(),
                Framed::TooLong => "TOO LONG".into(),
            });
        }
        frames
    }

    fn frames(stream: &str) -> Vec<String> {
        all(
            &mut Framer::new(Limits { max_message: 20 }),
            &mut BytesMut::from(stream),
        )
    }

    #[test]
    fn any_mix_of_terminators() {
        assert_eq!(frames("97\r97\n97\r\n97\n\r97\r\r97\n\n"), ["97"; 6]);
        assert_eq!(frames("97"), [""; 0]);
        assert_eq!(frames("\r\n\r\n\n \0\r"), [""; 0], "nothing is no message");
    }

    #[test]
    fn what_stands_before_a_code_is_skipped_and_what_stands_behind_is_kept() {
        assert_eq!(frames("\n 97\r\0\0  97  \r"), ["97", "97  "]);
    }

    #[test]
    fn too_long_is_said_once() {
        let long = "9".repeat(21);
        assert_eq!(
            frames(&format!("97\r{long}\r97\r")),
            ["97", "TOO LONG", "97"]
        );
        assert_eq!(frames(&format!("{}\r", "9".repeat(20))), ["9".repeat(20)]);
    }

    #[test]
    fn an_endless_message_takes_no_memory() {
        let mut framer = Framer::new(Limits { max_message: 20 });
        let mut buffer = BytesMut::new();
        let mut said = Vec::new();
        for _ in 0..1000 {
            buffer.extend_from_slice(b"0123456789");
            said.extend(all(&mut framer, &mut buffer));
            assert!(buffer.len() <= 20);
        }
        buffer.extend_from_slice(b"\r\n97\r");
        said.extend(all(&mut framer, &mut buffer));
        assert_eq!(said, ["TOO LONG", "97"]);
        assert!(buffer.capacity() < 1000);
    }

    /// The frames of a stream, seen at once.
    fn model(stream: &[u8], max: usize) -> Vec<String> {
        let lines = stream.split(|byte| is_terminator(*byte));
        let complete = stream.iter().filter(|byte| is_terminator(**byte)).count();
        let starts = lines.take(complete).map(|line| {
            let blank = line.iter().take_while(|byte| is_skipped(**byte)).count();
            &line[blank..]
        });
        let shown = |line: &[u8]| match line.len() {
            length if length > max => "TOO LONG".to_owned(),
            _ => String::from_utf8_lossy(line).into_owned(),
        };
        starts.filter(|line| !line.is_empty()).map(shown).collect()
    }

    proptest! {
        #[test]
        fn however_the_stream_is_cut(stream in "[\r\n\0 917A|]{0,120}", cuts in proptest::collection::vec(1usize..9, 120)) {
            let mut framer = Framer::new(Limits { max_message: 12 });
            let mut buffer = BytesMut::new();
            let mut found = Vec::new();
            let mut rest = stream.as_bytes();
            for cut in cuts {
                let (piece, after) = rest.split_at(cut.min(rest.len()));
                buffer.extend_from_slice(piece);
                found.extend(all(&mut framer, &mut buffer));
                rest = after;
            }
            let mut expected = model(stream.as_bytes(), 12);
            // What is too long is said before its end is seen.
            let unfinished = stream.rsplit(['\r', '\n']).next().unwrap_or_default();
            if unfinished.trim_start_matches(['\0', ' ']).len() > 12 {
                expected.push("TOO LONG".into());
            }
            prop_assert_eq!(found, expected);
        }
    }
}
