//! Publishers under the names that sources give them.

use crate::text::fold;

/// Words that say that it is a publisher, and not which.
const WORDS: &[&str] = &[
    "ed",
    "eds",
    "edition",
    "editions",
    "editeur",
    "editeurs",
    "publisher",
    "publishers",
    "publ",
    "press",
    "verlag",
    "sa",
    "the",
    "les",
    "le",
    "la",
    "l",
    "de",
    "du",
    "et",
    "s",
    "n",
];

/// Imprints and short forms, and the house that they are taken for.
const HOUSES: &[(&str, &str)] = &[
    ("lgf", "librairie generale francaise"),
    ("livre poche", "librairie generale francaise"),
    ("livre poche jeunesse", "librairie generale francaise"),
    ("puf", "presses universitaires france"),
    ("gallimard jeunesse", "gallimard"),
    ("hachette jeunesse", "hachette"),
    ("j ai lu", "j ai lu"),
];

/// A publisher as it is compared; `None` where none is named.
pub(crate) fn normal(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !WORDS.contains(word))
        .collect();
    let name = words.join(" ");
    // «[s.n.]» leaves nothing; a house that is called like one of the words keeps its name.
    let name = if name.is_empty() && folded != "s n" {
        folded
    } else {
        name
    };
    let house = HOUSES
        .iter()
        .find(|(imprint, _)| *imprint == name)
        .map(|(_, house)| (*house).to_owned());
    Some(house.unwrap_or(name)).filter(|name| !name.is_empty())
}

/// Whether two names are one house: the same, or one's words are all in the other.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let within = |small: &str, large: &str| {
        small
            .split(' ')
            .all(|word| large.split(' ').any(|other| other == word))
    };
    one == other
        || within(one, other)
        || within(other, one)
        || strsim::osa_distance(one, other) == 1 && one.len() > 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_is_known_by_its_names() {
        let one = |one: &str, other: &str| same(&normal(one).unwrap(), &normal(other).unwrap());
        assert!(one("Éd. Gallimard", "GALLIMARD"));
        assert!(one("LGF", "Librairie générale française"));
        assert!(one("Gallimard-Jeunesse", "Gallimard"));
        assert!(!one("Gallimard", "Flammarion"));
        assert_eq!(normal("[s.n.]"), None);
        assert_eq!(normal(""), None);
    }
}
