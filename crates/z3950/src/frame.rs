//! Where a PDU ends in a stream. There is no length in front: it follows from BER itself, and with
//! indefinite lengths only from walking the values inside.

use crate::ber::{self, Limits};
use crate::error::{Error, What};

/// What is known about the PDU at the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Not whole: ask again when there are at least so many bytes in all.
    Need(usize),
    /// The PDU is so many bytes long, and they are there.
    Whole(usize),
}

/// Finds the end of one PDU after the other. Keeps its place between calls, so that bytes which
/// come one at a time are still walked once only.
///
/// ```
/// use relire_z3950::{ber::Limits, frame::{Progress, Scanner}};
/// let mut scanner = Scanner::new(Limits::default());
/// let close = [0xbf, 0x30, 0x80, 0x9f, 0x81, 0x53, 0x01, 0x00, 0x00, 0x00];
/// assert_eq!(scanner.advance(&close[..7]), Ok(Progress::Need(9)));
/// assert_eq!(scanner.advance(&close), Ok(Progress::Whole(10)));
/// ```
#[derive(Debug, Clone)]
pub struct Scanner {
    limits: Limits,
    at: usize,
    open: usize,
    values: usize,
}

impl Scanner {
    /// At the start of a stream.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            at: 0,
            open: 0,
            values: 0,
        }
    }

    /// Goes on with the same PDU: `bytes` starts where it starts. After [`Progress::Whole`] the
    /// next call is about the next PDU.
    ///
    /// # Errors
    /// When this can become no PDU within the limits. The stream has no known boundary after that:
    /// close it.
    pub fn advance(&mut self, bytes: &[u8]) -> Result<Progress, Error> {
        loop {
            if self.at > self.limits.size {
                return Err(Error::at(self.at, What::TooLarge));
            }
            if self.at > 0 && self.open == 0 {
                let end = self.at;
                if bytes.len() < end {
                    return Ok(Progress::Need(end));
                }
                *self = Self::new(self.limits);
                return Ok(Progress::Whole(end));
            }
            let rest = bytes.get(self.at..).unwrap_or_default();
            let Some(header) = ber::header(rest, self.at)? else {
                let need = bytes.len().max(self.at) + 1;
                if need > self.limits.size {
                    return Err(Error::at(self.at, What::TooLarge));
                }
                return Ok(Progress::Need(need));
            };
            self.values += 1;
            if self.values > self.limits.count {
                return Err(Error::at(self.at, What::TooMany));
            }
            if self.open > 0 && rest.starts_with(&[0, 0]) {
                self.open -= 1;
                self.at += 2;
            } else if let Some(length) = header.length {
                // Known length: nothing inside needs to be looked at.
                self.at = self.at.saturating_add(header.size).saturating_add(length);
            } else {
                self.open += 1;
                if self.open > self.limits.depth {
                    return Err(Error::at(self.at, What::TooDeep));
                }
                self.at += header.size;
            }
        }
    }
}
