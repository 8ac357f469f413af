use std::fmt;

use super::{
    Charset, Decision, Loss, Memory, compose, declared,
    detect::{Prior, decide, of_value},
};
use crate::model::{Code, Format, RawRecord, Record, Tag};

/// Makes text of the records of one file, remembering what the file was in so far.
///
/// ```
/// use relire_marc::charset::{Charset, TextReader};
/// use relire_marc::{DataField, Leader, RawRecord};
///
/// let mut raw = RawRecord::new(Leader::UNIMARC);
/// // 50 says Unicode; the bytes are ISO 5426.
/// raw.push(DataField::new(b"100", b"  ").with(b'a', &b"20110419d2011    m  y0frey50      ba"[..]));
/// raw.push(DataField::new(b"200", b"1 ").with(b'a', &b"Les mis\xC2erables"[..]));
///
/// let read = TextReader::default().read(&raw);
/// assert_eq!(read.decision.charset, Charset::Iso5426);
/// assert!(read.decision.is_lie());
/// assert_eq!(read.record.first(b"200", b'a').unwrap(), "Les misérables");
/// ```
#[derive(Clone, Debug)]
pub struct TextReader {
    /// What the source's records are, where they do not show it themselves.
    pub format: Format,
    /// What the source's records are in, where neither bytes nor label decide.
    pub default: Option<Charset>,
    /// Compose accents with their letters (Unicode's form C).
    pub compose: bool,
    memory: Memory,
}

impl Default for TextReader {
    fn default() -> Self {
        Self::new(Format::Unimarc)
    }
}

/// A record as text.
#[derive(Clone, Debug)]
pub struct TextRecord {
    /// What it says.
    pub record: Record,
    /// What its tags mean.
    pub format: Format,
    /// Which set it was in.
    pub decision: Decision,
    /// What did not come through.
    pub losses: Vec<FieldLoss>,
}

/// A loss, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLoss {
    /// The field.
    pub tag: Tag,
    /// The subfield, if it is a data field.
    pub code: Option<Code>,
    /// What was lost.
    pub loss: Loss,
}

impl fmt::Display for FieldLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "{} ${code}, {}", self.tag, self.loss),
            None => write!(f, "{}, {}", self.tag, self.loss),
        }
    }
}

impl TextReader {
    /// For a source whose records are of this format, unless they show another.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            default: None,
            compose: true,
            memory: Memory::default(),
        }
    }

    /// With a character set for where nothing else decides.
    #[must_use]
    pub const fn default_charset(mut self, charset: Charset) -> Self {
        self.default = Some(charset);
        self
    }

    /// What the file was in so far.
    pub const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Decides on the character set, and reads all values.
    pub fn read(&mut self, raw: &RawRecord) -> TextRecord {
        let format = Format::of(raw).unwrap_or(self.format);
        let prior = Prior {
            declared: declared(raw, format),
            format,
            default: self.default,
            memory: &mut self.memory,
        };
        let decision = decide(raw.values().map(|(_, _, value)| value.as_ref()), prior);
        let mut losses = Vec::new();
        let record = raw.map(|tag, code, value| {
            let read = of_value(value, &decision).decode(value);
            losses.extend(
                read.losses
                    .into_iter()
                    .map(|loss| FieldLoss { tag, code, loss }),
            );
            if self.compose {
                compose(read.value)
            } else {
                read.value
            }
        });
        TextRecord {
            record,
            format,
            decision,
            losses,
        }
    }
}

/// All values in one character set. The label is not touched: see [`super::declare`].
pub fn to_bytes(record: &Record, charset: Charset) -> (RawRecord, Vec<FieldLoss>) {
    let mut losses = Vec::new();
    let raw = record.map(|tag, code, value| {
        let written = charset.encode(value);
        losses.extend(
            written
                .losses
                .into_iter()
                .map(|loss| FieldLoss { tag, code, loss }),
        );
        written.value.into()
    });
    (raw, losses)
}
