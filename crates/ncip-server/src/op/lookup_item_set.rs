//! `LookupItemSet`: which copies of these titles are there? In pages.
//!
//! A page ends at a copy's number, and the next begins after it: copies that come and go between two pages make none of
//! the others be told twice or left out. The token is `title.copy`: which of the titles asked for, and the copy told last.

use circulation::Place;
use desk::{Copies, CopiesAsk, CopyView};
use ncip::{
    lists::ItemElement,
    message::{
        BibInformation, Body, HoldingsSet, ItemInformation, LookupItemSet, LookupItemSetResponse,
    },
    model::{BibliographicDescription, BibliographicId, ItemId},
};

use super::{Call, Failed, Told};
use crate::{
    problem::{about, missing, problem},
    told,
};

/// The most copies in one answer, however many were asked for.
const MOST: u32 = 200;

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begin {
    title: usize,
    after: Option<i64>,
}

pub(super) async fn answer(call: &Call<'_>, ask: LookupItemSet) -> Told {
    if ask.titles.is_empty() && ask.items.is_empty() {
        return Err(missing("BibliographicId").into());
    }
    let wanted: Vec<ItemElement> = ask.elements.iter().filter_map(ItemElement::of).collect();
    if ask.titles.is_empty() {
        return by_items(call, &ask.items, &wanted).await;
    }
    let mut at = begins(call, ask.token.as_deref())?;
    let mut left = ask.most.unwrap_or(MOST).clamp(1, MOST);
    let mut told = Vec::new();
    let mut next = None;
    while let Some(id) = ask.titles.get(at.title) {
        if left == 0 {
            next = Some(at);
            break;
        }
        let (information, count, last) = title(call, id, at.after, left, &wanted).await?;
        told.push(information);
        left = left.saturating_sub(count);
        match last {
            Some(item) => {
                next = Some(Begin {
                    title: at.title,
                    after: Some(item),
                });
                break;
            }
            None => {
                at = Begin {
                    title: at.title + 1,
                    after: None,
                }
            }
        }
    }
    if told.is_empty() {
        return Err(wrong_token(call).into());
    }
    Ok(Body::from(LookupItemSetResponse {
        titles: told,
        next: next.map(|place| format!("{}.{}", place.title, place.after.unwrap_or(0))),
    }))
}

/// VuFind sends `0` for «from the beginning».
fn begins(call: &Call<'_>, token: Option<&str>) -> Result<Begin, Failed> {
    let Some(token) = token.filter(|token| *token != "0") else {
        return Ok(Begin {
            title: 0,
            after: None,
        });
    };
    let read = token.split_once('.').and_then(|(title, item)| {
        let after = item.parse::<i64>().ok()?;
        Some(Begin {
            title: title.parse().ok()?,
            after: Some(after).filter(|after| *after > 0),
        })
    });
    read.ok_or_else(|| wrong_token(call).into())
}

fn wrong_token(call: &Call<'_>) -> ncip::model::Problem {
    let detail =
        "ce jeton n'est pas le nôtre : reprendre au début / not a token of ours: begin anew";
    about(
        problem(call.of("Element Rule Violated"), detail),
        "NextItemToken",
        None,
    )
}

/// A page of one title: how many copies, and the last one where there are more.
async fn title(
    call: &Call<'_>,
    id: &BibliographicId,
    after: Option<i64>,
    most: u32,
    wanted: &[ItemElement],
) -> Result<(BibInformation, u32, Option<i64>), Failed> {
    let read = match call.bib(id) {
        Some(bib) => call.desk.copies(&CopiesAsk { bib, after, most }).await?,
        None => None,
    };
    let none = |detail: &str| BibInformation {
        id: Some(id.clone()),
        description: None,
        waiting: None,
        holdings: Vec::new(),
        problems: vec![about(
            problem(call.of("Unknown Item"), detail),
            "BibliographicId",
            None,
        )],
    };
    let Some(copies) = read else {
        let detail = "aucune notice de ce numéro / no record of this number";
        return Ok((none(detail), 0, None));
    };
    if copies.copies.is_empty() {
        let detail = "aucun exemplaire / no copies";
        return Ok((none(detail), 0, None));
    }
    let count = u32::try_from(copies.copies.len()).unwrap_or(most);
    let last = copies
        .copies
        .last()
        .map(|copy| copy.item)
        .filter(|_| copies.more);
    Ok((information(call, id, &copies, wanted), count, last))
}

fn information(
    call: &Call<'_>,
    id: &BibliographicId,
    copies: &Copies,
    wanted: &[ItemElement],
) -> BibInformation {
    let wants = |element| wanted.contains(&element);
    let first = copies.copies.first();
    let described = first.filter(|_| wants(ItemElement::BibliographicDescription));
    let described = described.and_then(|copy| {
        told::item(call, copy, &[ItemElement::BibliographicDescription]).description
    });
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    BibInformation {
        id: Some(id.clone()),
        description: described.map(|described| BibliographicDescription {
            title: text(&copies.title),
            author: text(&copies.author),
            ..described
        }),
        waiting: wants(ItemElement::HoldQueueLength).then_some(copies.waiting),
        holdings: vec![HoldingsSet {
            id: Some(copies.bib.to_string()),
            items: copies
                .copies
                .iter()
                .map(|copy| one(call, copy, wanted))
                .collect(),
        }],
        problems: Vec::new(),
    }
}

fn one(call: &Call<'_>, view: &CopyView, wanted: &[ItemElement]) -> ItemInformation {
    let due = match &view.place {
        Place::Loan { loan, .. } => Some(call.end_of(loan.due)),
        _ => None,
    };
    ItemInformation {
        item: Some(call.item_id(&view.barcode)),
        date_due: due.filter(|_| wanted.contains(&ItemElement::CirculationStatus)),
        transaction: None,
        fields: Some(told::item(call, view, wanted)),
        problems: Vec::new(),
    }
}

/// By copies: each under its title, those that are not known with their problem.
async fn by_items(call: &Call<'_>, items: &[ItemId], wanted: &[ItemElement]) -> Told {
    let mut titles = Vec::new();
    for id in items.iter().take(MOST as usize) {
        let information = match call.item(&id.value, Some(id)).await {
            Ok(view) => BibInformation {
                id: Some(BibliographicId::record(
                    view.bib.to_string(),
                    ncip::lists::RecordIdentifier::AccessionNumber.into(),
                )),
                description: None,
                waiting: None,
                holdings: vec![HoldingsSet {
                    id: None,
                    items: vec![one(call, &view, wanted)],
                }],
                problems: Vec::new(),
            },
            Err(Failed::Problem(problem)) => BibInformation {
                id: None,
                description: None,
                waiting: None,
                holdings: Vec::new(),
                problems: vec![*problem],
            },
            Err(failed) => return Err(failed),
        };
        titles.push(information);
    }
    Ok(Body::from(LookupItemSetResponse { titles, next: None }))
}

impl Call<'_> {
    /// The number of a bib, however it is named: our catalogue's number is the same under every code.
    pub(super) fn bib(&self, id: &BibliographicId) -> Option<i64> {
        id.number()
            .and_then(|(number, _)| number.trim().parse().ok())
    }
}
