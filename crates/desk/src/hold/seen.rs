//! What is read for a hold, and why it could not be.

use std::sync::Arc;

use circulation::{Borrower, HoldItem, Place, Refusal, Refused, Rulebook, TitleFacts};
use store::{HoldLine, ItemAsk, ItemFacts, PatronFile};

use super::{HeldThing, HoldAsk};
use crate::{
    Desk, DeskError, PinCheck,
    attempt::{Trouble, Way},
    request::{local_day, scanned},
};

/// Everything that was read for a hold.
pub(super) struct Seen {
    pub(super) book: Arc<Rulebook>,
    pub(super) file: Option<PatronFile>,
    pub(super) bib: Option<i64>,
    pub(super) item: Option<ItemFacts>,
}

pub(super) async fn look(desk: &Desk, way: &mut Way, ask: &HoldAsk) -> Result<Seen, Trouble> {
    let branch = ask.actor.branch();
    let (version, file) = way
        .session()
        .await?
        .patron_file(scanned(&ask.card), branch, local_day(&ask.at))
        .await?;
    let (bib, item) = match &ask.what {
        HeldThing::Title(bib) => {
            let there = way.session().await?.bib_exists(*bib).await?;
            (there.then_some(*bib), None)
        }
        HeldThing::TitleOf(barcode) | HeldThing::Copy(barcode) => {
            let question = ItemAsk {
                barcode: scanned(barcode).to_owned(),
                branch,
            };
            let item = way.ask(question).await?.item;
            (item.as_ref().map(|item| item.row.bib_id), item)
        }
    };
    Ok(Seen {
        book: desk.rulebook_at(version).await?,
        file,
        bib,
        item,
    })
}

pub(super) async fn why_not(
    way: &mut Way,
    ask: &HoldAsk,
    seen: &Seen,
    pin: PinCheck,
) -> Result<Refused, Trouble> {
    let barcode = match &ask.what {
        HeldThing::Title(_) => "",
        HeldThing::TitleOf(barcode) | HeldThing::Copy(barcode) => scanned(barcode),
    };
    let session = way.session().await?;
    let (cards, items) = session.issuers(scanned(&ask.card), barcode).await?;
    let mut reasons = Vec::new();
    if seen.file.is_none() {
        reasons.push(if cards.len() > 1 {
            Refusal::CardAmbiguous { branches: cards }
        } else {
            Refusal::CardUnknown
        });
    }
    match pin {
        PinCheck::Wrong => reasons.push(Refusal::PinWrong),
        PinCheck::TooMany => reasons.push(Refusal::PinTooOften),
        PinCheck::Right | PinCheck::NotGiven => {}
    }
    if seen.bib.is_none() {
        reasons.push(if items.len() > 1 {
            Refusal::ItemAmbiguous { branches: items }
        } else {
            Refusal::ItemUnknown
        });
    }
    Refused::new(reasons)
        .ok_or_else(|| DeskError::Internal("neither parties nor a reason".into()).into())
}

/// The title as the rules look at it, and the queue before a new hold.
pub(super) async fn title(
    way: &mut Way,
    ask: &HoldAsk,
    seen: &Seen,
    file: &PatronFile,
    bib: i64,
) -> Result<TitleFacts, Trouble> {
    let copy = copy_asked(ask, seen);
    let session = way.session().await?;
    let copies = session.copies(bib, file.row.id).await?;
    let queue = session.queue(bib, copy.unwrap_or_default()).await?;
    let lent_already = copies.iter().find_map(|copy| match &copy.item.facts.place {
        Place::Loan {
            loan,
            to: Borrower::ThisReader,
        } => Some(loan.due),
        _ => None,
    });
    Ok(TitleFacts {
        items: copies
            .into_iter()
            .map(|one| HoldItem {
                asked: copy.is_none_or(|copy| copy == one.item.row.id),
                facts: one.item.facts,
            })
            .collect(),
        waiting: u32::try_from(queue.len()).unwrap_or(u32::MAX),
        holds: file.holds.iter().map(HoldLine::open).collect(),
        held_already: own(file, bib, copy).is_some(),
        lent_already,
    })
}

/// The patron's own active hold on a title, or on this copy of it.
pub(super) fn own(file: &PatronFile, bib: i64, copy: Option<i64>) -> Option<&HoldLine> {
    let mine = || {
        file.holds
            .iter()
            .filter(|line| line.mine && line.bib == bib)
    };
    mine()
        .find(|line| line.wanted == copy)
        .or_else(|| mine().next())
}

/// The one copy that is asked for.
pub(super) fn copy_asked(ask: &HoldAsk, seen: &Seen) -> Option<i64> {
    match &ask.what {
        HeldThing::Copy(_) => seen.item.as_ref().map(|item| item.row.id),
        _ => None,
    }
}
