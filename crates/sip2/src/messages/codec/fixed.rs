//! Codecs of fixed parts. Whatever a terminal sends, there is a value for it; only a hold whose
//! mode is unknown can't be served.

use std::fmt::Write as _;

use bytes::{BufMut, BytesMut};

use super::{Coded, FixedCodec};
use crate::spec::Shape;
use crate::value::{
    Currency, HoldMode, Language, PatronStatus, ProtocolVersion, SipDate, Summary, YesNoUnknown,
};

/// Appends what a value shows; writing to memory can't fail.
fn put(out: &mut BytesMut, shown: std::fmt::Arguments<'_>) {
    out.write_fmt(shown).expect("a BytesMut grows as needed");
}

/// `Y` or `N`; of what is read, a `1` says yes, too.
pub(crate) struct YesNo;

impl FixedCodec<bool> for YesNo {
    const WIDTH: usize = 1;
    const SHAPE: Shape = Shape::Flags;

    fn read(bytes: &[u8]) -> Option<bool> {
        Some(matches!(bytes, b"Y" | b"y" | b"1"))
    }

    fn write(value: &bool, out: &mut BytesMut) {
        out.put_u8(if *value { b'Y' } else { b'N' });
    }
}

/// `Y`, `N` or `U`.
impl FixedCodec<YesNoUnknown> for YesNo {
    const WIDTH: usize = 1;
    const SHAPE: Shape = Shape::Flags;

    fn read(bytes: &[u8]) -> Option<YesNoUnknown> {
        Some(YesNoUnknown::parse(bytes.first().copied().unwrap_or(b'U')))
    }

    fn write(value: &YesNoUnknown, out: &mut BytesMut) {
        out.put_u8(value.letter());
    }
}

/// `Y`, `N`, or `U` for `None`.
impl FixedCodec<Option<bool>> for YesNo {
    const WIDTH: usize = 1;
    const SHAPE: Shape = Shape::Flags;

    fn read(bytes: &[u8]) -> Option<Option<bool>> {
        Some(match bytes {
            b"Y" | b"y" => Some(true),
            b"N" | b"n" => Some(false),
            _ => None,
        })
    }

    fn write(value: &Option<bool>, out: &mut BytesMut) {
        out.put_u8(value.map_or(b'U', |yes| if yes { b'Y' } else { b'N' }));
    }
}

/// `1` or `0`; of what is read, a `Y` says yes, too.
pub(crate) struct OneZero;

impl FixedCodec<bool> for OneZero {
    const WIDTH: usize = 1;
    const SHAPE: Shape = Shape::Flags;

    fn read(bytes: &[u8]) -> Option<bool> {
        YesNo::read(bytes)
    }

    fn write(value: &bool, out: &mut BytesMut) {
        out.put_u8(if *value { b'1' } else { b'0' });
    }
}

/// 18 characters; blanks, and what is no date, for `None`.
pub(crate) struct Date;

impl FixedCodec<Option<SipDate>> for Date {
    const WIDTH: usize = 18;
    const SHAPE: Shape = Shape::Date;

    fn read(bytes: &[u8]) -> Option<Option<SipDate>> {
        Some(SipDate::parse(bytes).filter(|_| bytes.len() == Self::WIDTH))
    }

    fn write(value: &Option<SipDate>, out: &mut BytesMut) {
        match value {
            Some(date) => put(out, format_args!("{date}")),
            None => out.put_slice(&[b' '; Self::WIDTH]),
        }
    }
}

/// Three digits.
pub(crate) struct ThreeDigits;

impl FixedCodec<Language> for ThreeDigits {
    const WIDTH: usize = 3;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<Language> {
        Some(Language::parse(bytes))
    }

    fn write(value: &Language, out: &mut BytesMut) {
        put(out, format_args!("{value}"));
    }
}

/// A number; 0 when it is blank.
impl FixedCodec<u16> for ThreeDigits {
    const WIDTH: usize = 3;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<u16> {
        Some(number(bytes).unwrap_or_default())
    }

    fn write(value: &u16, out: &mut BytesMut) {
        put(out, format_args!("{:03}", value.min(&999)));
    }
}

/// A number, or `999` for `None`.
impl FixedCodec<Option<u16>> for ThreeDigits {
    const WIDTH: usize = 3;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<Option<u16>> {
        Some(number(bytes).filter(|number| *number != 999))
    }

    fn write(value: &Option<u16>, out: &mut BytesMut) {
        ThreeDigits::write(&value.unwrap_or(999), out);
    }
}

/// Four digits, at most 9999; four blanks for `None`, which means "not supported".
pub(crate) struct Count;

impl FixedCodec<Option<u16>> for Count {
    const WIDTH: usize = 4;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<Option<u16>> {
        Some(number(bytes))
    }

    fn write(value: &Option<u16>, out: &mut BytesMut) {
        match value {
            Some(count) => <Count as FixedCodec<u16>>::write(count, out),
            None => out.put_slice(b"    "),
        }
    }
}

/// Always a number.
impl FixedCodec<u16> for Count {
    const WIDTH: usize = 4;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<u16> {
        Some(number(bytes).unwrap_or_default())
    }

    fn write(value: &u16, out: &mut BytesMut) {
        put(out, format_args!("{:04}", value.min(&9999)));
    }
}

/// One digit; 0 for anything else.
pub(crate) struct Digit;

impl FixedCodec<u8> for Digit {
    const WIDTH: usize = 1;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<u8> {
        Some(
            number(bytes)
                .and_then(|number| u8::try_from(number).ok())
                .unwrap_or_default(),
        )
    }

    fn write(value: &u8, out: &mut BytesMut) {
        out.put_u8(b'0' + value % 10);
    }
}

/// A coded value; its default when it is blank.
pub(crate) struct Digits;

impl<T: Coded + Default> FixedCodec<T> for Digits {
    const WIDTH: usize = T::WIDTH;
    const SHAPE: Shape = Shape::Digits;

    fn read(bytes: &[u8]) -> Option<T> {
        Some(T::parse(bytes).unwrap_or_default())
    }

    fn write(value: &T, out: &mut BytesMut) {
        put(out, format_args!("{value}"));
    }
}

/// `+`, `-` or `*`.
pub(crate) struct Mode;

impl FixedCodec<HoldMode> for Mode {
    const WIDTH: usize = 1;
    const SHAPE: Shape = Shape::Word;

    fn read(bytes: &[u8]) -> Option<HoldMode> {
        bytes.first().and_then(|sign| HoldMode::parse(*sign))
    }

    fn write(value: &HoldMode, out: &mut BytesMut) {
        out.put_u8(value.sign());
    }
}

/// A `Y` among blanks.
pub(crate) struct Flags;

impl FixedCodec<PatronStatus> for Flags {
    const WIDTH: usize = PatronStatus::WIDTH;
    const SHAPE: Shape = Shape::Flags;

    fn read(bytes: &[u8]) -> Option<PatronStatus> {
        Some(PatronStatus::from_bytes(bytes))
    }

    fn write(value: &PatronStatus, out: &mut BytesMut) {
        out.put_slice(&value.to_bytes());
    }
}

impl FixedCodec<Option<Summary>> for Flags {
    const WIDTH: usize = Summary::WIDTH;
    const SHAPE: Shape = Shape::Flags;

    fn read(bytes: &[u8]) -> Option<Option<Summary>> {
        Some(Summary::parse(bytes))
    }

    fn write(value: &Option<Summary>, out: &mut BytesMut) {
        out.put_slice(&Summary::to_bytes(*value));
    }
}

/// `2.00`.
pub(crate) struct Version;

impl FixedCodec<ProtocolVersion> for Version {
    const WIDTH: usize = 4;
    const SHAPE: Shape = Shape::Word;

    fn read(bytes: &[u8]) -> Option<ProtocolVersion> {
        Some(ProtocolVersion::parse(bytes))
    }

    fn write(value: &ProtocolVersion, out: &mut BytesMut) {
        out.put_slice(value.as_str().as_bytes());
    }
}

/// Three letters; blanks, and what is no currency, for `None`.
pub(crate) struct Letters;

impl FixedCodec<Option<Currency>> for Letters {
    const WIDTH: usize = 3;
    const SHAPE: Shape = Shape::Word;

    fn read(bytes: &[u8]) -> Option<Option<Currency>> {
        Some(Currency::parse(bytes))
    }

    fn write(value: &Option<Currency>, out: &mut BytesMut) {
        out.put_slice(&value.map_or(*b"   ", Currency::letters));
    }
}

fn number(bytes: &[u8]) -> Option<u16> {
    std::str::from_utf8(bytes).ok()?.trim().parse().ok()
}
