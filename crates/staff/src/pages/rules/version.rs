//! A version of the rules: its matrix, its limits, all its rules.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use circulation::{BranchPeriod, PeriodDue, PolicyDocument, Rulebook};
use desk::Action;

use super::{
    HERE, Trouble, list,
    matrix::{Matrix, Wanted},
    number,
    shown::{Frame, page as shown},
    words::{branch_name, settings},
};
use crate::{Door, access::Signed, tongue::Tongue};

#[derive(Template)]
#[template(path = "rules_version.html")]
struct VersionPage {
    frame: Frame,
    version: i32,
    state: String,
    in_force: bool,
    base: String,
    matrix: Matrix,
    rest: Rest,
    previous: Option<i32>,
    /// They may withdraw it.
    withdrawable: bool,
    drafting: bool,
}

/// What the matrix does not show.
#[derive(Debug)]
pub(super) struct Rest {
    pub(super) limits: Vec<String>,
    pub(super) others: Vec<String>,
    /// What each rule is for, and what it sets.
    pub(super) rules: Vec<(String, Vec<(&'static str, String)>)>,
}

impl Rest {
    pub(super) fn of(t: Tongue, document: &PolicyDocument, book: &Rulebook) -> Self {
        let groups = document.float_groups.iter().map(|group| {
            let names: Vec<_> = group
                .branches
                .iter()
                .map(|branch| branch_name(book, *branch))
                .collect();
            format!(
                "{} {}.",
                t.say("Partagent leur fonds :", "Share their stock:"),
                names.join(", ")
            )
        });
        let periods = document
            .branch_periods
            .iter()
            .map(|period| period_said(t, period, book));
        Self {
            limits: document
                .limits
                .iter()
                .map(|limit| limit.sentence(t.0, book))
                .collect(),
            others: groups.chain(periods).collect(),
            rules: document
                .rules
                .iter()
                .map(|rule| (rule.is_for(t.0, book), settings(t, rule)))
                .collect(),
        }
    }
}

fn period_said(t: Tongue, period: &BranchPeriod, book: &Rulebook) -> String {
    let mut said = format!(
        "{}, {} {} {} {}",
        branch_name(book, period.branch),
        t.say("du", "from"),
        t.day(&period.from),
        t.say("au", "to"),
        t.day(&period.to)
    );
    said += match period.pickup {
        true => "",
        false => t.say(
            " : pas de retrait de réservations",
            ": no holds are collected there",
        ),
    };
    said += match period.due {
        PeriodDue::Keep => "",
        PeriodDue::Extend => t.say(
            ", les dates de retour sont reportées à la réouverture",
            ", due dates move to the day it opens again",
        ),
    };
    said + "."
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
    Path(version): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let version: i32 = number(&version)?;
    let book = door.desk.rulebook_of_now().await?;
    let policy = list::of_number(&book, version).ok_or(Trouble::NotFound)?;
    let today = signed.at.date();
    let in_force = book.policy_on(today).map(|policy| policy.version) == Some(version);
    let from = t.day(&policy.effective_from);
    let to_come = policy.effective_from > today;
    let state = match (in_force, to_come) {
        (true, _) => format!("{} {from}", t.say("En vigueur depuis le", "In force since")),
        (_, true) => format!(
            "{} {from}",
            t.say("En vigueur à partir du", "In force from")
        ),
        _ => format!(
            "{} {from}",
            t.say("Plus en vigueur ; commencée le", "Over; began on")
        ),
    };
    let base = format!("{HERE}/{version}");
    let title = format!("{} {version}", t.say("Règles, version", "Rules, version"));
    shown(&VersionPage {
        frame: Frame::of(&signed, &title, HERE),
        version,
        state,
        in_force,
        matrix: Matrix::of(&signed, &book, policy, None, &wanted, &base)?,
        base,
        rest: Rest::of(t, policy.document(), &book),
        previous: list::predecessor(&book, version).map(|before| before.version),
        withdrawable: to_come && signed.member.may_everywhere(Action::Policy),
        drafting: signed.member.may(Action::Policy),
    })
}
