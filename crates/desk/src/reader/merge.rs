//! Two files of one person become one.

use std::sync::Arc;

use circulation::{BranchCode, Refusal, Refused, Trace};
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use store::{DoubtedPair, ReadersMerged};

use super::locked::{Ask, Begun, again, answer, begin, done, no};
use crate::{
    Action, Actor, Answer, Desk, DeskError, Listed, Member, RequestKey,
    attempt::{Tried, Trouble, Way},
    listed::page,
};

/// A question to make one file of two.
#[derive(Debug, Clone)]
pub struct MergeAsk {
    /// Who asks.
    pub actor: Actor,
    /// The file that ends, by its patron's number and the version that was looked at.
    pub from: (i64, i64),
    /// The file that stays.
    pub into: (i64, i64),
    /// What the question is known by when it comes again.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

/// What went over to the file that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedReaders {
    /// Loans.
    pub loans: u64,
    /// Holds that wait on.
    pub holds: u64,
    /// Holds that ended, since the person waited twice for the same.
    pub ended: u64,
    /// What was owed, in cents.
    pub cents: i64,
}

impl Desk {
    /// Makes one file of two, or says why not. Cards, loans, holds, what stands against the reader and the account go over;
    /// older numbers still open the file that stays, which keeps what it says and takes from the other what it does not.
    /// Limits do not stand against it. There is no way back.
    ///
    /// In one transaction, under the locks of both households.
    pub async fn merge_readers(
        self: &Arc<Self>,
        ask: MergeAsk,
    ) -> Result<Answer<MergedReaders>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_merge(desk, way, ask.clone(), key))
            .await
    }

    /// Into which file this one went; `None`: it went into none.
    pub async fn merged_into(&self, reader: i64) -> Result<Option<i64>, DeskError> {
        Ok(self.store.session().await?.merged_into(reader).await?)
    }

    /// A page of readers who may be one person, the likeliest first, 1 to 50 pairs; of one branch's readers, if one is
    /// given. It goes on after the score and number of its last. One round trip.
    pub async fn doubted_readers(
        &self,
        branch: Option<BranchCode>,
        after: Option<(i16, i64)>,
        most: u32,
    ) -> Result<Listed<DoubtedPair, (i16, i64)>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let pairs = session.doubted_pairs(branch, after, read).await?;
        Ok(Listed::cut(pairs, most, |pair| (pair.score, pair.number)))
    }

    /// Takes a pair off the list: they are two persons. `false`: it is not on it. Who said so is noted.
    pub async fn part_readers(
        self: &Arc<Self>,
        by: &Member,
        number: i64,
        at: &Zoned,
    ) -> Result<bool, DeskError> {
        let parted = self
            .store
            .settle_doubt(number, Some(by.id()), at.timestamp());
        if !parted.await? {
            return Ok(false);
        }
        let pair = serde_json::json!({ "pair": number });
        self.note_staff(by, Action::PatronMerge, None, &pair, at)
            .await?;
        Ok(true)
    }
}

async fn try_merge(
    desk: Arc<Desk>,
    mut way: Way,
    merge: Arc<MergeAsk>,
    key: RequestKey,
) -> Result<Tried<Answer<MergedReaders>>, Trouble> {
    let ask = Ask {
        kind: "reader_merge",
        actor: &merge.actor,
        key,
        at: &merge.at,
    };
    let readers = [merge.from.0, merge.into.0];
    let (book, read) = match begin(&desk, &mut way, ask, &readers).await? {
        Begun::Again => return Ok(again()),
        Begun::Known(event, merged) => {
            let known = answer(merged, Some(event), Trace::default(), true);
            return Ok(Tried::Done(known));
        }
        Begun::Read(book, read) => (book, read),
    };
    let of = |id: i64| read.iter().flatten().find(|reader| reader.id == id);
    let (Some(from), Some(into)) = (of(merge.from.0), of(merge.into.0)) else {
        let refused = Refused::from(Refusal::ReaderUnknown);
        return no(way, ask, &book, None, refused).await;
    };
    if from.id == into.id {
        let refused = Refused::from(Refusal::SameReader);
        return no(way, ask, &book, Some(into.id), refused).await;
    }
    if (from.version, into.version) != (merge.from.1, merge.into.1) {
        let refused = Refused::from(Refusal::FileChanged);
        return no(way, ask, &book, Some(into.id), refused).await;
    }
    let (at, by) = (merge.at.timestamp(), merge.actor.staff_id());
    let session = way.session_to_write().await?;
    let merged = session.merge_readers(from.id, into.id, at).await?;
    session.settle_merged(from.id, by, at).await?;
    let mut raised = vec![from.household, into.household];
    raised.dedup();
    session.raise_households(&raised).await?;
    let what = (&[] as &[_], Some(from.id));
    let told = MergedReaders::from(merged);
    done(way, ask, into.id, what, Trace::default(), told).await
}

impl From<ReadersMerged> for MergedReaders {
    fn from(merged: ReadersMerged) -> Self {
        Self {
            loans: merged.loans,
            holds: merged.holds,
            ended: merged.ended,
            cents: merged.cents,
        }
    }
}
