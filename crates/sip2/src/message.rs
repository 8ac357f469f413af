//! One message as it stands on the wire: code, fixed part, fields.
//!
//! *3M SIP2 2.00, "Message Format" and "Error Detection"*:
//! `code(2) fixed part [id(2) value |]… [AY digit AZ checksum(4)]`.
//!
//! Nothing is lost on the way through: a code or a field that this crate does not know, a field
//! that comes twice, bytes of any charset are kept and sent on as they came. Only slips are put
//! right: a missing last `|` is added, an empty field (`||`) goes.

mod builder;
mod checksum;
mod decode;

#[cfg(test)]
mod tests;

pub use builder::MessageBuilder;
pub use checksum::checksum;
pub use decode::DecodeError;

use std::fmt;

use bytes::{BufMut, Bytes, BytesMut};

use crate::spec::{Code, FieldId};
use crate::transcript::{Mask, Transcript};

/// A message, split but not interpreted. [`crate::messages`] has the typed forms.
///
/// The parts share the memory of the frame that they came in. `Debug` masks secrets and persons
/// as [`crate::transcript`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Which message it is.
    pub code: Code,
    /// The fixed part, as long as [`crate::spec::MessageSpec::fixed_width`] says; shorter when the
    /// terminal sent less. Of an unknown message it is everything after the code: without its
    /// layout nobody can say where its fields begin.
    pub fixed: Bytes,
    /// The variable fields in the order of the wire.
    pub fields: Vec<Field>,
    /// How the message was protected when it came: the mode to answer in.
    pub error_detection: ErrorDetection,
}

/// One variable field.
#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    /// Its two characters.
    pub id: FieldId,
    /// Its value in the bytes of the wire, without the `|`.
    pub value: Bytes,
}

/// How a message is protected against a bad line.
///
/// *3M SIP2 2.00, "Error Detection"*. It is a matter of each message: a terminal may begin or
/// cease to use it at any time, and is answered in kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorDetection {
    /// Not at all.
    #[default]
    Off,
    /// `AZ` and a checksum: messages 96 and 97, and an answer that is sent again.
    Checksum,
    /// `AY`, a digit from 0 to 9, `AZ` and a checksum. The answer carries the request's digit.
    Sequence(u8),
}

impl Message {
    /// Starts a message of our own, with its text in `charset`.
    pub fn builder(code: Code, charset: crate::Charset) -> MessageBuilder {
        MessageBuilder::new(code, charset)
    }

    /// The value of a field: of several with this id, the first that is not empty. An empty field
    /// and an absent one say the same.
    pub fn get(&self, id: FieldId) -> Option<&Bytes> {
        self.all(id).find(|value| !value.is_empty())
    }

    /// The values of all fields with this id, empty ones too.
    pub fn all(&self, id: FieldId) -> impl Iterator<Item = &Bytes> {
        self.fields
            .iter()
            .filter(move |field| field.id == id)
            .map(|field| &field.value)
    }

    /// Whether the field is there, if only empty.
    pub fn has(&self, id: FieldId) -> bool {
        self.all(id).next().is_some()
    }

    fn put_fields(&self, out: &mut BytesMut) {
        for field in &self.fields {
            put_clean(out, &field.id.0);
            put_clean(out, &field.value);
            out.put_u8(b'|');
        }
    }

    /// Appends the message to `out`, without a terminator.
    ///
    /// The checksum is that of the bytes sent. `|`, CR and LF inside a value, which would end it
    /// before its time, become `/`.
    pub fn encode(&self, out: &mut BytesMut, error_detection: ErrorDetection) {
        let start = out.len();
        let values: usize = self.fields.iter().map(|field| field.value.len() + 3).sum();
        out.reserve(2 + self.fixed.len() + values + 9);
        out.put_slice(&self.code.digits());
        out.put_slice(&self.fixed);
        let fixed_end = out.len();
        self.put_fields(out);
        if error_detection == ErrorDetection::Off
            && !self.fields.is_empty()
            && decode::seems_protected(out.get(start..).unwrap_or_default(), self.code)
        {
            // A strange fixed part and its first field read together as a checksum: a bar, which says
            // nothing, keeps them apart.
            out.truncate(fixed_end);
            out.put_u8(b'|');
            self.put_fields(out);
        }
        match error_detection {
            ErrorDetection::Off => return,
            ErrorDetection::Checksum => {}
            ErrorDetection::Sequence(digit) => out.put_slice(&[b'A', b'Y', b'0' + digit % 10]),
        }
        out.put_slice(b"AZ");
        let sum = checksum(out.get(start..).unwrap_or_default());
        out.put_slice(&checksum::hex(sum));
    }
}

/// Appends bytes of a field, none of which may be taken for the end of the field or message.
fn put_clean(out: &mut BytesMut, bytes: &[u8]) {
    if bytes.iter().any(|byte| ends_field(*byte)) {
        out.extend(
            bytes
                .iter()
                .map(|byte| if ends_field(*byte) { b'/' } else { *byte }),
        );
    } else {
        out.put_slice(bytes);
    }
}

fn ends_field(byte: u8) -> bool {
    matches!(byte, b'|' | b'\r' | b'\n')
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Message({})",
            Transcript::new(self, Mask::SecretsAndPersons)
        )
    }
}

impl Field {
    /// A field whose value is text, put into the bytes of `charset`, freed of `|` and line breaks
    /// and cut at 255 bytes.
    pub fn text(id: FieldId, text: &str, charset: crate::Charset) -> Field {
        let mut value = BytesMut::with_capacity(text.len().min(crate::charset::MAX_VALUE));
        charset.encode_value(text, &mut value);
        Field {
            id,
            value: value.freeze(),
        }
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = crate::transcript::shown(self.id, &self.value, Mask::SecretsAndPersons);
        write!(f, "Field({}{value})", self.id)
    }
}
