//! How each kind of part is read and written: fixed parts in [`FixedCodec`]s, variable fields in
//! [`FieldCodec`]s. A codec says how, the type says what.

mod field;
mod fixed;

pub(crate) use field::*;
pub(crate) use fixed::*;

use std::cell::Cell;

use bytes::BytesMut;

use super::RequestError;
use crate::charset::Charset;
use crate::message::{Field, Message, MessageBuilder};
use crate::spec::{FieldId, MessageSpec, Presence, Shape};

/// A part of fixed width.
pub(crate) trait FixedCodec<T> {
    const WIDTH: usize;
    const SHAPE: Shape;

    /// Reads the part, which may be shorter than its width. `None` if nothing can be done without
    /// knowing it.
    fn read(bytes: &[u8]) -> Option<T>;

    /// Appends exactly [`FixedCodec::WIDTH`] bytes.
    fn write(value: &T, out: &mut BytesMut);
}

/// A variable field.
pub(crate) trait FieldCodec<T> {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<T, RequestError>;

    /// Adds the field; with `always`, even when there is nothing to say.
    fn write(value: &T, builder: &mut MessageBuilder, id: FieldId, always: bool);
}

/// Reads the parts of a message in the order of the wire.
pub(crate) struct Reader<'a> {
    message: &'a Message,
    spec: &'static MessageSpec,
    charset: Charset,
    /// What is left of the fixed part; each read takes from it.
    fixed: Cell<&'a [u8]>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        message: &'a Message,
        spec: &'static MessageSpec,
        charset: Charset,
    ) -> Result<Self, RequestError> {
        if message.code != spec.code {
            return Err(RequestError::WrongCode {
                expected: spec.code,
                found: message.code,
            });
        }
        if message.fixed.contains(&b'|') {
            return Err(RequestError::Shifted { code: spec.code });
        }
        Ok(Reader {
            message,
            spec,
            charset,
            fixed: Cell::new(&message.fixed),
        })
    }

    pub(crate) fn fixed<C: FixedCodec<T>, T>(&self, part: &'static str) -> Result<T, RequestError> {
        let left = self.fixed.get();
        let (bytes, rest) = left.split_at(C::WIDTH.min(left.len()));
        self.fixed.set(rest);
        C::read(bytes).ok_or(RequestError::Unreadable {
            code: self.spec.code,
            part,
        })
    }

    pub(crate) fn field<C: FieldCodec<T>, T>(&self, id: FieldId) -> Result<T, RequestError> {
        C::read(self, id)
    }

    /// The fields that the message's type does not name.
    pub(crate) fn extra(&self) -> Vec<Field> {
        let named = |field: &&Field| self.spec.fields.iter().any(|used| used.id == field.id);
        self.message
            .fields
            .iter()
            .filter(|field| !named(field))
            .cloned()
            .collect()
    }

    fn missing(&self, field: FieldId) -> RequestError {
        RequestError::Missing {
            code: self.spec.code,
            field,
        }
    }

    fn unreadable(&self, field: FieldId) -> RequestError {
        let part = crate::spec::field(field).map_or("field", |spec| spec.standard);
        RequestError::Unreadable {
            code: self.spec.code,
            part,
        }
    }

    /// The bytes of a field that says something.
    fn bytes(&self, id: FieldId) -> Option<&'a [u8]> {
        self.message.get(id).map(|value| value.as_ref())
    }

    fn text(&self, id: FieldId) -> Option<String> {
        self.bytes(id)
            .map(|bytes| self.charset.decode(bytes).into_owned())
    }
}

/// Writes the parts of a message in the order of the wire.
pub(crate) struct Writer(MessageBuilder);

impl Writer {
    pub(crate) fn new(spec: &MessageSpec, charset: Charset) -> Self {
        Writer(Message::builder(spec.code, charset))
    }

    pub(crate) fn fixed<C: FixedCodec<T>, T>(mut self, value: &T) -> Self {
        C::write(value, self.0.fixed());
        self
    }

    pub(crate) fn field<C: FieldCodec<T>, T>(
        mut self,
        id: FieldId,
        value: &T,
        presence: Presence,
    ) -> Self {
        C::write(value, &mut self.0, id, presence == Presence::Required);
        self
    }

    pub(crate) fn finish(mut self, extra: &[Field]) -> Message {
        for field in extra {
            self.0.raw(field);
        }
        self.0.finish()
    }
}

/// A coded value: one of the enums of [`crate::value`] with a number of fixed width.
pub(crate) trait Coded: std::fmt::Display + Copy {
    const WIDTH: usize;
    fn parse(digits: &[u8]) -> Option<Self>;
}

macro_rules! coded {
    ($($name:ident)*) => {
        $(impl Coded for crate::value::$name {
            const WIDTH: usize = crate::value::$name::WIDTH;

            fn parse(digits: &[u8]) -> Option<Self> {
                crate::value::$name::parse(digits)
            }
        })*
    };
}

coded!(CirculationStatus SecurityMarker FeeType PaymentType MediaType HoldType AlertType StatusCode);
