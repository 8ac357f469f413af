//! What is asked where, and what it takes: one line a route, from which the router, the checks and the document are made.

use std::{borrow::Cow, sync::Arc};

use axum::{Router, http::Method, middleware::from_fn_with_state, routing::MethodRouter};
use desk::Action;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::caller::admit;
use crate::Door;

/// What a route takes of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// To be somebody.
    SignedIn,
    /// This action, where they work.
    Here(Action),
    /// This action, at the branch that the address names.
    AtBranch(Action),
}

impl Needs {
    /// The action, if it takes one.
    pub(crate) fn action(self) -> Option<Action> {
        match self {
            Self::SignedIn => None,
            Self::Here(action) | Self::AtBranch(action) => Some(action),
        }
    }
}

/// A route.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// Below `/api/v1`.
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    /// Its name in programs that are made of the document.
    pub(crate) name: &'static str,
    /// In a line, in French and in English.
    pub(crate) summary: &'static str,
    /// What has to be known beside.
    pub(crate) text: &'static str,
    /// The parameters beside those of the address: where, name, what it is.
    pub(crate) parameters: &'static [Parameter],
    /// What is sent.
    pub(crate) takes: Option<Shape>,
    /// What comes back.
    pub(crate) gives: Shape,
    /// Changes something, and is done once under an idempotency key.
    pub(crate) keyed: bool,
    pub(crate) serve: fn() -> MethodRouter<Arc<Door>>,
}

/// A parameter of a question's address.
pub(crate) type Parameter = (&'static str, &'static str);

/// A type of the document, with an example of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) name: fn() -> Cow<'static, str>,
    pub(crate) schema: fn() -> RefOr<Schema>,
    pub(crate) schemas: fn(&mut Vec<(String, RefOr<Schema>)>),
    pub(crate) example: &'static str,
}

impl Shape {
    pub(crate) fn of<T: ToSchema + PartialSchema>(example: &'static str) -> Self {
        Self {
            name: T::name,
            schema: T::schema,
            schemas: T::schemas,
            example,
        }
    }

    /// A type around another one, which no document finds by itself.
    pub(crate) fn around<W: ToSchema, T: ToSchema>(example: &'static str) -> Self {
        Self {
            schemas: |all| {
                all.push((T::name().into_owned(), T::schema()));
                T::schemas(all);
                W::schemas(all);
            },
            ..Self::of::<W>(example)
        }
    }
}

/// A router that lets nobody pass who lacks what a route takes.
pub(crate) fn router(door: &Arc<Door>, routes: &[Route]) -> Router<Arc<Door>> {
    routes.iter().fold(Router::new(), |router, route| {
        let admitted = from_fn_with_state((door.clone(), route.needs), admit);
        let path = format!("/api/v1{}", route.path);
        router.route(&path, (route.serve)().layer(admitted))
    })
}
