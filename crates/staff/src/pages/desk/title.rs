//! A title with its copies.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use desk::{Action, CopiesAsk};
use serde::Deserialize;

use super::{
    Before, desk_page,
    item::{self, ItemPart},
};
use crate::{Door, access::Signed, pages::Trouble};

/// Copies on a page.
const SHOWN: u32 = 50;

/// A title with its copies.
#[derive(Debug)]
pub(super) struct TitlePart {
    pub(super) bib: i64,
    pub(super) title: String,
    pub(super) author: String,
    pub(super) waiting: u32,
    pub(super) copies: Vec<ItemPart>,
    /// After which copy the next page begins.
    pub(super) next: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct From {
    after: Option<i64>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(bib): Path<i64>,
    Query(from): Query<From>,
) -> Result<Response, Trouble> {
    signed.require(Action::ItemRead)?;
    let ask = CopiesAsk {
        bib,
        after: from.after,
        most: SHOWN,
    };
    let found = door.desk.copies(&ask).await?.ok_or(Trouble::NotFound)?;
    let book = door.desk.rulebook();
    let last = found.copies.last().map(|copy| copy.item);
    let part = TitlePart {
        bib: found.bib,
        title: found.title,
        author: found.author,
        waiting: found.waiting,
        next: last.filter(|_| found.more),
        copies: found
            .copies
            .into_iter()
            .map(|copy| item::of(signed.tongue(), &book, copy))
            .collect(),
    };
    let before = Before {
        title: Some(part),
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}
