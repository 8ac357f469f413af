//! The network's branches: listed, changed, added.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::BranchCode;
use desk::{Action, BranchAsk, BranchFile, BranchRefused};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    Door,
    access::{Form, Signed},
    calendar::{branch_field, branch_refused_text},
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

const LIST: &str = "/staff/branches";

#[derive(Template)]
#[template(path = "branches.html")]
struct ListPage {
    frame: Frame,
    branches: Vec<BranchFile>,
    /// They may add one.
    adds: bool,
}

pub(super) async fn list(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    shown(&ListPage {
        frame: Frame::of(&signed, t.say("Bibliothèques", "Branches"), LIST),
        branches: door.desk.branch_files().await?,
        adds: signed.member.may_everywhere(Action::Branch),
    })
}

#[derive(Template)]
#[template(path = "branch.html")]
struct BranchPage {
    frame: Frame,
    told: Option<(bool, String)>,
    /// Its code, unless it is new.
    code: Option<BranchCode>,
    typed_code: String,
    /// Where the form goes; none: they may only look.
    action: Option<String>,
    seen: String,
    /// Field, label, value, longest, whether it may be empty.
    fields: Vec<Field>,
}

struct Field {
    name: &'static str,
    label: &'static str,
    value: String,
    most: u16,
    needed: bool,
}

/// What a form about a branch says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    code: String,
    /// What the branch was when the form was made.
    #[serde(default)]
    seen: String,
    name: String,
    commune: String,
    phone: String,
    phone2: String,
    street: String,
    postcode: String,
    town: String,
    note: String,
}

impl Sent {
    fn branch(&self, code: BranchCode) -> BranchFile {
        let trimmed = |text: &str| text.trim().to_owned();
        BranchFile {
            code,
            name: trimmed(&self.name),
            commune: trimmed(&self.commune),
            phone: trimmed(&self.phone),
            phone2: trimmed(&self.phone2),
            street: trimmed(&self.street),
            postcode: trimmed(&self.postcode),
            town: trimmed(&self.town),
            note: trimmed(&self.note),
        }
    }
}

impl From<BranchFile> for Sent {
    fn from(branch: BranchFile) -> Self {
        Self {
            code: branch.code.to_string(),
            seen: mark(&branch),
            name: branch.name,
            commune: branch.commune,
            phone: branch.phone,
            phone2: branch.phone2,
            street: branch.street,
            postcode: branch.postcode,
            town: branch.town,
            note: branch.note,
        }
    }
}

/// Another one for each state of a branch.
fn mark(branch: &BranchFile) -> String {
    let said = serde_json::to_vec(branch).unwrap_or_default();
    Sha256::digest(said)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

pub(super) async fn one(
    State(door): State<Arc<Door>>,
    Path(code): Path<String>,
    Query(done): Query<Done>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let branch = found(&door, &code).await?;
    let kept = signed.tongue().say("Enregistré.", "Kept.");
    let told = (done.done == "kept").then(|| (true, kept.to_owned()));
    show(&signed, Some(branch.code), branch.into(), told)
}

async fn found(door: &Door, code: &str) -> Result<BranchFile, Trouble> {
    let code: BranchCode = code.parse().map_err(|_| Trouble::NotFound)?;
    let branch = door.desk.branch_file(code).await?;
    branch.ok_or(Trouble::NotFound)
}

fn show(
    signed: &Signed,
    code: Option<BranchCode>,
    sent: Sent,
    told: Option<(bool, String)>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let action = match code {
        Some(code) => signed
            .member
            .may_at(Action::Branch, code)
            .then(|| format!("{LIST}/{code}")),
        None => Some(format!("{LIST}/new")),
    };
    let title = match code {
        Some(_) => sent.name.clone(),
        None => t.say("Ajouter une bibliothèque", "Add a branch").to_owned(),
    };
    shown(&BranchPage {
        frame: Frame::of(signed, &title, LIST),
        told,
        code,
        typed_code: sent.code.clone(),
        action,
        seen: sent.seen.clone(),
        fields: fields(t, sent),
    })
}

fn fields(t: Tongue, sent: Sent) -> Vec<Field> {
    let field = |name, value, most, needed| Field {
        name,
        label: branch_field(name, t),
        value,
        most,
        needed,
    };
    vec![
        field("name", sent.name, 120, true),
        field("commune", sent.commune, 80, true),
        field("phone", sent.phone, 30, false),
        field("phone2", sent.phone2, 30, false),
        field("street", sent.street, 120, false),
        field("postcode", sent.postcode, 12, false),
        field("town", sent.town, 80, false),
        field("note", sent.note, 500, false),
    ]
}

pub(super) async fn change(
    State(door): State<Arc<Door>>,
    Path(code): Path<String>,
    form: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let held = found(&door, &code).await?;
    signed.member.require_at(Action::Branch, held.code)?;
    let (code, after) = (held.code, sent.branch(held.code));
    let refused = match mark(&held) == sent.seen || after == held {
        false => Err(BranchRefused::Changed),
        true => {
            let ask = BranchAsk {
                before: Some(held),
                after,
                dry: false,
                at: signed.at.clone(),
            };
            door.desk.write_branch(&signed.member, &ask).await?
        }
    };
    answer(&signed, Some(code), sent, refused)
}

pub(super) async fn new(signed: Signed) -> Result<Response, Trouble> {
    signed.require(Action::Branch)?;
    show(&signed, None, Sent::default(), None)
}

pub(super) async fn add(
    State(door): State<Arc<Door>>,
    form: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Branch)?;
    let Ok(code) = sent.code.trim().parse() else {
        let t = signed.tongue();
        let told = t.say(
            "Un code a 2 à 8 lettres majuscules ou chiffres.",
            "A code has 2 to 8 capital letters or digits.",
        );
        return show(&signed, None, sent, Some((false, told.to_owned())));
    };
    let ask = BranchAsk {
        before: None,
        after: sent.branch(code),
        dry: false,
        at: signed.at.clone(),
    };
    match door.desk.write_branch(&signed.member, &ask).await? {
        Ok(()) => answer(&signed, Some(code), sent, Ok(())),
        refused => answer(&signed, None, sent, refused),
    }
}

fn answer(
    signed: &Signed,
    code: Option<BranchCode>,
    sent: Sent,
    done: Result<(), BranchRefused>,
) -> Result<Response, Trouble> {
    match (done, code) {
        (Ok(()), Some(code)) => {
            Ok(Redirect::to(&format!("{LIST}/{code}?done=kept")).into_response())
        }
        (Err(BranchRefused::Right(missing)), _) => Err(missing.into()),
        (Err(refused), code) => {
            let told = branch_refused_text(&refused, signed.tongue().0);
            show(signed, code, sent, Some((false, told)))
        }
        (Ok(()), None) => Ok(Redirect::to(LIST).into_response()),
    }
}
