//! A loan or a return, taken back as if it had not been.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, Stamp, StoreError, facts::code};

/// The last movement of an item, when it was a loan or the return of one.
#[derive(Debug, Clone)]
pub struct LastMove {
    /// The open stay that it made.
    pub custody_id: i64,
    /// The stay that it ended.
    pub before_id: i64,
    /// Whether it was a loan; otherwise it was a return.
    pub lent: bool,
    /// Who has, or had, the item.
    pub patron_id: i64,
    /// The household of that patron.
    pub household_id: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Through which terminal, if through one.
    pub terminal_id: Option<i64>,
    /// Nothing has been made of it since, such as a renewal.
    pub fresh: bool,
    /// Where the item was lent, or came back.
    pub branch: BranchCode,
}

impl Session {
    /// Reads the last movement of an item, if it was a loan or the return of one and is not unlinked from its
    /// patron.
    pub async fn last_move(&mut self, item_id: i64) -> Result<Option<LastMove>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT u.id, v.id AS before_id, u.kind = 'loan' AS "lent!", p.id AS patron_id, p.household_id,
                      CASE u.kind WHEN 'loan' THEN u.lent_at ELSE v.returned_at END AS "at!: jiff_sqlx::Timestamp",
                      CASE u.kind WHEN 'loan' THEN u.terminal_id ELSE v.returned_by END AS terminal_id,
                      u.kind <> 'loan' OR (u.renewals = 0 AND u.continues IS NULL) AS "fresh!", u.branch
                 FROM custody u
                 JOIN custody v ON v.item_id = u.item_id AND v.until = u.since
                 JOIN patron p ON p.id = CASE u.kind WHEN 'loan' THEN u.patron_id ELSE v.patron_id END
                WHERE u.item_id = $1 AND u.until IS NULL
                  AND (u.kind = 'loan' OR (v.kind = 'loan' AND NOT v.undone))"#,
            item_id
        )
        .fetch_optional(self.pg())
        .await?;
        row.map(|row| {
            Ok(LastMove {
                custody_id: row.id,
                before_id: row.before_id,
                lent: row.lent,
                patron_id: row.patron_id,
                household_id: row.household_id,
                at: row.at.to_jiff(),
                terminal_id: row.terminal_id,
                fresh: row.fresh,
                branch: code(Some(row.branch))?,
            })
        })
        .transpose()
    }

    /// Takes a loan back: the item is where it was before, and the hold that the loan ended waits again; if its
    /// patron has asked anew meanwhile, that hold counts and this one is over. The session
    /// must hold the locks of title, item and household. Returns the event.
    pub async fn undo_checkout<B: Serialize + Sync>(
        &mut self,
        item_id: i64,
        last: &LastMove,
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        self.raise(item_id, last.household_id).await?;
        sqlx::query!(
            "WITH closed AS (
                UPDATE custody SET until = greatest(clock_timestamp(), since + interval '1 microsecond'), request_key = NULL,
                       returned_at = $3, returned_to = $4, returned_by = $5, undone = true
                 WHERE id = $1 AND until IS NULL RETURNING until, hold_id
            ), ended AS (
                SELECT w.id, (w.item_id IS NOT NULL OR NOT w.several) AND EXISTS (
                        SELECT FROM hold o WHERE o.patron_id = w.patron_id AND o.bib_id = w.bib_id
                           AND o.closed_at IS NULL AND o.item_id IS NOT DISTINCT FROM w.item_id) AS asked_anew
                  FROM hold w JOIN closed ON closed.hold_id = w.id WHERE w.patron_id IS NOT NULL
            ), again AS (
                UPDATE hold SET version = version + 1,
                       closed_at = CASE WHEN asked_anew THEN closed_at END,
                       outcome = CASE WHEN asked_anew THEN 'cancelled' END
                  FROM ended WHERE hold.id = ended.id RETURNING hold.id
            )
            INSERT INTO custody (item_id, kind, branch, to_branch, hold_id, ready_until, since)
            SELECT v.item_id, v.kind, v.branch, v.to_branch, v.hold_id, v.ready_until, closed.until
              FROM custody v CROSS JOIN closed LEFT JOIN again ON true WHERE v.id = $2",
            last.custody_id,
            last.before_id,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
        )
        .execute(self.pg())
        .await?;
        self.log_undo("undo_checkout", item_id, last, stamp, body)
            .await
    }

    /// Takes a return back: the loan goes on as it was, what the return cost is lifted, and what it set aside for a
    /// hold is not. The session must hold the locks of title, item and household. Returns the event.
    pub async fn undo_checkin<B: Serialize + Sync>(
        &mut self,
        item_id: i64,
        last: &LastMove,
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        self.raise(item_id, last.household_id).await?;
        sqlx::query!(
            "WITH closed AS (
                UPDATE custody SET until = greatest(clock_timestamp(), since + interval '1 microsecond')
                 WHERE id = $1 AND until IS NULL RETURNING until, hold_id
            ), released AS (
                UPDATE hold SET version = version + 1 FROM closed WHERE hold.id = closed.hold_id RETURNING hold.id
            ), lifted AS (
                UPDATE suspension SET lifted_at = $3 WHERE custody_id = $2 AND lifted_at IS NULL RETURNING id
            )
            INSERT INTO custody (item_id, kind, branch, since, patron_id, lent_at, terminal_id, lent_on, due, renewals,
                                 lent_new, category, document, policy_version, calendar_version, hold_id, continues)
            SELECT v.item_id, 'loan', v.branch, closed.until, v.patron_id, v.lent_at, v.terminal_id, v.lent_on, v.due,
                   v.renewals, v.lent_new, v.category, v.document, v.policy_version, v.calendar_version, v.hold_id, v.id
              FROM custody v CROSS JOIN closed WHERE v.id = $2",
            last.custody_id,
            last.before_id,
            stamp.at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        let event = self
            .log_undo("undo_checkin", item_id, last, stamp, body)
            .await?;
        sqlx::query!(
            "INSERT INTO ledger (patron_id, kind, cents, fee_id, at, branch, event_id)
             SELECT f.patron_id, 'reversal', -left_over, f.id, $2, $3, $4
               FROM ledger f, LATERAL (SELECT f.cents + coalesce(sum(d.cents), 0)::bigint AS left_over
                                         FROM ledger d WHERE d.fee_id = f.id) x
              WHERE f.custody_id = $1 AND f.kind = 'late' AND left_over > 0",
            last.before_id,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            event,
        )
        .execute(self.pg())
        .await?;
        Ok(event)
    }

    /// Whoever decided on what is now changed shall read again.
    async fn raise(&mut self, item_id: i64, household_id: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE item SET version = version + 1 WHERE id = $1",
            item_id
        )
        .execute(self.pg())
        .await?;
        self.raise_household(household_id).await
    }

    async fn log_undo<B: Serialize + Sync>(
        &mut self,
        kind: &str,
        item_id: i64,
        last: &LastMove,
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, custody_id, body)
             VALUES ($1, $2, 'done', $3, $4, $5, $6, $7, $8, $9) RETURNING id",
            stamp.at.to_sqlx() as _,
            kind,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            item_id,
            last.patron_id,
            last.custody_id,
            Json(body) as _,
        )
        .fetch_one(self.pg())
        .await?)
    }
}
