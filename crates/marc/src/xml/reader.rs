use std::io::BufRead;

use quick_xml::{
    Reader as Events,
    errors::{Error, IllFormedError},
    events::{BytesStart, Event},
};

use super::{
    budget::Budget,
    element,
    error::{XmlError, XmlFault, XmlWarning},
};
use crate::{
    iso2709::Limits,
    model::{Code, ControlField, DataField, Field, Leader, Record, Subfield, Tag},
};

/// A record, and what was lenient about reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlRecord {
    /// Its place in the document, from 1.
    pub number: u64,
    /// What it says.
    pub record: Record,
    /// What was not by the letter.
    pub warnings: Vec<XmlWarning>,
}

/// Reads every `record` element, wherever it stands: in a `collection`, in an SRU or OAI answer,
/// or alone.
pub struct Reader<R> {
    events: Events<Budget<R>>,
    buffer: Vec<u8>,
    limit: usize,
    number: u64,
    done: bool,
}

/// XML needs more room than ISO 2709: elements around every subfield.
const ROOM: usize = 8;

impl<R: BufRead> Reader<R> {
    /// A reader with the usual limits.
    pub fn new(source: R) -> Self {
        Self::with_limits(source, Limits::default())
    }

    /// A reader with other limits: a record may have eight times the bytes in XML.
    pub fn with_limits(source: R, limits: Limits) -> Self {
        let limit = limits.max_record.saturating_mul(ROOM);
        let events = Events::from_reader(Budget::new(source, limit));
        Self {
            events,
            buffer: Vec::new(),
            limit,
            number: 0,
            done: false,
        }
    }

    fn next_record(&mut self) -> Result<Option<XmlRecord>, XmlFault> {
        let mut partial: Option<Partial> = None;
        loop {
            self.buffer.clear();
            if partial.is_none() {
                self.events.get_mut().renew();
            }
            let event = match self.events.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(_) if self.events.get_ref().spent => {
                    return Err(XmlFault::TooLong { limit: self.limit });
                }
                Err(error) => return Err(XmlFault::Document(error.to_string())),
            };
            match event {
                Event::Start(start) => match &mut partial {
                    Some(partial) => partial.open(&start),
                    None if start.local_name().as_ref() == "record" => {
                        // OAI wraps its own `record` around the one that is meant.
                        self.number += 1;
                        partial = Some(Partial::default());
                    }
                    None => {}
                },
                Event::Empty(empty) => {
                    if let Some(partial) = &mut partial {
                        partial.open(&empty);
                        partial.close(empty.local_name().as_ref());
                    }
                }
                Event::End(end) => {
                    if let Some(open) = &mut partial {
                        let name = end.local_name();
                        if name.as_ref() == "record" {
                            if let Some(record) =
                                partial.take().map(Partial::finish).transpose()?.flatten()
                            {
                                let (record, warnings) = record;
                                return Ok(Some(XmlRecord {
                                    number: self.number,
                                    record,
                                    warnings,
                                }));
                            }
                        } else {
                            open.close(name.as_ref());
                        }
                    }
                }
                Event::Text(text) => partial
                    .iter_mut()
                    .for_each(|open| open.text(&text.xml10_content())),
                Event::CData(text) => partial
                    .iter_mut()
                    .for_each(|open| open.text(&text.xml10_content())),
                Event::GeneralRef(reference) => {
                    let text = resolve(&reference)?;
                    partial.iter_mut().for_each(|open| open.text(&text));
                }
                Event::DocType(_) => return Err(XmlFault::DocumentType),
                Event::Eof if partial.is_some() => {
                    let error = Error::from(IllFormedError::MissingEndTag("record".to_owned()));
                    return Err(XmlFault::Document(error.to_string()));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
    }
}

/// One of the five, or a number.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Result<String, XmlFault> {
    let refused = || XmlFault::Entity(reference.to_string());
    if reference.is_char_ref() {
        let char = reference
            .resolve_char_ref()
            .ok()
            .flatten()
            .ok_or_else(refused)?;
        return Ok(char.to_string());
    }
    let text = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(refused()),
    };
    Ok(text.to_owned())
}

/// A record that is being read.
#[derive(Default)]
struct Partial {
    leader: Option<Leader>,
    fields: Vec<Field>,
    warnings: Vec<XmlWarning>,
    open: Option<Open>,
    text: String,
    /// The first thing that is wrong with this record only.
    fault: Option<XmlFault>,
    /// Elements of the record's own kind were seen.
    is_marc: bool,
}

/// The element whose text is being gathered.
enum Open {
    Leader,
    Control(Tag),
    Data(DataField),
    Subfield(DataField, Code),
}

impl Partial {
    fn open(&mut self, element: &BytesStart<'_>) {
        if let Err(fault) = self.try_open(element) {
            self.fault.get_or_insert(fault);
        }
    }

    fn try_open(&mut self, start: &BytesStart<'_>) -> Result<(), XmlFault> {
        let opened = match (start.local_name().as_ref(), self.open.take()) {
            ("leader", None) => Some(Open::Leader),
            ("controlfield", None) => Some(Open::Control(element::tag(start)?)),
            ("datafield", None) => {
                Some(Open::Data(element::data_field(start, &mut self.warnings)?))
            }
            ("subfield", Some(Open::Data(field))) => {
                let code = element::code(start, field.tag)?;
                Some(Open::Subfield(field, code))
            }
            (_, before) => before,
        };
        self.is_marc |= opened.is_some();
        self.open = opened;
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if matches!(
            self.open,
            Some(Open::Leader | Open::Control(_) | Open::Subfield(..))
        ) {
            self.text.push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        self.open = match (name, self.open.take()) {
            ("leader", Some(Open::Leader)) => {
                let text = std::mem::take(&mut self.text);
                self.leader = Some(element::leader(&text, &mut self.warnings));
                None
            }
            ("controlfield", Some(Open::Control(tag))) => {
                if !tag.is_control() {
                    self.warnings.push(XmlWarning::Kind(tag));
                }
                let value = std::mem::take(&mut self.text);
                self.fields
                    .push(Field::Control(ControlField { tag, value }));
                None
            }
            ("subfield", Some(Open::Subfield(mut field, code))) => {
                let value = std::mem::take(&mut self.text);
                field.subfields.push(Subfield { code, value });
                Some(Open::Data(field))
            }
            ("datafield", Some(Open::Data(field))) => {
                if field.tag.is_control() {
                    self.warnings.push(XmlWarning::Kind(field.tag));
                }
                self.fields.push(Field::Data(field));
                None
            }
            (_, other) => other,
        };
    }

    /// `None` for a `record` that has nothing of a MARC record in it.
    fn finish(mut self) -> Result<Option<(Record, Vec<XmlWarning>)>, XmlFault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if !self.is_marc {
            return Ok(None);
        }
        let leader = self.leader.unwrap_or_else(|| {
            self.warnings.push(XmlWarning::NoLeader);
            Leader::UNIMARC
        });
        Ok(Some((
            Record {
                leader,
                fields: self.fields,
            },
            self.warnings,
        )))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<XmlRecord, XmlError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let record = self.next_record();
        self.done = match &record {
            Ok(record) => record.is_none(),
            Err(fault) => fault.is_final(),
        };
        let offset = self.events.buffer_position();
        record
            .map_err(|fault| XmlError {
                number: self.number,
                offset,
                fault,
            })
            .transpose()
    }
}
