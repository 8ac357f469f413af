//! Composing a message.

use std::ops::Range;

use bytes::{BufMut, BytesMut};

use super::{ErrorDetection, Field, Message};
use crate::charset::Charset;
use crate::spec::{Code, FieldId};

/// Composes a [`Message`]: the fixed part first, then its fields in order.
///
/// The types of [`crate::messages`] are made with it; it is public for messages that the standard
/// does not have.
///
/// ```
/// use bytes::BytesMut;
/// use relire_sip2::{Charset, Code, ErrorDetection, FieldId, Message};
///
/// let mut builder = Message::builder(Code::LOGIN_RESPONSE, Charset::Ascii);
/// builder.fixed().extend_from_slice(b"1");
/// builder.field(FieldId::AF, "Prêt !");
/// let mut sent = BytesMut::new();
/// builder.finish().encode(&mut sent, ErrorDetection::Off);
/// assert_eq!(sent, "941AFPret !|");
/// ```
#[derive(Debug)]
pub struct MessageBuilder {
    code: Code,
    charset: Charset,
    bytes: BytesMut,
    fixed: Option<usize>,
    fields: Vec<(FieldId, Range<usize>)>,
}

impl MessageBuilder {
    pub(super) fn new(code: Code, charset: Charset) -> Self {
        MessageBuilder {
            code,
            charset,
            bytes: BytesMut::with_capacity(256),
            fixed: None,
            fields: Vec::with_capacity(16),
        }
    }

    /// The charset that text is put into.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// The fixed part, to be appended to. Once there is a field it is complete: what is added then
    /// is lost.
    pub fn fixed(&mut self) -> &mut BytesMut {
        debug_assert!(
            self.fixed.is_none(),
            "the fixed part comes before the fields"
        );
        &mut self.bytes
    }

    /// Adds a field of text: put into the charset, freed of `|` and line breaks, cut at 255 bytes.
    pub fn field(&mut self, id: FieldId, text: &str) {
        let charset = self.charset;
        self.field_with(id, |bytes| charset.encode_value(text, bytes));
    }

    /// Adds a text in as many fields as its length needs.
    pub fn text_fields(&mut self, id: FieldId, text: &str) {
        let mut rest = text;
        loop {
            let charset = self.charset;
            let mut left = "";
            self.field_with(id, |bytes| left = charset.encode_line(rest, bytes));
            if left.is_empty() {
                return;
            }
            rest = left;
        }
    }

    /// Adds a field whose value is what `write` appends.
    pub fn field_with(&mut self, id: FieldId, write: impl FnOnce(&mut BytesMut)) {
        self.fixed.get_or_insert(self.bytes.len());
        let start = self.bytes.len();
        write(&mut self.bytes);
        self.fields.push((id, start..self.bytes.len()));
    }

    /// Adds a field as it is.
    pub fn raw(&mut self, field: &Field) {
        self.field_with(field.id, |bytes| bytes.put_slice(&field.value));
    }

    /// The message.
    pub fn finish(self) -> Message {
        let fixed = self.fixed.unwrap_or(self.bytes.len());
        let bytes = self.bytes.freeze();
        let field = |(id, range)| Field {
            id,
            value: bytes.slice(range),
        };
        Message {
            code: self.code,
            fixed: bytes.slice(..fixed),
            fields: self.fields.into_iter().map(field).collect(),
            error_detection: ErrorDetection::Off,
        }
    }
}
