//! A reader as a line says one.

use std::io::BufRead;

use circulation::{BranchCode, CategoryCode};
use jiff::civil::Date;

use crate::{
    Rejected, TableError,
    table::{Line, Table},
};

/// A reader of one source.
#[derive(Clone)]
pub struct PatronRow {
    /// The line in the file.
    pub line: u64,
    /// The source's own number of this reader.
    pub number: String,
    /// The branch whose file it is, which issued the card.
    pub branch: BranchCode,
    /// The card's number; one branch's own.
    pub card: String,
    /// Family name.
    pub family_name: String,
    /// Given name, empty for groups.
    pub given_name: String,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// Number and street.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Electronic mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// The category, as the network calls it.
    pub category: CategoryCode,
    /// The last day on which the card is valid.
    pub expires_on: Option<Date>,
    /// The source blocked this reader.
    pub blocked: bool,
    /// What is owed there, in cents.
    pub owed_cents: i64,
    /// The PIN, in clear.
    pub pin: Option<String>,
}

impl PatronRow {
    /// The address on one line: street, postcode and town.
    #[must_use]
    pub fn address(&self) -> String {
        let place = [self.postcode.as_str(), self.town.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        [self.street.as_str(), place.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl std::fmt::Debug for PatronRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PatronRow")
            .field("line", &self.line)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

const NAMES: [&str; 16] = [
    "patron_id",
    "branch",
    "card",
    "lastname",
    "firstname",
    "birthdate",
    "category",
    "address",
    "zip",
    "city",
    "email",
    "phone",
    "expires",
    "status",
    "fines_eur",
    "pin",
];
/// So many of them must be there.
const NEEDED: usize = 7;

/// A file of readers, read line by line.
pub struct PatronTable<R>(Table<R>);

impl<R: BufRead> PatronTable<R> {
    /// Reads the heading. Needed are patron_id, branch, card, lastname, firstname, birthdate and category; address,
    /// zip, city, email, phone, expires, status, fines_eur and pin are read where they are there, and nothing else is.
    pub fn open(source: R) -> Result<Self, TableError> {
        Table::open(source, &NAMES, NEEDED).map(Self)
    }

    /// The next reader, or why the line is none; `None`: the end.
    pub fn next_row(&mut self) -> Result<Option<Result<PatronRow, Rejected>>, TableError> {
        Ok(self.0.next_line()?.map(|line| row(&line)))
    }
}

fn row(line: &Line<'_>) -> Result<PatronRow, Rejected> {
    let number = line.get(0).into_owned();
    let branch = line.get(1);
    let no = |field, why| Rejected {
        line: line.number,
        number: number.clone(),
        branch: branch
            .parse::<BranchCode>()
            .map_or(String::new(), |code| code.to_string()),
        field,
        why,
    };
    let text = |column: usize, most: usize| -> Result<String, Rejected> {
        let text = line.get(column);
        let field = NAMES.get(column).copied().unwrap_or_default();
        if text.chars().count() > most {
            return Err(no(field, "is too long"));
        }
        Ok(text.into_owned())
    };
    let day = |column: usize| -> Result<Option<Date>, Rejected> {
        let field = NAMES.get(column).copied().unwrap_or_default();
        match line.get(column) {
            empty if empty.is_empty() => Ok(None),
            text => date(&text)
                .map(Some)
                .ok_or_else(|| no(field, "is no day: write YYYY-MM-DD or DD/MM/YYYY")),
        }
    };
    if number.is_empty() {
        return Err(no("patron_id", "is empty"));
    }
    let card = text(2, 64)?;
    if card.is_empty() {
        return Err(no("card", "is empty"));
    }
    let family_name = text(3, 200)?;
    if family_name.is_empty() {
        return Err(no("lastname", "is empty"));
    }
    let owed = line.get(14);
    Ok(PatronRow {
        line: line.number,
        branch: branch
            .parse()
            .map_err(|_| no("branch", "is no branch's code"))?,
        card,
        family_name,
        given_name: text(4, 200)?,
        born_on: day(5)?,
        category: line
            .get(6)
            .to_uppercase()
            .parse()
            .map_err(|_| no("category", "is no category's code"))?,
        street: text(7, 300)?,
        postcode: text(8, 20)?,
        town: text(9, 100)?,
        email: text(10, 254)?,
        phone: text(11, 40)?,
        expires_on: day(12)?,
        blocked: match line.get(13).to_lowercase().as_str() {
            // Whether a card has expired says its date.
            "" | "active" | "expired" => false,
            "blocked" => true,
            _ => return Err(no("status", "is none of active, expired, blocked")),
        },
        owed_cents: cents(&owed).ok_or_else(|| no("fines_eur", "is no amount such as 2.50"))?,
        pin: Some(text(15, 64)?).filter(|pin| !pin.is_empty()),
        number: number.clone(),
    })
}

/// A day in either of the two ways that branches write it.
fn date(text: &str) -> Option<Date> {
    if let Some((day, rest)) = text.split_once('/') {
        let (month, year) = rest.split_once('/')?;
        if year.len() != 4 {
            return None;
        }
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    text.parse().ok()
}

fn cents(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let (euros, cents) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || euros.len() > 9 || cents.len() > 2 || !digits(euros) || !digits(cents) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(euros.parse::<i64>().ok()? * 100 + cents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn days_and_amounts_in_either_way_of_writing() {
        assert_eq!(date("1969-02-25"), Some(day(1969, 2, 25)));
        assert_eq!(date("25/02/1969"), Some(day(1969, 2, 25)));
        for wrong in ["31/02/1969", "25/02/69", "hier", "1969-13-01", ""] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        assert_eq!(
            [cents("2.00"), cents("2,5"), cents("")],
            [Some(200), Some(250), Some(0)]
        );
        assert_eq!([cents("-1"), cents("1.234"), cents("x")], [None; 3]);
    }

    #[test]
    fn columns_stand_in_any_order_and_a_mark_before_the_first_is_no_name() {
        let file = "\u{feff}pin;card;patron_id;branch;firstname;lastname;category;birthdate;zip;city;fines_eur;status\n\
                    0497;0001;P1;LENS;Zoé;D;enf;2015-02-03;62300;Lens;1,20;blocked\n";
        let mut table = PatronTable::open(file.as_bytes()).unwrap();
        let row = table.next_row().unwrap().unwrap().unwrap();
        assert_eq!(row.pin.as_deref(), Some("0497"));
        assert_eq!((row.owed_cents, row.blocked), (120, true));
        assert_eq!(row.address(), "62300 Lens");
        assert_eq!(row.category.as_str(), "ENF");
        assert!(!format!("{row:?}").contains("Zoé"));
        assert!(table.next_row().unwrap().is_none());
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = PatronTable::open("patron_id,branch\n".as_bytes())
            .err()
            .unwrap();
        assert!(error.to_string().contains("column card"), "{error}");
    }
}
