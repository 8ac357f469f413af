//! JSON knows one kind of number, and a program may write a hundred cents as `100.0` or `1e2`.

use std::borrow::Cow;

/// What a float tells exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The same JSON, in which whole numbers are written without a point or an exponent. What is no JSON stays what it is.
pub(crate) fn whole(body: &[u8]) -> Cow<'_, [u8]> {
    let mut written = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        match byte {
            b'"' => at = end_of_text(body, at),
            b'-' | b'0'..=b'9' => {
                let end = end_of_number(body, at);
                if let Some(number) = body.get(at..end).and_then(as_whole) {
                    written.extend_from_slice(body.get(copied..at).unwrap_or_default());
                    written.extend_from_slice(number.to_string().as_bytes());
                    copied = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    written.extend_from_slice(body.get(copied..).unwrap_or_default());
    Cow::Owned(written)
}

/// Behind the quotation mark that ends a text.
fn end_of_text(body: &[u8], begin: usize) -> usize {
    let mut at = begin + 1;
    while let Some(byte) = body.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    body.len()
}

fn end_of_number(body: &[u8], begin: usize) -> usize {
    let rest = body.get(begin + 1..).unwrap_or_default();
    let more = rest
        .iter()
        .take_while(|byte| byte.is_ascii_digit() || b".eE+-".contains(byte));
    begin + 1 + more.count()
}

fn as_whole(text: &[u8]) -> Option<i64> {
    if !text.iter().any(|byte| b".eE".contains(byte)) {
        return None;
    }
    // The standard library reads more than JSON has, such as `1.` and `01.0`.
    let number: serde_json::Number = serde_json::from_slice(text).ok()?;
    let number = number.as_f64()?;
    let whole = number.fract() == 0.0 && number.abs() <= EXACT;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is whole, and smaller than 2^53"
    )]
    whole.then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn text(body: &str) -> String {
        String::from_utf8(whole(body.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn a_whole_number_is_written_as_one() {
        for (sent, read) in [
            (r#"{"a":1.0,"b":[-2.50e1,1E2]}"#, r#"{"a":1,"b":[-25,100]}"#),
            (r#"{"1.0":"2.0 \" 3.0"}"#, r#"{"1.0":"2.0 \" 3.0"}"#),
            ("[1.5,0.0,-0.0]", "[1.5,0,0]"),
            ("1e400", "1e400"),
            ("1.", "1."),
            ("01.0", "01.0"),
            ("9007199254740993.0e3", "9007199254740993.0e3"),
            ("\"1.0", "\"1.0"),
            ("\"\\", "\"\\"),
        ] {
            assert_eq!(text(sent), read, "{sent}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = whole(&body);
        }

        #[test]
        fn what_is_said_stays_the_same(number in any::<f64>(), text in ".*") {
            let value = serde_json::json!({ "n": number, "t": text });
            let sent = value.to_string();
            let read: Value = serde_json::from_slice(&whole(sent.as_bytes())).unwrap();
            let plain: Value = serde_json::from_str(&sent).unwrap();
            prop_assert_eq!(read["n"].as_f64(), plain["n"].as_f64());
            prop_assert_eq!(&read["t"], &plain["t"]);
        }
    }
}
