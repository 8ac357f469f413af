//! What staff put in a reader's way, and take out of it.

use std::sync::Arc;

use circulation::{ContactField, Refusal, Refused, Trace};
use jiff::Zoned;

use super::{
    locked::{Ask, Begun, again, answer, begin, done, no},
    values::text_fits,
};
use crate::{
    Actor, Answer, Desk, DeskError, RequestKey,
    attempt::{Tried, Trouble, Way},
};

/// A question to block a reader.
#[derive(Debug, Clone)]
pub struct BlockAsk {
    /// Who asks.
    pub actor: Actor,
    /// The patron's number.
    pub patron: i64,
    /// What the reader is told; empty if nothing.
    pub message: String,
    /// When.
    pub at: Zoned,
}

/// A question to lift what stands against a reader, by its number in the [`Dossier`](crate::Dossier).
#[derive(Debug, Clone)]
pub struct LiftAsk {
    /// Who asks.
    pub actor: Actor,
    /// The patron's number.
    pub patron: i64,
    /// The number of the block or suspension.
    pub number: i64,
    /// When.
    pub at: Zoned,
}

#[derive(Clone)]
enum What {
    Block(String),
    LiftBlock(i64),
    LiftSuspension(i64),
}

impl What {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Block(_) => "block",
            Self::LiftBlock(_) => "unblock",
            Self::LiftSuspension(_) => "unsuspend",
        }
    }
}

impl Desk {
    /// Blocks a reader with a message of staff. The same words, while they stand, add nothing.
    pub async fn block_patron(self: &Arc<Self>, ask: BlockAsk) -> Result<Answer<()>, DeskError> {
        let what = What::Block(ask.message.trim().to_owned());
        self.against(ask.actor, ask.patron, what, ask.at).await
    }

    /// Lifts a block of any kind, whoever placed it. One that does not stand any more, or is not this reader's, changes
    /// nothing: there is no event.
    pub async fn lift_block(self: &Arc<Self>, ask: LiftAsk) -> Result<Answer<()>, DeskError> {
        let what = What::LiftBlock(ask.number);
        self.against(ask.actor, ask.patron, what, ask.at).await
    }

    /// Ends a suspension before its day. One that does not stand any more, or is not this reader's, changes nothing:
    /// there is no event.
    pub async fn lift_suspension(self: &Arc<Self>, ask: LiftAsk) -> Result<Answer<()>, DeskError> {
        let what = What::LiftSuspension(ask.number);
        self.against(ask.actor, ask.patron, what, ask.at).await
    }

    async fn against(
        self: &Arc<Self>,
        actor: Actor,
        patron: i64,
        what: What,
        at: Zoned,
    ) -> Result<Answer<()>, DeskError> {
        let key = RequestKey::once()?;
        let asked = Arc::new((actor, patron, what, at));
        self.run(move |desk, way| try_against(desk, way, asked.clone(), key))
            .await
    }
}

async fn try_against(
    desk: Arc<Desk>,
    mut way: Way,
    asked: Arc<(Actor, i64, What, Zoned)>,
    key: RequestKey,
) -> Result<Tried<Answer<()>>, Trouble> {
    let (actor, patron, what, at) = &*asked;
    let kind = what.kind();
    let ask = Ask {
        kind,
        actor,
        key,
        at,
    };
    let (book, read) = match begin(&desk, &mut way, ask, &[*patron]).await? {
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
    if matches!(what, What::Block(message) if !text_fits(message)) {
        let field = ContactField::Note;
        let refused = Refused::from(Refusal::ValueWrong { field });
        return no(way, ask, &book, Some(reader.id), refused).await;
    }
    let (id, moment) = (reader.id, at.timestamp());
    let session = way.session_to_write().await?;
    let number = match what {
        What::Block(message) => {
            session
                .place_block(id, message, actor.staff_id(), moment)
                .await?
        }
        What::LiftBlock(block) => {
            let lifted = session.lift_block(id, *block, moment).await?;
            lifted.then_some(*block)
        }
        What::LiftSuspension(suspension) => {
            let lifted = session.lift_suspension(id, *suspension, moment).await?;
            lifted.then_some(*suspension)
        }
    };
    if number.is_none() {
        return Ok(Tried::Done(answer((), None, Trace::default(), false)));
    }
    session.raise_households(&[reader.household]).await?;
    done(way, ask, id, (&[], number), Trace::default(), ()).await
}
