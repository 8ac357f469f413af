//! Two versions side by side, in words.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use circulation::{PolicyDocument, Rulebook};
use serde::Deserialize;

use super::{
    HERE, Trouble, list,
    shown::{Frame, page as shown},
    words::Choice,
};
use crate::{Door, access::Signed, tongue::Tongue};

#[derive(Template)]
#[template(path = "rules_compare.html")]
struct ComparePage {
    frame: Frame,
    from: Vec<Choice>,
    to: Vec<Choice>,
    /// What is other, or nothing where a version is not known.
    changes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    from: Option<String>,
    to: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let book = door.desk.rulebook_of_now().await?;
    let last = book.policies.iter().map(|policy| policy.version).max();
    let to = chosen(wanted.to.as_deref(), last)?;
    let before = list::predecessor(&book, to).map(|policy| policy.version);
    let from = chosen(wanted.from.as_deref(), before.or(Some(to)))?;
    let find = |version| list::of_number(&book, version).ok_or(Trouble::NotFound);
    let (before, after) = (find(from)?, find(to)?);
    let title = format!(
        "{} {from} {} {to}",
        t.say("De la version", "From version"),
        t.say("à la version", "to version")
    );
    shown(&ComparePage {
        frame: Frame::of(&signed, &title, HERE),
        from: choices(t, &book, from),
        to: choices(t, &book, to),
        changes: said(t, after.document(), before.document(), &book),
    })
}

fn chosen(asked: Option<&str>, otherwise: Option<i32>) -> Result<i32, Trouble> {
    match asked {
        None | Some("") => otherwise.ok_or(Trouble::NotFound),
        Some(text) => text.parse().map_err(|_| Trouble::NotFound),
    }
}

fn choices(t: Tongue, book: &Rulebook, chosen: i32) -> Vec<Choice> {
    let versions = book.policies.iter().rev();
    versions
        .map(|policy| Choice {
            code: policy.version.to_string(),
            label: format!(
                "{} {} ({} {})",
                t.say("Version", "Version"),
                policy.version,
                t.say("dès le", "from"),
                t.day(&policy.effective_from)
            ),
            chosen: policy.version == chosen,
        })
        .collect()
}

/// What is other in the later of two, a sentence each.
pub(super) fn said(
    t: Tongue,
    after: &PolicyDocument,
    before: &PolicyDocument,
    book: &Rulebook,
) -> Vec<String> {
    let changes = after.changes_since(before);
    changes
        .iter()
        .map(|change| change.sentence(t.0, book))
        .collect()
}
