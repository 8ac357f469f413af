//! An item before the desk: what it is, where it is, who waits for it; and what staff declare of it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use circulation::{Condition, Place, Refusal, Rulebook};
use desk::{Action, CopyView, DeclareAsk};
use serde::Deserialize;

use super::{Before, desk_page, told::Told};
use crate::{
    Door,
    access::{Form, Signed},
    pages::Trouble,
    tongue::Tongue,
};

/// An item, as the desk shows it.
#[derive(Debug)]
pub(super) struct ItemPart {
    pub(super) barcode: String,
    pub(super) bib: i64,
    pub(super) title: String,
    pub(super) author: String,
    pub(super) about: Vec<String>,
    pub(super) place: String,
    /// The state that it is in, where it is not fit to be lent.
    pub(super) condition: Option<&'static str>,
    pub(super) waiting: u32,
    /// What may be declared: name, label, whether it is so now.
    pub(super) conditions: Vec<(&'static str, &'static str, bool)>,
}

/// States that a librarian declares, by their names in forms.
const DECLARED: [(Condition, &str); 7] = [
    (Condition::Good, "good"),
    (Condition::Damaged, "damaged"),
    (Condition::OnSiteOnly, "on_site_only"),
    (Condition::Lost, "lost"),
    (Condition::Missing, "missing"),
    (Condition::ClaimedReturned, "claimed_returned"),
    (Condition::Withdrawn, "withdrawn"),
];

/// What a state is called.
pub(crate) fn label(t: Tongue, condition: Condition) -> &'static str {
    match condition {
        Condition::Good => t.say("en bon état", "good"),
        Condition::Damaged => t.say("abîmé, à réparer", "damaged"),
        Condition::OnSiteOnly => t.say("à consulter sur place", "for use here only"),
        Condition::InProcess => t.say("en traitement", "in process"),
        Condition::OnOrder => t.say("en commande", "on order"),
        Condition::Lost => t.say("perdu", "lost"),
        Condition::Missing => t.say("manquant en rayon", "missing from the shelf"),
        Condition::ClaimedReturned => t.say("rendu, selon le lecteur", "returned, the reader says"),
        Condition::Withdrawn => t.say("retiré du fonds", "withdrawn"),
    }
}

/// Looks at an item, without moving it.
pub(super) async fn part(
    door: &Door,
    signed: &Signed,
    barcode: &str,
) -> Result<Result<ItemPart, Refusal>, Trouble> {
    if !signed.member.may(Action::ItemRead) {
        return Ok(Err(Refusal::ItemUnknown));
    }
    let copy = door.desk.copy(signed.member.branch(), barcode).await?;
    Ok(copy.map(|copy| of(signed.tongue(), &door.desk.rulebook(), copy)))
}

pub(super) fn of(t: Tongue, book: &Rulebook, copy: CopyView) -> ItemPart {
    let document = book.documents.get(&copy.shown.document);
    let document = document.map_or_else(
        || copy.shown.document.to_string(),
        |kind| kind.label.clone(),
    );
    let parts = (copy.parts > 1).then(|| match t.0 {
        circulation::Language::French => format!("{} pièces", copy.parts),
        circulation::Language::English => format!("{} pieces", copy.parts),
    });
    let about = [
        Some(document),
        Some(copy.shown.call_number),
        Some(copy.shown.owner.to_string()),
        parts,
    ]
    .into_iter()
    .flatten()
    .filter(|text| !text.is_empty())
    .collect();
    ItemPart {
        barcode: copy.barcode,
        bib: copy.bib,
        title: copy.shown.title,
        author: copy.author,
        about,
        place: place(t, book, &copy.place),
        condition: (copy.condition != Condition::Good).then(|| label(t, copy.condition)),
        waiting: copy.waiting,
        conditions: DECLARED
            .map(|(condition, name)| (name, label(t, condition), condition == copy.condition))
            .to_vec(),
    }
}

fn place(t: Tongue, book: &Rulebook, place: &Place) -> String {
    let name = |code: &circulation::BranchCode| {
        book.branches
            .get(code)
            .map_or_else(|| code.to_string(), |branch| branch.name.clone())
    };
    match place {
        Place::Shelf { branch } => {
            format!("{} {}", t.say("en rayon,", "on the shelf,"), name(branch))
        }
        Place::Loan { loan, .. } => {
            format!(
                "{} {}",
                t.say("prêté jusqu’au", "lent until"),
                t.day(&loan.due)
            )
        }
        Place::Transit { to, .. } => {
            format!("{} {}", t.say("en route vers", "on its way to"), name(to))
        }
        Place::HoldShelf {
            branch,
            hold: Some(_),
        } => {
            format!(
                "{} {}",
                t.say("réservé, à retirer à", "held, to be collected at"),
                name(branch)
            )
        }
        Place::HoldShelf { branch, hold: None } => {
            let clear = t.say(
                "à ôter de l’étagère des réservations,",
                "to be cleared from the hold shelf,",
            );
            format!("{clear} {}", name(branch))
        }
        Place::Nowhere => t.say("nulle part", "nowhere").into(),
    }
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(barcode): Path<String>,
) -> Result<Response, Trouble> {
    signed.require(Action::ItemRead)?;
    let before = match part(&door, &signed, &barcode).await? {
        Ok(item) => Before {
            item: Some(item),
            ..Before::default()
        },
        Err(refusal) => Before {
            told: Some(Told::no_one(
                signed.tongue(),
                &door.desk.rulebook(),
                &refusal,
            )),
            ..Before::default()
        },
    };
    desk_page(&door.desk, &signed, before)
}

#[derive(Debug, Deserialize)]
pub(super) struct Declared {
    condition: String,
}

pub(super) async fn declare(
    State(door): State<Arc<Door>>,
    Path(barcode): Path<String>,
    form: Form<Declared>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::ItemEdit)?;
    let t = signed.tongue();
    let (condition, _) = DECLARED
        .into_iter()
        .find(|(_, name)| *name == sent.condition)
        .ok_or_else(|| Trouble::Unreadable("there is no such state".into()))?;
    let asked = DeclareAsk {
        actor: signed.actor(),
        barcode: barcode.clone(),
        condition,
        at: signed.at.clone(),
    };
    let answer = door.desk.declare(asked).await?;
    let mut told = match &answer.outcome {
        Ok(()) => {
            let now = t.say("C’est noté :", "Noted:");
            Told::yes(format!("{now} {}.", label(t, condition)))
        }
        Err(refused) => Told::refused(t, &door.desk.rulebook(), refused),
    };
    told.event = answer.event;
    told.rights.clear();
    let before = Before {
        told: Some(told),
        item: part(&door, &signed, &barcode).await?.ok(),
        ..Before::default()
    };
    desk_page(&door.desk, &signed, before)
}
