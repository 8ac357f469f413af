//! Text as matching compares it: without case, accents, marks and articles.

use marc::charset::nonsorting;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters and digits in lower case without accents, ligatures taken apart, everything else a single blank.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in nonsorting::strip(text)
        .nfkd()
        .filter(|char| !is_combining_mark(*char))
    {
        match char {
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            char if char.is_alphanumeric() => folded.extend(char.to_lowercase()),
            _ if !folded.is_empty() && !folded.ends_with(' ') => folded.push(' '),
            _ => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Articles of the languages that these libraries hold most of.
const ARTICLES: &[&str] = &[
    "le", "la", "les", "l", "un", "une", "des", "the", "a", "an", "der", "die", "das", "el", "los",
    "las", "il", "lo", "gli", "i",
];

/// A folded title without the article that it begins with, unless nothing else is left.
pub(crate) fn without_article(folded: &str) -> &str {
    match folded.split_once(' ') {
        Some((first, rest)) if ARTICLES.contains(&first) => rest,
        _ => folded,
    }
}

/// «Misérables (Les)» and «[Les ]Misérables» without their article: some sources sort by what stands first.
pub(crate) fn without_set_aside_article(title: &str) -> &str {
    let title = title.trim();
    if let Some(rest) = title.strip_prefix('[')
        && let Some((article, rest)) = rest.split_once(']')
        && ARTICLES.contains(&fold(article).as_str())
    {
        return rest.trim_start();
    }
    let ended = title.trim_end_matches([' ', '/', ':', '.', ',', ';']);
    if let Some(inner) = ended.strip_suffix(')')
        && let Some((rest, article)) = inner.rsplit_once('(')
        && ARTICLES.contains(&fold(article).as_str())
    {
        return rest.trim_end();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_habit_only_folds_alike() {
        for title in [
            "L’Œuvre  au noir",
            "L'oeuvre au noir /",
            "L'\u{152}UVRE AU NOIR",
            "\u{98}L'\u{9C}Œuvre au noir",
        ] {
            assert_eq!(fold(title), "l oeuvre au noir", "{title}");
        }
        assert_eq!(fold("e\u{301}te\u{301}"), fold("été"));
        assert_eq!(without_article("les miserables"), "miserables");
        assert_eq!(without_article("un"), "un");
        for title in ["Misérables (Les)", "[Les ]Misérables", "Misérables (Les) /"] {
            assert_eq!(
                fold(without_set_aside_article(title)),
                "miserables",
                "{title}"
            );
        }
        assert_eq!(without_set_aside_article("Dune (roman)"), "Dune (roman)");
    }
}
