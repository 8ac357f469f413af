//! Volume numbers: `3`, `T. 03`, `tome III`, and the same behind a title.

use crate::fold::fold;

/// Words before a number that make a volume of it, folded.
const MARKS: &[&str] = &[
    "t", "tome", "tom", "vol", "volume", "v", "livre", "partie", "part", "n", "no", "numero",
    "num", "bd", "band", "episode", "saison", "cycle",
];

/// These also make one behind a title; the others may belong to it.
const MARKS_BEHIND: &[&str] = &["t", "tome", "vol", "volume"];

/// A volume number in one form: digits if it is a number, else its letters folded. Empty if there
/// is none.
pub(crate) fn volume(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let rest = match words.as_slice() {
        [mark, rest @ ..] if !rest.is_empty() && MARKS.contains(mark) => rest,
        all => all,
    };
    match rest {
        [one] => one
            .strip_prefix('t')
            .and_then(number)
            .or_else(|| number(one))
            .unwrap_or_else(|| (*one).to_owned()),
        [number_first, ..] if rest.len() > 1 && *rest != words => {
            number(number_first).unwrap_or_else(|| rest.join(" "))
        }
        more => more.join(" "),
    }
}

/// Cuts the volume number off the end of a title: `Titre, tome 3`, `Titre T.03`, `Titre. 3`.
pub(crate) fn split(title: &str) -> (&str, Option<String>) {
    let title = title.trim_end();
    let Some((before, last)) = title.rsplit_once(' ') else {
        return (title, None);
    };
    let before = before.trim_end();
    // Where a comma and a whole word part them, anything may be the number: `tome Saison 2`.
    if let Some(at) = title.to_ascii_lowercase().rfind(", tome ")
        && let (Some(head), Some(named)) = (title.get(..at), title.get(at + 7..))
        && named.len() <= 20
    {
        return (
            trim(head),
            Some(volume(named)).filter(|volume| !volume.is_empty()),
        );
    }
    let glued = last
        .strip_prefix(['T', 't'])
        .map(|rest| rest.trim_start_matches('.'))
        .filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(number);
    if let Some(found) = glued {
        return (trim(before), Some(found));
    }
    let Some(found) = number(&fold(last)) else {
        return (title, None);
    };
    if let Some((head, mark)) = before.rsplit_once(' ')
        && MARKS_BEHIND.contains(&fold(mark).as_str())
    {
        return (trim(head), Some(found));
    }
    let digits = last.len() <= 3 && last.bytes().all(|byte| byte.is_ascii_digit());
    if digits && before.ends_with('.') {
        return (trim(before), Some(found));
    }
    (title, None)
}

fn trim(title: &str) -> &str {
    title.trim_end_matches([' ', ',', '.', ';', ':'])
}

/// A number in digits or Roman, up to 9999.
fn number(word: &str) -> Option<String> {
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let plain = word.trim_start_matches('0');
        return Some(if plain.is_empty() { "0" } else { plain }.to_owned());
    }
    roman(word).map(|number| number.to_string())
}

fn roman(word: &str) -> Option<u32> {
    let mut total = 0_u32;
    let mut largest = 0;
    for letter in word.chars().rev() {
        let value = match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        };
        if value < largest {
            total = total.checked_sub(value)?;
        } else {
            total += value;
            largest = value;
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_all() {
        for text in [
            "3", "03", "T. 3", "Tome 3", "t.03", "vol. III", "Volume 3", "n° 3", "T03",
        ] {
            assert_eq!(volume(text), "3", "{text}");
        }
        assert_eq!(volume("A-K"), "a k");
        assert_eq!(volume(""), "");
    }

    #[test]
    fn behind_a_title() {
        let cut = |title| {
            let (title, volume) = split(title);
            (title.to_owned(), volume.unwrap_or_default())
        };
        let cases = [
            ("Astérix. 3", "Astérix", "3"),
            ("Naruto, tome 12", "Naruto", "12"),
            ("NARUTO T.02", "NARUTO", "2"),
            ("Homeland, tome Saison 2", "Homeland", "2"),
            ("Fondation, vol. III", "Fondation", "3"),
            ("Catch 22", "Catch 22", ""),
            ("1984", "1984", ""),
            ("Louis XIV", "Louis XIV", ""),
            ("Paris. 1900", "Paris. 1900", ""),
        ];
        for (text, title, volume) in cases {
            assert_eq!(cut(text), (title.to_owned(), volume.to_owned()), "{text}");
        }
    }
}
