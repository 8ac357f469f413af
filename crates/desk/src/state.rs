//! What staff declare: an item lost, found, damaged, withdrawn.

use std::sync::Arc;

use circulation::{Condition, Decision, Place, Refusal, Refused, Rulebook, Trace};
use jiff::Zoned;
use store::{ItemAsk, ItemFacts, Locks, Written};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::{remembered, scanned},
};

/// A declaration about an item. For the doors of staff: no machine judges an item.
#[derive(Debug, Clone)]
pub struct DeclareAsk {
    /// Who declares.
    pub actor: Actor,
    /// The item's barcode, as scanned.
    pub barcode: String,
    /// The state that it is in from now on: good (found, repaired, catalogued), lost, claimed returned, …
    pub condition: Condition,
    /// When.
    pub at: Zoned,
}

impl Desk {
    /// Declares the state of an item, or says why not.
    ///
    /// A loan stays a loan, whatever its item's state: who has it still has to bring it back. What was set aside for
    /// a hold and is not good any more is set aside no longer, and the hold waits on. A withdrawn item is nowhere,
    /// and cannot be withdrawn while it is lent; one that is good again stands on the shelf of this branch.
    ///
    /// Two round trips and one commit.
    pub async fn declare(self: &Arc<Self>, ask: DeclareAsk) -> Result<Answer<()>, DeskError> {
        self.declaring(ask, false).await
    }

    /// What [declaring](Desk::declare) would come to; nothing changes.
    pub async fn would_declare(self: &Arc<Self>, ask: DeclareAsk) -> Result<Answer<()>, DeskError> {
        self.declaring(ask, true).await
    }

    async fn declaring(
        self: &Arc<Self>,
        ask: DeclareAsk,
        dry: bool,
    ) -> Result<Answer<()>, DeskError> {
        let (ask, key) = (Arc::new(ask), RequestKey::once()?);
        self.run(move |desk, way| try_declare(desk, way, ask.clone(), key, dry))
            .await
    }
}

async fn try_declare(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<DeclareAsk>,
    key: RequestKey,
    dry: bool,
) -> Result<Tried<Answer<()>>, Trouble> {
    let branch = ask.actor.branch();
    let barcode = scanned(&ask.barcode).to_owned();
    let read = way.ask(ItemAsk { barcode, branch }).await?;
    let book = desk.rulebook_at(read.rulebook_version).await?;
    let asked = Asked {
        kind: "item_state",
        actor: &ask.actor,
        at: &ask.at,
        dry,
    };
    let Some(item) = read.item else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::ItemUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    if way.known()
        && let Some((event, ())) = remembered(&mut way, key).await?
    {
        return Ok(Tried::Done(done(event, &book, &item, true)));
    }
    let lent = matches!(item.facts.place, Place::Loan { .. });
    if lent && ask.condition == Condition::Withdrawn {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::LentToAnother));
        let item = Some(&item);
        return refuse(&mut way, &asked, &book, None, item, no, Default::default()).await;
    }
    if dry {
        let would = done(0, &book, &item, false);
        return Ok(Tried::Done(Answer {
            event: None,
            ..would
        }));
    }
    let locks = Locks {
        bib: Some(item.row.bib_id),
        item: Some(item.row.id),
        household: None,
    };
    let body = serde_json::json!({ "from": item.facts.condition, "to": ask.condition });
    let written = Written {
        stamp: ask.actor.stamp(&ask.at),
        body: &body,
        result: &(),
        keep: key.keep(ask.at.timestamp()),
    };
    let session = way.session_to_write().await?;
    let declared = session
        .declare_item(&item, read.bib_version, ask.condition, &written)
        .await;
    Ok(match way.written(declared, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(done(event, &book, &item, false)),
    })
}

fn done(event: i64, book: &Rulebook, item: &ItemFacts, replayed: bool) -> Answer<()> {
    Answer {
        outcome: Ok(()),
        trace: Trace::default(),
        event: Some(event),
        language: Default::default(),
        item: Some(ItemShown::new(book, item)),
        replayed,
    }
}
