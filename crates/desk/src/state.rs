//! What staff declare: an item lost, found, damaged, withdrawn; a card lost and replaced.

use std::sync::Arc;

use circulation::{Condition, ContactField, Decision, Place, Refusal, Refused, Rulebook, Trace};
use jiff::Zoned;
use store::{ItemAsk, ItemFacts, Locks, OldCard, Written};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    reader::card_fits,
    refuse::{Asked, refuse},
    request::{local_day, remembered, scanned},
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

    /// Gives the holder of a card a new one. `Ok(Err(…))`: why not.
    ///
    /// Two round trips and one commit.
    pub async fn replace_card(
        self: &Arc<Self>,
        actor: &Actor,
        card: &str,
        old: OldCard,
        number: &str,
        at: &Zoned,
    ) -> Result<Result<i64, Refusal>, DeskError> {
        if !card_fits(scanned(number)) {
            let field = ContactField::Card;
            return Ok(Err(Refusal::ValueWrong { field }));
        }
        let asked = Arc::new(NewCard {
            actor: actor.clone(),
            card: scanned(card).to_owned(),
            old,
            number: scanned(number).to_owned(),
            at: at.clone(),
            key: RequestKey::once()?,
        });
        self.run(move |_, way| try_replace(way, asked.clone()))
            .await
    }
}

struct NewCard {
    actor: Actor,
    card: String,
    old: OldCard,
    number: String,
    at: Zoned,
    key: RequestKey,
}

async fn try_replace(
    mut way: Way,
    ask: Arc<NewCard>,
) -> Result<Tried<Result<i64, Refusal>>, Trouble> {
    if way.known()
        && let Some((event, ())) = remembered(&mut way, ask.key).await?
    {
        return Ok(Tried::Done(Ok(event)));
    }
    let (branch, today) = (ask.actor.branch(), local_day(&ask.at));
    let session = way.session().await?;
    let (_, file) = session.patron_file(&ask.card, branch, today).await?;
    let Some(file) = file else {
        return Ok(Tried::Done(Err(Refusal::CardUnknown)));
    };
    let locks = Locks {
        household: Some(file.row.household_id),
        ..Locks::default()
    };
    let household = (file.row.household_id, file.row.household_version);
    let (stamp, keep) = (ask.actor.stamp(&ask.at), ask.key.keep(ask.at.timestamp()));
    let session = way.session_to_write().await?;
    let replaced = session
        .replace_card(file.row.id, household, ask.old, &ask.number, &stamp, keep)
        .await;
    if replaced.as_ref().is_err_and(|error| error.is_card_taken()) {
        return Ok(Tried::Done(Err(Refusal::CardTaken)));
    }
    Ok(match way.written(replaced, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(Ok(event)),
    })
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
