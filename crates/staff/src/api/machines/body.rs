//! A machine or partner as it is read and written.

use circulation::Language;
use desk::{Action, Machine, MachineRefused, TerminalSettings, laid_over};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    api::{
        problem::{CHANGED, Problem, REFUSED},
        route::Needs,
        words::Words,
    },
    machines::machine_refused_text,
};

/// A machine or partner in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct MachineShown {
    /// What it logs in with (SIP2 CN; NCIP FromSystemId).
    login: String,
    /// What people call it.
    name: String,
    /// Where it stands, or which branch it speaks to.
    branch: String,
    /// The profile that it follows.
    profile: String,
    /// What it may ask: SIP2 request codes, names of NCIP services.
    messages: Vec<String>,
    /// Its own settings, which go before those of its profile.
    #[schema(value_type = Object)]
    settings: TerminalSettings,
    /// What they come to with those of its profile.
    #[schema(value_type = Object)]
    whole: TerminalSettings,
    /// Whether a token was made for it.
    has_token: bool,
    /// Why its door does not serve it, if it does not.
    not_served: Option<String>,
    /// Raised by every change.
    version: i64,
}

impl From<&Machine> for MachineShown {
    fn from(machine: &Machine) -> Self {
        let (terminal, own) = (&machine.terminal, machine.own());
        Self {
            login: terminal.login.clone(),
            name: terminal.name.clone(),
            branch: terminal.branch.to_string(),
            profile: terminal.profile.clone(),
            messages: terminal.messages.clone(),
            whole: laid_over(&machine.profile.settings, &own),
            settings: own,
            has_token: machine.has_token(),
            not_served: machine.not_served.clone(),
            version: terminal.version,
        }
    }
}

pub(super) const EXAMPLE: &str = r#"{"login": "lens-automate-1", "name": "Automate du hall", "branch": "LENS",
    "profile": "self-check", "messages": ["11", "09"], "settings": {}, "whole": {"idle": 900}, "has_token": false,
    "not_served": null, "version": 3}"#;

/// What a machine is to be like.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MachineWritten {
    /// The profile that it follows.
    pub(super) profile: Words,
    /// What it may ask; none: what its profile suggests, or everything.
    #[serde(default)]
    pub(super) messages: Vec<String>,
    /// Its own settings, which go before those of its profile. What stands in them is told by `/problems/unfit`.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(super) settings: Map<String, Value>,
}

/// The action that machines of a kind take.
pub(super) const fn needs(partner: bool) -> Needs {
    Needs::Here(match partner {
        true => Action::Partner,
        false => Action::Terminal,
    })
}

/// Why it was not done, as programs are told.
pub(super) fn problem(refused: MachineRefused) -> Problem {
    let field = match &refused {
        MachineRefused::Right(missing) => return (*missing).into(),
        MachineRefused::Unknown(_) => return Problem::not_found(),
        MachineRefused::BadLogin(_) => "login",
        MachineRefused::NoBranch(_) => "branch",
        MachineRefused::NoProfile(_) | MachineRefused::OtherKind(_) => "profile",
        MachineRefused::BadMessage(_) => "messages",
        MachineRefused::Settings(_) => "settings",
        MachineRefused::Taken(_) | MachineRefused::Changed => "",
    };
    let fr = machine_refused_text(&refused, Language::French);
    let en = machine_refused_text(&refused, Language::English);
    match refused {
        MachineRefused::Taken(_) => Problem::new(REFUSED, fr, en),
        MachineRefused::Changed => Problem::new(CHANGED, fr, en),
        _ => Problem::unfit(field, fr, en),
    }
}
