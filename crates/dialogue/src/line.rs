//! The connection: lines out of bytes, and what protects them.

use std::{
    io::{self, ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// More than any message may have: whoever goes on and on is not waited for.
const LONGEST: usize = 64 * 1024;

/// A connection to a server.
pub trait Stream: Read + Write {
    /// From now on a read that brings nothing for so long gives [`ErrorKind::WouldBlock`] or
    /// [`ErrorKind::TimedOut`].
    fn wait_at_most(&mut self, patience: Duration) -> io::Result<()>;
}

impl Stream for TcpStream {
    fn wait_at_most(&mut self, patience: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(patience))
    }
}

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// One message, without its end.
    Line(Vec<u8>),
    /// Nothing, for as long as we waited; so many bytes without an end of line.
    Silence(usize),
    /// The end of the connection.
    End,
}

/// A connection, and what was read beyond the last answer.
pub(crate) struct Line<S> {
    stream: S,
    read: Vec<u8>,
}

impl<S: Stream> Line<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            read: Vec::new(),
        }
    }

    /// Sends bytes, one write each if they are to go bytewise. That the other side has hung up is
    /// seen where its answer is waited for.
    pub(crate) fn say(&mut self, bytes: &[u8], bytewise: bool) {
        let size = if bytewise { 1 } else { bytes.len().max(1) };
        for piece in bytes.chunks(size) {
            if self
                .stream
                .write_all(piece)
                .and_then(|()| self.stream.flush())
                .is_err()
            {
                return;
            }
        }
    }

    /// Reads the next message. A message ends with CR; an LF behind it is not part of the next.
    pub(crate) fn hear(&mut self, patience: Duration) -> Heard {
        if self.stream.wait_at_most(patience).is_err() {
            return Heard::End;
        }
        loop {
            let front = self.read.iter().take_while(|byte| **byte == b'\n').count();
            self.read.drain(..front);
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\r') {
                let rest = self.read.split_off(end + 1);
                let mut line = std::mem::replace(&mut self.read, rest);
                line.truncate(end);
                return Heard::Line(line);
            }
            if self.read.len() > LONGEST {
                return Heard::Silence(self.read.len());
            }
            let mut buffer = [0; 4096];
            match self.stream.read(&mut buffer) {
                Ok(0) => return Heard::End,
                Ok(count) => self.read.extend(buffer.iter().take(count)),
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                        return Heard::Silence(self.read.len());
                    }
                    _ => return Heard::End,
                },
            }
        }
    }

    /// Whether something came that nobody has asked for.
    pub(crate) fn has_more(&self) -> bool {
        self.read.iter().any(|byte| !matches!(byte, b'\r' | b'\n'))
    }
}

/// *3M SIP2 2.00, "Error Detection"*: the sum of all bytes, its two's complement in 16 bits.
pub(crate) fn sum(bytes: &[u8]) -> u16 {
    bytes
        .iter()
        .fold(0_u16, |sum, byte| sum.wrapping_add((*byte).into()))
        .wrapping_neg()
}

/// A message with AY, if it has a digit, and AZ.
pub(crate) fn protect(message: &[u8], digit: Option<u8>, wrong: bool) -> Vec<u8> {
    let mut bytes = message.to_vec();
    if let Some(digit) = digit {
        bytes.extend(format!("AY{digit}").bytes());
    }
    bytes.extend(b"AZ");
    let sum = sum(&bytes).wrapping_add(u16::from(wrong));
    bytes.extend(format!("{sum:04X}").bytes());
    bytes
}

/// A received message without what protects it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bare<'a> {
    pub(crate) text: &'a [u8],
    /// The digit of AY.
    pub(crate) digit: Option<u8>,
    /// Whether there is an AZ, and its sum.
    pub(crate) sum: Option<Sum>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) said: String,
    pub(crate) right: String,
}

/// Takes AY and AZ off.
pub(crate) fn bare(line: &[u8]) -> Bare<'_> {
    let unprotected = Bare {
        text: line,
        digit: None,
        sum: None,
    };
    let Some((front, said)) = line
        .len()
        .checked_sub(4)
        .and_then(|at| line.split_at_checked(at))
    else {
        return unprotected;
    };
    let (Some(text), true) = (
        front.strip_suffix(b"AZ"),
        said.iter().all(u8::is_ascii_hexdigit),
    ) else {
        return unprotected;
    };
    let sum = Some(Sum {
        said: String::from_utf8_lossy(said).into_owned(),
        right: format!("{:04X}", sum(front)),
    });
    match text {
        [text @ .., b'A', b'Y', digit @ b'0'..=b'9'] => Bare {
            text,
            digit: Some(digit - b'0'),
            sum,
        },
        text => Bare {
            text,
            digit: None,
            sum,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_as_the_standard_has_them() {
        assert_eq!(protect(b"97", None, false), b"97AZFEF5");
        assert_eq!(
            protect(b"9900802.00", Some(1), false),
            b"9900802.00AY1AZFCA0"
        );
        assert_eq!(protect(b"97", None, true), b"97AZFEF6");
    }

    #[test]
    fn a_message_without_its_trailer() {
        let told = bare(b"941AY5AZFDF8");
        assert_eq!((told.text, told.digit), (&b"941"[..], Some(5)));
        let sum = told.sum.unwrap();
        assert_eq!(sum.said, sum.right);
        assert_eq!(bare(b"96AZFEF6").digit, None);
        assert_eq!(bare(b"941").text, b"941");
        assert!(bare(b"94").sum.is_none());
    }
}
