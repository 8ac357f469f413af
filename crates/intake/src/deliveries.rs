//! A file, record by record.

use std::{
    collections::BTreeMap,
    io::{self, BufReader, Cursor, Read},
};

use circulation::BranchCode;
use marc::{
    Format, Record,
    charset::TextReader,
    iso2709,
    xml::{self, Dialect, Form},
};

use crate::{
    Copy, Houses, Profile,
    copies::{Odd, copies, printable},
    format::{Envelope, SourceFormat, as_text, unimarc, word_for},
    kept::{Fetch, Kept},
    number::{derived, digest, isbn_fault},
    remark::{Done, Remark},
};

/// A record that came in.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its place in the file, from 1.
    pub number: u64,
    /// Offset of its first byte; in XML it is not known.
    pub offset: Option<u64>,
    /// 001, or what was made in its place: `~` and a hash where there is none, `#2` behind one that came before.
    pub control_number: String,
    /// Media type of the body, with what [`crate::read_source`] has to know.
    pub format: String,
    /// As delivered, byte for byte; a record of an XML file as a document of its own.
    pub body: Vec<u8>,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
    /// What it says, in UNIMARC.
    pub record: Record,
    /// Its copies.
    pub copies: Vec<Copy>,
    /// What was odd about it.
    pub remarks: Vec<Remark>,
}

/// What a file holds at one place.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// A record.
    Record(Box<Delivered>),
    /// A record that did not come in, and why.
    Lost(Remark),
    /// The file cannot be read any further.
    Broken(String),
}

/// Reads a file. Memory stays within a record or two.
pub struct Deliveries<R: Read> {
    source: Source<R>,
    profile: Profile,
    houses: Houses,
    file: BranchCode,
    /// Control numbers of this file, with the first record's digest and how many had it.
    seen: BTreeMap<String, ([u8; 32], u32)>,
    done: bool,
}

type Begun<R> = io::Chain<Cursor<Vec<u8>>, R>;

enum Source<R: Read> {
    Iso2709(iso2709::Reader<Kept<Begun<R>>>, Fetch, Box<TextReader>),
    Xml(Box<xml::Reader<BufReader<Begun<R>>>>),
}

/// A record before its copies and number were looked at.
struct Raw {
    number: u64,
    offset: Option<u64>,
    how: SourceFormat,
    body: Vec<u8>,
    record: Record,
    odd: Vec<Odd>,
}

impl<R: Read> Deliveries<R> {
    /// Reads from a source of `file`'s branch: ISO 2709, or XML if it begins like that.
    pub fn new(
        mut source: R,
        profile: Profile,
        houses: Houses,
        file: BranchCode,
    ) -> io::Result<Self> {
        let mut begin = Vec::new();
        source.by_ref().take(64).read_to_end(&mut begin)?;
        let text = begin.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&begin);
        let xml = text.trim_ascii_start().first() == Some(&b'<');
        let source = Cursor::new(begin).chain(source);
        let source = if xml {
            Source::Xml(Box::new(xml::Reader::new(BufReader::new(source))))
        } else {
            let (kept, fetch) = Kept::new(source);
            let mut text = TextReader::new(profile.format);
            text.default = profile.charset;
            Source::Iso2709(iso2709::Reader::new(kept), fetch, Box::new(text))
        };
        Ok(Self {
            source,
            profile,
            houses,
            file,
            seen: BTreeMap::new(),
            done: false,
        })
    }

    fn raw(&mut self) -> Option<Result<Raw, Delivery>> {
        match &mut self.source {
            Source::Iso2709(reader, fetch, text) => Some(match reader.next()? {
                Ok(stored) => {
                    let body = fetch.take(stored.offset, stored.length);
                    Ok(of_iso2709(stored, body, text))
                }
                Err(iso2709::ReadError::Damaged(damaged)) => Err(Delivery::Lost(Remark {
                    record: damaged.number,
                    offset: Some(damaged.offset),
                    control_number: damaged.control_number.clone(),
                    kind: "unreadable",
                    what: damaged.damage.to_string(),
                    done: Done::Rejected,
                })),
                Err(iso2709::ReadError::Io(error)) => Err(Delivery::Broken(error.to_string())),
            }),
            Source::Xml(reader) => Some(match reader.next()? {
                Ok(read) => Ok(of_xml(read, self.profile.format)),
                Err(error) if error.fault.is_final() => Err(Delivery::Broken(error.to_string())),
                Err(error) => Err(Delivery::Lost(Remark {
                    record: error.number,
                    offset: Some(error.offset),
                    control_number: None,
                    kind: "unreadable",
                    what: error.fault.to_string(),
                    done: Done::Rejected,
                })),
            }),
        }
    }

    /// What the record goes by in this file; `Err` if it was there before, the very same.
    fn control_number(
        &mut self,
        record: &Record,
        digest: [u8; 32],
        odd: &mut Vec<Odd>,
    ) -> Result<String, String> {
        let said = record.control_number().map(|number| printable(number));
        let number = match said.filter(|number| !number.is_empty()) {
            Some(number) => number,
            None => {
                let number = derived(record, &self.profile.items.tag);
                odd.push((
                    "no control number",
                    format!("no 001; it goes by {number}"),
                    Done::Repaired,
                ));
                number
            }
        };
        let fields = record
            .fields
            .iter()
            .filter(|field| field.tag().as_bytes() == b"001");
        if fields.count() > 1 {
            odd.push((
                "control number twice in a record",
                format!("more than one 001; it goes by {number}"),
                Done::Repaired,
            ));
        }
        let Some((first, times)) = self.seen.get_mut(&number) else {
            self.seen.insert(number.clone(), (digest, 1));
            return Ok(number);
        };
        if *first == digest {
            return Err(number);
        }
        *times += 1;
        let mut times = *times;
        while self.seen.contains_key(&format!("{number}#{times}")) {
            times += 1;
        }
        let other = format!("{number}#{times}");
        self.seen.insert(other.clone(), (digest, 1));
        odd.push((
            "control number of another record",
            format!("001 {number} came before with another record; this one goes by {other}"),
            Done::Repaired,
        ));
        Ok(other)
    }

    fn whole(&mut self, raw: Raw) -> Delivery {
        let mut odd = raw.odd;
        let said = raw.record.control_number().map(|number| printable(number));
        let remark = |number: Option<String>, (kind, what, done): Odd| Remark {
            record: raw.number,
            offset: raw.offset,
            control_number: number,
            kind,
            what,
            done,
        };
        let lost =
            |kind, what: String| Delivery::Lost(remark(said.clone(), (kind, what, Done::Rejected)));
        if raw.record.data_fields().next().is_none() {
            return lost("nothing in it", "no data field".to_owned());
        }
        if raw.record.leader.is_deletion() {
            let what = "the source says that it deleted this record; what is here of it stays until staff withdraw its copies";
            return lost("deleted", what.to_owned());
        }
        look(&raw.record, raw.how.format, &mut odd);
        let record = unimarc(raw.record, raw.how.format);
        let digest = digest(&raw.body);
        let control_number = match self.control_number(&record, digest, &mut odd) {
            Ok(number) => number,
            Err(number) => {
                let what = format!("001 {number} came before in this file, byte for byte");
                return lost("delivered twice", what);
            }
        };
        let (copies, odd_copies) = copies(&record, &self.profile, &self.houses, self.file);
        odd.extend(odd_copies);
        Delivery::Record(Box::new(Delivered {
            number: raw.number,
            offset: raw.offset,
            format: raw.how.to_string(),
            body: raw.body,
            digest,
            record,
            copies,
            remarks: odd
                .into_iter()
                .map(|odd| remark(Some(control_number.clone()), odd))
                .collect(),
            control_number,
        }))
    }
}

fn of_iso2709(stored: iso2709::StoredRecord, body: Vec<u8>, text: &mut TextReader) -> Raw {
    let mut odd: Vec<Odd> = stored
        .warnings
        .iter()
        .map(|warning| {
            let kind = match warning {
                iso2709::Warning::JunkBefore { .. } => "something between records",
                iso2709::Warning::ControlCharacters(..) => "control characters",
                _ => "structure",
            };
            (kind, warning.to_string(), Done::Repaired)
        })
        .collect();
    let read = text.read(&stored.record);
    let charset = word_for(&read.decision);
    if read.decision.is_mixed() {
        odd.push((
            "mixed character sets",
            "more than one character set".to_owned(),
            Done::Repaired,
        ));
    } else if read.decision.is_lie() {
        let what = format!(
            "labelled {:?}, read as {charset:?}",
            read.decision.declared.unwrap_or(charset)
        );
        odd.push(("character set", what, Done::Repaired));
    } else if charset == marc::charset::Charset::Utf8Twice {
        odd.push(("character set", "UTF-8 twice".to_owned(), Done::Repaired));
    }
    if let Some(loss) = read.losses.first() {
        let what = format!("{loss}; {} in all", read.losses.len());
        odd.push(("characters lost", what, Done::Noted));
    }
    Raw {
        number: stored.number,
        offset: Some(stored.offset),
        how: SourceFormat {
            envelope: Envelope::Iso2709(charset),
            format: read.format,
        },
        body,
        // As it will be read again, and not as the rest of the file would have it.
        record: as_text(&stored.record, charset),
        odd,
    }
}

fn of_xml(read: xml::XmlRecord, default: Format) -> Raw {
    let format = Format::of(&read.record).unwrap_or(default);
    // MARCXML has a namespace of MARC21's; UNIMARC has its own.
    let (dialect, envelope) = match format {
        Format::Unimarc => (Dialect::MarcXchange, Envelope::MarcXchange),
        Format::Marc21 => (Dialect::Marcxml, Envelope::Marcxml),
    };
    let (body, _) = xml::to_string(&read.record, dialect, Form::AsStored);
    let odd = read
        .warnings
        .iter()
        .map(|warning| ("structure", format!("{warning:?}"), Done::Repaired));
    Raw {
        number: read.number,
        offset: None,
        how: SourceFormat { envelope, format },
        body: body.into_bytes(),
        odd: odd.collect(),
        record: read.record,
    }
}

/// What is odd about the fields themselves.
fn look(record: &Record, format: Format, odd: &mut Vec<Odd>) {
    let title = match format {
        Format::Unimarc => record.first(b"200", b'a'),
        Format::Marc21 => record.first(b"245", b'a'),
    };
    if title.is_none_or(|title| title.trim().is_empty()) {
        odd.push((
            "no title",
            "no title proper; it is called by what else it has".to_owned(),
            Done::Noted,
        ));
    }
    match format {
        Format::Marc21 => odd.push((
            "MARC21",
            "a MARC21 record; it is kept, and read as UNIMARC".to_owned(),
            Done::Noted,
        )),
        Format::Unimarc => {
            let coded = record
                .first(b"100", b'a')
                .map_or(0, |coded| coded.chars().count());
            if coded < 36 {
                let what = format!("100 $a has {coded} characters of 36");
                odd.push(("coded data", what, Done::Noted));
            }
            for isbn in record.all(b"010", b'a') {
                if let Some(fault) = isbn_fault(isbn) {
                    odd.push((
                        "ISBN",
                        format!("{fault}: {:?}", printable(isbn)),
                        Done::Noted,
                    ));
                }
            }
        }
    }
}

impl<R: Read> Iterator for Deliveries<R> {
    type Item = Delivery;

    fn next(&mut self) -> Option<Delivery> {
        if self.done {
            return None;
        }
        let delivery = match self.raw()? {
            Ok(raw) => self.whole(raw),
            Err(delivery) => delivery,
        };
        self.done = matches!(delivery, Delivery::Broken(_));
        Some(delivery)
    }
}
