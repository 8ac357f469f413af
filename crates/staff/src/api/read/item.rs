//! An item: what it is, what shape it is in, where it is (SIP2 17, NCIP LookupItem).

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::Place;
use desk::{Action, CopyView};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        command::condition::Condition,
        input::Named,
        problem::Problem,
        refusal::nowhere,
        route::{Needs, Route, Shape},
        shown::shown,
    },
};

/// An item, wherever it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Item {
    /// Its barcode.
    barcode: String,
    /// Its title, by the number of the bib.
    bib: i64,
    /// Its title.
    title: String,
    /// Its author; empty if none.
    author: String,
    /// Its document type.
    #[schema(example = "LIV")]
    document: String,
    /// The branch that it belongs to.
    #[schema(example = "LENS")]
    owner: String,
    /// Where it stands on the shelf.
    call_number: String,
    /// Of how many pieces it is.
    parts: u16,
    /// What shape it is in.
    condition: Condition,
    /// Where it is.
    place: Whereabouts,
    /// How many wait for the title.
    waiting: u32,
}

/// Where an item is. Who has it is in the reader’s file alone.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "at", rename_all = "snake_case")]
pub(crate) enum Whereabouts {
    /// On a shelf.
    Shelf {
        /// Of this branch.
        branch: String,
    },
    /// Lent.
    Loan {
        /// Where it was lent.
        branch: String,
        /// The last day of the loan.
        #[schema(value_type = String, format = "date")]
        due: Date,
        /// How often it was renewed.
        renewals: u16,
    },
    /// Between branches.
    Transit {
        /// Where it was sent, if that is known.
        from: Option<String>,
        /// Where it is expected.
        to: String,
        /// Somebody waits for it there.
        for_hold: bool,
    },
    /// On a hold shelf.
    HoldShelf {
        /// Of this branch.
        branch: String,
        /// Somebody may still collect it; otherwise it is to be cleared away.
        for_hold: bool,
    },
    /// In no known place.
    Nowhere,
}

impl From<Place> for Whereabouts {
    fn from(place: Place) -> Self {
        match place {
            Place::Shelf { branch } => Self::Shelf {
                branch: branch.to_string(),
            },
            Place::Loan { loan, .. } => Self::Loan {
                branch: loan.checkout.to_string(),
                due: loan.due,
                renewals: loan.renewals,
            },
            Place::Transit { from, to, hold } => Self::Transit {
                from: from.map(|from| from.to_string()),
                to: to.to_string(),
                for_hold: hold.is_some(),
            },
            Place::HoldShelf { branch, hold } => Self::HoldShelf {
                branch: branch.to_string(),
                for_hold: hold.is_some(),
            },
            Place::Nowhere => Self::Nowhere,
        }
    }
}

impl From<CopyView> for Item {
    fn from(view: CopyView) -> Self {
        Self {
            barcode: view.barcode,
            bib: view.bib,
            title: view.shown.title,
            author: view.author,
            document: view.shown.document.to_string(),
            owner: view.shown.owner.to_string(),
            call_number: view.shown.call_number,
            parts: view.parts,
            condition: view.condition.into(),
            place: view.place.into(),
            waiting: view.waiting,
        }
    }
}

pub(crate) const EXAMPLE: &str = r#"{"barcode": "3620000000019", "bib": 12345, "title": "Germinal", "author": "Zola, Émile",
    "document": "LIV", "owner": "LENS", "call_number": "R ZOL", "parts": 1, "condition": "good",
    "place": {"at": "shelf", "branch": "LENS"}, "waiting": 0}"#;

pub(crate) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/items/{barcode}",
        needs: Needs::Here(Action::ItemRead),
        name: "item",
        summary: "Consulter un document — Look at an item",
        text: "By its barcode (SIP2 17). A number that several branches have given out is refused (`item_ambiguous`), \
               unless yours has.",
        parameters: &[],
        takes: None,
        gives: Shape::of::<Item>(EXAMPLE),
        keyed: false,
        serve: || get(item),
    }
}

async fn item(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(barcode): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = door.desk.copy(caller.member.branch(), &barcode).await?;
    let view = found.map_err(|refusal| nowhere(&door.desk, &refusal))?;
    shown(&headers, &Item::from(view))
}
