use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::valid::{self, Change, is_xml_char};
use crate::model::{DataField, Field, Leader, Record, Tag};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// MARCXML: `http://www.loc.gov/MARC21/slim`.
    Marcxml,
    /// MarcXchange 2: `info:lc/xmlns/marcxchange-v2`.
    MarcXchange,
}

impl Dialect {
    /// The namespace of its elements.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::Marcxml => "http://www.loc.gov/MARC21/slim",
            Self::MarcXchange => "info:lc/xmlns/marcxchange-v2",
        }
    }
}

/// How far the schema goes before the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Valid by the schema: what this does not allow is changed, and told.
    Valid,
    /// As the record is, wherever XML can hold it: reads back the same.
    AsStored,
}

/// Writes a collection, record by record.
pub struct Writer<W> {
    sink: W,
    dialect: Dialect,
    form: Form,
}

impl<W: Write> Writer<W> {
    /// Begins a document with a `collection`.
    pub fn new(mut sink: W, dialect: Dialect, form: Form) -> io::Result<Self> {
        writeln!(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(sink, "<collection xmlns=\"{}\">", dialect.namespace())?;
        Ok(Self {
            sink,
            dialect,
            form,
        })
    }

    /// Adds a record. Says what had to be changed.
    pub fn write(&mut self, record: &Record) -> io::Result<Vec<Change>> {
        let mut changes = Vec::new();
        let text = element(record, self.dialect, self.form, "", &mut changes);
        self.sink.write_all(text.as_bytes())?;
        self.sink.write_all(b"\n")?;
        Ok(changes)
    }

    /// Ends the document.
    pub fn finish(mut self) -> io::Result<W> {
        writeln!(self.sink, "</collection>")?;
        self.sink.flush()?;
        Ok(self.sink)
    }
}

/// One `record` element with its namespace, as SRU, OAI-PMH and Z39.50 put it into their answers.
pub fn to_string(record: &Record, dialect: Dialect, form: Form) -> (String, Vec<Change>) {
    let mut changes = Vec::new();
    let namespace = format!(" xmlns=\"{}\"", dialect.namespace());
    let text = element(record, dialect, form, &namespace, &mut changes);
    (text, changes)
}

fn element(
    record: &Record,
    dialect: Dialect,
    form: Form,
    namespace: &str,
    changes: &mut Vec<Change>,
) -> String {
    let (leader, fields) = match form {
        Form::Valid => (
            valid::leader(record.leader, dialect, changes),
            valid::order(record, changes),
        ),
        Form::AsStored => (record.leader, record.fields.iter().collect()),
    };
    let mut out = Out {
        text: String::with_capacity(1024),
        dialect,
        form,
        changes,
    };
    out.raw(&["<record", namespace, ">"]);
    out.leader(leader);
    for field in fields {
        match field {
            Field::Control(field) => {
                out.raw(&["<controlfield tag=\""]);
                out.bytes(field.tag.as_bytes(), field.tag);
                out.raw(&["\">"]);
                out.value(&field.value, field.tag);
                out.raw(&["</controlfield>"]);
            }
            Field::Data(field) => out.data(field),
        }
    }
    out.raw(&["</record>"]);
    out.text
}

struct Out<'a> {
    text: String,
    dialect: Dialect,
    form: Form,
    changes: &'a mut Vec<Change>,
}

impl Out<'_> {
    fn raw(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
    }

    fn value(&mut self, value: &str, tag: Tag) {
        let lost = value.chars().filter(|char| !is_xml_char(*char));
        self.changes
            .extend(lost.map(|char| Change::Character(tag, char)));
        self.text.push_str(&escape(value));
    }

    /// Bytes as the characters of Latin-1 that they are: codes and indicators of real files.
    fn bytes(&mut self, bytes: &[u8], tag: Tag) {
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        self.value(&text, tag);
    }

    fn leader(&mut self, leader: Leader) {
        self.raw(&["<leader>"]);
        self.bytes(leader.as_bytes(), Tag::new(*b"LDR"));
        self.raw(&["</leader>"]);
    }

    fn data(&mut self, field: &DataField) {
        self.raw(&["<datafield tag=\""]);
        self.bytes(field.tag.as_bytes(), field.tag);
        for (name, byte) in ["\" ind1=\"", "\" ind2=\""].iter().zip(field.indicators.0) {
            self.raw(&[name]);
            let byte = match self.form {
                Form::Valid => valid::indicator(byte, field.tag, self.dialect, self.changes),
                Form::AsStored => byte,
            };
            self.bytes(&[byte], field.tag);
        }
        self.raw(&["\">"]);
        let mut written = 0;
        for subfield in &field.subfields {
            if self.form == Form::Valid && !valid::code_is_allowed(subfield.code, self.dialect) {
                self.changes.push(Change::Code(field.tag, subfield.code));
                continue;
            }
            self.raw(&["<subfield code=\""]);
            self.bytes(&[subfield.code.0], field.tag);
            self.raw(&["\">"]);
            self.value(&subfield.value, field.tag);
            self.raw(&["</subfield>"]);
            written += 1;
        }
        if self.form == Form::Valid && written == 0 {
            // Only codes that are not allowed: the schema wants one subfield at least.
            self.raw(&["<subfield code=\"a\"></subfield>"]);
        }
        self.raw(&["</datafield>"]);
    }
}

/// Text for an element or an attribute in double quotes, without what XML cannot hold. A carriage
/// return is written as a number: readers make a line feed of it otherwise.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let special = |char: char| {
        matches!(char, '&' | '<' | '>' | '"' | '\r' | '\n' | '\t') || !is_xml_char(char)
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            _ if is_xml_char(char) => escaped.push(char),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}
