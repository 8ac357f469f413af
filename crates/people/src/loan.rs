//! A loan as a line says one.

use std::io::BufRead;

use circulation::BranchCode;
use jiff::civil::{Date, DateTime};

use crate::{
    Rejected, TableError,
    table::{Line, Table},
};

/// A loan of the former systems, over or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanRow {
    /// The line in the file.
    pub line: u64,
    /// The source's own number of this loan.
    pub number: String,
    /// When it was lent, local time.
    pub lent: DateTime,
    /// The day by which it was due back.
    pub due: Date,
    /// When it came back, local time; `None`: it is out.
    pub returned: Option<DateTime>,
    /// Where it was lent.
    pub lent_at: BranchCode,
    /// Where it came back; where it was lent, if the line does not say.
    pub returned_to: BranchCode,
    /// The branch whose barcode it is.
    pub item_branch: BranchCode,
    /// The item.
    pub barcode: String,
    /// The reader's card; one branch's own.
    pub card: String,
    /// The branch that issued the card.
    pub patron_branch: BranchCode,
    /// How often it was renewed.
    pub renewals: i16,
}

/// Loans that came back before this day may not name their reader any more: a return of month m is unlinked at the
/// first instant of month m + 5.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(relire_people::unlinked_before(date(2026, 6, 1)), date(2026, 2, 1));
/// assert_eq!(relire_people::unlinked_before(date(2026, 3, 31)), date(2025, 11, 1));
/// ```
#[must_use]
pub fn unlinked_before(today: Date) -> Date {
    today
        .first_of_month()
        .saturating_sub(jiff::Span::new().months(4))
}

const NAMES: [&str; 11] = [
    "loan_id",
    "checkout",
    "due",
    "return",
    "checkout_branch",
    "item_branch",
    "barcode",
    "card",
    "patron_branch",
    "return_branch",
    "renewals",
];
const NEEDED: usize = 9;

/// A file of loans, read line by line: it may be longer than memory.
pub struct LoanTable<R>(Table<R>);

impl<R: BufRead> LoanTable<R> {
    /// Reads the heading. Needed are loan_id, checkout, due, return, checkout_branch, item_branch, barcode, card and
    /// patron_branch; return_branch and renewals are read where they are there.
    pub fn open(source: R) -> Result<Self, TableError> {
        Table::open(source, &NAMES, NEEDED).map(Self)
    }

    /// The next loan, or why the line is none; `None`: the end.
    pub fn next_row(&mut self) -> Result<Option<Result<LoanRow, Rejected>>, TableError> {
        Ok(self.0.next_line()?.map(|line| row(&line)))
    }

    /// How many bytes of the file are read.
    pub fn bytes_read(&self) -> u64 {
        self.0.bytes_read()
    }
}

fn row(line: &Line<'_>) -> Result<LoanRow, Rejected> {
    let no = |field, why| Rejected {
        line: line.number,
        number: line.get(0).into_owned(),
        branch: line
            .get(8)
            .parse::<BranchCode>()
            .map_or(String::new(), |code| code.to_string()),
        field,
        why,
    };
    let name = |column: usize| NAMES.get(column).copied().unwrap_or_default();
    let branch = |column: usize| {
        line.get(column)
            .parse::<BranchCode>()
            .map_err(|_| no(name(column), "is no branch's code"))
    };
    let moment = |column: usize| {
        line.get(column)
            .parse::<DateTime>()
            .map_err(|_| no(name(column), "is no moment such as 2025-03-01 14:05:00"))
    };
    let returned = if line.get(3).is_empty() {
        None
    } else {
        Some(moment(3)?)
    };
    let row = LoanRow {
        line: line.number,
        number: line.get(0).into_owned(),
        lent: moment(1)?,
        due: line
            .get(2)
            .parse()
            .map_err(|_| no("due", "is no day such as 2025-03-01"))?,
        returned,
        lent_at: branch(4)?,
        item_branch: branch(5)?,
        barcode: line.get(6).into_owned(),
        card: line.get(7).into_owned(),
        patron_branch: branch(8)?,
        returned_to: if line.get(9).is_empty() {
            branch(4)?
        } else {
            branch(9)?
        },
        renewals: match line.get(10) {
            none if none.is_empty() => 0,
            text => text
                .parse::<u8>()
                .map(i16::from)
                .map_err(|_| no("renewals", "is no number from 0 to 255"))?,
        },
    };
    if row.number.is_empty() {
        return Err(no("loan_id", "is empty"));
    }
    if row.returned.is_some_and(|returned| returned <= row.lent) {
        return Err(no("return", "is not after the checkout"));
    }
    if row.due < row.lent.date() {
        return Err(no("due", "is before the checkout"));
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "loan_id,checkout,due,return,checkout_branch,return_branch,item_branch,barcode,card,patron_branch,renewals,channel\n";

    fn read(line: &str) -> Result<LoanRow, Rejected> {
        let file = format!("{HEADING}{line}\n");
        let mut table = LoanTable::open(file.as_bytes()).unwrap();
        table.next_row().unwrap().unwrap()
    }

    #[test]
    fn a_loan_is_out_until_it_says_when_it_came_back() {
        let back = read("7,2024-01-02 09:01:53,2024-01-23,2024-01-17 18:38:39,LENS,AVEZ,SOUC,0000001,26,LENS,1,desk").unwrap();
        assert_eq!(
            (back.line, back.renewals, back.returned_to.as_str()),
            (2, 1, "AVEZ")
        );
        let out =
            read("8,2024-01-02 09:01:53,2024-01-23,,LENS,,SOUC,0000001,26,LENS,0,auto").unwrap();
        assert_eq!((out.returned, out.returned_to.as_str()), (None, "LENS"));
    }

    #[test]
    fn what_cannot_have_been_is_rejected_with_its_column() {
        let field = |line: &str| read(line).unwrap_err().field;
        assert_eq!(
            field(
                "7,2024-01-02 09:01:53,2024-01-23,2024-01-01 18:00:00,LENS,LENS,SOUC,1,26,LENS,1,desk"
            ),
            "return"
        );
        assert_eq!(
            field("7,2024-01-02 09:01:53,2024-01-01,,LENS,LENS,SOUC,1,26,LENS,1,desk"),
            "due"
        );
        assert_eq!(
            field("7,hier,2024-01-01,,LENS,LENS,SOUC,1,26,LENS,1,desk"),
            "checkout"
        );
        assert_eq!(
            field("7,2024-01-02 09:01:53,2024-01-23,,LENS,LENS,sou c,1,26,LENS,1,desk"),
            "item_branch"
        );
    }
}
