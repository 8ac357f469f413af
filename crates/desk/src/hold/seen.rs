//! What is read for a hold, and why it could not be.

use std::sync::Arc;

use circulation::{Borrower, Condition, HoldItem, Place, Refusal, Refused, Rulebook, TitleFacts};
use store::{HoldLine, ItemFacts, PatronFile, Title, TitleBy};

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
    pub(super) title: Title,
}

impl Seen {
    pub(super) fn item(&self) -> Option<&ItemFacts> {
        self.title.scanned_copy()
    }
}

/// The reader, then the title: whoever changes what was read of either raises its guard.
pub(super) async fn look(desk: &Desk, way: &mut Way, ask: &HoldAsk) -> Result<Seen, Trouble> {
    let branch = ask.actor.branch();
    let session = way.session().await?;
    let (version, file) = session
        .patron_file(scanned(&ask.card), branch, local_day(&ask.at))
        .await?;
    let by = match &ask.what {
        HeldThing::Title(bib) => TitleBy::Number(*bib),
        HeldThing::TitleOf(barcode) | HeldThing::Copy(barcode) => TitleBy::Copy {
            barcode: scanned(barcode),
            branch,
        },
        // Of one that is not the patron's there is nothing to see.
        HeldThing::Hold(hold) => {
            let mut lines = file.iter().flat_map(|file| &file.holds);
            let line = lines.find(|line| line.mine && line.id == *hold);
            TitleBy::Number(line.map_or(0, |line| line.bib))
        }
    };
    let reader = file.as_ref().map_or(0, |file| file.row.id);
    let title = session.title(by, reader).await?;
    Ok(Seen {
        book: desk.rulebook_at(version).await?,
        file,
        title,
    })
}

pub(super) async fn why_not(
    way: &mut Way,
    ask: &HoldAsk,
    seen: &Seen,
    pin: PinCheck,
) -> Result<Refused, Trouble> {
    let barcode = match &ask.what {
        HeldThing::Title(_) | HeldThing::Hold(_) => "",
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
    if let (HeldThing::Hold(_), None, Some(_)) = (&ask.what, seen.title.bib, &seen.file) {
        reasons.push(Refusal::NotHeld);
    } else if seen.title.bib.is_none() {
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
pub(super) fn title(ask: &HoldAsk, seen: &Seen, file: &PatronFile, bib: i64) -> TitleFacts {
    let copy = copy_asked(ask, seen);
    let in_stock = || {
        let copies = seen.title.copies.iter().map(|copy| &copy.item);
        copies.filter(|item| item.facts.condition != Condition::Withdrawn)
    };
    TitleFacts {
        items: in_stock()
            .map(|item| HoldItem {
                asked: copy.is_none_or(|copy| copy == item.row.id),
                facts: item.facts.clone(),
            })
            .collect(),
        waiting: seen.title.waiting,
        holds: file.holds.iter().map(HoldLine::open).collect(),
        held_already: own(file, bib, copy).is_some(),
        lent_already: in_stock().find_map(|item| match &item.facts.place {
            Place::Loan {
                loan,
                to: Borrower::ThisReader,
            } => Some(loan.due),
            _ => None,
        }),
    }
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
        HeldThing::Copy(_) => seen.title.scanned,
        _ => None,
    }
}
