//! What is in a body, by what it is and not by what it is called.

use std::borrow::Cow;

/// Fields of forms that hold a document.
const FIELDS: [&str; 3] = ["xml", "XForms:Model", "XForms%3AModel"];

/// The document in a body: as it is, percent-encoded, or in a field of a form. Partners send all three under any label.
pub(crate) fn document(body: &[u8]) -> Cow<'_, [u8]> {
    let trimmed = body.trim_ascii_start();
    if trimmed.starts_with(b"<") || !trimmed.is_ascii() {
        return Cow::Borrowed(body);
    }
    if starts_with(trimmed, "%3C") || starts_with(trimmed, "%EF%BB%BF") {
        return Cow::Owned(decoded(trimmed));
    }
    for field in FIELDS {
        let value = trimmed.split(|byte| *byte == b'&').find_map(|pair| {
            let (name, value) = pair.split_at_checked(field.len())?;
            let value = value.strip_prefix(b"=")?;
            name.eq_ignore_ascii_case(field.as_bytes()).then_some(value)
        });
        if let Some(value) = value {
            // A form whose value was put in as it is: everything after the name.
            let raw = trimmed
                .get(field.len() + 1..)
                .filter(|_| value.starts_with(b"<"));
            return Cow::Owned(raw.map_or_else(|| decoded(value), <[u8]>::to_vec));
        }
    }
    Cow::Borrowed(body)
}

fn starts_with(body: &[u8], text: &str) -> bool {
    body.get(..text.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(text.as_bytes()))
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let (byte, next) = match (first, after) {
            (b'%', [high, low, next @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, next),
                _ => (b'%', after),
            },
            (b'+', _) => (b' ', after),
            (byte, _) => (*byte, after),
        };
        out.push(byte);
        rest = next;
    }
    out
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_it_is_wrapped_in() {
        let plain = b"<NCIPMessage a=\"1 + 1\">%3C</NCIPMessage>";
        assert_eq!(&*document(plain), plain);
        for wrapped in [
            "%3CNCIPMessage+a%3D%221+%2B+1%22%3E%253C%3C%2FNCIPMessage%3E",
            "%3cNCIPMessage%20a%3d%221%20%2b%201%22%3e%253C%3c/NCIPMessage%3e",
            "xml=%3CNCIPMessage+a%3D%221+%2B+1%22%3E%253C%3C%2FNCIPMessage%3E",
            "key=1&XForms:Model=%3CNCIPMessage+a%3D%221+%2B+1%22%3E%253C%3C%2FNCIPMessage%3E&x=2",
            "xml=<NCIPMessage a=\"1 + 1\">%3C</NCIPMessage>",
        ] {
            assert_eq!(&*document(wrapped.as_bytes()), plain, "{wrapped}");
        }
        assert_eq!(&*document(b""), b"");
        assert_eq!(&*document(b"hello"), b"hello");
        assert_eq!(&*document(b"%3C%4"), b"<%4");
    }
}
