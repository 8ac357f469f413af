//! What every page has around what it is about.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use circulation::BranchCode;
use desk::Action;

use super::{
    Trouble, assets,
    menu::{self, Link},
};
use crate::{access::Signed, tongue::Tongue};

/// What every page has around what it is about.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) t: Tongue,
    /// What the browser's tab says.
    pub(crate) title: String,
    pub(crate) styles: String,
    pub(crate) script: String,
    /// The address of the page, as the head's links have it.
    pub(crate) path: &'static str,
    /// Who is in; nobody on the page to sign in.
    pub(crate) user: Option<User>,
}

/// Who is in, as the head of a page shows it.
#[derive(Debug)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) branch: BranchCode,
    pub(crate) form_key: String,
    pub(crate) actions: Vec<Action>,
}

impl Frame {
    pub(crate) fn of_nobody(t: Tongue, title: &str) -> Self {
        Self {
            t,
            title: title.to_owned(),
            styles: assets::styles(),
            script: assets::script(),
            path: "",
            user: None,
        }
    }

    pub(crate) fn of(signed: &Signed, title: &str, path: &'static str) -> Self {
        let member = &signed.member;
        Self {
            path,
            user: Some(User {
                name: member.name().to_owned(),
                branch: member.branch(),
                form_key: signed.secret.form_key(),
                actions: Action::all().filter(|action| member.may(*action)).collect(),
            }),
            ..Self::of_nobody(signed.tongue(), title)
        }
    }

    /// The head's links: to groups of pages, and to the pages of the group that is open.
    pub(crate) fn links(&self) -> (Vec<Link>, Vec<Link>) {
        menu::links(self)
    }

    /// For the hidden field of every form.
    pub(crate) fn form_key(&self) -> &str {
        self.user.as_ref().map_or("", |user| &user.form_key)
    }

    /// Whether who is in may do this, by its name in roles.
    pub(crate) fn may(&self, action: &str) -> bool {
        self.user
            .as_ref()
            .is_some_and(|user| user.actions.iter().any(|held| held.name() == action))
    }

    /// Whether they may do all of these.
    pub(crate) fn may_all(&self, actions: &[&str]) -> bool {
        actions.iter().all(|action| self.may(action))
    }

    /// Whether this is the page that the browser shows, for the head's links.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.path == path
    }
}

/// A template as an answer.
pub(crate) fn page(template: &impl Template) -> Result<Response, Trouble> {
    match template.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => Err(Trouble::Broken(error.to_string())),
    }
}
