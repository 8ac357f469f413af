//! Taking a loan or a return back, as if it had not been.

use std::sync::Arc;

use circulation::{Decision, Refusal, Refused, Trace};
use jiff::{SignedDuration, Zoned};
use store::{ItemAsk, Locks};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    checkout::{Asked, refuse},
    request::scanned,
};

/// A machine notices at once that it could not do its part (secure the item, release it). What is older is a
/// reader's affair and goes the usual way.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// Which movement is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// A loan (SIP2 09 with BI Y).
    Loan,
    /// A return (SIP2 11 with BI Y).
    Return,
}

/// A question to take the last movement of an item back.
#[derive(Debug, Clone)]
pub struct UndoAsk {
    /// Who asks: the terminal that moved it, or staff.
    pub actor: Actor,
    /// Which movement.
    pub what: Undo,
    /// The item's barcode, as scanned.
    pub barcode: String,
    /// When.
    pub at: Zoned,
}

impl Desk {
    /// Takes an item's last movement back: nothing of it stays but the log's two lines. No hold is served, no return
    /// is counted, no lateness is. What it cost is lifted, and a hold that it ended waits again.
    pub async fn undo(self: &Arc<Self>, ask: UndoAsk) -> Result<Answer<()>, DeskError> {
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_undo(desk, way, ask.clone()))
            .await
    }
}

async fn try_undo(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<UndoAsk>,
) -> Result<Tried<Answer<()>>, Trouble> {
    let branch = ask.actor.branch();
    let barcode = scanned(&ask.barcode).to_owned();
    let read = way.ask(ItemAsk { barcode, branch }).await?;
    let book = desk.rulebook_at(read.rulebook_version).await?;
    let asked = Asked {
        kind: match ask.what {
            Undo::Loan => "undo_checkout",
            Undo::Return => "undo_checkin",
        },
        actor: &ask.actor,
        at: &ask.at,
        dry: false,
    };
    let Some(item) = read.item else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::ItemUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    let last = way.session().await?.last_move(item.row.id).await?;
    let may = last.filter(|last| {
        last.lent == (ask.what == Undo::Loan)
            && last.fresh
            && (ask.actor.staff_id().is_some() || last.terminal_id == ask.actor.terminal_id())
            && ask.at.timestamp().duration_since(last.at).abs() <= WINDOW
    });
    let Some(last) = may else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::NothingToUndo));
        let item = Some(&item);
        return refuse(&mut way, &asked, &book, None, item, no, Default::default()).await;
    };
    let locks = Locks {
        bib: Some(item.row.bib_id),
        item: Some(item.row.id),
        household: Some(last.household_id),
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let stamp = ask.actor.stamp(&ask.at);
    let body = serde_json::json!({ "undone": { "stay": last.custody_id } });
    let session = way.session_to_write().await?;
    let event = match ask.what {
        Undo::Loan => {
            session
                .undo_checkout(item.row.id, &last, &stamp, &body)
                .await
        }
        Undo::Return => {
            session
                .undo_checkin(item.row.id, &last, &stamp, &body)
                .await
        }
    }
    .map_err(Trouble::during)?;
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
