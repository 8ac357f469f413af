use std::{fmt, io};

use super::{
    Damage, Decoded, LEADER, LONGEST_RECORD, RECORD_TERMINATOR, Warning, decode,
    framing::{self, Framed, after_blanks, frame},
    start,
};
use crate::model::RawRecord;

/// What a reader lets a file do.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest record in bytes. Files of real libraries hold records past the 99,999 bytes
    /// that the leader can count, with 99999 in it; five times that is the default.
    pub max_record: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_record: 5 * LONGEST_RECORD,
        }
    }
}

/// A record, where it was, and what was lenient about reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// Its place in the file, from 1. Damaged records count.
    pub number: u64,
    /// Offset of its first byte.
    pub offset: u64,
    /// How many bytes it has.
    pub length: usize,
    /// What it says.
    pub record: RawRecord,
    /// What was not by the letter.
    pub warnings: Vec<Warning>,
}

/// A record that could not be read, and where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedRecord {
    /// Its place in the file, from 1.
    pub number: u64,
    /// Offset of its first byte.
    pub offset: u64,
    /// How many bytes were passed over.
    pub length: u64,
    /// 001, if it can be made out.
    pub control_number: Option<String>,
    /// What is wrong.
    pub damage: Damage,
}

impl fmt::Display for DamagedRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {} at byte {}", self.number, self.offset)?;
        if let Some(number) = &self.control_number {
            write!(f, " (001 {number})")?;
        }
        write!(f, ": {}", self.damage)
    }
}

/// Why the iterator did not give a record.
#[derive(Debug)]
pub enum ReadError {
    /// The source failed; nothing more will come.
    Io(io::Error),
    /// This record is lost, the next one comes.
    Damaged(DamagedRecord),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Damaged(record) => record.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads records one after the other.
///
/// Memory stays within [`Limits::max_record`] and a little for looking ahead.
pub struct Reader<R> {
    source: R,
    limits: Limits,
    /// What was read and not given out: `buffer[begin..]`.
    buffer: Vec<u8>,
    begin: usize,
    /// Offset of `buffer[begin]` in the file.
    offset: u64,
    number: u64,
    /// Before this offset nothing begins: no byte of junk is looked at twice.
    nothing_before: u64,
    at_end: bool,
    failed: bool,
}

const CHUNK: usize = 64 * 1024;

impl<R: io::Read> Reader<R> {
    /// A reader with the usual limits.
    pub fn new(source: R) -> Self {
        Self::with_limits(source, Limits::default())
    }

    /// A reader with other limits.
    pub fn with_limits(source: R, limits: Limits) -> Self {
        Self {
            source,
            limits,
            buffer: Vec::new(),
            begin: 0,
            offset: 0,
            number: 0,
            nothing_before: 0,
            at_end: false,
            failed: false,
        }
    }

    fn ahead(&self) -> &[u8] {
        &self.buffer[self.begin..]
    }

    /// Tries to have that many bytes ahead.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        while self.buffer.len() - self.begin < wanted && !self.at_end {
            if self.begin >= CHUNK {
                self.buffer.drain(..self.begin);
                self.begin = 0;
            }
            let filled = self.buffer.len();
            self.buffer.resize(filled + CHUNK, 0);
            let read = loop {
                match self.source.read(&mut self.buffer[filled..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            };
            self.buffer.truncate(filled + *read.as_ref().unwrap_or(&0));
            self.at_end = read? == 0;
        }
        Ok(())
    }

    fn skip(&mut self, bytes: usize) {
        self.begin += bytes;
        self.offset += bytes as u64;
    }

    fn next_record(&mut self) -> io::Result<Option<Result<StoredRecord, DamagedRecord>>> {
        let junk = match self.skip_junk()? {
            Junk::Nothing => return Ok(None),
            Junk::Damaged(damaged) => return Ok(Some(Err(damaged))),
            Junk::Before(warning) => warning,
        };
        self.number += 1;
        let mut wanted = LEADER;
        let (length, cut) = loop {
            self.fill(wanted)?;
            match frame(self.ahead(), self.at_end) {
                Framed::Whole(length) if length <= self.limits.max_record => break (length, false),
                Framed::Need(more) if more <= self.limits.max_record + CHUNK => wanted = more,
                _ => break (self.limits.max_record, true),
            }
        };
        if cut {
            return self
                .pass_over(Damage::TooLong { limit: length })
                .map(|lost| Some(Err(lost)));
        }
        let bytes = bytes::Bytes::copy_from_slice(&self.ahead()[..length]);
        let offset = self.offset;
        self.skip(length);
        Ok(Some(match decode(bytes.clone()) {
            Ok(Decoded {
                record,
                mut warnings,
            }) => {
                warnings.splice(0..0, junk);
                Ok(StoredRecord {
                    number: self.number,
                    offset,
                    length,
                    record,
                    warnings,
                })
            }
            Err(damage) => Err(DamagedRecord {
                number: self.number,
                offset,
                length: length as u64,
                control_number: control_number(&bytes),
                damage,
            }),
        }))
    }

    /// Goes on to the next start. What a terminator ends was meant as a record, and is reported.
    fn skip_junk(&mut self) -> io::Result<Junk> {
        self.fill(CHUNK / 2)?;
        let junk = match self.find_start() {
            Some(start) => start,
            None if self.at_end && after_blanks(self.ahead()).is_empty() => {
                let blanks = self.ahead().len();
                self.skip(blanks);
                return Ok(Junk::Nothing);
            }
            None => self.ahead().len(),
        };
        let meant = framing::terminator(&self.ahead()[..junk]).is_some();
        if junk == self.ahead().len() || meant && !after_blanks(&self.ahead()[..junk]).is_empty() {
            self.number += 1;
            return self.pass_over(Damage::NoLeader).map(Junk::Damaged);
        }
        let text = !after_blanks(&self.ahead()[..junk]).is_empty();
        self.skip(junk);
        Ok(Junk::Before(
            (junk > 0).then_some(Warning::JunkBefore { length: junk, text }),
        ))
    }

    /// The next start in what is here.
    fn find_start(&mut self) -> Option<usize> {
        let known = self.nothing_before.saturating_sub(self.offset);
        let known = usize::try_from(known)
            .map_or(self.ahead().len(), |known| known.min(self.ahead().len()));
        let found = start::find(self.ahead(), known);
        // The last bytes may begin a leader that is not whole yet.
        let looked = found.unwrap_or_else(|| self.ahead().len().saturating_sub(start::SEEN));
        self.nothing_before = self.nothing_before.max(self.offset + looked as u64);
        found
    }

    /// Leaves everything out up to the next terminator or start.
    fn pass_over(&mut self, damage: Damage) -> io::Result<DamagedRecord> {
        let (offset, first) = (self.offset, control_number(self.ahead()));
        // Past the start itself, where there is one.
        let mut from = match damage {
            Damage::NoLeader => 0,
            _ => LEADER.min(self.ahead().len()),
        };
        loop {
            let ahead = &self.ahead()[from..];
            let terminator = framing::terminator(ahead);
            let near = terminator.map_or(ahead.len(), |end| ahead.len().min(end + start::SEEN));
            let known = self
                .nothing_before
                .saturating_sub(self.offset + from as u64);
            let known = usize::try_from(known).map_or(near, |known| known.min(near));
            let end = [terminator, start::find(&ahead[..near], known)];
            if let Some(end) = end.into_iter().flatten().min() {
                let more = ahead[end..]
                    .iter()
                    .take_while(|byte| **byte == RECORD_TERMINATOR)
                    .count();
                self.skip(from + end + more);
                break;
            }
            // A start may lie across the edge of what is here.
            let keep = if self.at_end {
                0
            } else {
                start::SEEN.min(ahead.len())
            };
            let passed = from + ahead.len() - keep;
            self.skip(passed);
            from = 0;
            if self.at_end {
                break;
            }
            self.fill(CHUNK)?;
        }
        Ok(DamagedRecord {
            number: self.number,
            offset,
            length: self.offset - offset,
            control_number: first,
            damage,
        })
    }
}

/// What stands before a record.
enum Junk {
    Nothing,
    Before(Option<Warning>),
    Damaged(DamagedRecord),
}

/// The first field where the first tag is 001: enough for a message.
fn control_number(record: &[u8]) -> Option<String> {
    let rest = record.get(LEADER..)?;
    let rest = rest.strip_prefix(b"001")?;
    let mut fields = rest.split(|byte| (0x1D..=0x1E).contains(byte));
    let (_directory, number) = (fields.next()?, fields.next()?);
    let regular = number.len() <= 64 && number.iter().all(|b| (0x20..0x7F).contains(b));
    (regular && !number.is_empty()).then(|| number.escape_ascii().to_string())
}

impl<R: io::Read> Iterator for Reader<R> {
    type Item = Result<StoredRecord, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.next_record() {
            Ok(Some(Ok(record))) => Some(Ok(record)),
            Ok(Some(Err(damaged))) => Some(Err(ReadError::Damaged(damaged))),
            Ok(None) => None,
            Err(error) => {
                self.failed = true;
                Some(Err(ReadError::Io(error)))
            }
        }
    }
}

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("number", &self.number)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
