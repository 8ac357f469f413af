//! What went wrong, as programs read it: RFC 9457, problem details for HTTP APIs.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use desk::{DeskError, MissingRight, NotAllowed};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::refusal::RefusalShown;

/// A kind of problem: its address, its status, and what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its address below `/problems/`.
    pub(crate) slug: &'static str,
    pub(crate) status: u16,
    pub(crate) fr: &'static str,
    pub(crate) en: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $status:literal $slug:literal $fr:literal $en:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: Kind = Kind { slug: $slug, status: $status, fr: $fr, en: $en };)*
        /// All of them.
        pub(crate) const KINDS: &[Kind] = &[$($name),*];
    };
}

kinds! {
    UNREADABLE = 400 "unreadable" "Question illisible" "The question cannot be read";
    SIGN_IN = 401 "sign-in" "Identification requise" "Sign in first";
    MISSING_RIGHT = 403 "missing-right" "Droit manquant" "A right is missing";
    NO_OVERRIDE = 403 "no-override" "Dérogation refusée" "No such override";
    FORM_KEY = 403 "form-key" "Clé de formulaire absente ou périmée" "The form key is missing or old";
    SESSION_ONLY = 403 "session-only" "Réservé aux personnes" "For people, not for programs";
    OTHER_SITE = 403 "other-site" "Demande d’un autre site" "This comes from another site";
    UNSAFE_LINE = 403 "unsafe-line" "Connexion non chiffrée" "The line is not encrypted";
    NOT_FOUND = 404 "not-found" "Rien à cette adresse" "There is nothing here";
    METHOD = 405 "method" "Méthode non admise" "Not with this method";
    CHANGED = 409 "changed" "Modifié entre-temps" "Changed in the meantime";
    REFUSED = 409 "refused" "Refusé par une règle" "Refused by a rule";
    UNFIT = 409 "unfit" "Ne convient pas ici" "It does not fit here";
    KEY_REUSED = 409 "key-reused" "Clé d’idempotence déjà employée" "The idempotency key was used for something else";
    CURSOR = 409 "cursor" "Cette page n’existe pas ou plus" "There is no such page, or no longer";
    TOO_LARGE = 413 "too-large" "Question trop longue" "The question is too long";
    MEDIA_TYPE = 415 "media-type" "Format non admis" "Not in this format";
    INVALID = 422 "invalid" "Valeur non admise" "A value will not do";
    TOO_MANY = 429 "too-many" "Trop de questions" "Too many questions";
    FAULT = 500 "fault" "Erreur du serveur" "A fault of the server";
    OUTCOME_UNKNOWN = 503 "outcome-unknown" "Résultat inconnu" "The outcome is not known";
    UNAVAILABLE = 503 "unavailable" "Base de données injoignable" "The database does not answer";
}

impl Kind {
    pub(crate) fn uri(self) -> String {
        format!("/problems/{}", self.slug)
    }

    pub(crate) fn title(self) -> String {
        format!("{} — {}", self.fr, self.en)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.uri())
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Problem(Box<Details>);

/// Why there is no answer (RFC 9457), with what a program needs to go on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Details {
    /// Which kind of problem: a stable address, for programs to compare.
    #[serde(rename = "type")]
    #[schema(value_type = String, format = "uri-reference")]
    kind: Kind,
    /// What the kind is called, in French and in English.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is the matter this time, in French and in English.
    detail: String,
    /// This very time: the event that keeps a refusal, else the address that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri-reference")]
    instance: Option<String>,
    /// The action that it takes, of `missing-right`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    action: Option<&'static str>,
    /// The branch at which it takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    /// Where in the question the wrong value stands, of `invalid` and `unfit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// Every reason of a refusal, the first to be told first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    refusals: Vec<RefusalShown>,
    /// How the rules came to a refusal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    trace: Vec<String>,
    /// The event that keeps a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<i64>,
    /// After so many seconds it may be asked again.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem of this kind, said in both languages.
    pub(crate) fn new(kind: Kind, fr: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self(Box::new(Details {
            kind,
            title: kind.title(),
            status: kind.status,
            detail: format!("{} — {}", fr.as_ref(), en.as_ref()),
            instance: None,
            action: None,
            branch: None,
            field: None,
            refusals: Vec::new(),
            trace: Vec::new(),
            event: None,
            retry_after: None,
        }))
    }

    /// Nobody is in.
    pub(crate) fn sign_in() -> Self {
        Self::new(
            SIGN_IN,
            "Donnez un jeton valable (Authorization: Bearer) ou ouvrez une session.",
            "Show a good token (Authorization: Bearer), or sign in.",
        )
    }

    /// There is nothing of that name.
    pub(crate) fn not_found() -> Self {
        Self::new(
            NOT_FOUND,
            "Il n’y a rien à cette adresse.",
            "There is nothing here.",
        )
    }

    /// The question cannot be read.
    pub(crate) fn unreadable(fr: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self::new(UNREADABLE, fr, en)
    }

    /// A value of the question is nothing that the document allows.
    pub(crate) fn invalid(field: &str, fr: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        let mut problem = Self::new(INVALID, fr, en);
        problem.0.field = Some(field.to_owned());
        problem
    }

    /// A value may be asked, and does not go with the others, or with what is there.
    pub(crate) fn unfit(field: &str, fr: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        let mut problem = Self::new(UNFIT, fr, en);
        problem.0.field = Some(field.to_owned());
        problem
    }

    /// A list goes on nowhere there.
    pub(crate) fn cursor() -> Self {
        Self::new(
            CURSOR,
            "cursor : reprenez next de la page précédente, tel quel, ou recommencez sans.",
            "cursor: give next of the page before, as it is, or begin again without.",
        )
    }

    /// A rule said no.
    pub(crate) fn refused(
        refusals: Vec<RefusalShown>,
        trace: Vec<String>,
        event: Option<i64>,
    ) -> Self {
        let (fr, en) = refusals
            .first()
            .map_or(("", ""), |first| (&first.text.fr, &first.text.en));
        let mut problem = Self::new(REFUSED, fr, en);
        let details = &mut problem.0;
        details.instance = event.map(|event| format!("/api/v1/events/{event}"));
        details.event = event;
        details.trace = trace;
        details.refusals = refusals;
        problem
    }

    /// Not yet: after so many seconds.
    pub(crate) fn later(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// At this address, unless it says already what it is about.
    pub(crate) fn at(mut self, path: &str) -> Self {
        self.0.instance.get_or_insert_with(|| path.to_owned());
        self
    }

    fn answer(&self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.0.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.answer();
        response.extensions_mut().insert(self);
        response
    }
}

/// Every problem says where it was met.
pub(crate) async fn located(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let mut told = problem.at(&path).answer();
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, allow);
    }
    told
}

impl From<MissingRight> for Problem {
    fn from(missing: MissingRight) -> Self {
        use circulation::Language::{English, French};
        let MissingRight { action, branch } = missing;
        tracing::info!(action = action.name(), %branch, "a right is missing");
        let mut problem = Self::new(
            MISSING_RIGHT,
            format!("Il manque le droit : {} ({branch}).", action.label(French)),
            format!("No right to {} at {branch}.", action.label(English)),
        );
        problem.0.action = Some(action.name());
        problem.0.branch = Some(branch.to_string());
        problem
    }
}

impl From<NotAllowed> for Problem {
    fn from(no: NotAllowed) -> Self {
        let NotAllowed { right, branch } = no;
        let mut problem = Self::new(
            NO_OVERRIDE,
            format!("Le droit {right} manque à {branch}, ou le motif est vide."),
            format!("The right {right} is missing at {branch}, or no reason was given."),
        );
        problem.0.action = Some(right);
        problem.0.branch = Some(branch.to_string());
        problem
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        tracing::error!(%error, "a program has no answer");
        match error {
            DeskError::Unavailable(_) => Self::new(
                UNAVAILABLE,
                "La base de données ne répond pas : rien n’a été fait.",
                "The database does not answer: nothing was done.",
            )
            .later(2),
            DeskError::OutcomeUnknown(_) => Self::new(
                OUTCOME_UNKNOWN,
                "Le serveur ne sait pas encore si cela a été fait : reposez la même question avec la même clé.",
                "It is not known yet whether this was done: ask the same again, with the same key.",
            ),
            DeskError::Internal(_) => Self::new(
                FAULT,
                "Erreur du serveur : rien n’a été fait.",
                "A fault of the server: nothing was done.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_kind_has_an_address_of_its_own() {
        let uris: BTreeSet<_> = KINDS.iter().map(|kind| kind.uri()).collect();
        assert_eq!(uris.len(), KINDS.len());
        assert!(uris.iter().all(|uri| uri.is_ascii()));
    }

    #[test]
    fn a_problem_says_what_and_where() {
        let problem =
            Problem::invalid("overrides.reason", "Trop long.", "Too long.").at("/api/v1/loans");
        let shown = serde_json::to_value(&problem).unwrap();
        assert_eq!(
            shown,
            serde_json::json!({
                "type": "/problems/invalid",
                "title": "Valeur non admise — A value will not do",
                "status": 422,
                "detail": "Trop long. — Too long.",
                "instance": "/api/v1/loans",
                "field": "overrides.reason",
            })
        );
        let response = Problem::sign_in().into_response();
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
        let later = Problem::not_found().later(3).into_response();
        assert_eq!(later.headers()[header::RETRY_AFTER], "3");
    }

    #[test]
    fn what_may_have_happened_is_never_said_to_have_been_refused() {
        let of = |error| Problem::from(error).answer();
        let unknown = of(DeskError::OutcomeUnknown("x".into()));
        assert_eq!(unknown.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(!unknown.headers().contains_key(header::RETRY_AFTER));
        let away = of(DeskError::Unavailable("x".into()));
        assert_eq!(away.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(away.headers()[header::RETRY_AFTER], "2");
        let fault = serde_json::to_string(&Problem::from(DeskError::Internal("secret".into())));
        assert!(!fault.unwrap().contains("secret"));
    }
}
