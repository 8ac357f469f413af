//! What a reader was charged, paid and was let off: line by line.

use circulation::BranchCode;
use jiff::Timestamp;

use crate::{FeeKind, Session, StoreError, error::corrupt, facts::code};

/// What a line of a reader's account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerKind {
    /// A fee.
    Fee(FeeKind),
    /// Money was taken.
    Payment,
    /// Staff let it go.
    Waiver,
    /// A fee that was taken back: what it was for came back, or was none of the reader's doing.
    Reversal,
}

impl LedgerKind {
    /// Its name, as in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fee(kind) => kind.name(),
            Self::Payment => "payment",
            Self::Waiver => "waiver",
            Self::Reversal => "reversal",
        }
    }

    fn named(name: &str) -> Option<Self> {
        use FeeKind::{Card, Damage, Late, Loss, Other};
        let fees = [Late, Damage, Loss, Card, Other].map(Self::Fee);
        let others = [Self::Payment, Self::Waiver, Self::Reversal];
        fees.into_iter()
            .chain(others)
            .find(|kind| kind.name() == name)
    }
}

/// A line of a reader's account. No line is ever changed: what is owed is the sum of them.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// Its number; a fee's is SIP2 field CG.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// What it is.
    pub kind: LedgerKind,
    /// What it adds to what is owed, in cents: less than nothing for payments, waivers and reversals.
    pub cents: i64,
    /// What was owed after it, in cents.
    pub balance: i64,
    /// The fee that was paid, waived or reversed.
    pub of_fee: Option<i64>,
    /// Where.
    pub branch: BranchCode,
    /// A remark, empty if there is none.
    pub note: String,
    /// The event that explains it.
    pub event: i64,
    /// Who took the payment or let go, if a member of staff did.
    pub staff: Option<String>,
    /// The machine that took the payment, if one did.
    pub terminal: Option<String>,
    /// The item whose loan a fee comes from: barcode and title.
    pub item: Option<(String, String)>,
}

/// What is owed, and for what, is a reader's own affair.
impl std::fmt::Debug for LedgerLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LedgerLine(…)")
    }
}

impl Session {
    /// Reads a page of a reader's account, the last line first; those before `before`, if one is given. One round trip.
    pub async fn ledger(
        &mut self,
        patron_id: i64,
        before: Option<i64>,
        most: i64,
    ) -> Result<Vec<LedgerLine>, StoreError> {
        let before = before.unwrap_or(i64::MAX);
        let read = sqlx::query_file!("queries/ledger.sql", patron_id, before, most)
            .fetch_all(self.pg())
            .await?;
        read.into_iter()
            .map(|row| {
                Ok(LedgerLine {
                    id: row.id,
                    at: row.at.to_jiff(),
                    kind: LedgerKind::named(&row.kind)
                        .ok_or_else(|| corrupt("the kind of a line of the ledger"))?,
                    cents: row.cents,
                    balance: row.balance,
                    of_fee: row.fee_id,
                    branch: code(Some(row.branch))?,
                    note: row.note,
                    event: row.event,
                    staff: row.staff,
                    terminal: row.terminal,
                    item: row.barcode.zip(row.title),
                })
            })
            .collect()
    }
}
