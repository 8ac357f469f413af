//! The number of a volume, wherever it stands and however it is written.

use crate::text::fold;

/// A volume's number as it is compared: digits where it has a number, else its words.
pub(crate) fn normal(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let words = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && LABELS.contains(first) => rest,
        _ => &words[..],
    };
    match words {
        [] => None,
        [one] => Some(number(one).map_or_else(|| (*one).to_owned(), |number| number.to_string())),
        // «3 sur 5», «3 4»: what it is called, word by word.
        many => Some(
            many.iter()
                .map(|word| number(word).map_or_else(|| (*word).to_owned(), |n| n.to_string()))
                .collect::<Vec<_>>()
                .join(" "),
        ),
    }
}

/// Words that stand before a volume's number.
const LABELS: &[&str] = &[
    "t", "tome", "vol", "volume", "v", "livre", "n", "no", "numero", "partie", "part", "book",
    "bd", "cycle", "episode", "saison",
];
/// Of these, what says so within a title as well.
const SURE_LABELS: &[&str] = &["t", "tome", "vol", "volume"];

/// A title without the volume that was moved into it: «Dune. 2», «Dune, tome 2», «Dune T.02».
pub(crate) fn split(title: &str) -> (&str, Option<String>) {
    let whole = title.trim_end_matches([' ', '/', ':', '.', ',', ';']);
    let Some(at) = whole.rfind([' ', '.']) else {
        return (title, None);
    };
    let (before, last) = (&whole[..at], &whole[at + 1..]);
    let Some(number) = number(&fold(last)) else {
        return (title, None);
    };
    // «tome 2», «T.02», «vol. 2»
    let label = before.trim_end_matches(['.', ' ']);
    if let Some(start) = label.rfind([' ', ',', '.'])
        && SURE_LABELS.contains(&fold(&label[start + 1..]).as_str())
    {
        let rest = label[..start].trim_end_matches([' ', ',', '.', ';', ':']);
        if !rest.is_empty() {
            return (rest, Some(number.to_string()));
        }
    }
    // «Dune. 2»: a number of its own sentence.
    if let Some(rest) = whole
        .get(..at)
        .filter(|_| whole.as_bytes()[at] == b' ')
        .and_then(|rest| rest.strip_suffix('.'))
        && !rest.is_empty()
    {
        return (rest, Some(number.to_string()));
    }
    (title, None)
}

/// A number in digits, or in Roman numerals that are written as they should.
fn number(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 6 {
        return None;
    }
    word.parse().ok().or_else(|| roman(word))
}

fn roman(word: &str) -> Option<u32> {
    let value = |letter| {
        Some(match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let digits: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let sum =
        digits
            .iter()
            .zip(digits.iter().skip(1).chain([&0]))
            .fold(0_i64, |sum, (this, next)| {
                sum + if this < next {
                    -i64::from(*this)
                } else {
                    i64::from(*this)
                }
            });
    let sum = u32::try_from(sum).ok()?;
    (written(sum) == word).then_some(sum)
}

fn written(mut number: u32) -> String {
    let mut text = String::new();
    for (value, letters) in [
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ] {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_number_however_it_is_written() {
        for text in ["3", "03", "T. 3", "Tome 3", "III", "vol. 3", "Tome III"] {
            assert_eq!(normal(text).as_deref(), Some("3"), "{text}");
        }
        assert_eq!(
            normal("Première partie").as_deref(),
            Some("premiere partie")
        );
        assert_eq!(normal(" "), None);
        assert_eq!(roman("iiii"), None);
        assert_eq!(roman("mix"), None);
    }

    #[test]
    fn a_volume_is_found_in_a_title_and_a_title_s_own_number_is_not() {
        for (title, rest, volume) in [
            ("Dune. 2", "Dune", Some("2")),
            ("Dune, tome 2", "Dune", Some("2")),
            ("Dune T.02", "Dune", Some("2")),
            ("DUNE TOME II /", "DUNE", Some("2")),
            ("Fahrenheit 451", "Fahrenheit 451", None),
            ("1984", "1984", None),
            ("Henri IV", "Henri IV", None),
            ("Tome 2", "Tome 2", None),
        ] {
            assert_eq!(split(title), (rest, volume.map(str::to_owned)), "{title}");
        }
    }
}
