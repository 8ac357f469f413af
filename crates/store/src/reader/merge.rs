//! Two files of one person become one; and the list of those who may be one person.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Session, StoreError};

/// What went over from one file to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadersMerged {
    /// Loans.
    pub loans: u64,
    /// Holds that wait on.
    pub holds: u64,
    /// Holds that ended, since the person waited twice for the same.
    pub ended: u64,
    /// What the person owed in this file, in cents.
    pub cents: i64,
}

/// A pair on the work list, by its readers' numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtedPair {
    /// Its number.
    pub number: i64,
    /// 1 to 100: the likeliest come first.
    pub score: i16,
    /// Why, in codes.
    pub why: Vec<String>,
    /// One reader.
    pub one: i64,
    /// The other.
    pub other: i64,
}

impl Session {
    /// Everything that is of one reader is of the other from then on: cards, loans, holds, what stands against them, the
    /// account, who answers for whom. The first file is closed and leads to the second; what the second does not say is
    /// taken from the first. Needs a transaction with both households' locks, and raises neither guard.
    ///
    /// Who waited twice for the same waits once: by the hold for which a copy is set aside, else by the older one.
    pub async fn merge_readers(
        &mut self,
        from: i64,
        into: i64,
        at: Timestamp,
    ) -> Result<ReadersMerged, StoreError> {
        self.raise_lent(from).await?;
        let cents = self.remaining(from).await?.cents;
        let ended = self.end_twins(from, into, at).await?;
        let holds = sqlx::query!(
            "UPDATE hold SET patron_id = $2, version = version + 1 WHERE patron_id = $1 AND closed_at IS NULL",
            from,
            into
        )
        .execute(self.pg())
        .await?
        .rows_affected();
        let loans = sqlx::query!(
            "UPDATE custody SET patron_id = $2 WHERE patron_id = $1 AND kind = 'loan' AND until IS NULL",
            from,
            into
        )
        .execute(self.pg())
        .await?
        .rows_affected();
        // Of loans that are over, those that still name their reader: a return that is taken back leads to who had it.
        sqlx::query!(
            "UPDATE custody SET patron_id = $2
              WHERE id IN (SELECT e.custody_id FROM event e WHERE e.patron_id = $1) AND patron_id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        self.move_standing(from, into).await?;
        self.move_account(from, into).await?;
        self.move_ties(from, into).await?;
        sqlx::query!(
            "UPDATE patron k SET born_on = coalesce(k.born_on, f.born_on), guarantor_id = coalesce(k.guarantor_id, nullif(f.guarantor_id, k.id)),
                    email = CASE k.email WHEN '' THEN f.email ELSE k.email END,
                    phone = CASE k.phone WHEN '' THEN f.phone ELSE k.phone END,
                    address = CASE k.address WHEN '' THEN f.address ELSE k.address END,
                    note = CASE WHEN '' IN (k.note, f.note) THEN k.note || f.note ELSE left(k.note || ' · ' || f.note, 500) END,
                    pin_hash = coalesce(k.pin_hash, f.pin_hash),
                    credential_version = k.credential_version + CASE WHEN k.pin_hash IS NULL THEN 1 ELSE 0 END,
                    expires_on = greatest(k.expires_on, f.expires_on)
               FROM patron f WHERE k.id = $2 AND f.id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        self.close_reader(from, at).await?;
        sqlx::query!(
            "UPDATE patron SET merged_into = $2 WHERE id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        Ok(ReadersMerged {
            loans,
            holds,
            ended,
            cents,
        })
    }

    /// A return has no guard but its item's: one that has read who has it is decided anew, and one that is under way is
    /// waited for, so that what it brings goes over too.
    async fn raise_lent(&mut self, patron_id: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE item SET version = version + 1
              WHERE id IN (SELECT i.id FROM item i
                            WHERE i.id IN (SELECT item_id FROM custody WHERE patron_id = $1 AND kind = 'loan' AND until IS NULL)
                            ORDER BY i.id FOR UPDATE)",
            patron_id
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    async fn end_twins(&mut self, from: i64, into: i64, at: Timestamp) -> Result<u64, StoreError> {
        let ended = sqlx::query!(
            "UPDATE hold w SET closed_at = greatest($3, w.placed_at), outcome = 'cancelled', version = w.version + 1
              WHERE w.id IN (SELECT CASE WHEN (NOT f.aside, f.ranked_at, f.id) < (NOT k.aside, k.ranked_at, k.id) THEN k.id ELSE f.id END
                               FROM (SELECT h.*, EXISTS (SELECT FROM custody c WHERE c.hold_id = h.id AND c.until IS NULL AND c.kind <> 'loan') AS aside
                                       FROM hold h WHERE h.patron_id = $1 AND h.closed_at IS NULL) f
                               JOIN (SELECT h.*, EXISTS (SELECT FROM custody c WHERE c.hold_id = h.id AND c.until IS NULL AND c.kind <> 'loan') AS aside
                                       FROM hold h WHERE h.patron_id = $2 AND h.closed_at IS NULL) k
                                 ON k.bib_id = f.bib_id AND k.item_id IS NOT DISTINCT FROM f.item_id
                                AND (f.item_id IS NOT NULL OR NOT (f.several OR k.several)))",
            from,
            into,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(ended.rows_affected())
    }

    /// Cards, blocks, suspensions, and what a machine did off line.
    async fn move_standing(&mut self, from: i64, into: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE card SET patron_id = $2,
                    status = CASE WHEN status = 'active' AND EXISTS (SELECT FROM card k WHERE k.patron_id = $2 AND k.status = 'active')
                                  THEN 'alias' ELSE status END
              WHERE patron_id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE block SET patron_id = $2 WHERE patron_id = $1 AND lifted_at IS NULL",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE suspension SET patron_id = $2 WHERE patron_id = $1 AND lifted_at IS NULL",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE offline_exception SET patron_id = $2 WHERE patron_id = $1 AND settled_at IS NULL",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    async fn move_account(&mut self, from: i64, into: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE payment SET patron_id = $2
              WHERE id IN (SELECT payment_id FROM ledger WHERE patron_id = $1)",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE ledger SET patron_id = $2 WHERE patron_id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Who answers for whom, who collects for whom, by what number a former system knew them, whom they may be.
    async fn move_ties(&mut self, from: i64, into: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE patron SET guarantor_id = nullif($2, id) WHERE guarantor_id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "INSERT INTO proxy (patron_id, proxy_id)
             SELECT x.patron_id, x.proxy_id
               FROM (SELECT CASE patron_id WHEN $1 THEN $2 ELSE patron_id END AS patron_id,
                            CASE proxy_id WHEN $1 THEN $2 ELSE proxy_id END AS proxy_id
                       FROM proxy WHERE $1 IN (patron_id, proxy_id)) x
              WHERE x.patron_id <> x.proxy_id
             ON CONFLICT DO NOTHING",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE patron_source SET patron_id = $2 WHERE patron_id = $1",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        // Whoever may be the first may be the second.
        sqlx::query!(
            "INSERT INTO patron_doubt (one, other, score, why, since)
             SELECT least(x.third, $2), greatest(x.third, $2), x.score, x.why, x.since
               FROM (SELECT CASE one WHEN $1 THEN other ELSE one END AS third, score, why, since
                       FROM patron_doubt WHERE $1 IN (one, other) AND settled_at IS NULL) x
              WHERE x.third <> $2
             ON CONFLICT ON CONSTRAINT patron_doubt_once_a_pair DO NOTHING",
            from,
            into
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Settles every open pair with this reader, who is no more.
    pub async fn settle_merged(
        &mut self,
        from: i64,
        by: Option<i64>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE patron_doubt SET settled_at = $3, settled_by = $2, settled_how = 'merged'
              WHERE $1 IN (one, other) AND settled_at IS NULL",
            from,
            by,
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Into which file this one went, if it went into one.
    pub async fn merged_into(&mut self, patron_id: i64) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"WITH RECURSIVE step (id, into_id) AS (
                SELECT id, merged_into FROM patron WHERE id = $1
                 UNION ALL
                SELECT p.id, p.merged_into FROM step JOIN patron p ON p.id = step.into_id
            )
            SELECT id AS "id!" FROM step WHERE into_id IS NULL AND id <> $1"#,
            patron_id
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// A page of pairs that nobody has settled, the likeliest first; of one branch's readers, if one is given. One round
    /// trip.
    pub async fn doubted_pairs(
        &mut self,
        branch: Option<BranchCode>,
        after: Option<(i16, i64)>,
        most: i64,
    ) -> Result<Vec<DoubtedPair>, StoreError> {
        let (score, id) = after.unwrap_or((i16::MAX, 0));
        Ok(sqlx::query_as!(
            DoubtedPair,
            "SELECT d.id AS number, d.score, d.why, d.one, d.other
               FROM patron_doubt d JOIN patron a ON a.id = d.one JOIN patron b ON b.id = d.other
              WHERE d.settled_at IS NULL AND a.closed_at IS NULL AND b.closed_at IS NULL
                AND d.score <= $2 AND (d.score < $2 OR d.id > $3)
                AND ($1::text IS NULL OR $1 IN (a.home_branch, b.home_branch))
              ORDER BY d.score DESC, d.id LIMIT $4",
            branch.as_ref().map(BranchCode::as_str),
            score,
            id,
            most
        )
        .fetch_all(self.pg())
        .await?)
    }
}
