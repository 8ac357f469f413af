//! Who made it, as it is compared.

use marc::Record;

use crate::text::fold;

/// Names as words in order of the alphabet: first and last name may stand in either order.
pub(crate) fn names(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for tag in [b"700", b"710", b"720", b"701", b"711", b"702", b"712"] {
        for field in record.data(tag) {
            let text: Vec<&str> = field
                .all(b'a')
                .chain(field.all(b'b'))
                .map(String::as_str)
                .collect();
            let folded = fold(&text.join(" "));
            let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
            words.sort_unstable();
            let name = words.join(" ");
            if !name.is_empty() && !names.contains(&name) && names.len() < MOST {
                names.push(name);
            }
        }
    }
    names
}

/// Names that are looked at.
const MOST: usize = 6;

/// Whether anybody in one list is in the other, or named in the other's statement of responsibility. `None`: one of them
/// names nobody.
pub(crate) fn agree(one: (&[String], &str), other: (&[String], &str)) -> Option<bool> {
    if (one.0.is_empty() && one.1.is_empty()) || (other.0.is_empty() && other.1.is_empty()) {
        return None;
    }
    let met = one
        .0
        .iter()
        .any(|name| other.0.iter().any(|other| same(name, other)) || said(name, other.1))
        || other.0.iter().any(|name| said(name, one.1))
        || (one.0.is_empty() && other.0.is_empty() && one.1 == other.1);
    Some(met)
}

/// One person under two names: every longer word of the shorter name is in the other, and initials do not gainsay.
fn same(one: &str, other: &str) -> bool {
    let long = |name: &str| {
        name.split(' ')
            .filter(|word| word.len() > 2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (long(one), long(other));
    let (few, many) = if ours.len() <= theirs.len() {
        (&ours, &theirs)
    } else {
        (&theirs, &ours)
    };
    if few.is_empty() {
        return one == other;
    }
    let near = |word: &String| {
        many.iter()
            .any(|other| word == other || word.len() > 4 && strsim::osa_distance(word, other) == 1)
    };
    few.iter().all(near)
}

/// A name in a statement of responsibility.
fn said(name: &str, statement: &str) -> bool {
    let mut words = name.split(' ').filter(|word| word.len() > 2).peekable();
    words.peek().is_some() && words.all(|word| statement.split(' ').any(|said| said == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_many_names() {
        assert!(same("hans andersen christian", "andersen h c"));
        assert!(same("a baude clement", "baude clement"));
        assert!(!same("dumas alexandre", "hugo victor"));
        assert!(said(
            "andersen christian hans",
            "hans christian andersen traduit par x"
        ));
        assert_eq!(agree((&[], ""), (&["x".into()], "")), None);
    }
}
