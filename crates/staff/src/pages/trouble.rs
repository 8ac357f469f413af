//! What keeps a page from being shown, said to who asked.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use circulation::Language;
use desk::{DeskError, MissingRight, NotAllowed};

use super::shown::{Frame, page};
use crate::tongue::Tongue;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Nobody is in; where they wanted to go.
    SignIn(Option<String>),
    /// They may not.
    Missing(MissingRight),
    /// They may not override that.
    NotAllowed(NotAllowed),
    /// There is no such page, or nothing of that number.
    NotFound,
    /// What was sent is no form of ours.
    Unreadable(String),
    /// The form is of a session that is over.
    OldForm,
    /// The desk has no answer.
    Desk(DeskError),
    /// A fault of ours.
    Broken(String),
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    frame: Frame,
    told: String,
    then: &'static str,
}

impl Trouble {
    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::Missing(_) | Self::NotAllowed(_) | Self::OldForm => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Desk(DeskError::Unavailable(_) | DeskError::OutcomeUnknown(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Desk(DeskError::Internal(_)) | Self::Broken(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// What is said. Of a fault of ours the log has the rest.
    fn told(&self, t: Tongue) -> String {
        match self {
            Self::Missing(missing) => format!(
                "{} {} ({}).",
                t.say("Il vous manque le droit", "You have no right to"),
                missing.action.label(t.0),
                missing.branch
            ),
            Self::NotAllowed(no) => format!(
                "{} {} ({}).",
                t.say("Dérogation refusée, droit ou motif manquant :", "No override, right or reason missing:"),
                no.right,
                no.branch
            ),
            Self::Desk(DeskError::OutcomeUnknown(_)) => t
                .say(
                    "Le serveur ne sait pas encore si cela a été fait : vérifiez avant de recommencer.",
                    "It is not known yet whether this was done: look before doing it again.",
                )
                .into(),
            Self::Desk(DeskError::Unavailable(_)) => t
                .say(
                    "La base de données ne répond pas : rien n’a été fait.",
                    "The database does not answer: nothing was done.",
                )
                .into(),
            Self::SignIn(_) => t.say("Identifiez-vous.", "Sign in.").into(),
            Self::NotFound => t.say("Il n’y a rien à cette adresse.", "There is nothing here.").into(),
            Self::Unreadable(_) => t
                .say("Ce formulaire est incomplet ou illisible.", "This form is incomplete or cannot be read.")
                .into(),
            Self::OldForm => t
                .say(
                    "Cette page est d’une session terminée : rien n’a été fait.",
                    "This page is of a session that is over: nothing was done.",
                )
                .into(),
            Self::Desk(DeskError::Internal(_)) | Self::Broken(_) => t
                .say("Erreur du serveur : rien n’a été fait.", "A fault of the server: nothing was done.")
                .into(),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        match &self {
            Self::SignIn(None) => return Redirect::to("/staff/sign-in").into_response(),
            Self::SignIn(Some(back)) => {
                let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
                return Redirect::to(&format!("/staff/sign-in?{query}")).into_response();
            }
            Self::Desk(error) => tracing::error!(%error, "a page of staff has no answer"),
            Self::Broken(error) => tracing::error!(%error, "a page of staff is broken"),
            Self::Unreadable(error) => tracing::debug!(%error, "a form of staff was not read"),
            Self::Missing(missing) => {
                tracing::info!(action = missing.action.name(), branch = %missing.branch, "a right is missing")
            }
            Self::NotAllowed(_) | Self::NotFound | Self::OldForm => {}
        }
        // Nobody knows here who asked, nor in which language: both are said.
        let (fr, en) = (Tongue(Language::French), Tongue(Language::English));
        let told = format!("{} — {}", self.told(fr), self.told(en));
        let template = TroublePage {
            frame: Frame::of_nobody(fr, "Relire"),
            told,
            then: "Retour à l’accueil — Home",
        };
        match page(&template) {
            Ok(page) => (self.status(), page).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<MissingRight> for Trouble {
    fn from(missing: MissingRight) -> Self {
        Self::Missing(missing)
    }
}

impl From<NotAllowed> for Trouble {
    fn from(not: NotAllowed) -> Self {
        Self::NotAllowed(not)
    }
}
