//! What machines report of cards and items: a card is blocked or good again, an item has a remark.

use std::sync::Arc;

use circulation::Refusal;
use jiff::Zoned;
use store::{ItemAsk, Locks, Stamp};

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
    /// it is so already: the same machine blocked with the same words, or there is nothing to lift.
    ///
    /// Two round trips and one commit.
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

    /// Writes a machine's remark on an item (SIP2 field CH), if it does not stand there already. The refusal says why
    /// the barcode leads to nothing.
    ///
    /// Two round trips and one commit.
    pub async fn note_item(
        self: &Arc<Self>,
        actor: &Actor,
        barcode: &str,
        note: &str,
        at: &Zoned,
    ) -> Result<Result<ItemShown, Refusal>, DeskError> {
        let asked = Arc::new((
            ItemAsk {
                barcode: scanned(barcode).to_owned(),
                branch: actor.branch(),
            },
            note.to_owned(),
            actor.stamp(at),
        ));
        self.run(move |desk, way| {
            let asked = asked.clone();
            async move {
                let (item, note, stamp) = &*asked;
                try_note(desk, way, item, note, stamp).await
            }
        })
        .await
    }
}

async fn try_note(
    desk: Arc<Desk>,
    mut way: Way,
    ask: &ItemAsk,
    note: &str,
    stamp: &Stamp,
) -> Result<Tried<Result<ItemShown, Refusal>>, Trouble> {
    let read = way.ask(ask.clone()).await?;
    let Some(item) = read.item else {
        let (_, issuers) = way.session().await?.issuers("", &ask.barcode).await?;
        return Ok(Tried::Done(Err(if issuers.len() > 1 {
            Refusal::ItemAmbiguous { branches: issuers }
        } else {
            Refusal::ItemUnknown
        })));
    };
    let book = desk.rulebook_at(read.rulebook_version).await?;
    let locks = Locks {
        item: Some(item.row.id),
        ..Locks::default()
    };
    let session = way.session_to_write().await?;
    let noted = session.note_item(item.row.id, note, stamp).await;
    Ok(match way.written(noted, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(_) => Tried::Done(Ok(ItemShown::new(&book, &item))),
    })
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
    let patron = file.row.id;
    let household = (file.row.household_id, file.row.household_version);
    let stamp = actor.stamp(at);
    let session = way.session_to_write().await?;
    let reported = match report {
        CardReport::Block(message) => {
            session
                .block_from_machine(patron, household, message, &stamp)
                .await
        }
        CardReport::Enable => session.lift_machine_blocks(patron, household, &stamp).await,
    };
    Ok(match way.written(reported, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(event),
    })
}
