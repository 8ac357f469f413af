//! Looking at an item.

use std::sync::Arc;

use circulation::{BranchCode, Condition, Place, Refusal};

use store::ItemAsk;

use crate::{Desk, DeskError, ItemShown, request::scanned, together};

/// An item as screens show it: what it is, what shape it is in, where it is.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// What screens show.
    pub shown: ItemShown,
    /// What shape it is in.
    pub condition: Condition,
    /// Where it is. SIP2's circulation status is made of this and the condition.
    pub place: Place,
}

impl Desk {
    /// Looks at an item. The refusal says why the barcode leads to nothing.
    pub async fn item(
        self: &Arc<Self>,
        branch: BranchCode,
        barcode: &str,
    ) -> Result<Result<ItemView, Refusal>, DeskError> {
        let barcode = scanned(barcode);
        let ask = ItemAsk {
            barcode: barcode.to_owned(),
            branch,
        };
        let read = together::ask(&self.store, &self.lanes, ask).await?;
        let Some(item) = read.item else {
            let mut session = self.store.session().await?;
            let (_, issuers) = session.issuers("", barcode).await?;
            return Ok(Err(if issuers.len() > 1 {
                Refusal::ItemAmbiguous { branches: issuers }
            } else {
                Refusal::ItemUnknown
            }));
        };
        let book = self.rulebook_at(read.rulebook_version).await?;
        Ok(Ok(ItemView {
            shown: ItemShown::new(&book, &item),
            condition: item.facts.condition,
            place: item.facts.place,
        }))
    }
}
