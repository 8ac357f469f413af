//! Which rules there are: the version in force, those to come, those before, and drafts.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use circulation::{Policy, Rulebook};
use desk::{Action, PolicyVersion};
use serde::Deserialize;

use super::{
    HERE, Trouble,
    shown::{Frame, page as shown},
    words::{Choice, day_of},
};
use crate::{Door, access::Signed, tongue::Tongue};

/// How many drafts are listed at a time.
const DRAFTS: u32 = 20;
/// How many versions are listed with what they change.
const VERSIONS: usize = 30;

#[derive(Template)]
#[template(path = "rules.html")]
struct ListPage {
    frame: Frame,
    told: Option<(bool, String)>,
    /// No version is in force today.
    nothing_in_force: bool,
    versions: Vec<Line>,
    drafts: Vec<DraftLine>,
    /// Where older drafts are.
    older: Option<i64>,
    /// They may draft.
    drafting: bool,
    /// The versions that a draft can begin as.
    bases: Vec<Choice>,
    name: String,
}

#[derive(Debug)]
struct Line {
    version: i32,
    state: &'static str,
    /// For its looks: `now`, `soon`, `over`, `gone`.
    kind: &'static str,
    days: String,
    author: String,
    published: String,
    changes: Vec<String>,
    first: bool,
    previous: Option<i32>,
}

#[derive(Debug)]
struct DraftLine {
    id: i64,
    name: String,
    text: String,
    published: Option<i32>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    older: Option<String>,
    done: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let told = match wanted.done.as_deref() {
        Some("dropped") => Some((
            true,
            t.say("Brouillon supprimé.", "Draft thrown away.")
                .to_owned(),
        )),
        Some("withdrawn") => Some((
            true,
            t.say(
                "Version retirée : elle n’entrera pas en vigueur.",
                "Version withdrawn: it will not come into force.",
            )
            .to_owned(),
        )),
        _ => None,
    };
    let after = wanted.older.as_deref().and_then(|older| older.parse().ok());
    show(&door, &signed, told, after, String::new()).await
}

/// The page, with what is to be told on it.
pub(super) async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    told: Option<(bool, String)>,
    after: Option<i64>,
    name: String,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let book = door.desk.rulebook_of_now().await?;
    let versions = door.desk.policy_versions().await?;
    let today = signed.at.date();
    let in_force = book.policy_on(today).map(|policy| policy.version);
    let drafting = signed.member.may(Action::Policy);
    let (drafts, older) = match drafting {
        false => (Vec::new(), None),
        true => {
            let page = door.desk.policy_drafts(after, DRAFTS).await?;
            let lines = page.lines.into_iter().map(|draft| DraftLine {
                text: format!(
                    "{} {}, {} {} · {} {}",
                    t.say("modifié le", "changed on"),
                    day_of(t, draft.changed_at, &signed.at),
                    t.say("par", "by"),
                    draft.changed_by,
                    t.say("d’après la version", "from version"),
                    draft.based_on
                ),
                id: draft.id,
                name: draft.name,
                published: draft.published,
            });
            (lines.collect(), page.next)
        }
    };
    let bases = versions
        .iter()
        .filter(|version| version.withdrawn.is_none())
        .map(|version| Choice {
            code: version.version.to_string(),
            label: format!("{} {}", t.say("Version", "Version"), version.version),
            chosen: Some(version.version) == in_force,
        })
        .collect();
    let lines = versions.iter().take(VERSIONS);
    shown(&ListPage {
        frame: Frame::of(signed, t.say("Règles de prêt", "Loan rules"), HERE),
        told,
        nothing_in_force: in_force.is_none(),
        versions: lines
            .map(|version| line(t, signed, &book, version, in_force))
            .collect(),
        drafts,
        older,
        drafting,
        bases,
        name,
    })
}

fn line(
    t: Tongue,
    signed: &Signed,
    book: &Rulebook,
    version: &PolicyVersion,
    in_force: Option<i32>,
) -> Line {
    let from = version.effective_from;
    let next = standing(book)
        .into_iter()
        .find(|policy| policy.effective_from > from);
    let until = next.and_then(|policy| policy.effective_from.yesterday().ok());
    let (kind, state) = match version {
        PolicyVersion {
            withdrawn: Some(_), ..
        } => ("gone", t.say("retirée", "withdrawn")),
        _ if Some(version.version) == in_force => ("now", t.say("en vigueur", "in force")),
        _ if from > signed.at.date() => ("soon", t.say("à venir", "to come")),
        _ => ("over", t.say("terminée", "over")),
    };
    let days = match (&version.withdrawn, until) {
        (Some((by, at)), _) => format!(
            "{} {}, {} {by}",
            t.say("retirée le", "withdrawn on"),
            day_of(t, *at, &signed.at),
            t.say("par", "by")
        ),
        (None, Some(until)) => format!(
            "{} {} {} {}",
            t.say("du", "from"),
            t.day(&from),
            t.say("au", "to"),
            t.day(&until)
        ),
        (None, None) => format!("{} {}", t.say("à partir du", "from"), t.day(&from)),
    };
    let before = predecessor(book, version.version);
    let policy = of_number(book, version.version);
    let changes: Vec<_> = policy
        .zip(before)
        .map(|(policy, before)| policy.changes_since(before))
        .unwrap_or_default();
    Line {
        version: version.version,
        state,
        kind,
        days,
        author: version.author.clone(),
        published: day_of(t, version.published_at, &signed.at),
        changes: changes
            .iter()
            .map(|change| change.sentence(t.0, book))
            .collect(),
        first: policy.is_some() && before.is_none(),
        previous: before.map(|before| before.version),
    }
}

/// The versions that stand, the one that begins first first.
fn standing(book: &Rulebook) -> Vec<&Policy> {
    let mut policies: Vec<_> = book.policies.iter().collect();
    policies.sort_by_key(|policy| (policy.effective_from, policy.version));
    policies
}

pub(super) fn of_number(book: &Rulebook, version: i32) -> Option<&Policy> {
    book.policies
        .iter()
        .find(|policy| policy.version == version)
}

/// The version that was in force before this one.
pub(super) fn predecessor(book: &Rulebook, version: i32) -> Option<&Policy> {
    let standing = standing(book);
    let place = standing
        .iter()
        .position(|policy| policy.version == version)?;
    standing.get(place.checked_sub(1)?).copied()
}
