//! Loans of former systems: brought to the server as they come, judged there as a set, written in short transactions.
//!
//! The statements work on tables that live as long as the connection, which no check at build time can know: they
//! stand in `queries/loans_*.sql` and are run by the tests.

use std::fmt::Write;

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use sqlx::{Connection, PgConnection, Row};

use crate::{Store, StoreError, error::corrupt, facts::code};

/// A loan as a file says it, in the network's time.
#[derive(Debug, Clone)]
pub struct StagedLoan {
    /// The line in the file.
    pub line: u64,
    /// When it was lent.
    pub lent: Timestamp,
    /// The local date of that.
    pub lent_on: Date,
    /// The day by which it was due back.
    pub due: Date,
    /// When it came back; `None`: it is out.
    pub back: Option<Timestamp>,
    /// The local date of that.
    pub back_on: Option<Date>,
    /// It has been back for so long that nobody may know any more who had it.
    pub forget: bool,
    /// Where it was lent.
    pub lent_at: BranchCode,
    /// Where it came back.
    pub back_to: BranchCode,
    /// The branch whose barcode it is.
    pub item_branch: BranchCode,
    /// The item.
    pub barcode: String,
    /// The reader's card.
    pub card: String,
    /// The branch that issued the card.
    pub card_branch: BranchCode,
    /// How often it was renewed.
    pub renewals: i16,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoanFate {
    /// A loan that is over comes in.
    Over,
    /// A loan that is out comes in.
    Open,
    /// A loan that was out at the last import ends.
    Ends,
    /// A loan that was out at the last import has another due date.
    Moved,
    /// It is here already, or has ended here since.
    Known,
    /// No item has this barcode of this branch.
    UnknownItem,
    /// Nobody has this card of this branch.
    UnknownPatron,
    /// It was lent or came back at a branch that is none.
    UnknownBranch,
    /// The same item at the same moment stands in an earlier line.
    Twice,
    /// It is out, and the item was lent again in a later line: it has come back.
    LentAgain,
    /// The item was elsewhere at that time, in the file or here.
    Overlaps,
    /// It is out, and the item has been lent, moved or withdrawn here.
    Elsewhere,
}

impl LoanFate {
    const ALL: [(&'static str, Self); 12] = [
        ("over", Self::Over),
        ("open", Self::Open),
        ("ends", Self::Ends),
        ("moved", Self::Moved),
        ("known", Self::Known),
        ("unknown_item", Self::UnknownItem),
        ("unknown_patron", Self::UnknownPatron),
        ("unknown_branch", Self::UnknownBranch),
        ("twice", Self::Twice),
        ("lent_again", Self::LentAgain),
        ("overlaps", Self::Overlaps),
        ("elsewhere", Self::Elsewhere),
    ];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, fate)| *fate == self)
            .map_or("", |(name, _)| name)
    }

    /// Whether the line was not taken.
    #[must_use]
    pub fn is_rejected(self) -> bool {
        self > Self::Known
    }

    fn named(name: &str) -> Result<Self, StoreError> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, fate)| *fate)
            .ok_or_else(|| corrupt(format!("the fate {name:?} of a loan")))
    }
}

/// How many lines of a source come to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanImport {
    /// The branch that issued the cards.
    pub branch: BranchCode,
    /// What becomes of them.
    pub fate: LoanFate,
    /// How many.
    pub lines: i64,
}

/// A file on its way in, with a connection of its own. Dropped, it leaves nothing but what batches have committed.
#[derive(Debug)]
pub struct LoanStaging {
    connection: PgConnection,
}

impl Store {
    /// Begins to take a file of loans.
    pub async fn stage_loans(&self) -> Result<LoanStaging, StoreError> {
        let mut connection = self.pool.acquire().await?.detach();
        // For this connection only: it sorts and joins millions of rows, and no other command does.
        sqlx::raw_sql("SET work_mem = '192MB'; SET maintenance_work_mem = '192MB'; SET temp_buffers = '64MB'; SET enable_nestloop = off; SET plan_cache_mode = force_custom_plan")
            .execute(&mut connection)
            .await?;
        sqlx::raw_sql(include_str!("../queries/loans_stage.sql"))
            .execute(&mut connection)
            .await?;
        Ok(LoanStaging { connection })
    }
}

impl LoanStaging {
    /// Brings lines to the server.
    pub async fn add(&mut self, loans: &[StagedLoan]) -> Result<(), StoreError> {
        let mut text = String::with_capacity(loans.len() * 160);
        for loan in loans {
            let back = loan
                .back
                .map_or_else(|| "\\N".to_owned(), |back| back.to_string());
            let back_on = loan
                .back_on
                .map_or_else(|| "\\N".to_owned(), |day| day.to_string());
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{}\t{}\t{}\t{}\t{back}\t{back_on}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                loan.line,
                loan.lent,
                loan.lent_on,
                loan.due,
                loan.forget,
                loan.lent_at,
                loan.back_to,
                loan.item_branch,
                escaped(&loan.barcode),
                escaped(&loan.card),
                loan.card_branch,
                loan.renewals,
            );
        }
        let mut copy = self
            .connection
            .copy_in_raw("COPY staged FROM STDIN")
            .await?;
        copy.send(text.as_bytes()).await?;
        copy.finish().await?;
        Ok(())
    }

    /// Says what becomes of every line; nothing is written yet. To be called once, after the last line.
    pub async fn judge(&mut self) -> Result<Vec<LoanImport>, StoreError> {
        sqlx::raw_sql(include_str!("../queries/loans_judge.sql"))
            .execute(&mut self.connection)
            .await?;
        // What is written afterwards are few rows at a time, looked up one by one.
        sqlx::raw_sql("SET enable_nestloop = on")
            .execute(&mut self.connection)
            .await?;
        let rows = sqlx::query(
            "SELECT card_branch, fate, count(*) AS lines FROM judged GROUP BY card_branch, fate ORDER BY card_branch, fate",
        )
        .fetch_all(&mut self.connection)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(LoanImport {
                    branch: code(Some(row.try_get("card_branch")?))?,
                    fate: LoanFate::named(row.try_get("fate")?)?,
                    lines: row.try_get("lines")?,
                })
            })
            .collect()
    }

    /// Lines that are not taken and why, in the file's order, after line `after`, at most so many.
    pub async fn rejected(
        &mut self,
        after: u64,
        most: i64,
    ) -> Result<Vec<(u64, LoanFate)>, StoreError> {
        let rows = sqlx::query(
            "SELECT line, fate FROM judged WHERE line > $1 AND fate NOT IN ('over', 'open', 'ends', 'moved', 'known')
              ORDER BY line LIMIT $2",
        )
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(most)
        .fetch_all(&mut self.connection)
        .await?;
        rows.iter()
            .map(|row| {
                let line: i64 = row.try_get("line")?;
                Ok((
                    u64::try_from(line).unwrap_or_default(),
                    LoanFate::named(row.try_get("fate")?)?,
                ))
            })
            .collect()
    }

    /// Writes the lines numbered above `from` and up to `to` of the judged order, in one transaction; returns how many
    /// it wrote. What a door lends or takes back meanwhile is left as the door left it.
    pub async fn write(&mut self, from: i64, to: i64) -> Result<u64, StoreError> {
        let mut transaction = self.connection.begin().await?;
        let mut written = 0;
        for statement in [
            include_str!("../queries/loans_guard.sql"),
            include_str!("../queries/loans_over.sql"),
            include_str!("../queries/loans_open.sql"),
            include_str!("../queries/loans_ends.sql"),
            include_str!("../queries/loans_moved.sql"),
        ] {
            let done = sqlx::query(statement)
                .bind(from)
                .bind(to)
                .execute(&mut *transaction)
                .await?;
            if !statement.contains("UPDATE household") {
                written += done.rows_affected();
            }
        }
        transaction.commit().await?;
        Ok(written)
    }

    /// Tells the planner what has come in: a daemon that serves meanwhile plans by it.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        sqlx::raw_sql("ANALYZE custody")
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    /// How far the judged order goes.
    pub async fn last(&mut self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT coalesce(max(n), 0) AS n FROM judged")
            .fetch_one(&mut self.connection)
            .await?;
        Ok(row.try_get("n")?)
    }
}

/// For COPY: the marks that it gives a meaning to.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fate_has_a_name_that_leads_back() {
        for (name, fate) in LoanFate::ALL {
            assert_eq!((fate.name(), LoanFate::named(name).unwrap()), (name, fate));
        }
        assert!(LoanFate::Overlaps.is_rejected() && !LoanFate::Known.is_rejected());
        assert_eq!(escaped("a\tb\\"), "a\\tb\\\\");
    }
}
