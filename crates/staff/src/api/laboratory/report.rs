//! The figures, or how far they have come.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use circulation::Language::{English, French};
use desk::{Action, LabReport, LabState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked;
use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Command, Named},
        problem::Problem,
        refusal::Told,
        route::{Needs, Route, Shape},
        shown::shown,
    },
    pages::laboratory::words,
    tongue::Tongue,
};

/// How far a trial has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TrialState {
    /// Nobody asked for it yet: POST begins it.
    None,
    /// It is being made: ask again in a second.
    Running,
    /// Another one is being made: ask again in a second.
    Busy,
    /// It is there.
    Ready,
    /// It could not be made: try again in a minute.
    Failed,
    /// The draft cannot be used as it is; its check says why.
    Unsound,
}

/// A draft of loan rules, tried on open loans and on the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Trial {
    /// The draft.
    draft: i64,
    /// The version of it that is tried.
    version: i64,
    /// The only branch whose changes are told: of a caller who changes the rules of one branch.
    branch: Option<String>,
    /// How far it has come.
    state: TrialState,
    /// Open loans that were looked at so far.
    loans: u64,
    /// Requests of the log that were looked at so far.
    events: u64,
    /// The figures, once they are there.
    report: Option<TrialReport>,
}

/// Who would be better off, and who worse.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TrialReport {
    /// The version in force that the draft is compared with.
    against: i32,
    /// When it was made.
    #[schema(value_type = String, format = "date-time")]
    at: jiff::Timestamp,
    /// From when on requests of the log were looked at.
    #[schema(value_type = String, format = "date-time")]
    from: jiff::Timestamp,
    /// All changes. Readers are counted once.
    total: MovedShown,
    /// Readers who gain here and lose there: they are in both numbers.
    both: u64,
    /// Readers with open loans.
    readers: u64,
    /// By kind of change; each of these lists adds up to `total` in changes.
    by_kind: Vec<MovedLine>,
    /// By branch.
    by_branch: Vec<MovedLine>,
    /// By category of readers; null: not known any more.
    by_category: Vec<MovedLine>,
    /// By document type; null: a limit of all of them.
    by_document: Vec<MovedLine>,
    /// By rule or limit of the draft, or of the rules in force where the draft has none; null: none has a name.
    by_rule: Vec<MovedLine>,
    /// What could not be replayed, since it is not kept; counted nowhere else.
    not_replayed: Vec<NotReplayedLine>,
    /// What is strange in the draft by itself.
    findings: Vec<Told>,
}

/// Changes, and the readers that they are about.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct MovedShown {
    /// Changes for the better.
    gains: u64,
    /// Changes for the worse.
    losses: u64,
    /// Readers who are better off, each once.
    gaining: u64,
    /// Readers who are worse off, each once.
    losing: u64,
}

/// Changes of one kind, branch, category, type or rule.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MovedLine {
    /// Its code.
    code: Option<String>,
    /// Its changes.
    #[serde(flatten)]
    moved: MovedShown,
}

/// Something that could not be replayed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NotReplayedLine {
    /// How often.
    times: u64,
    /// Why.
    why: Told,
}

/// Nothing has to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Try {}

const EXAMPLE: &str = r#"{"draft": 1, "version": 3, "branch": null, "state": "ready", "loans": 12840, "events": 40311,
    "report": {"against": 1, "at": "2026-06-09T09:00:00Z", "from": "2026-05-10T09:00:00Z",
        "total": {"gains": 0, "losses": 1, "gaining": 0, "losing": 1}, "both": 0, "readers": 4100,
        "by_kind": [{"code": "due", "gains": 0, "losses": 1, "gaining": 0, "losing": 1}],
        "by_branch": [{"code": "LENS", "gains": 0, "losses": 1, "gaining": 0, "losing": 1}],
        "by_category": [{"code": "ADU", "gains": 0, "losses": 1, "gaining": 0, "losing": 1}],
        "by_document": [{"code": "DVD", "gains": 0, "losses": 1, "gaining": 0, "losing": 1}],
        "by_rule": [{"code": "X-LENS-DVD", "gains": 0, "losses": 1, "gaining": 0, "losing": 1}],
        "not_replayed": [], "findings": []}}"#;

const PATH: &str = "/policies/drafts/{draft}/laboratory";

pub(super) fn routes() -> [Route; 2] {
    let read = Route {
        method: Method::GET,
        path: PATH,
        needs: Needs::Here(Action::Policy),
        name: "policy_trial",
        summary: "Le bilan de l’essai d’un brouillon — What a trial of a draft has found",
        text: "Begins nothing. Good for the draft’s version, the rules in force and the day. A program is told of the branch \
               that its token is for.",
        parameters: &[],
        takes: None,
        gives: Shape::of::<Trial>(EXAMPLE),
        keyed: false,
        serve: || get(report),
    };
    let start = Route {
        method: Method::POST,
        name: "try_policy",
        summary: "Essayer un brouillon de règles — Try a draft of loan rules",
        text: "Replays open loans and the requests of the last 30 days under the draft. Answers at once: `running` means ask \
               again in a second. One is made at a time; it changes nothing.",
        takes: Some(Shape::of::<Try>("{}")),
        serve: || post(start),
        ..read.clone()
    };
    [start, read]
}

async fn start(
    State(door): State<Arc<Door>>,
    Named(draft): Named,
    command: Command<Try>,
) -> Result<Response, Problem> {
    let caller = command.caller;
    let (draft, ask) = asked(&door, &caller, &draft).await?;
    let state = door.desk.laboratory(&draft, &ask, &caller.at).await?;
    Ok(Json(trial(&door, &ask, state)).into_response())
}

async fn report(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(draft): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (draft, ask) = asked(&door, &caller, &draft).await?;
    let state = door
        .desk
        .laboratory_so_far(&draft, &ask, &caller.at)
        .await?;
    shown(&headers, &trial(&door, &ask, state))
}

fn trial(door: &Door, ask: &desk::LabAsk, state: LabState) -> Trial {
    let mut trial = Trial {
        draft: ask.draft,
        version: ask.version,
        branch: ask.branch.map(|code| code.to_string()),
        state: TrialState::None,
        loans: 0,
        events: 0,
        report: None,
    };
    trial.state = match state {
        LabState::Ready(report) => {
            (trial.loans, trial.events) = (report.figures.loans, report.figures.events);
            trial.report = Some(told(door, &report));
            TrialState::Ready
        }
        LabState::Running(progress) => {
            (trial.loans, trial.events) = (progress.loans, progress.events);
            TrialState::Running
        }
        LabState::Busy => TrialState::Busy,
        LabState::None => TrialState::None,
        LabState::Failed => TrialState::Failed,
        LabState::Unsound => TrialState::Unsound,
    };
    trial
}

fn told(door: &Door, report: &LabReport) -> TrialReport {
    let figures = &report.figures;
    let book = door.desk.rulebook();
    let document = report.tried().document();
    TrialReport {
        against: report.against,
        at: report.at.timestamp(),
        from: report.from,
        total: figures.total.into(),
        both: figures.both,
        readers: figures.readers,
        by_kind: lines(&figures.by_kind, |kind| {
            Some(words::kind_code(*kind).to_owned())
        }),
        by_branch: lines(&figures.by_branch, |code| Some(code.to_string())),
        by_category: lines(&figures.by_category, |code| {
            code.map(|code| code.to_string())
        }),
        by_document: lines(&figures.by_document, |code| {
            code.map(|code| code.to_string())
        }),
        by_rule: lines(&figures.by_rule, |id| {
            Some(id.clone()).filter(|id| !id.is_empty())
        }),
        not_replayed: figures
            .not_replayed
            .iter()
            .map(|line| NotReplayedLine {
                times: line.times,
                why: Told {
                    fr: words::not_kept(Tongue(French), line.why).to_owned(),
                    en: words::not_kept(Tongue(English), line.why).to_owned(),
                },
            })
            .collect(),
        findings: report
            .findings
            .iter()
            .take(200)
            .map(|finding| Told {
                fr: finding.sentence(French, document, &book),
                en: finding.sentence(English, document, &book),
            })
            .collect(),
    }
}

fn lines<K>(
    table: &std::collections::BTreeMap<K, circulation::Moved>,
    code: impl Fn(&K) -> Option<String>,
) -> Vec<MovedLine> {
    table
        .iter()
        .map(|(key, moved)| MovedLine {
            code: code(key),
            moved: (*moved).into(),
        })
        .collect()
}

impl From<circulation::Moved> for MovedShown {
    fn from(moved: circulation::Moved) -> Self {
        let circulation::Moved {
            gains,
            losses,
            gaining,
            losing,
        } = moved;
        Self {
            gains,
            losses,
            gaining,
            losing,
        }
    }
}
