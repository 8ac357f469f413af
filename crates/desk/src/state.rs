//! What staff declare: an item lost, found, damaged, withdrawn; a card lost and replaced.

use std::sync::Arc;

use circulation::{BranchCode, Condition, Decision, Place, Refusal, Refused, Trace};
use jiff::Zoned;
use store::{ItemAsk, Locks, OldCard};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    checkout::{Asked, refuse},
    request::{local_day, scanned},
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
    pub async fn declare(self: &Arc<Self>, ask: DeclareAsk) -> Result<Answer<()>, DeskError> {
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_declare(desk, way, ask.clone()))
            .await
    }

    /// Gives the holder of a card a new one. `Ok(Err(…))`: why not.
    pub async fn replace_card(
        self: &Arc<Self>,
        actor: &Actor,
        card: &str,
        old: OldCard,
        number: &str,
        at: &Zoned,
    ) -> Result<Result<i64, Refusal>, DeskError> {
        let branch: BranchCode = actor.branch();
        let find = async |session: &mut store::Session| {
            session
                .patron_file(scanned(card), branch, local_day(at))
                .await
        };
        let mut session = self.store.session().await?;
        let (_, Some(file)) = find(&mut session).await? else {
            return Ok(Err(Refusal::CardUnknown));
        };
        drop(session);
        let household = file.row.household_id;
        let locks = Locks {
            household: Some(household),
            ..Locks::default()
        };
        let mut session = self.store.locked_session(locks).await?;
        let stamp = actor.stamp(at);
        let event = session
            .replace_card(file.row.id, household, old, scanned(number), branch, &stamp)
            .await?;
        session.commit().await?;
        Ok(Ok(event))
    }
}

async fn try_declare(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<DeclareAsk>,
) -> Result<Tried<Answer<()>>, Trouble> {
    let branch = ask.actor.branch();
    let barcode = scanned(&ask.barcode).to_owned();
    let read = way.ask(ItemAsk { barcode, branch }).await?;
    let book = desk.rulebook_at(read.rulebook_version).await?;
    let asked = Asked {
        kind: "item_state",
        actor: &ask.actor,
        at: &ask.at,
        dry: false,
    };
    let Some(item) = read.item else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::ItemUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    let lent = matches!(item.facts.place, Place::Loan { .. });
    if lent && ask.condition == Condition::Withdrawn {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::LentToAnother));
        let item = Some(&item);
        return refuse(&mut way, &asked, &book, None, item, no, Default::default()).await;
    }
    let locks = Locks {
        bib: Some(item.row.bib_id),
        item: Some(item.row.id),
        household: None,
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let body = serde_json::json!({ "from": item.facts.condition, "to": ask.condition });
    let stamp = ask.actor.stamp(&ask.at);
    let session = way.session_to_write().await?;
    let declared = session
        .declare_item(&item, ask.condition, &stamp, &body)
        .await
        .map_err(Trouble::during)?;
    let Some(event) = declared else {
        return Ok(Tried::Again(locks));
    };
    way.commit().await?;
    Ok(Tried::Done(Answer {
        outcome: Ok(()),
        trace: Trace::default(),
        event: Some(event),
        language: Default::default(),
        item: Some(ItemShown::new(&book, &item)),
        replayed: false,
    }))
}
