//! The marks around words that are passed over in sorting: `\u{98}Les \u{9C}misérables`.
//!
//! ISO 6630 puts NSB and NSE at 88 and 89; in Unicode they are the control characters U+0098 and
//! U+009C. Some programs only widen the bytes, so U+0088 and U+0089 are taken for them as well.
//! Records keep them; what is shown, indexed or sorted goes without.

use std::borrow::Cow;

/// Non-sorting begins.
pub const BEGIN: char = '\u{98}';
/// Non-sorting ends.
pub const END: char = '\u{9C}';

const fn begins(char: char) -> bool {
    matches!(char, BEGIN | '\u{88}')
}

const fn ends(char: char) -> bool {
    matches!(char, END | '\u{89}')
}

/// All words, no marks: for display and search.
///
/// ```
/// # use relire_marc::charset::nonsorting::{for_sorting, strip};
/// assert_eq!(strip("\u{98}Les \u{9C}misérables"), "Les misérables");
/// assert_eq!(for_sorting("\u{98}Les \u{9C}misérables"), "misérables");
/// ```
pub fn strip(text: &str) -> Cow<'_, str> {
    if !text.contains(|char| begins(char) || ends(char)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|char| !begins(*char) && !ends(*char))
            .collect(),
    )
}

/// Without marks and without the words between them. A mark that is never closed hides nothing.
pub fn for_sorting(text: &str) -> Cow<'_, str> {
    let Some(begin) = text.find(begins) else {
        return strip(text);
    };
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut next = Some(begin);
    while let Some(begin) = next {
        kept.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let Some(end) = rest.find(ends) else { break };
        rest = &rest[end..];
        rest = rest.strip_prefix(ends).unwrap_or(rest);
        next = rest.find(begins);
    }
    kept.push_str(rest);
    Cow::Owned(strip(&kept).into_owned())
}

/// How many characters are passed over at the beginning: MARC21's second indicator of 245. Nine
/// are the most that it can say.
pub fn leading(text: &str) -> u8 {
    let mut chars = text.chars();
    if !chars.next().is_some_and(begins) {
        return 0;
    }
    let count = chars.clone().take_while(|char| !ends(*char)).count();
    let closed = chars.any(ends);
    u8::try_from(count)
        .ok()
        .filter(|count| closed && *count <= 9)
        .unwrap_or(0)
}
