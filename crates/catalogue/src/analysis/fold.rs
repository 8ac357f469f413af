use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Small letters without marks; ligatures and letters with strokes in plain ones. What is no
/// letter stays.
///
/// ```
/// use relire_catalogue::analysis::fold;
/// assert_eq!(fold("Œuvres de l’Été à Łódź"), "oeuvres de l’ete a lodz");
/// assert_eq!(fold("e\u{301}te\u{301}"), fold("été"));
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // Small letters may fall into pieces again (İ), hence the second look at marks.
    for char in text
        .nfkd()
        .filter(|char| !is_combining_mark(*char))
        .flat_map(char::to_lowercase)
    {
        match char {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'þ' | 'ð' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            // Modifier letters that stand for apostrophes and soft or hard signs.
            '\u{2B9}'..='\u{2BF}' => {}
            char if is_combining_mark(char) => {}
            char => folded.push(char),
        }
    }
    folded
}
