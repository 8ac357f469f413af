//! The media type of a source record, and reading it by that.

use std::{fmt, str::FromStr};

use marc::{
    Format, RawRecord, Record,
    charset::{Charset, Decision, compose},
    crosswalk, iso2709, xml,
};

/// How the bytes of a source record are to be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SourceFormat {
    pub(crate) envelope: Envelope,
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    Iso2709(Charset),
    Marcxml,
    MarcXchange,
}

/// The words of media types.
const CHARSETS: [(&str, Charset); 5] = [
    ("utf-8", Charset::Utf8),
    ("iso5426", Charset::Iso5426),
    ("marc-8", Charset::Marc8),
    ("iso-8859-1", Charset::Latin1),
    ("utf-8-twice", Charset::Utf8Twice),
];

impl fmt::Display for SourceFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.format {
            Format::Unimarc => "unimarc",
            Format::Marc21 => "marc21",
        };
        match self.envelope {
            Envelope::Iso2709(charset) => {
                let charset = CHARSETS
                    .iter()
                    .find(|(_, known)| *known == charset)
                    .map_or("utf-8", |(word, _)| word);
                write!(f, "application/marc;format={format};charset={charset}")
            }
            Envelope::Marcxml => write!(f, "application/marcxml+xml;format={format}"),
            Envelope::MarcXchange => write!(f, "application/marcxchange+xml;format={format}"),
        }
    }
}

/// Some other media type than those of source records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotMarc;

impl FromStr for SourceFormat {
    type Err = NotMarc;

    fn from_str(text: &str) -> Result<Self, NotMarc> {
        let mut parts = text.split(';').map(str::trim);
        let envelope = parts.next().unwrap_or_default();
        let (mut format, mut charset) = (Format::Unimarc, Charset::Utf8);
        for part in parts {
            match part.split_once('=') {
                Some(("format", "unimarc")) => format = Format::Unimarc,
                Some(("format", "marc21")) => format = Format::Marc21,
                Some(("charset", word)) => {
                    let known = CHARSETS.iter().find(|(known, _)| *known == word);
                    charset = known.ok_or(NotMarc)?.1;
                }
                _ => {}
            }
        }
        let envelope = match envelope {
            "application/marc" => Envelope::Iso2709(charset),
            "application/marcxml+xml" => Envelope::Marcxml,
            "application/marcxchange+xml" => Envelope::MarcXchange,
            _ => return Err(NotMarc),
        };
        Ok(Self { envelope, format })
    }
}

/// A source record by its media type: UNIMARC, in Unicode, composed; MARC21 is crosswalked. `None` for another media
/// type, or bytes that are no record of it.
pub fn read_source(format: &str, body: &[u8]) -> Option<Record> {
    let how: SourceFormat = format.parse().ok()?;
    let record = match how.envelope {
        Envelope::Iso2709(charset) => {
            let body = bytes::Bytes::copy_from_slice(body);
            as_text(&iso2709::decode(body).ok()?.record, charset)
        }
        Envelope::Marcxml | Envelope::MarcXchange => xml::Reader::new(body).next()?.ok()?.record,
    };
    Some(unimarc(record, how.format))
}

pub(crate) fn unimarc(record: Record, format: Format) -> Record {
    match format {
        Format::Unimarc => record,
        Format::Marc21 => crosswalk::to_unimarc(&record).record,
    }
}

/// The one word for a decision: what is valid UTF-8 is read as that anyhow, so it names what the other values are in.
pub(crate) fn word_for(decision: &Decision) -> Charset {
    let evidence = &decision.evidence;
    if evidence.other > 0 {
        let best = evidence
            .scores
            .iter()
            .max_by(|one, other| one.1.total_cmp(&other.1));
        best.map_or(decision.charset, |(charset, _)| *charset)
    } else if evidence.doubled > 0 {
        Charset::Utf8Twice
    } else {
        decision.charset
    }
}

/// All values as text, without looking at anything but the values and the set.
pub(crate) fn as_text(raw: &RawRecord, charset: Charset) -> Record {
    raw.map(|_, _, value| compose(one(value, charset)))
}

fn one(value: &[u8], charset: Charset) -> String {
    match (charset, std::str::from_utf8(value)) {
        (Charset::Marc8, _) if value.is_ascii() => charset.decode(value).value,
        (_, Ok(text)) if value.is_ascii() => text.to_owned(),
        (Charset::Utf8Twice, Ok(text)) => {
            let twice = charset.decode(value);
            if twice.losses.is_empty() {
                twice.value
            } else {
                text.to_owned()
            }
        }
        (_, Ok(text)) => text.to_owned(),
        (Charset::Utf8Twice, Err(_)) => Charset::Utf8.decode(value).value,
        (_, Err(_)) => charset.decode(value).value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_there_and_back() {
        for text in [
            "application/marc;format=unimarc;charset=utf-8",
            "application/marc;format=marc21;charset=marc-8",
            "application/marcxml+xml;format=marc21",
            "application/marcxchange+xml;format=unimarc",
        ] {
            let read: SourceFormat = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
        }
        assert_eq!("application/json".parse::<SourceFormat>(), Err(NotMarc));
        assert_eq!(
            "application/marc;charset=ebcdic".parse::<SourceFormat>(),
            Err(NotMarc)
        );
    }

    #[test]
    fn a_mixed_record_is_read_value_by_value() {
        assert_eq!(one("été".as_bytes(), Charset::Latin1), "été");
        assert_eq!(one(b"\xE9t\xE9", Charset::Latin1), "été");
        assert_eq!(one("Ã©tÃ©".as_bytes(), Charset::Utf8Twice), "été");
        assert_eq!(one("été".as_bytes(), Charset::Utf8Twice), "été");
    }
}
