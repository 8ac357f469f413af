//! Registering a reader, and changing a file: one form.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use circulation::Rulebook;
use desk::{Action, ChangeAsk, HouseholdMove, Pin, RegisterAsk};

use super::{
    file::{self, noted},
    sent::{Sent, Wrong},
};
use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Number, Trouble,
        desk::{key, once},
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "reader_form.html")]
struct FormPage {
    frame: Frame,
    /// Whose file it is; none: it is a new one.
    reader: Option<i64>,
    sent: Sent,
    wrong: Wrong,
    once: String,
    categories: Vec<(String, String, bool)>,
    branches: Vec<(String, String, bool)>,
}

fn form(
    signed: &Signed,
    book: &Rulebook,
    reader: Option<i64>,
    sent: Sent,
    wrong: Wrong,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let title = match reader {
        None => t.say("Inscrire un lecteur", "Register a reader"),
        Some(_) => t.say("Modifier un lecteur", "Change a reader"),
    };
    let path = match reader {
        None => "/staff/readers/new",
        Some(_) => "/staff/readers",
    };
    let home = match sent.home_branch.as_str() {
        "" => signed.member.branch().to_string(),
        code => code.to_owned(),
    };
    shown(&FormPage {
        frame: Frame::of(signed, title, path),
        reader,
        once: once(signed),
        categories: book
            .categories
            .values()
            .map(|category| {
                let code = category.code.to_string();
                let chosen = code == sent.category;
                (code, category.label.clone(), chosen)
            })
            .collect(),
        branches: book
            .branches
            .values()
            .map(|branch| {
                let code = branch.code.to_string();
                let chosen = code == home;
                (code, branch.name.clone(), chosen)
            })
            .collect(),
        sent,
        wrong,
    })
}

pub(super) async fn new(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronEdit)?;
    let book = door.desk.rulebook();
    form(&signed, &book, None, Sent::default(), Wrong::default())
}

pub(super) async fn register(
    State(door): State<Arc<Door>>,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronEdit)?;
    let (desk, book) = (&door.desk, door.desk.rulebook());
    let (data, lives_with) = match sent.data(desk, &signed, None).await? {
        Ok(read) => read,
        Err(wrong) => return form(&signed, &book, None, sent, wrong),
    };
    let ask = RegisterAsk {
        actor: signed.actor(),
        card: sent.card.clone(),
        data,
        lives_with,
        pin: Pin::typed(&sent.pin.0),
        even_if_alike: sent.alike == "yes",
        key: Some(key(&signed, &sent.once, &["register", &sent.card])),
        at: signed.at.clone(),
    };
    match desk.register(ask).await?.outcome {
        Ok(enrolled) => {
            let file = format!("/staff/readers/{}?done=registered", enrolled.patron);
            Ok(Redirect::to(&file).into_response())
        }
        Err(refused) => {
            let wrong = Wrong::of(signed.tongue(), &book, &refused);
            form(&signed, &book, None, sent, wrong)
        }
    }
}

pub(super) async fn edit(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronEdit)?;
    noted(&door.desk, &signed, reader, "edit").await?;
    let dossier = door.desk.dossier(reader, &signed.at).await?;
    let dossier = dossier.ok_or(Trouble::NotFound)?;
    let guarantor = file::card_of(&door.desk, &signed, dossier.data.guarantor).await?;
    let sent = Sent::of(&dossier.data, dossier.version, guarantor);
    form(
        &signed,
        &door.desk.rulebook(),
        Some(reader),
        sent,
        Wrong::default(),
    )
}

pub(super) async fn change(
    State(door): State<Arc<Door>>,
    Number(reader): Number,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::PatronEdit)?;
    noted(&door.desk, &signed, reader, "edit").await?;
    let (desk, book) = (&door.desk, door.desk.rulebook());
    let dossier = desk.dossier(reader, &signed.at).await?;
    let dossier = dossier.ok_or(Trouble::NotFound)?;
    let (data, lives_with) = match sent.data(desk, &signed, Some(&dossier.data)).await? {
        Ok(read) => read,
        Err(wrong) => return form(&signed, &book, Some(reader), sent, wrong),
    };
    let ask = ChangeAsk {
        actor: signed.actor(),
        patron: reader,
        version: sent.version,
        data,
        renewed: sent.renewed == "yes",
        household: lives_with.map_or(HouseholdMove::Stays, HouseholdMove::With),
        pin: Pin::typed(&sent.pin.0),
        key: Some(key(&signed, &sent.once, &["change", &reader.to_string()])),
        at: signed.at.clone(),
    };
    match desk.change_patron(ask).await?.outcome {
        Ok(_) => {
            let file = format!("/staff/readers/{reader}?done=changed");
            Ok(Redirect::to(&file).into_response())
        }
        Err(refused) => {
            let wrong = Wrong::of(signed.tongue(), &book, &refused);
            form(&signed, &book, Some(reader), sent, wrong)
        }
    }
}
