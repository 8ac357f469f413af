//! Which two readers may be one person: proposed with a score and reasons, never decided.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::fold;

/// A reader to compare.
#[derive(Debug, Clone)]
pub struct Person {
    /// The patron.
    pub id: i64,
    /// Who lives together: twins do.
    pub household: i64,
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Date of birth: nobody without one is compared.
    pub born_on: Date,
    /// Address on one line; what is before the first comma is the street.
    pub address: String,
    /// Electronic mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

/// Two readers who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The patron of the lower number.
    pub one: i64,
    /// The other.
    pub other: i64,
    /// 1 to 100: how likely, in the words of [`Doubt::why`] and nothing else.
    pub score: i16,
    /// Codes without values: same_name, accents, close_name, names_swapped, family_name_added, other_family_name,
    /// day_month_swapped; same_address, same_phone, same_email.
    pub why: Vec<&'static str>,
}

/// More than these on one birth date, and the date is one that a system puts where it knows none: only readers of the
/// very same name are then compared.
const TOO_MANY: usize = 300;

/// Compares all who share a birth date, or whose dates differ by day and month swapped. The likeliest come first.
#[must_use]
pub fn doubts(people: &[Person]) -> Vec<Doubt> {
    let faces: Vec<Face<'_>> = people.iter().map(Face::of).collect();
    let mut days: HashMap<Date, Vec<&Face<'_>>> = HashMap::new();
    for face in &faces {
        days.entry(face.person.born_on).or_default().push(face);
    }
    let mut found = Vec::new();
    for (day, born) in &days {
        for (index, one) in born.iter().enumerate() {
            for other in born.iter().skip(index + 1) {
                if born.len() <= TOO_MANY
                    || (&one.family, &one.given) == (&other.family, &other.given)
                {
                    found.extend(same_day(one, other));
                }
            }
        }
        let Ok(swapped) = Date::new(day.year(), day.day(), day.month()) else {
            continue;
        };
        if swapped <= *day {
            continue;
        }
        for other in days.get(&swapped).into_iter().flatten() {
            found.extend(born.iter().filter_map(|one| swapped_day(one, other)));
        }
    }
    found.sort_by(|a, b| {
        b.score
            .cmp(&a.score)
            .then(a.one.cmp(&b.one))
            .then(a.other.cmp(&b.other))
    });
    found
}

struct Face<'a> {
    person: &'a Person,
    family: String,
    given: String,
    street: String,
    phone: String,
    email: String,
}

impl<'a> Face<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            family: fold(&person.family_name),
            given: fold(&person.given_name),
            street: fold(person.address.split(',').next().unwrap_or_default()),
            phone: person.phone.chars().filter(char::is_ascii_digit).collect(),
            email: person.email.to_lowercase(),
            person,
        }
    }
}

fn same_day(one: &Face<'_>, other: &Face<'_>) -> Option<Doubt> {
    let contacts = contacts(one, other);
    let same_family = one.family == other.family;
    let same_given = one.given == other.given;
    let (score, why) = if same_family && same_given {
        let accents = one.person.given_name.to_lowercase()
            != other.person.given_name.to_lowercase()
            || one.person.family_name.to_lowercase() != other.person.family_name.to_lowercase();
        (90, if accents { "accents" } else { "same_name" })
    } else if one.family == other.given && one.given == other.family {
        (85, "names_swapped")
    } else if one.person.household == other.person.household {
        // Twins share everything but their given names.
        return None;
    } else if (same_family || close(&one.family, &other.family))
        && (same_given || close(&one.given, &other.given))
    {
        (if same_given { 80 } else { 60 }, "close_name")
    } else if same_given && adds(&one.family, &other.family) {
        (75, "family_name_added")
    } else if same_given && !contacts.is_empty() {
        (65, "other_family_name")
    } else {
        return None;
    };
    Some(doubt(one, other, score, why, contacts))
}

fn swapped_day(one: &Face<'_>, other: &Face<'_>) -> Option<Doubt> {
    (one.family == other.family && one.given == other.given)
        .then(|| doubt(one, other, 70, "day_month_swapped", contacts(one, other)))
}

fn doubt(
    one: &Face<'_>,
    other: &Face<'_>,
    score: i16,
    why: &'static str,
    contacts: Vec<&'static str>,
) -> Doubt {
    let (low, high) = (
        one.person.id.min(other.person.id),
        one.person.id.max(other.person.id),
    );
    let bonus = i16::try_from(contacts.len()).unwrap_or_default() * 5;
    let mut reasons = vec![why];
    reasons.extend(contacts);
    Doubt {
        one: low,
        other: high,
        score: (score + bonus).min(100),
        why: reasons,
    }
}

fn contacts(one: &Face<'_>, other: &Face<'_>) -> Vec<&'static str> {
    let mut same = Vec::new();
    if !one.street.is_empty() && one.street == other.street {
        same.push("same_address");
    }
    if one.phone.len() >= 9 && one.phone == other.phone {
        same.push("same_phone");
    }
    if !one.email.is_empty() && one.email == other.email {
        same.push("same_email");
    }
    same
}

/// One slip of a finger in a name of some length, two in a long one.
fn close(one: &str, other: &str) -> bool {
    let most = match one.len().min(other.len()) {
        0..4 => return one == other,
        4..9 => 1,
        _ => 2,
    };
    one.len().abs_diff(other.len()) <= most && strsim::osa_distance(one, other) <= most
}

/// One family name is in the other: MOREL and MOREL-PETIT.
fn adds(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() >= 3
        && (long
            .strip_prefix(short)
            .is_some_and(|rest| rest.starts_with(' '))
            || long
                .strip_suffix(short)
                .is_some_and(|rest| rest.ends_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn person(id: i64, family: &str, given: &str, born_on: Date, address: &str) -> Person {
        Person {
            id,
            household: id,
            family_name: family.into(),
            given_name: given.into(),
            born_on,
            address: address.into(),
            email: String::new(),
            phone: String::new(),
        }
    }

    fn why(one: (&str, &str, Date, &str), other: (&str, &str, Date, &str)) -> Vec<&'static str> {
        let people = [
            person(1, one.0, one.1, one.2, one.3),
            person(2, other.0, other.1, other.2, other.3),
        ];
        doubts(&people)
            .into_iter()
            .flat_map(|doubt| doubt.why)
            .collect()
    }

    #[test]
    fn each_kind_of_difference_has_its_reason() {
        let day = date(1980, 3, 9);
        let anna = ("LEFÈVRE", "Anaïs", day, "1 rue A, 62300 Lens");
        assert_eq!(
            why(anna, ("LEFÈVRE", "Anaïs", day, "2 rue B")),
            ["same_name"]
        );
        assert_eq!(
            why(anna, ("LEFEVRE", "ANAIS", day, "1 Rue A, 62800 Liévin")),
            ["accents", "same_address"]
        );
        assert_eq!(why(anna, ("LEFÈVER", "Anaïs", day, "")), ["close_name"]);
        assert_eq!(why(anna, ("ANAÏS", "Lefèvre", day, "")), ["names_swapped"]);
        assert_eq!(
            why(anna, ("LEFÈVRE-PETIT", "Anaïs", day, "")),
            ["family_name_added"]
        );
        assert_eq!(
            why(anna, ("PETIT", "Anaïs", day, "1 rue A, 62800")),
            ["other_family_name", "same_address"]
        );
        assert_eq!(
            why(anna, ("LEFÈVRE", "Anaïs", date(1980, 9, 3), "")),
            ["day_month_swapped"]
        );
    }

    #[test]
    fn others_are_left_alone() {
        let day = date(1980, 3, 9);
        let anna = ("MOREL", "Anaïs", day, "1 rue A");
        let none: [&str; 0] = [];
        assert_eq!(why(anna, ("PETIT", "Anaïs", day, "9 rue Z")), none);
        assert_eq!(why(anna, ("MOREL", "Zoé", day, "1 rue A")), none);
        assert_eq!(
            why(anna, ("MOREL", "Anaïs", date(1980, 3, 10), "1 rue A")),
            none
        );
        let mut twins = [
            person(1, "MOREL", "Léane", day, "1 rue A"),
            person(2, "MOREL", "Léana", day, "1 rue A"),
        ];
        assert_eq!(doubts(&twins).len(), 1);
        twins[1].household = 1;
        assert_eq!(doubts(&twins), []);
    }

    #[test]
    fn a_date_that_stands_for_none_compares_same_names_only() {
        let day = date(1900, 1, 1);
        let mut people: Vec<Person> = (0..400_i64)
            .map(|id| {
                person(
                    id,
                    &format!("MOREL{}", char::from(b'A' + (id % 26) as u8)),
                    &format!("N{id}"),
                    day,
                    "",
                )
            })
            .collect();
        people.push(person(1000, "MORELA", "N0", day, ""));
        assert_eq!(
            doubts(&people)
                .iter()
                .map(|d| (d.one, d.other))
                .collect::<Vec<_>>(),
            [(0, 1000)]
        );
    }
}
