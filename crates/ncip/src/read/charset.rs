//! Bytes into text, whatever they are said to be.

use std::borrow::Cow;

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{is_not, tag, tag_no_case, take_until},
    character::complete::{char, multispace0, multispace1},
    sequence::{delimited, preceded},
};

use crate::{Fault, FaultKind};

/// The text of a document: by its byte order mark; else in the character set that its transport names, if the bytes
/// fit that; else in the one that it names itself; else as UTF-8, and last as Windows-1252, which every byte fits.
/// Partners' programs name one and send another.
///
/// ```
/// use relire_ncip::decode;
/// assert_eq!(decode(b"<a>caf\xc3\xa9</a>", Some("utf-8")).unwrap(), "<a>café</a>");
/// assert_eq!(decode(b"<a>caf\xe9</a>", Some("utf-8")).unwrap(), "<a>café</a>");
/// ```
pub fn decode<'a>(bytes: &'a [u8], transport: Option<&str>) -> Result<Cow<'a, str>, Fault> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().copied().map(unit).collect();
        String::from_utf16(&units)
            .ok()
            .filter(|_| bytes.len().is_multiple_of(2))
    };
    let marked = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(std::str::from_utf8(rest).ok().map(Cow::Borrowed)),
        [0xFF, 0xFE, rest @ ..] => Some(wide(rest, u16::from_le_bytes).map(Cow::Owned)),
        [0xFE, 0xFF, rest @ ..] => Some(wide(rest, u16::from_be_bytes).map(Cow::Owned)),
        _ => None,
    };
    if let Some(marked) = marked {
        return marked.ok_or_else(|| FaultKind::Charset.into());
    }
    let declared = declared(bytes);
    let by_transport = transport.and_then(|name| by_name(name, bytes));
    if by_transport.is_none()
        && let Some(name) = &declared
        && by_name(name, b"").is_none()
    {
        // Whatever it is, it is not what it seems: UTF-16 would have a mark.
        return Err(FaultKind::Charset.into());
    }
    let named = by_transport.or_else(|| by_name(declared.as_deref()?, bytes));
    Ok(named
        .or_else(|| std::str::from_utf8(bytes).ok().map(Cow::Borrowed))
        .unwrap_or_else(|| windows_1252(bytes)))
}

fn by_name<'a>(name: &str, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    match name.trim().to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => {
            std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
        }
        // What says ISO-8859-1 and has bytes from 80 to 9F means Windows-1252.
        "iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252" => {
            // UTF-8 that says that it is not: bytes above 7F seldom make whole sequences by chance.
            let really = std::str::from_utf8(bytes)
                .ok()
                .filter(|_| !bytes.is_ascii());
            Some(really.map_or_else(|| windows_1252(bytes), Cow::Borrowed))
        }
        "iso-8859-15" | "iso8859-15" | "latin9" | "latin-9" => Some(latin_9(bytes)),
        _ => None,
    }
}

/// The character set that a document names in its first line.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(256))?;
    let (_, name) = declaration(head).ok()?;
    String::from_utf8(name.to_vec()).ok()
}

fn declaration(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let equals = delimited(multispace0, char('='), multispace0);
    let quoted = alt((
        delimited(char('"'), is_not("\""), char('"')),
        delimited(char('\''), is_not("'"), char('\'')),
    ));
    let (input, within) = delimited(
        (multispace0, tag_no_case("<?xml"), multispace1),
        take_until("?>"),
        tag("?>"),
    )
    .parse(input)?;
    let (_, name) =
        preceded((take_until("encoding"), tag("encoding"), equals), quoted).parse(within)?;
    Ok((input, name))
}

fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    let char = |byte: &u8| match *byte {
        byte @ 0x80..=0x9F => HIGH.get(usize::from(byte - 0x80)).copied(),
        byte => Some(char::from(byte)),
    };
    Cow::Owned(bytes.iter().filter_map(char).collect())
}

fn latin_9(bytes: &[u8]) -> Cow<'_, str> {
    let char = |byte: &u8| match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        byte => char::from(*byte),
    };
    Cow::Owned(bytes.iter().map(char).collect())
}

/// 80 to 9F; the five that Windows-1252 leaves open are shown as what they are: unknown.
const HIGH: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], transport: Option<&str>) -> String {
        decode(bytes, transport).unwrap().into_owned()
    }

    #[test]
    fn the_mark_then_the_transport_then_the_declaration() {
        assert_eq!(text(b"\xEF\xBB\xBF<a/>", Some("iso-8859-1")), "<a/>");
        assert_eq!(text(b"\xFF\xFE<\0a\0/\0>\0", None), "<a/>");
        assert_eq!(text(b"\xFE\xFF\0<\0a\0/\0>", None), "<a/>");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9 \x80</a>";
        assert!(text(latin, Some("UTF-8")).ends_with("café €</a>"));
        assert!(text(latin, None).ends_with("café €</a>"));
        let euro = b"<?xml version=\"1.0\" encoding = \"iso-8859-15\" ?><a>\xa4</a>";
        assert!(text(euro, None).ends_with("€</a>"));
    }

    #[test]
    fn who_says_latin_and_sends_utf_8_is_read() {
        let lying = "<?xml version='1.0' encoding='ISO-8859-1'?><a>café</a>";
        assert!(text(lying.as_bytes(), None).ends_with("café</a>"));
        // A name that nobody knows is no name.
        let unknown = "<?xml version='1.0' encoding='klingon'?><a>café</a>";
        assert!(text(unknown.as_bytes(), Some("utf-8")).ends_with("café</a>"));
        assert!(decode(unknown.as_bytes(), Some("x-user")).is_err());
    }

    #[test]
    fn halves_of_characters_are_refused() {
        for bytes in [&b"\xFF\xFE<\0a"[..], b"\xFF\xFE\0\xD8", b"\xEF\xBB\xBF\xC3"] {
            assert!(decode(bytes, None).is_err());
        }
    }
}
