use unicode_normalization::UnicodeNormalization;

use super::fold;

/// What a title or name is sorted by, to be compared byte by byte: letters first, then accents;
/// numbers by their size.
///
/// ```
/// use relire_catalogue::analysis::sort_key;
/// let mut titles = ["Astérix 10", "Éclat", "Asterix 9", "École", "Astérix 9", "eclair"];
/// titles.sort_by_key(|title| sort_key(title));
/// assert_eq!(titles, ["Asterix 9", "Astérix 9", "Astérix 10", "eclair", "Éclat", "École"]);
/// ```
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(2 * text.len());
    let folded = fold(text);
    let mut chars = folded.chars().peekable();
    while let Some(char) = chars.next() {
        if char.is_ascii_digit() {
            let mut number = String::from(char);
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                number.push(digit);
            }
            key.push_str(&format!("{:0>6}", number.trim_start_matches('0')));
        } else if char.is_alphanumeric() {
            key.push(char);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    if let Some((at, _)) = key.char_indices().nth(LONGEST) {
        key.truncate(at);
    }
    if !text.is_ascii() {
        // Only where the letters are the same does an accent decide.
        key.push('\u{1}');
        key.extend(
            text.nfd()
                .flat_map(char::to_lowercase)
                .filter(|char| !char.is_ascii())
                .take(LONGEST / 4),
        );
    }
    key
}

/// Characters that decide; what differs later stands together.
const LONGEST: usize = 100;

/// Bytes of the article that a title begins with, where no mark says so.
///
/// Only French and English ones of which hardly a title begins otherwise: `Die` is a German article and
/// an English verb, `A` a French verb.
pub(crate) fn article(title: &str) -> usize {
    let folded = title.to_lowercase();
    for article in ["l'", "l’", "le ", "la ", "les ", "the "] {
        // `Les` alone is a title; only what has something behind it goes.
        let long_enough = title.len() > article.len() && folded.len() == title.len();
        if long_enough && folded.starts_with(article) {
            return article.len();
        }
    }
    0
}
