//! A patron as the status messages show one.

use circulation::{BranchCode, CategoryCode, DocumentCode, OpenLoan, ReaderFacts};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde::Deserialize;

use crate::{
    FeeLine, HoldLine, PatronRow, Session, StoreError,
    facts::{LoanTuple, blocks, card_status, code, language, rows},
};

/// A patron's file: what decisions need and what screens show.
#[derive(Debug)]
pub struct PatronFile {
    /// What decisions need.
    pub row: PatronRow,
    /// The active card's number, if one is active.
    pub card: Option<String>,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// The branch that the patron calls home.
    pub home_branch: BranchCode,
    /// Electronic mail address, empty if none.
    pub email: String,
    /// Telephone number, empty if none.
    pub phone: String,
    /// Postal address on one line, empty if none.
    pub address: String,
    /// The patron's own open loans, the first due first.
    pub loans: Vec<LoanLine>,
    /// What the patron owes, the oldest fee first.
    pub fees: Vec<FeeLine>,
    /// The active holds of the patron and of the household, the oldest first.
    pub holds: Vec<HoldLine>,
}

/// One open loan, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanLine {
    /// The item's barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// Its bib.
    pub bib: i64,
    /// The loan as the rules look at it.
    pub loan: OpenLoan,
}

#[derive(Deserialize)]
struct LineTuple(
    bool,
    BranchCode,
    BranchCode,
    CategoryCode,
    DocumentCode,
    bool,
    Date,
    String,
    String,
    i64,
);

impl Session {
    /// Reads a patron's file: one round trip. The first number is the rulebook that the network is under.
    pub async fn patron_file(
        &mut self,
        card: &str,
        branch: BranchCode,
        today: Date,
    ) -> Result<(i64, Option<PatronFile>), StoreError> {
        self.file_of(card, branch.as_str(), today, None).await
    }

    /// The same by the patron's number; `None`: nobody has it, or the account is closed.
    pub async fn patron_file_by_id(
        &mut self,
        id: i64,
        today: Date,
    ) -> Result<(i64, Option<PatronFile>), StoreError> {
        self.file_of("", "", today, Some(id)).await
    }

    async fn file_of(
        &mut self,
        card: &str,
        branch: &str,
        today: Date,
        id: Option<i64>,
    ) -> Result<(i64, Option<PatronFile>), StoreError> {
        let row = sqlx::query_file!("queries/patron.sql", card, branch, today.to_sqlx() as _, id,)
            .fetch_one(self.pg())
            .await?;
        let (Some(id), Some(household_id), Some(household_version)) =
            (row.patron_id, row.household_id, row.household_version)
        else {
            return Ok((row.rulebook_version, None));
        };
        let lines: Vec<LoanLine> = rows::<LineTuple>(row.loans)?
            .into_iter()
            .map(LoanLine::from)
            .collect();
        let file = PatronFile {
            row: PatronRow {
                id,
                household_id,
                household_version,
                facts: ReaderFacts {
                    category: code(row.patron_category)?,
                    card: card_status(row.card_status.as_deref())?,
                    expires_on: row.expires_on.map(jiff_sqlx::Date::to_jiff),
                    born_on: row.born_on.map(jiff_sqlx::Date::to_jiff),
                    has_guarantor: row.has_guarantor,
                    blocks: blocks(row.blocks)?,
                    suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                    loans: lines.iter().map(|line| line.loan.clone()).collect(),
                },
                language: language(row.language.as_deref()),
                pin_hash: row.pin_hash,
                credential_version: row.credential_version.unwrap_or_default(),
            },
            card: row.card,
            family_name: row.family_name.unwrap_or_default(),
            given_name: row.given_name.unwrap_or_default(),
            home_branch: code(row.home_branch)?,
            email: row.email.unwrap_or_default(),
            phone: row.phone.unwrap_or_default(),
            address: row.address.unwrap_or_default(),
            fees: rows(row.fees)?,
            holds: rows(row.holds)?,
            loans: lines
                .into_iter()
                .filter(|line| line.loan.whose == circulation::Whose::Reader)
                .collect(),
        };
        Ok((row.rulebook_version, Some(file)))
    }
}

impl From<LineTuple> for LoanLine {
    fn from(
        LineTuple(mine, checkout, owner, category, document, new, due, barcode, title, bib): LineTuple,
    ) -> Self {
        Self {
            barcode,
            title,
            bib,
            loan: LoanTuple(mine, checkout, owner, category, document, new, due).into(),
        }
    }
}
