//! Partners, and the profiles that machines and partners follow.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, Profile, Terminal, TerminalSettings};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::query,
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
    },
};

/// A partner in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct PartnerShown {
    /// What it is known by.
    login: String,
    /// What people call it.
    name: String,
    /// The branch that it speaks to.
    branch: String,
    /// The profile that it follows.
    profile: String,
    /// The NCIP services that it may ask for.
    messages: Vec<String>,
}

impl From<Terminal> for PartnerShown {
    fn from(partner: Terminal) -> Self {
        Self {
            login: partner.login,
            name: partner.name,
            branch: partner.branch.to_string(),
            profile: partner.profile,
            messages: partner.messages,
        }
    }
}

/// A kind of machine or partner.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct ProfileShown {
    /// Its name.
    name: String,
    /// What it is for.
    note: String,
    /// It is of partners.
    partner: bool,
    /// What a new one may ask; none: everything.
    messages: Option<Vec<String>>,
    /// Its settings.
    #[schema(value_type = Object)]
    settings: TerminalSettings,
}

pub(super) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::GET,
            path: "/partners",
            needs: Needs::Here(Action::Partner),
            name: "partners",
            summary: "Partenaires — Partners",
            text: "Those of branches where you have the action, by login.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<PartnerShown>, PartnerShown>(
                r#"{"items": [], "next": null}"#,
            ),
            keyed: false,
            serve: || get(partners),
        },
        Route {
            method: Method::GET,
            path: "/profiles",
            needs: Needs::Here(Action::Terminal),
            name: "profiles",
            summary: "Profils d’automates et de partenaires — Profiles of machines and partners",
            text: "By name.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<ProfileShown>, ProfileShown>(
                r#"{"items": [], "next": null}"#,
            ),
            keyed: false,
            serve: || get(profiles),
        },
    ]
}

async fn partners(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let all = door.desk.partners(&caller.member, &door.machines);
    let all = all.into_iter().map(PartnerShown::from).collect();
    shown(&headers, &asked.page("partners", all)?)
}

async fn profiles(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let none = TerminalSettings::new();
    let profile = |profile: Profile| ProfileShown {
        partner: (door.machines.is_partner)(&profile.settings, &none),
        name: profile.name,
        note: profile.note,
        messages: profile.messages,
        settings: profile.settings,
    };
    let all = door.desk.profiles().await?;
    let all = all.into_iter().map(profile).collect();
    shown(&headers, &asked.page("profiles", all)?)
}
