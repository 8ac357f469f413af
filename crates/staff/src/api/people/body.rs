//! A member of staff as programs see one, and why nothing was changed.

use circulation::{BranchCode, Language};
use desk::{Role, StaffFile, StaffRefused};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::problem::{Problem, REFUSED, SESSION_ONLY},
    staff::refused_text,
};

/// A member of staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct UserShown {
    /// What they sign in with.
    login: String,
    /// Their name, as colleagues see it.
    name: String,
    /// Where they work.
    branch: String,
    /// What their pages are written in.
    #[schema(value_type = String, example = "fr")]
    language: &'static str,
    /// Since when they may not come in; none: they may.
    #[schema(value_type = Option<String>, format = "date-time")]
    disabled_at: Option<Timestamp>,
    /// Roles.
    roles: Vec<Grant>,
    /// Rights beside those of the roles.
    rights: Vec<Grant>,
}

/// A role or right, at a branch or everywhere.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Grant {
    /// Its name.
    name: String,
    /// The branch; none: everywhere.
    branch: Option<String>,
}

/// A role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct RoleShown {
    /// Its name.
    name: String,
    /// What it is called in French.
    fr: String,
    /// And in English.
    en: String,
    /// The actions that it is made of.
    actions: Vec<String>,
}

pub(super) const EXAMPLE: &str = r#"{"login": "claire", "name": "Claire Fictive", "branch": "LENS", "language": "fr",
    "disabled_at": null, "roles": [{"name": "librarian", "branch": "LENS"}], "rights": []}"#;

impl From<StaffFile> for UserShown {
    fn from(file: StaffFile) -> Self {
        let grants = |all: Vec<(String, Option<BranchCode>)>| {
            let grant = |(name, branch): (String, Option<BranchCode>)| Grant {
                name,
                branch: branch.map(|branch| branch.to_string()),
            };
            all.into_iter().map(grant).collect()
        };
        Self {
            login: file.login,
            name: file.name,
            branch: file.branch.to_string(),
            language: file.language.code(),
            disabled_at: file.disabled_at,
            roles: grants(file.roles),
            rights: grants(file.rights),
        }
    }
}

impl From<Role> for RoleShown {
    fn from(role: Role) -> Self {
        let (fr, en) = role.labels;
        Self {
            name: role.name,
            fr,
            en,
            actions: role.actions,
        }
    }
}

/// Why it was not done, as programs are told.
pub(super) fn problem(refused: &StaffRefused) -> Problem {
    let fr = refused_text(refused, Language::French);
    let en = refused_text(refused, Language::English);
    match refused {
        StaffRefused::Right(missing) => (*missing).into(),
        StaffRefused::Nobody => Problem::not_found(),
        StaffRefused::BadLogin => Problem::unfit("login", fr, en),
        StaffRefused::BadName => Problem::unfit("name", fr, en),
        StaffRefused::Unknown(_) => Problem::unfit("name", fr, en),
        StaffRefused::Program => Problem::new(SESSION_ONLY, fr, en),
        _ => Problem::new(REFUSED, fr, en),
    }
}
