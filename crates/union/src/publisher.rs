//! Publishers: one name for each house.

use crate::{distance::within, fold::fold};

/// Names that are one house, folded and without what [`house`] leaves out.
#[rustfmt::skip]
const SAME: &[(&str, &str)] = &[
    ("generale francaise", "lgf"),
    ("livre de poche", "lgf"),
    ("gallimard jeunesse", "gallimard"),
    ("hachette jeunesse", "hachette"),
    ("flammarion jeunesse", "flammarion"),
    ("presses universitaires de france", "puf"),
    ("union generale d editions", "10 18"),
    ("pere castor flammarion", "flammarion"),
    ("bayard jeunesse", "bayard"),
    ("jc lattes", "lattes"),
    ("j c lattes", "lattes"),
];

/// Words that say "publishing house" and no more.
const GENERIC: &[&str] = &[
    "ed",
    "eds",
    "edition",
    "editions",
    "editeur",
    "edit",
    "librairie",
    "publ",
    "publishing",
    "du",
    "de",
    "des",
    "la",
    "le",
    "les",
    "l",
    "d",
    "sa",
    "ltd",
    "inc",
    "cie",
    "impr",
];

/// The house of a name, for comparing: empty if nothing is said.
pub(crate) fn house(name: &str) -> String {
    let folded = fold(name);
    if matches!(folded.as_str(), "s n" | "sn" | "sans nom") {
        return String::new();
    }
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.first().is_some_and(|word| GENERIC.contains(word)) {
        words.remove(0);
    }
    let short = words.join(" ");
    match SAME.iter().find(|(name, _)| *name == short) {
        Some((_, house)) => (*house).to_owned(),
        None => short,
    }
}

/// Whether two houses may be one: equal but for a slip, or one name begins with the other.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let begins = |long: &str, short: &str| {
        short.len() >= 4
            && long
                .strip_prefix(short)
                .is_some_and(|rest| rest.starts_with(' '))
    };
    let slip = || a.len().min(b.len()) >= 6 && within(a, b, 1);
    a == b || begins(a, b) || begins(b, a) || slip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_one_house() {
        assert_eq!(house("Librairie générale française"), house("LGF"));
        assert_eq!(house("Éd. Le Livre de poche"), house("LGF"));
        assert_eq!(house("Éd. Éd. du Seuil"), house("SEUIL"));
        assert_eq!(house("Gallimard-Jeunesse"), house("Éd. Gallimard"));
        assert!(alike(
            &house("Flammarion-Père Castor"),
            &house("Flammarion")
        ));
        assert!(!alike(&house("Dargaud"), &house("Dupuis")));
    }
}
