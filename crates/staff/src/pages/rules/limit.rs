//! A limit of a draft, as a form.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use circulation::{Limit, Over, PolicyDocument, RuleId, Whom};
use desk::{Action, PolicyDraft};
use serde::Deserialize;

use super::{
    HERE, Trouble,
    draft::{base, then, told},
    number,
    shown::{Frame, page as shown},
    words::{Choice, branches, categories, documents},
};
use crate::{
    Door,
    access::{Form, Signed},
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "rules_limit.html")]
struct LimitPage {
    frame: Frame,
    told: Option<(bool, String)>,
    base: String,
    name: String,
    version: i64,
    /// The limit that is changed; empty: a new one.
    id: String,
    max_loans: String,
    max_holds: String,
    of: Vec<Choice>,
    over: Vec<Choice>,
    novelty: Vec<Choice>,
    branches: Vec<Choice>,
    categories: Vec<Choice>,
    documents: Vec<Choice>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    id: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Trouble> {
    signed.require(Action::Policy)?;
    let draft = door.desk.policy_draft(number(&id)?).await?;
    let draft = draft.ok_or(Trouble::NotFound)?;
    let limit = match which.id.as_deref() {
        None | Some("") => None,
        Some(id) => Some(find(&draft.document, id).ok_or(Trouble::NotFound)?),
    };
    let sent = limit.map_or_else(Sent::default, Sent::of);
    show(&door, &signed, &draft, &sent, None)
}

fn find<'d>(document: &'d PolicyDocument, id: &str) -> Option<&'d Limit> {
    document.limits.iter().find(|limit| limit.id == *id)
}

/// What the form says.
#[derive(Debug, Default)]
struct Sent {
    id: String,
    action: String,
    version: String,
    max_loans: String,
    max_holds: String,
    of: String,
    over: String,
    novelty: String,
    branch: String,
    categories: Vec<String>,
    documents: Vec<String>,
}

impl Sent {
    fn read(fields: Vec<(String, String)>) -> Self {
        let mut sent = Self::default();
        for (name, value) in fields {
            let value = value.trim().to_owned();
            match name.as_str() {
                "id" => sent.id = value,
                "do" => sent.action = value,
                "version" => sent.version = value,
                "max_loans" => sent.max_loans = value,
                "max_holds" => sent.max_holds = value,
                "of" => sent.of = value,
                "where" => sent.over = value,
                "novelty" => sent.novelty = value,
                "branch" => sent.branch = value,
                "category" => sent.categories.push(value),
                "document" => sent.documents.push(value),
                _ => {}
            }
        }
        sent
    }

    fn of(limit: &Limit) -> Self {
        let text = |most: Option<u32>| most.map(|most| most.to_string()).unwrap_or_default();
        Self {
            id: limit.id.to_string(),
            action: String::new(),
            version: String::new(),
            max_loans: text(limit.max_loans),
            max_holds: text(limit.max_holds),
            of: whom(limit.of).into(),
            over: over(limit.over).into(),
            novelty: limit.novelty.map(|new| new.to_string()).unwrap_or_default(),
            branch: limit
                .branch
                .map(|code| code.to_string())
                .unwrap_or_default(),
            categories: limit.categories.iter().map(ToString::to_string).collect(),
            documents: limit.documents.iter().map(ToString::to_string).collect(),
        }
    }

    /// The limit that it says, if it can be read.
    fn limit(&self, document: &PolicyDocument) -> Option<Limit> {
        let most = |text: &str| match text {
            "" => Some(None),
            text => text.parse::<u32>().ok().map(Some),
        };
        Some(Limit {
            id: match self.id.as_str() {
                "" => new_id(document),
                id => RuleId::from(id),
            },
            of: Whom::ALL.into_iter().find(|one| whom(*one) == self.of)?,
            over: Over::ALL.into_iter().find(|one| over(*one) == self.over)?,
            categories: codes(&self.categories)?,
            documents: codes(&self.documents)?,
            branch: match self.branch.as_str() {
                "" => None,
                code => Some(code.parse().ok()?),
            },
            novelty: match self.novelty.as_str() {
                "" => None,
                "true" => Some(true),
                "false" => Some(false),
                _ => return None,
            },
            max_loans: most(&self.max_loans)?,
            max_holds: most(&self.max_holds)?,
        })
    }
}

/// All of them, or none if one is no code.
fn codes<C: std::str::FromStr>(texts: &[String]) -> Option<Vec<C>> {
    texts.iter().map(|code| code.parse().ok()).collect()
}

const fn whom(of: Whom) -> &'static str {
    match of {
        Whom::Patron => "patron",
        Whom::Household => "household",
    }
}

const fn over(over: Over) -> &'static str {
    match over {
        Over::Network => "network",
        Over::Checkout => "checkout",
        Over::Owner => "owner",
    }
}

/// Nobody has to think of a name.
fn new_id(document: &PolicyDocument) -> RuleId {
    let rules = document.rules.iter().map(|rule| rule.id.as_str());
    let limits = document.limits.iter().map(|limit| limit.id.as_str());
    let taken: std::collections::BTreeSet<&str> = rules.chain(limits).collect();
    let free = (1..=taken.len() + 1)
        .map(|number| format!("L-{number}"))
        .find(|id| !taken.contains(id.as_str()));
    RuleId::from(free.as_deref().unwrap_or("L"))
}

fn show(
    door: &Door,
    signed: &Signed,
    draft: &PolicyDraft,
    sent: &Sent,
    told: Option<(bool, String)>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let book = door.desk.rulebook();
    let title = match sent.id.as_str() {
        "" => t.say("Nouvelle limite", "New limit"),
        _ => t.say("Modifier une limite", "Change a limit"),
    };
    shown(&LimitPage {
        frame: Frame::of(signed, title, HERE),
        told,
        base: base(draft.line.id),
        name: draft.line.name.clone(),
        version: draft.line.version,
        id: sent.id.clone(),
        max_loans: sent.max_loans.clone(),
        max_holds: sent.max_holds.clone(),
        of: choices(&sent.of, &of_choices(t)),
        over: choices(&sent.over, &over_choices(t)),
        novelty: choices(&sent.novelty, &novelty_choices(t)),
        branches: branches(&book, sent.branch.parse().ok()),
        categories: categories(&book, &codes(&sent.categories).unwrap_or_default()),
        documents: documents(&book, &codes(&sent.documents).unwrap_or_default()),
    })
}

fn choices(chosen: &str, all: &[(&str, &str)]) -> Vec<Choice> {
    all.iter()
        .map(|(code, label)| Choice {
            code: (*code).into(),
            label: (*label).into(),
            chosen: *code == chosen,
        })
        .collect()
}

fn of_choices(t: Tongue) -> [(&'static str, &'static str); 2] {
    [
        ("patron", t.say("chaque lecteur", "each reader")),
        (
            "household",
            t.say("tout le foyer ensemble", "the household together"),
        ),
    ]
}

fn over_choices(t: Tongue) -> [(&'static str, &'static str); 3] {
    [
        (
            "network",
            t.say("dans tout le réseau", "over the whole network"),
        ),
        (
            "checkout",
            t.say("dans la bibliothèque du prêt", "at the branch of the loan"),
        ),
        (
            "owner",
            t.say(
                "dans le fonds de la bibliothèque propriétaire",
                "of the stock of the owning branch",
            ),
        ),
    ]
}

fn novelty_choices(t: Tongue) -> [(&'static str, &'static str); 3] {
    [
        ("", t.say("tous les documents", "all documents")),
        ("true", t.say("nouveautés seulement", "new documents only")),
        ("false", t.say("hors nouveautés", "all but new ones")),
    ]
}

pub(super) async fn write(
    State(door): State<Arc<Door>>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Policy)?;
    let t = signed.tongue();
    let sent = Sent::read(sent);
    let version: i64 = number(&sent.version)?;
    let draft = door.desk.policy_draft(number(&id)?).await?;
    let draft = draft.ok_or(Trouble::NotFound)?;
    let mut document = draft.document.clone();
    let done = if sent.action == "remove" {
        document
            .limits
            .retain(|limit| limit.id != *sent.id.as_str());
        "removed"
    } else {
        let made = sent.limit(&document);
        let made = made.filter(|limit| limit.max_loans.is_some() || limit.max_holds.is_some());
        let Some(made) = made else {
            let text = t.say(
                "Donnez un nombre entier de prêts, de réservations, ou les deux. Rien n’a été enregistré.",
                "Give a whole number of loans, of holds, or of both. Nothing was saved.",
            );
            return show(&door, &signed, &draft, &sent, Some((false, text.into())));
        };
        let place = document.limits.iter_mut().find(|limit| limit.id == made.id);
        match place {
            Some(place) => *place = made,
            None => document.limits.push(made),
        }
        "saved"
    };
    let written = door
        .desk
        .change_policy_draft(&signed.member, draft.line.id, version, document, &signed.at)
        .await?;
    match written {
        Ok(draft) => Ok(then(&base(draft.line.id), done)),
        Err(refused) => {
            let told = told(&door, &signed, &refused);
            show(&door, &signed, &draft, &sent, Some(told))
        }
    }
}
