//! Late loans: who has what, and since when it should be back.

use circulation::{BranchCode, Condition, OpenLoan, Whose};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use crate::{Session, StoreError, facts::code, item::condition};

/// In which way a loan is a branch's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateAt {
    /// It was made there.
    Lent(BranchCode),
    /// Its item belongs there.
    Owned(BranchCode),
}

/// Which late loans.
#[derive(Debug, Clone, Copy)]
pub struct LateAsk {
    /// Whose.
    pub at: LateAt,
    /// Due on this day or later.
    pub first_due: Date,
    /// Due on this day or earlier.
    pub last_due: Date,
    /// Those after this one: due date and loan.
    pub after: Option<(Date, i64)>,
    /// How many at most.
    pub most: i64,
}

/// A late loan, as it was read.
#[derive(Debug, Clone)]
pub struct LateLoan {
    /// The loan: its custody row.
    pub loan_id: i64,
    /// The loan as the rules look at it.
    pub loan: OpenLoan,
    /// The day on which it was lent.
    pub lent_on: Date,
    /// How often it was renewed.
    pub renewals: u16,
    /// The item.
    pub item_id: i64,
    /// Its barcode.
    pub barcode: String,
    /// Its bib.
    pub bib: i64,
    /// The title of its bib.
    pub title: String,
    /// Where it stands when it is in.
    pub call_number: String,
    /// What shape it is in, as far as is known: lost, claimed returned, …
    pub condition: Condition,
    /// Who has it.
    pub reader: LateReader,
}

/// Who has it, and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateReader {
    /// The patron.
    pub id: i64,
    /// The active card's number; none: no card of theirs is active.
    pub card: Option<String>,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// Telephone number, empty if none.
    pub phone: String,
    /// Electronic mail address, empty if none.
    pub email: String,
}

impl Session {
    /// Late loans of a branch, the longest overdue first, and the rulebook that the network is under. One round trip, and
    /// one more where there are none.
    pub async fn late_loans(&mut self, ask: &LateAsk) -> Result<(i64, Vec<LateLoan>), StoreError> {
        let (branch, owned) = match ask.at {
            LateAt::Lent(branch) => (branch, false),
            LateAt::Owned(branch) => (branch, true),
        };
        let (due, loan) = ask.after.unwrap_or((ask.first_due, 0));
        let read = sqlx::query_file!(
            "queries/late_loans.sql",
            branch.as_str(),
            owned,
            ask.first_due.to_sqlx() as _,
            ask.last_due.to_sqlx() as _,
            due.to_sqlx() as _,
            loan,
            ask.most
        )
        .fetch_all(self.pg())
        .await?;
        let version = match read.first() {
            Some(row) => row.rulebook_version,
            None => {
                sqlx::query_scalar!("SELECT rulebook_version FROM network")
                    .fetch_one(self.pg())
                    .await?
            }
        };
        let loans = read
            .into_iter()
            .map(|row| {
                Ok(LateLoan {
                    loan_id: row.id,
                    loan: OpenLoan {
                        whose: Whose::Reader,
                        checkout: code(Some(row.branch))?,
                        owner: code(Some(row.owner_branch))?,
                        category: code(Some(row.category))?,
                        document: code(Some(row.document))?,
                        new: row.lent_new,
                        due: row.due.to_jiff(),
                    },
                    lent_on: row.lent_on.to_jiff(),
                    renewals: u16::try_from(row.renewals).unwrap_or_default(),
                    item_id: row.item_id,
                    barcode: row.barcode,
                    bib: row.bib_id,
                    title: row.title,
                    call_number: row.call_number,
                    condition: condition(Some(&row.condition))?,
                    reader: LateReader {
                        id: row.patron_id,
                        card: row.card,
                        family_name: row.family_name,
                        given_name: row.given_name,
                        phone: row.phone,
                        email: row.email,
                    },
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok((version, loans))
    }
}
