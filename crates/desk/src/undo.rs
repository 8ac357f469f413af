//! Taking a loan or a return back, as if it had not been.

use std::sync::Arc;

use circulation::{Decision, Refusal, Refused, Trace};
use jiff::{SignedDuration, Zoned};
use store::{ItemAsk, ItemFacts, Locks, Written};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::{remembered, scanned},
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
    /// The identity of the request, where repetitions are to be known.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

impl Desk {
    /// Takes an item's last movement back: nothing of it stays but the log's two lines. No hold is served, no return
    /// is counted, no lateness is. What it cost is lifted, and a hold that it ended waits again. The same question
    /// again takes nothing else back, whatever has moved since.
    ///
    /// Three round trips and one commit in the common case.
    pub async fn undo(self: &Arc<Self>, ask: UndoAsk) -> Result<Answer<()>, DeskError> {
        self.undoing(ask, false).await
    }

    /// What [undoing](Desk::undo) would come to; nothing changes.
    pub async fn would_undo(self: &Arc<Self>, ask: UndoAsk) -> Result<Answer<()>, DeskError> {
        self.undoing(ask, true).await
    }

    async fn undoing(self: &Arc<Self>, ask: UndoAsk, dry: bool) -> Result<Answer<()>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_undo(desk, way, ask.clone(), key, dry))
            .await
    }
}

async fn try_undo(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<UndoAsk>,
    key: RequestKey,
    dry: bool,
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
        dry,
    };
    let Some(item) = read.item else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::ItemUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    let shown = |item: &ItemFacts| ItemShown::new(&book, item);
    if way.known()
        && let Some((event, ())) = remembered(&mut way, key).await?
    {
        return Ok(Tried::Done(answer(event, shown(&item), true)));
    }
    let last = way.session().await?.last_move(item.row.id).await?;
    let may = last.filter(|last| {
        last.lent == (ask.what == Undo::Loan)
            && last.fresh
            && (ask.actor.staff_id().is_some() || last.terminal_id == ask.actor.terminal_id())
            && ask.at.timestamp().duration_since(last.at).abs() <= WINDOW
    });
    let Some(last) = may else {
        if let Some((event, ())) = remembered(&mut way, key).await? {
            return Ok(Tried::Done(answer(event, shown(&item), true)));
        }
        let no: Decision<()> = refused_outright(Refused::from(Refusal::NothingToUndo));
        let item = Some(&item);
        return refuse(&mut way, &asked, &book, None, item, no, Default::default()).await;
    };
    if dry {
        let would = answer(0, shown(&item), false);
        return Ok(Tried::Done(Answer {
            event: None,
            ..would
        }));
    }
    let locks = Locks {
        bib: Some(item.row.bib_id),
        item: Some(item.row.id),
        household: Some(last.household_id),
    };
    let body = serde_json::json!({ "undone": { "stay": last.custody_id } });
    let written = Written {
        stamp: ask.actor.stamp(&ask.at),
        body: &body,
        result: &(),
        keep: key.keep(ask.at.timestamp()),
    };
    let bib = (item.row.bib_id, read.bib_version);
    let guard = (item.row.id, item.row.version);
    let session = way.session_to_write().await?;
    let undone = match ask.what {
        Undo::Loan => session.undo_checkout(bib, guard, &last, &written).await,
        Undo::Return => session.undo_checkin(bib, guard, &last, &written).await,
    };
    Ok(match way.written(undone, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(answer(event, shown(&item), false)),
    })
}

fn answer(event: i64, item: ItemShown, replayed: bool) -> Answer<()> {
    Answer {
        outcome: Ok(()),
        trace: Trace::default(),
        event: Some(event),
        language: Default::default(),
        item: Some(item),
        replayed,
    }
}
