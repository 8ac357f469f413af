//! Looking at copies as portals and partners list them.

use std::sync::Arc;

use circulation::{BranchCode, Condition, Place, Refusal, Rulebook};
use store::{CopiesBy, CopyRead};

use crate::{Desk, DeskError, ItemShown, request::scanned};

/// A question for a page of a title's copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopiesAsk {
    /// The title, by the number of its bib.
    pub bib: i64,
    /// Copies with a greater number than this one's; none: from the first.
    pub after: Option<i64>,
    /// How many at most, 1 to 1,000.
    pub most: u32,
}

/// A page of a title's copies, in the order of their numbers.
///
/// Copies that come, go or move between two pages make none of the others be told twice or left out.
#[derive(Debug, Clone)]
pub struct Copies {
    /// The title, by the number that it has after merges.
    pub bib: i64,
    /// Its title.
    pub title: String,
    /// Its author; empty if none.
    pub author: String,
    /// How many wait for it, without those for whom a copy is set aside.
    pub waiting: u32,
    /// The copies; withdrawn ones are not among them.
    pub copies: Vec<CopyView>,
    /// Whether there are more after the last of these.
    pub more: bool,
}

/// A copy, with its title.
#[derive(Debug, Clone)]
pub struct CopyView {
    /// The item's number: what [`CopiesAsk::after`] takes.
    pub item: i64,
    /// Its barcode.
    pub barcode: String,
    /// Its title, by the number of the bib.
    pub bib: i64,
    /// The author; empty if none.
    pub author: String,
    /// How many wait for the title, without those for whom a copy is set aside.
    pub waiting: u32,
    /// Of how many pieces it is.
    pub parts: u16,
    /// What screens show.
    pub shown: ItemShown,
    /// What shape it is in.
    pub condition: Condition,
    /// Where it is.
    pub place: Place,
}

impl CopyView {
    pub(crate) fn new(book: &Rulebook, read: CopyRead, author: &str, waiting: u32) -> Self {
        Self {
            item: read.item.row.id,
            barcode: read.barcode,
            bib: read.item.row.bib_id,
            author: author.to_owned(),
            waiting,
            parts: read.parts,
            shown: ItemShown::new(book, &read.item),
            condition: read.item.facts.condition,
            place: read.item.facts.place,
        }
    }
}

impl Desk {
    /// A page of a title's copies; `None`: there is no such title. One round trip.
    pub async fn copies(self: &Arc<Self>, ask: &CopiesAsk) -> Result<Option<Copies>, DeskError> {
        let most = ask.most.clamp(1, 1_000);
        let by = CopiesBy::Title {
            bib: ask.bib,
            after: ask.after.unwrap_or(0),
            // One more than is told says whether there are more.
            most: i64::from(most) + 1,
        };
        let read = self.store.session().await?.copies_read(by).await?;
        let Some((bib, title, author, waiting)) = read.title else {
            return Ok(None);
        };
        let book = self.rulebook_at(read.rulebook_version).await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = read.copies.len() > most;
        let view = |copy| CopyView::new(&book, copy, &author, waiting);
        Ok(Some(Copies {
            copies: read.copies.into_iter().take(most).map(view).collect(),
            bib,
            title,
            author,
            waiting,
            more,
        }))
    }

    /// A copy by its barcode, with its title. The refusal says why the barcode leads to nothing. One round trip.
    pub async fn copy(
        self: &Arc<Self>,
        branch: BranchCode,
        barcode: &str,
    ) -> Result<Result<CopyView, Refusal>, DeskError> {
        let barcode = scanned(barcode);
        let mut session = self.store.session().await?;
        let read = session
            .copies_read(CopiesBy::Barcode { barcode, branch })
            .await?;
        let (Some(copy), Some((_, _, author, waiting))) =
            (read.copies.into_iter().next(), read.title)
        else {
            let (_, issuers) = session.issuers("", barcode).await?;
            return Ok(Err(if issuers.len() > 1 {
                Refusal::ItemAmbiguous { branches: issuers }
            } else {
                Refusal::ItemUnknown
            }));
        };
        drop(session);
        let book = self.rulebook_at(read.rulebook_version).await?;
        Ok(Ok(CopyView::new(&book, copy, &author, waiting)))
    }
}
