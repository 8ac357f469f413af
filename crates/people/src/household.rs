//! Who lives together, and who answers for a minor.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{PatronRow, fold};

/// Readers of one branch with the same family name at the same address have the same key; without a street there is
/// none, and a reader is a household of one.
#[must_use]
pub fn household_key(row: &PatronRow) -> Option<i64> {
    let street = fold(&row.street);
    if street.is_empty() {
        return None;
    }
    let digest = Sha256::new()
        .chain_update(row.branch.as_str())
        .chain_update([0])
        .chain_update(fold(&row.family_name))
        .chain_update([0])
        .chain_update(street)
        .chain_update([0])
        .chain_update(fold(&row.postcode))
        .finalize();
    digest.first_chunk().map(|bytes| i64::from_be_bytes(*bytes))
}

const OF_AGE: i16 = 18;
/// A parent is so many years older, if any in the household is.
const A_GENERATION: std::ops::RangeInclusive<i16> = 15..=60;

/// The member of a minor's household who answers for the minor: the adult nearest in age who could be a parent, else
/// the oldest adult; `None` for an adult, for who has no date of birth, and where no adult lives.
#[must_use]
pub fn guarantor(minor: &PatronRow, household: &[&PatronRow], today: Date) -> Option<usize> {
    let born = minor.born_on?;
    if is_adult(born, today) {
        return None;
    }
    let adults = household.iter().enumerate().filter_map(|(index, member)| {
        let day = member.born_on?;
        is_adult(day, today).then(|| (index, born.year() - day.year()))
    });
    let adults: Vec<(usize, i16)> = adults.collect();
    adults
        .iter()
        .filter(|(_, older)| A_GENERATION.contains(older))
        .min_by_key(|(_, older)| *older)
        .or_else(|| adults.iter().max_by_key(|(_, older)| *older))
        .map(|(index, _)| *index)
}

fn is_adult(born: Date, today: Date) -> bool {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday) >= OF_AGE
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn reader(name: &str, born: &str, street: &str) -> PatronRow {
        let file = format!(
            "patron_id,branch,card,lastname,firstname,birthdate,category,address,zip\n1,LENS,1,{name},A,{born},ADU,{street},62300\n"
        );
        let mut table = crate::PatronTable::open(file.as_bytes()).unwrap();
        table.next_row().unwrap().unwrap().unwrap()
    }

    #[test]
    fn the_same_name_at_the_same_address_lives_together() {
        let key = |name, street| household_key(&reader(name, "1980-01-01", street));
        assert_eq!(
            key("Lefèvre", "1 rue de l'Abbaye"),
            key("LEFEVRE", "1  Rue de l’abbaye")
        );
        assert_ne!(
            key("Lefèvre", "1 rue de l'Abbaye"),
            key("Lefèvre", "2 rue de l'Abbaye")
        );
        assert_ne!(
            key("Morel", "1 rue de l'Abbaye"),
            key("Lefèvre", "1 rue de l'Abbaye")
        );
        assert_eq!(key("Morel", ""), None);
    }

    #[test]
    fn the_nearest_generation_answers_for_a_minor() {
        let today = date(2026, 1, 10);
        let child = reader("M", "2015-05-01", "1 rue");
        let sister = reader("M", "2007-12-01", "1 rue");
        let mother = reader("M", "1985-05-01", "1 rue");
        let grandfather = reader("M", "1950-05-01", "1 rue");
        let home = [&child, &grandfather, &sister, &mother];
        assert_eq!(guarantor(&child, &home, today), Some(3));
        assert_eq!(guarantor(&child, &[&child, &sister], today), Some(1));
        assert_eq!(guarantor(&child, &[&child], today), None);
        assert_eq!(guarantor(&mother, &home, today), None);
        assert!(!is_adult(date(2008, 1, 11), today) && is_adult(date(2008, 1, 10), today));
    }
}
