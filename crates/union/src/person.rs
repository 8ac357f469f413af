//! People and bodies: who is meant, whatever order and letters the name came in.

use marc::Record;

use crate::fold::fold;

/// More do not help, and cost room.
const ENOUGH: usize = 4;

/// `surname|first names` of 700 to 712, folded; a body has no first names.
pub(crate) fn people(record: &Record) -> Vec<String> {
    record
        .data_fields()
        .filter(|field| {
            let [hundreds, tens, units] = *field.tag.as_bytes();
            hundreds == b'7' && matches!(tens, b'0' | b'1' | b'2') && matches!(units, b'0'..=b'2')
        })
        .filter_map(|field| {
            let surname = fold(field.first(b'a')?);
            let first = fold(field.first(b'b').map_or("", String::as_str));
            if surname.is_empty() && first.is_empty() {
                None
            } else {
                Some(format!("{surname}|{first}"))
            }
        })
        .take(ENOUGH)
        .collect()
}

/// Whether both may be one person: the same surname and no other first name; or exchanged.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let ((a, a_first), (b, b_first)) = (parts(a), parts(b));
    let straight = a == b && first_names(a_first, b_first);
    let swapped = |surname: &str, first: &str, other: &str, other_first: &str| {
        !other_first.is_empty() && surname == other_first && first_names(first, other)
    };
    straight || swapped(a, a_first, b, b_first) || swapped(b, b_first, a, a_first)
}

/// The surname, by which people are looked up.
pub(crate) fn surname(person: &str) -> &str {
    parts(person).0
}

fn parts(person: &str) -> (&str, &str) {
    person.split_once('|').unwrap_or((person, ""))
}

/// Equal as far as both are written out: `victor`, `v`, `victor marie` agree.
fn first_names(a: &str, b: &str) -> bool {
    a.is_empty()
        || b.is_empty()
        || a.split(' ').zip(b.split(' ')).all(|(a, b)| {
            a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_people_write_them() {
        assert!(alike("hugo|victor", "hugo|v"));
        assert!(alike("hugo|victor", "victor|hugo"));
        assert!(alike("hugo|victor", "victor|h"));
        assert!(alike("hugo|", "hugo|victor"));
        assert!(!alike("hugo|victor", "hugo|francois"));
        assert!(!alike("hugo|", "victor|"));
        assert!(!alike("|", "hugo|victor"));
    }
}
