//! Bytes for people, without what nobody may read.

use crate::values::Values;

/// Passwords and PINs; names, addresses and dates of birth.
const HIDDEN: [&[u8]; 9] = [
    b"AC", b"AD", b"CO", b"AE", b"BD", b"BE", b"BF", b"DA", b"PB",
];

/// A message as printable text: values of secret and personal fields are `***`, so is every secret
/// value wherever it stands. An empty one is shown empty.
pub(crate) fn shown(bytes: &[u8], values: &Values) -> String {
    let pieces: Vec<Vec<u8>> = bytes
        .split(|byte| *byte == b'|')
        .map(|piece| match piece {
            [one, two, value @ ..] if !value.is_empty() && HIDDEN.contains(&&[*one, *two][..]) => {
                // What protects the message stands where a last bar is missing.
                [&[*one, *two][..], b"***"].concat()
            }
            piece => piece.to_vec(),
        })
        .collect();
    let mut text: String = pieces
        .join(&b'|')
        .utf8_chunks()
        .map(|chunk| {
            let bad: String = chunk
                .invalid()
                .iter()
                .map(|byte| format!("\\x{byte:02X}"))
                .collect();
            format!("{}{bad}", printable(chunk.valid()))
        })
        .collect();
    for secret in values.secrets() {
        // A shorter one would hide half of every barcode.
        if secret.len() >= 4 {
            text = text.replace(secret, "***");
        }
    }
    text
}

fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\r' => "\\r".to_owned(),
            '\n' => "\\n".to_owned(),
            c if c.is_control() => format!("\\x{:02X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_names_are_left_out() {
        let mut values = Values::default();
        values.set("pin", "1357");
        values.set("password", "sesame");
        assert_eq!(
            shown(
                b"2300220261122    153012AOCAGL|AA2620|AC|AD1357|AEDUPONT|\xe9\r",
                &values
            ),
            "2300220261122    153012AOCAGL|AA2620|AC|AD***|AE***|\\xE9\\r"
        );
        assert_eq!(shown(b"9300COsesame", &values), "9300CO***");
    }
}
