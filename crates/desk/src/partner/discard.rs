//! Giving back a copy that another library lent.

use std::sync::Arc;

use circulation::{Decision, Place, Refusal, Refused, Rulebook, Trace};
use jiff::Zoned;
use store::{ItemAsk, ItemFacts, Locks};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::scanned,
};

struct Discard {
    actor: Actor,
    barcode: String,
    at: Zoned,
}

impl Desk {
    /// Ends a temporary copy: its hold is cancelled, it is withdrawn, and its barcode is free for the next that comes
    /// under it. Only what this partner brought (for staff, what any did) goes; a copy of ours never does. What is lent
    /// has to come back first. The same again is answered the same.
    ///
    /// Three round trips and one commit.
    pub async fn discard(
        self: &Arc<Self>,
        actor: &Actor,
        barcode: &str,
        at: &Zoned,
    ) -> Result<Answer<()>, DeskError> {
        let ask = Arc::new(Discard {
            actor: actor.clone(),
            barcode: scanned(barcode).to_owned(),
            at: at.clone(),
        });
        self.run(move |desk, way| try_discard(desk, way, ask.clone()))
            .await
    }
}

async fn try_discard(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<Discard>,
) -> Result<Tried<Answer<()>>, Trouble> {
    let (barcode, branch) = (ask.barcode.clone(), ask.actor.branch());
    let read = way.ask(ItemAsk { barcode, branch }).await?;
    let book = desk.rulebook_at(read.rulebook_version).await?;
    let terminal = ask.actor.terminal_id();
    let asked = Asked {
        kind: "discard",
        actor: &ask.actor,
        at: &ask.at,
        dry: false,
    };
    let Some(item) = read.item else {
        let session = way.session().await?;
        if let Some(terminal) = terminal
            && session.was_discarded(terminal, &ask.barcode).await?
        {
            return Ok(Tried::Done(done(None, &book, None)));
        }
        let no: Decision<()> = refused_outright(Refused::from(Refusal::ItemUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    let temporary = way
        .session()
        .await?
        .is_temporary(item.row.id, terminal)
        .await?;
    let refusal = match &item.facts.place {
        _ if !temporary => Some(Refusal::NotTemporary),
        Place::Loan { .. } => Some(Refusal::LentToAnother),
        _ => None,
    };
    if let Some(refusal) = refusal {
        let no: Decision<()> = refused_outright(Refused::from(refusal));
        let item = Some(&item);
        return refuse(&mut way, &asked, &book, None, item, no, Default::default()).await;
    }
    let locks = Locks {
        bib: Some(item.row.bib_id),
        item: Some(item.row.id),
        household: None,
    };
    let body = serde_json::json!({ "outcome": "discarded" });
    let (bib, guard) = (
        (item.row.bib_id, read.bib_version),
        (item.row.id, item.row.version),
    );
    let stamp = ask.actor.stamp(&ask.at);
    let session = way.session_to_write().await?;
    let written = session.discard(bib, guard, &stamp, &body).await;
    Ok(match way.written(written, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(done(Some(event), &book, Some(&item))),
    })
}

fn done(event: Option<i64>, book: &Rulebook, item: Option<&ItemFacts>) -> Answer<()> {
    Answer {
        outcome: Ok(()),
        trace: Trace::default(),
        event,
        language: Default::default(),
        item: item.map(|item| ItemShown::new(book, item)),
        replayed: event.is_none(),
    }
}
