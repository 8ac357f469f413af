//! Closing readers' accounts.

use std::sync::Arc;

use circulation::{Refusal, Refused, Trace};
use jiff::Zoned;

use super::locked::{Ask, Begun, again, answer, begin, done, no};
use crate::{
    Actor, Answer, Desk, DeskError, RequestKey,
    attempt::{Tried, Trouble, Way},
};

/// A question to close an account.
#[derive(Debug, Clone)]
pub struct CloseAsk {
    /// Who asks.
    pub actor: Actor,
    /// The patron's number.
    pub patron: i64,
    /// The version of the [`Dossier`](crate::Dossier) that was looked at.
    pub version: i64,
    /// What the question is known by when it comes again.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

impl Desk {
    /// Closes an account, or says why not: something is lent, held or owed, or the reader answers for others. Its cards
    /// open nothing any more, and nothing of the person is kept; the row stays without a name, since the ledger names it.
    /// A former system's file that is given again does not bring the reader back.
    ///
    /// In one transaction, under the household's lock.
    pub async fn close_patron(self: &Arc<Self>, ask: CloseAsk) -> Result<Answer<()>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_close(desk, way, ask.clone(), key))
            .await
    }
}

async fn try_close(
    desk: Arc<Desk>,
    mut way: Way,
    close: Arc<CloseAsk>,
    key: RequestKey,
) -> Result<Tried<Answer<()>>, Trouble> {
    let ask = Ask {
        kind: "close_account",
        actor: &close.actor,
        key,
        at: &close.at,
    };
    let (book, read) = match begin(&desk, &mut way, ask, &[close.patron]).await? {
        Begun::Again => return Ok(again()),
        Begun::Known(event, ()) => {
            let known = answer((), Some(event), Trace::default(), true);
            return Ok(Tried::Done(known));
        }
        Begun::Read(book, read) => (book, read),
    };
    let Some(reader) = read.into_iter().flatten().next() else {
        let refused = Refused::from(Refusal::ReaderUnknown);
        return no(way, ask, &book, None, refused).await;
    };
    let mut refusals = Vec::new();
    if reader.version != close.version {
        refusals.push(Refusal::FileChanged);
    }
    let left = way.session().await?.remaining(reader.id).await?;
    if left.loans > 0 || left.holds > 0 || left.cents > 0 {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        refusals.push(Refusal::AccountInUse {
            loans: count(left.loans),
            holds: count(left.holds),
            cents: left.cents,
        });
    }
    if !reader.answers_for.is_empty() {
        let readers = u32::try_from(reader.answers_for.len()).unwrap_or(u32::MAX);
        refusals.push(Refusal::AnswersForOthers { readers });
    }
    if let Some(refused) = Refused::new(refusals) {
        return no(way, ask, &book, Some(reader.id), refused).await;
    }
    let session = way.session_to_write().await?;
    session
        .close_reader(reader.id, close.at.timestamp())
        .await?;
    session.raise_households(&[reader.household]).await?;
    done(way, ask, reader.id, (&[], None), Trace::default(), ()).await
}
