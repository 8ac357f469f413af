//! Readers as lists show them.

use circulation::{BranchCode, CardStatus, ReaderFacts};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use crate::{
    Session, StoreError,
    facts::{LoanTuple, blocks, card_status, code, rows},
};

/// A reader as lists show one.
#[derive(Clone)]
pub struct ReaderLine {
    /// The patron.
    pub id: i64,
    /// The active card and the branch that issued it; none where every card is lost, replaced or cancelled.
    pub card: Option<(String, BranchCode)>,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// The branch that the reader calls home.
    pub home_branch: BranchCode,
    /// Who answers for the reader.
    pub guarantor: Option<i64>,
    /// What the reader owes, in cents.
    pub owed_cents: i64,
    /// What the rules look at; of the loans, the reader's own.
    pub facts: ReaderFacts,
}

impl Session {
    /// Reads these readers, in this order; who is closed is left out. The first number is the rulebook that the
    /// network is under; none where nobody is left.
    pub async fn reader_lines(
        &mut self,
        ids: &[i64],
        today: Date,
    ) -> Result<Option<(i64, Vec<ReaderLine>)>, StoreError> {
        let read = sqlx::query_file!("queries/patron_lines.sql", ids, today.to_sqlx() as _)
            .fetch_all(self.pg())
            .await?;
        let Some(version) = read.first().map(|row| row.rulebook_version) else {
            return Ok(None);
        };
        let lines = read
            .into_iter()
            .map(|row| {
                let status = match row.card_status.as_deref() {
                    // Nobody is without a card but who was made past this crate.
                    None => CardStatus::Cancelled,
                    status => card_status(status)?,
                };
                let active = row.card_status.as_deref() == Some("active");
                let card = match row.card.filter(|_| active) {
                    Some(number) => Some((number, code(row.card_branch)?)),
                    None => None,
                };
                Ok(ReaderLine {
                    id: row.id,
                    owed_cents: row.owed_cents,
                    card,
                    family_name: row.family_name,
                    given_name: row.given_name,
                    home_branch: code(Some(row.home_branch))?,
                    guarantor: row.guarantor_id,
                    facts: ReaderFacts {
                        category: code(Some(row.category))?,
                        card: status,
                        expires_on: row.expires_on.map(jiff_sqlx::Date::to_jiff),
                        born_on: row.born_on.map(jiff_sqlx::Date::to_jiff),
                        has_guarantor: row.guarantor_id.is_some(),
                        blocks: blocks(row.blocks)?,
                        suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                        loans: rows::<LoanTuple>(row.loans)?
                            .into_iter()
                            .map(Into::into)
                            .collect(),
                    },
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Some((version, lines)))
    }
}

impl std::fmt::Debug for ReaderLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReaderLine({})", self.id)
    }
}
