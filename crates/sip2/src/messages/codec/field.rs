//! Codecs of variable fields. An absent field and an empty one read the same.

use std::fmt::{Display, Write as _};

use bytes::BytesMut;

use super::{Coded, FieldCodec, Reader};
use crate::message::MessageBuilder;
use crate::messages::RequestError;
use crate::spec::FieldId;
use crate::value::{Amount, Currency, Secret, SipDate, SupportedMessages};

/// Adds a field that shows an ASCII value, or an empty one.
fn put<T: Display>(builder: &mut MessageBuilder, id: FieldId, value: Option<T>, always: bool) {
    if let Some(value) = value {
        let write =
            |out: &mut BytesMut| write!(out, "{value}").expect("a BytesMut grows as needed");
        builder.field_with(id, write);
    } else if always {
        builder.field_with(id, |_| {});
    }
}

fn put_text(builder: &mut MessageBuilder, id: FieldId, text: Option<&str>, always: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        builder.field(id, text);
    } else if always {
        builder.field_with(id, |_| {});
    }
}

/// Text as it is.
pub(crate) struct Text;

impl FieldCodec<Option<String>> for Text {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<String>, RequestError> {
        Ok(reader.text(id))
    }

    fn write(value: &Option<String>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put_text(builder, id, value.as_deref(), always);
    }
}

impl FieldCodec<String> for Text {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<String, RequestError> {
        Ok(reader.text(id).unwrap_or_default())
    }

    fn write(value: &String, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put_text(builder, id, Some(value), always);
    }
}

/// A card, barcode or login: text without the blanks around it. As a `String` it must be there,
/// if only empty.
pub(crate) struct Identifier;

impl FieldCodec<Option<String>> for Identifier {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<String>, RequestError> {
        let text = reader.text(id).map(|text| text.trim().to_owned());
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn write(value: &Option<String>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put_text(builder, id, value.as_deref(), always);
    }
}

impl FieldCodec<String> for Identifier {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<String, RequestError> {
        let text: Option<String> = Identifier::read(reader, id)?;
        if text.is_none() && !reader.message.has(id) {
            return Err(reader.missing(id));
        }
        Ok(text.unwrap_or_default())
    }

    fn write(value: &String, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put_text(builder, id, Some(value), always);
    }
}

/// A password or PIN, with whatever blanks it has.
pub(crate) struct Password;

impl FieldCodec<Option<Secret>> for Password {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<Secret>, RequestError> {
        Ok(reader.text(id).map(Secret::new))
    }

    fn write(value: &Option<Secret>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put_text(builder, id, value.as_ref().map(Secret::expose), always);
    }
}

/// `Y` or `N`.
pub(crate) struct Flag;

impl FieldCodec<Option<bool>> for Flag {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<bool>, RequestError> {
        Ok(match reader.bytes(id) {
            Some(b"Y" | b"y" | b"1") => Some(true),
            Some(b"N" | b"n" | b"0") => Some(false),
            _ => None,
        })
    }

    fn write(value: &Option<bool>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(
            builder,
            id,
            value.map(|yes| if yes { "Y" } else { "N" }),
            always,
        );
    }
}

/// One field for each text that says something; what is too long for a field is cut.
pub(crate) struct Items;

impl FieldCodec<Vec<String>> for Items {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Vec<String>, RequestError> {
        let values = reader.message.all(id).filter(|value| !value.is_empty());
        Ok(values
            .map(|value| reader.charset.decode(value).into_owned())
            .collect())
    }

    fn write(value: &Vec<String>, builder: &mut MessageBuilder, id: FieldId, _always: bool) {
        for text in value.iter().filter(|text| !text.is_empty()) {
            builder.field(id, text);
        }
    }
}

/// Text to be shown or printed; what is too long for one field goes on in the next.
pub(crate) struct Lines;

impl FieldCodec<Vec<String>> for Lines {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Vec<String>, RequestError> {
        Items::read(reader, id)
    }

    fn write(value: &Vec<String>, builder: &mut MessageBuilder, id: FieldId, _always: bool) {
        for text in value.iter().filter(|text| !text.is_empty()) {
            builder.text_fields(id, text);
        }
    }
}

/// A date of 18 characters; what is none reads as absent.
pub(crate) struct Moment;

impl FieldCodec<Option<SipDate>> for Moment {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<SipDate>, RequestError> {
        Ok(reader.bytes(id).and_then(SipDate::parse))
    }

    fn write(value: &Option<SipDate>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, *value, always);
    }
}

/// An amount of money; as an [`Amount`] it must be there and make sense.
pub(crate) struct Money;

impl FieldCodec<Option<Amount>> for Money {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<Amount>, RequestError> {
        Ok(reader.text(id).and_then(|text| Amount::parse(&text)))
    }

    fn write(value: &Option<Amount>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, *value, always);
    }
}

impl FieldCodec<Amount> for Money {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Amount, RequestError> {
        let text = reader.text(id).ok_or_else(|| reader.missing(id))?;
        Amount::parse(&text).ok_or_else(|| reader.unreadable(id))
    }

    fn write(value: &Amount, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, Some(*value), always);
    }
}

/// The three letters of a currency.
pub(crate) struct CurrencyLetters;

impl FieldCodec<Option<Currency>> for CurrencyLetters {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<Currency>, RequestError> {
        Ok(reader.bytes(id).and_then(Currency::parse))
    }

    fn write(value: &Option<Currency>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, *value, always);
    }
}

/// A coded value.
pub(crate) struct CodedDigits;

impl<T: Coded> FieldCodec<Option<T>> for CodedDigits {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<T>, RequestError> {
        Ok(reader.bytes(id).and_then(T::parse))
    }

    fn write(value: &Option<T>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, *value, always);
    }
}

/// A number in as many digits as it needs.
pub(crate) struct Number;

impl FieldCodec<Option<u32>> for Number {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<u32>, RequestError> {
        let bytes = reader.bytes(id);
        Ok(bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()?.trim().parse().ok()))
    }

    fn write(value: &Option<u32>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, *value, always);
    }
}

/// A number of four digits, at most 9999.
pub(crate) struct Limit;

impl FieldCodec<Option<u16>> for Limit {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<Option<u16>, RequestError> {
        let number: Option<u32> = Number::read(reader, id)?;
        Ok(number.map(|number| u16::try_from(number.min(9999)).unwrap_or(9999)))
    }

    fn write(value: &Option<u16>, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(
            builder,
            id,
            value.map(|number| format!("{:04}", number.min(9999))),
            always,
        );
    }
}

/// The 16 letters of BX.
pub(crate) struct Supported;

impl FieldCodec<SupportedMessages> for Supported {
    fn read(reader: &Reader<'_>, id: FieldId) -> Result<SupportedMessages, RequestError> {
        Ok(reader
            .bytes(id)
            .map(SupportedMessages::parse)
            .unwrap_or_default())
    }

    fn write(value: &SupportedMessages, builder: &mut MessageBuilder, id: FieldId, always: bool) {
        put(builder, id, Some(*value), always);
    }
}
