//! Tokens for programs, made and ended by people.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
    routing::{delete, post},
};
use desk::{Action, NewToken};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Command, Named},
        problem::{Problem, SESSION_ONLY},
        route::{Needs, Route, Shape},
        words::Words,
    },
};

/// The longest that a token may be good for.
const LONGEST: i64 = 400;

/// A token to make, for where you work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenAsked {
    /// What it is called in lists.
    #[schema(value_type = String, max_length = 500, pattern = r"\S", example = "Tableau de bord")]
    name: Words,
    /// What it may do: actions of yours, by their names.
    #[schema(min_items = 1)]
    actions: Vec<String>,
    /// For how many days it is good, 1 to 400.
    #[schema(minimum = 1, maximum = 400)]
    days: i64,
}

/// A token that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    /// Its number, to end it by.
    number: i64,
    /// What the program shows: `Authorization: Bearer …`. It is told this once.
    secret: String,
    /// When it ends.
    #[schema(value_type = String, format = "date-time")]
    expires_at: Timestamp,
}

/// Nothing more to say.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

pub(crate) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::POST,
            path: "/tokens",
            needs: Needs::SignedIn,
            name: "make_token",
            summary: "Créer un jeton — Make a token",
            text: "By a person in a session, never by a program: what one token leaks would otherwise never end. It may \
                   do nothing that its maker may not, and works where its maker works.",
            parameters: &[],
            takes: Some(Shape::of::<TokenAsked>(
                r#"{"name": "Tableau de bord", "actions": ["list", "item.read"], "days": 90}"#,
            )),
            gives: Shape::of::<Token>(
                r#"{"number": 3, "secret": "0000000000000000000000000000000000000000000000000000000000000000",
                    "expires_at": "2026-09-07T09:00:00Z"}"#,
            ),
            keyed: false,
            serve: || post(make),
        },
        Route {
            method: Method::DELETE,
            path: "/tokens/{token}",
            needs: Needs::SignedIn,
            name: "end_token",
            summary: "Mettre fin à un jeton — End a token",
            text: "One of yours; a program ends its own and no other. A body is not needed.",
            parameters: &[],
            takes: Some(Shape::of::<Nothing>("{}")),
            gives: Shape::of::<Nothing>("{}"),
            keyed: false,
            serve: || delete(end),
        },
    ]
}

async fn make(
    State(door): State<Arc<Door>>,
    command: Command<TokenAsked>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    if caller.member.token().is_some() {
        return Err(only_people());
    }
    let new = NewToken {
        name: Some(sent.name.0.trim().to_owned())
            .filter(|name| !name.is_empty())
            .ok_or_else(|| Problem::invalid("name", "Donnez un nom.", "Give it a name."))?,
        actions: actions(&sent.actions)?,
        expires_at: (1..=LONGEST)
            .contains(&sent.days)
            .then(|| SignedDuration::from_hours(sent.days * 24))
            .and_then(|days| caller.at.timestamp().checked_add(days).ok())
            .ok_or_else(|| Problem::invalid("days", "De 1 à 400 jours.", "1 to 400 days."))?,
    };
    let (desk, member, at) = (&door.desk, &caller.member, caller.at.timestamp());
    let made = desk.make_staff_token(member, &new, at).await??;
    // Seen in the log, never with its secret.
    tracing::info!(login = member.login(), token = made.id, "a token was made");
    let token = Token {
        number: made.id,
        secret: made.secret.reveal().to_owned(),
        expires_at: new.expires_at,
    };
    Ok((StatusCode::CREATED, Json(token)).into_response())
}

fn actions(names: &[String]) -> Result<Vec<Action>, Problem> {
    let unknown = || {
        Problem::unfit(
            "actions",
            "Au moins une action, par son nom ; voyez /api/v1/me.",
            "At least one action, by its name; see /api/v1/me.",
        )
    };
    let of = |name: &String| Action::all().find(|action| action.name() == name);
    let actions: Option<Vec<_>> = names.iter().map(of).collect();
    let mut actions = actions
        .filter(|some| !some.is_empty())
        .ok_or_else(unknown)?;
    actions.sort_unstable();
    actions.dedup();
    Ok(actions)
}

async fn end(
    State(door): State<Arc<Door>>,
    Named(token): Named,
    command: Command<Nothing>,
) -> Result<Response, Problem> {
    let Caller { member, at } = command.caller;
    let number: i64 = token.parse().map_err(|_| Problem::not_found())?;
    if member.token().is_some_and(|own| own != number) {
        return Err(only_people());
    }
    let ended = door
        .desk
        .revoke_staff_token(&member, number, at.timestamp())
        .await?;
    match ended {
        true => Ok(Json(Nothing {}).into_response()),
        false => Err(Problem::not_found()),
    }
}

fn only_people() -> Problem {
    Problem::new(
        SESSION_ONLY,
        "Un programme ne crée pas de jeton et ne met fin qu’au sien.",
        "A program makes no token, and ends none but its own.",
    )
}
