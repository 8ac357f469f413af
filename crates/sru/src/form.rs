//! `application/x-www-form-urlencoded`: what comes behind a `?`, or in the body of a POST.

/// One parameter, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value. Bytes that are no UTF-8 became U+FFFD.
    pub value: String,
    /// Whether name and value were UTF-8.
    pub intact: bool,
}

/// Bytes of a form or envelope that are read.
pub const MAX_BYTES: usize = 65_536;
/// Parameters that are read.
pub const MAX_PARAMETERS: usize = 64;

/// More than [`MAX_BYTES`] or [`MAX_PARAMETERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

/// Splits and decodes: `+` is a blank, `%` with two digits a byte; a `%` without them stays as it
/// is, as browsers have it.
///
/// ```
/// let read = relire_sru::form::read(b"query=caf%C3%A9+noir&x=100%").unwrap();
/// assert_eq!((read[0].name.as_str(), read[0].value.as_str()), ("query", "café noir"));
/// assert_eq!(read[1].value, "100%");
/// ```
pub fn read(form: &[u8]) -> Result<Vec<Parameter>, TooMuch> {
    if form.len() > MAX_BYTES {
        return Err(TooMuch);
    }
    let mut parameters = Vec::new();
    for pair in form.split(|byte| *byte == b'&') {
        if pair.is_empty() {
            continue;
        }
        if parameters.len() == MAX_PARAMETERS {
            return Err(TooMuch);
        }
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let (name, name_intact) = decode(halves.next().unwrap_or_default());
        let (value, value_intact) = decode(halves.next().unwrap_or_default());
        parameters.push(Parameter {
            name,
            value,
            intact: name_intact && value_intact,
        });
    }
    Ok(parameters)
}

fn decode(bytes: &[u8]) -> (String, bool) {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        rest = behind;
        decoded.push(match (first, behind) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high * 16 + low
                }
                _ => b'%',
            },
            (byte, _) => *byte,
        });
    }
    match String::from_utf8(decoded) {
        Ok(text) => (text, true),
        Err(error) => (
            String::from_utf8_lossy(error.as_bytes()).into_owned(),
            false,
        ),
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(form: &[u8]) -> Vec<(String, String, bool)> {
        let read = read(form).unwrap();
        read.into_iter()
            .map(|one| (one.name, one.value, one.intact))
            .collect()
    }

    #[test]
    fn pairs_are_split_and_decoded() {
        let pair = |name: &str, value: &str, intact| (name.to_owned(), value.to_owned(), intact);
        assert_eq!(pairs(b""), []);
        assert_eq!(
            pairs(b"&&a&=b&c=d=e&%66%3d=%2B+%2"),
            [
                pair("a", "", true),
                pair("", "b", true),
                pair("c", "d=e", true),
                pair("f=", "+ %2", true),
            ]
        );
        assert_eq!(
            pairs(b"q=caf%E9&q=\xC3\xA9&q=%zz"),
            [
                pair("q", "caf\u{fffd}", false),
                pair("q", "é", true),
                pair("q", "%zz", true),
            ]
        );
    }

    #[test]
    fn there_is_an_end_to_it() {
        assert_eq!(read(&[b'a'; MAX_BYTES + 1]), Err(TooMuch));
        assert!(read(&[b'&'; MAX_BYTES]).unwrap().is_empty());
        assert_eq!(
            read("a&".repeat(MAX_PARAMETERS + 1).as_bytes()),
            Err(TooMuch)
        );
    }
}
