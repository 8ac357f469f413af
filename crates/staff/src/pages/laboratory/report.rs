//! The report, or how far it has come.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use circulation::{Moved, Rulebook, Severity};
use desk::{LabProgress, LabReport, LabState, PolicyDraft};

use super::{asked, base, words};
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "laboratory_wait.html")]
struct WaitPage {
    frame: Frame,
    base: String,
    /// It goes on; otherwise it cannot be made.
    goes_on: bool,
    told: &'static str,
    progress: Option<LabProgress>,
}

#[derive(Template)]
#[template(path = "laboratory.html")]
struct ReportPage {
    frame: Frame,
    base: String,
    branch: Option<String>,
    total: Moved,
    both: u64,
    changes: u64,
    nobodys: u64,
    loans: u64,
    readers: u64,
    events: u64,
    days: u16,
    against: i32,
    at: String,
    took: String,
    tables: Vec<Table>,
    not_replayed: Vec<(u64, &'static str)>,
    findings: Vec<Finding>,
    published: bool,
}

/// Gains and losses by something.
#[derive(Debug)]
struct Table {
    id: &'static str,
    title: &'static str,
    head: &'static str,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    name: String,
    /// The rest of the address of these changes.
    query: String,
    moved: Moved,
    /// Lengths of the bars, in hundredths of the longest.
    gain: u64,
    loss: u64,
}

#[derive(Debug)]
struct Finding {
    grave: bool,
    text: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let (draft, ask) = asked(&door, &signed, &id).await?;
    let state = door.desk.laboratory(&draft, &ask, &signed.at).await?;
    match state {
        LabState::Ready(report) => shown(&made(&door.desk.rulebook(), &signed, &draft, &report)),
        other => shown(&wait(&signed, &draft, &other)),
    }
}

fn wait(signed: &Signed, draft: &PolicyDraft, state: &LabState) -> WaitPage {
    let t = signed.tongue();
    let (goes_on, told) = match state {
        LabState::Busy | LabState::None => (
            true,
            t.say(
                "Un autre essai est en cours. Le vôtre commence juste après.",
                "Another draft is being tried. Yours comes right after.",
            ),
        ),
        LabState::Running(_) | LabState::Ready(_) => {
            (true, t.say("L’essai est en cours.", "The draft is being tried."))
        }
        LabState::Failed => (
            false,
            t.say(
                "L’essai n’a pas pu être fait. Réessayez dans une minute ; si cela continue, prévenez le réseau.",
                "The draft could not be tried. Try again in a minute; if it goes on, tell the network.",
            ),
        ),
        LabState::Unsound => (
            false,
            t.say(
                "Ce brouillon ne peut pas encore servir : corrigez d’abord ce que dit la vérification.",
                "This draft cannot be used yet: put right first what the check says.",
            ),
        ),
    };
    WaitPage {
        frame: frame(signed, draft),
        base: base(draft),
        goes_on,
        told,
        progress: match state {
            LabState::Running(progress) => Some(*progress),
            _ => None,
        },
    }
}

pub(super) fn frame(signed: &Signed, draft: &PolicyDraft) -> Frame {
    let t = signed.tongue();
    let title = format!("{} : {}", t.say("Essai", "Trial"), draft.line.name);
    Frame::of(signed, &title, "/staff/rules")
}

fn made(book: &Rulebook, signed: &Signed, draft: &PolicyDraft, report: &LabReport) -> ReportPage {
    let t = signed.tongue();
    let figures = &report.figures;
    ReportPage {
        frame: frame(signed, draft),
        base: base(draft),
        branch: report.ask.branch.map(|code| words::branch(book, code)),
        total: figures.total,
        both: figures.both,
        changes: figures.total.gains + figures.total.losses,
        nobodys: figures.nobodys,
        loans: figures.loans,
        readers: figures.readers,
        events: figures.events,
        days: report.ask.days,
        against: report.against,
        at: format!(
            "{} {}",
            t.day(&report.at.date()),
            report.at.strftime("%H:%M")
        ),
        took: format!("{:.1}", report.took.as_secs_f64()),
        tables: tables(t, book, report),
        not_replayed: figures
            .not_replayed
            .iter()
            .map(|line| (line.times, words::not_kept(t, line.why)))
            .collect(),
        findings: report
            .findings
            .iter()
            .filter(|finding| finding.severity() != Severity::Note)
            .map(|finding| Finding {
                grave: finding.severity() == Severity::Error,
                text: finding.sentence(t.0, report.tried().document(), book),
            })
            .collect(),
        published: draft.line.published.is_some(),
    }
}

fn tables(t: Tongue, book: &Rulebook, report: &LabReport) -> Vec<Table> {
    let figures = &report.figures;
    let policies = [report.tried(), report.in_force()];
    let coded = |name: &str, code: String| match code.is_empty() {
        true => String::new(),
        false => encoded(name, &code),
    };
    let kinds = figures.by_kind.iter().map(|(kind, moved)| {
        let code = words::kind_code(*kind).to_owned();
        (
            words::kind(t, *kind).to_owned(),
            coded("kind", code),
            *moved,
        )
    });
    let branches = figures.by_branch.iter().map(|(code, moved)| {
        (
            words::branch(book, *code),
            coded("branch", code.to_string()),
            *moved,
        )
    });
    let text = |code: Option<String>| code.unwrap_or_default();
    let categories = figures.by_category.iter().map(|(code, moved)| {
        let query = coded("category", text(code.map(|code| code.to_string())));
        (words::category(t, book, *code), query, *moved)
    });
    let documents = figures.by_document.iter().map(|(code, moved)| {
        let query = coded("document", text(code.map(|code| code.to_string())));
        (words::document(t, book, *code), query, *moved)
    });
    let rules = figures.by_rule.iter().map(|(id, moved)| {
        (
            words::rule(t, book, policies, id),
            coded("rule", id.clone()),
            *moved,
        )
    });
    vec![
        table(
            "kinds",
            t.say("Ce qui change", "What changes"),
            t.say("Changement", "Change"),
            kinds.collect(),
        ),
        table(
            "rules",
            t.say(
                "Par règle ou limite du brouillon",
                "By rule or limit of the draft",
            ),
            t.say("Règle ou limite", "Rule or limit"),
            rules.collect(),
        ),
        table(
            "branches",
            t.say("Par bibliothèque", "By branch"),
            t.say("Bibliothèque", "Branch"),
            branches.collect(),
        ),
        table(
            "categories",
            t.say("Par catégorie de lecteurs", "By category of readers"),
            t.say("Catégorie", "Category"),
            categories.collect(),
        ),
        table(
            "documents",
            t.say("Par type de document", "By document type"),
            t.say("Type de document", "Document type"),
            documents.collect(),
        ),
    ]
}

fn encoded(name: &str, value: &str) -> String {
    serde_urlencoded::to_string([(name, value)]).unwrap_or_default()
}

/// The most moved first, with bars that can be compared within a table.
fn table(
    id: &'static str,
    title: &'static str,
    head: &'static str,
    mut lines: Vec<(String, String, Moved)>,
) -> Table {
    lines.sort_by_key(|(_, _, moved)| std::cmp::Reverse(moved.gains + moved.losses));
    let both = |moved: &Moved| moved.gains.max(moved.losses);
    let most = lines.iter().map(|(_, _, moved)| both(moved)).max();
    let most = most.unwrap_or(0).max(1);
    let share = |count: u64| match count {
        0 => 0,
        count => (count * 100 / most).max(2),
    };
    let lines = lines.into_iter().map(|(name, query, moved)| Line {
        name,
        query,
        moved,
        gain: share(moved.gains),
        loss: share(moved.losses),
    });
    Table {
        id,
        title,
        head,
        lines: lines.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_moved_comes_first_and_small_bars_are_seen() {
        let moved = |gains, losses| Moved {
            gains,
            losses,
            gaining: 0,
            losing: 0,
        };
        let lines = vec![
            ("a".to_owned(), String::new(), moved(1, 0)),
            ("b".to_owned(), String::new(), moved(300, 1_000)),
        ];
        let table = table("x", "x", "x", lines);
        let bars: Vec<_> = table
            .lines
            .iter()
            .map(|line| (line.name.as_str(), line.gain, line.loss))
            .collect();
        assert_eq!(bars, [("b", 30, 100), ("a", 2, 0)]);
    }
}
