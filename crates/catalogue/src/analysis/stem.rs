/// A light French stem of a folded word: plural and gender only, and only where the word stays
/// recognisable. Words of other languages keep their exact form beside it, which ranks higher.
///
/// ```
/// use relire_catalogue::analysis::stem;
/// let same = [("cheval", "chevaux"), ("bateau", "bateaux"), ("grand", "grandes"), ("bon", "bonnes"), ("musee", "musees"), ("national", "nationales")];
/// for (one, other) in same {
///     assert_eq!(stem(one), stem(other));
/// }
/// for word in ["les", "bas", "c++", "1999", "война"] {
///     assert_eq!(stem(word), word);
/// }
/// ```
pub fn stem(word: &str) -> &str {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word;
    }
    if let Some(rest) = word.strip_suffix("aux").filter(|rest| rest.len() >= 3) {
        // bateaux: bateau. chevaux: cheva, where cheval ends as well, below.
        return cut(word, if rest.ends_with('e') { 1 } else { 2 });
    }
    let stem = word.strip_suffix(['s', 'x']).unwrap_or(word);
    let stem = stem
        .strip_suffix('e')
        .filter(|rest| rest.len() >= 3)
        .unwrap_or(stem);
    if stem.len() >= 5 && stem.ends_with("al") {
        return cut(stem, 1);
    }
    match stem.as_bytes() {
        [.., before, last] if before == last && stem.len() > 3 => cut(stem, 1),
        _ => stem,
    }
}

/// Without its last `count` bytes, all of them ASCII.
fn cut(word: &str, count: usize) -> &str {
    word.get(..word.len().saturating_sub(count)).unwrap_or(word)
}
