//! What machines report of cards and items: a card is blocked or good again, an item has a remark.

use std::sync::Arc;

use circulation::Refusal;
use jiff::Zoned;
use store::{ItemAsk, Locks};

use crate::{
    Actor, Desk, DeskError, ItemShown,
    attempt::{Tried, Trouble, Way},
    request::{local_day, scanned},
};

/// What is to be done with a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardReport {
    /// It is misused, or was left behind (SIP2 01), with a message for the reader.
    Block(String),
    /// It is good again (SIP2 25): what machines blocked is lifted, and nothing else.
    Enable,
}

impl Desk {
    /// Blocks the holder of a card, or lifts what machines have blocked. `Ok(None)`: the card leads to nobody, or
    /// there was nothing to lift.
    pub async fn report_card(
        self: &Arc<Self>,
        actor: Actor,
        card: String,
        report: CardReport,
        at: Zoned,
    ) -> Result<Option<i64>, DeskError> {
        let ask = Arc::new((actor, card, report, at));
        self.run(move |_, way| {
            let ask = ask.clone();
            async move {
                let (actor, card, report, at) = &*ask;
                try_report(way, actor, card, report, at).await
            }
        })
        .await
    }

    /// Writes a machine's remark on an item (SIP2 field CH). The refusal says why the barcode leads to nothing.
    pub async fn note_item(
        self: &Arc<Self>,
        actor: &Actor,
        barcode: &str,
        note: &str,
        at: &Zoned,
    ) -> Result<Result<ItemShown, Refusal>, DeskError> {
        let mut session = self.store.session().await?;
        let ask = ItemAsk {
            barcode: scanned(barcode).to_owned(),
            branch: actor.branch(),
        };
        let Some(read) = session.items(std::slice::from_ref(&ask)).await?.pop() else {
            return Err(DeskError::Internal("a question without an answer".into()));
        };
        let read = read?;
        let Some(item) = read.item else {
            let (_, issuers) = session.issuers("", &ask.barcode).await?;
            return Ok(Err(if issuers.len() > 1 {
                Refusal::ItemAmbiguous { branches: issuers }
            } else {
                Refusal::ItemUnknown
            }));
        };
        session
            .note_item(item.row.id, note, &actor.stamp(at))
            .await?;
        drop(session);
        let book = self.rulebook_at(read.rulebook_version).await?;
        Ok(Ok(ItemShown::new(&book, &item)))
    }
}

async fn try_report(
    mut way: Way,
    actor: &Actor,
    card: &str,
    report: &CardReport,
    at: &Zoned,
) -> Result<Tried<Option<i64>>, Trouble> {
    let session = way.session().await?;
    let (_, file) = session
        .patron_file(scanned(card), actor.branch(), local_day(at))
        .await?;
    let Some(file) = file else {
        return Ok(Tried::Done(None));
    };
    let locks = Locks {
        household: Some(file.row.household_id),
        ..Locks::default()
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let (patron, household) = (file.row.id, file.row.household_id);
    let stamp = actor.stamp(at);
    let session = way.session_to_write().await?;
    let event = match report {
        CardReport::Block(message) => session
            .block_from_machine(patron, household, message, &stamp)
            .await
            .map(Some),
        CardReport::Enable => session.lift_machine_blocks(patron, household, &stamp).await,
    }
    .map_err(Trouble::during)?;
    way.commit().await?;
    Ok(Tried::Done(event))
}
