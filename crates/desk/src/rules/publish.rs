//! Versions of the loan rules: listed, made of drafts, withdrawn before they begin.

use std::sync::Arc;

use circulation::{Policy, Severity};
use jiff::{Zoned, civil::Date};
use serde_json::json;
use store::{Locks, PolicyVersion};

use super::{
    check::check,
    draft::{DraftRefused, PolicyDraft, Refusable, committed, noted},
    shape::LAST,
};
use crate::{Action, Desk, DeskError, Member};

/// A draft to be published.
#[derive(Debug, Clone)]
pub struct PublishAsk {
    /// The draft.
    pub draft: i64,
    /// Its version, as it was seen.
    pub version: i64,
    /// The first day of the new rules: today or later.
    pub from: Date,
    /// The warnings were read.
    pub acknowledged: bool,
    /// Look whether it could be done, and do nothing.
    pub dry: bool,
    /// When.
    pub at: Zoned,
}

/// A draft that became a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPublished {
    /// The new version; for a dry run the number that it would have.
    pub version: i32,
    /// Its first day.
    pub from: Date,
    /// The event; none if nothing was done now.
    pub event: Option<i64>,
    /// It was published before, as it was asked for now.
    pub again: bool,
}

impl Desk {
    /// The last 200 versions, the one that begins last first, withdrawn ones among them. One round trip.
    pub async fn policy_versions(self: &Arc<Self>) -> Result<Vec<PolicyVersion>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.policy_versions().await?)
    }

    /// A published version that was not withdrawn, as every daemon knows it by now.
    pub async fn policy_version(
        self: &Arc<Self>,
        version: i32,
    ) -> Result<Option<Policy>, DeskError> {
        let book = self.rulebook_of_now().await?;
        let mut policies = book.policies.iter();
        Ok(policies.find(|policy| policy.version == version).cloned())
    }

    /// The rulebook that the network has at this moment. One round trip, or more where it is another than the one in use.
    pub async fn rulebook_of_now(
        self: &Arc<Self>,
    ) -> Result<Arc<circulation::Rulebook>, DeskError> {
        let version = self.store.session().await?.rulebook_version().await?;
        self.rulebook_at(version).await
    }

    /// Publishes a draft as the next version, from a day on. Whoever does so changes the rules of the network. The same once
    /// more does nothing; of two who publish at once the later finds the earlier's version.
    pub async fn publish_policy_draft(
        self: &Arc<Self>,
        member: &Member,
        ask: &PublishAsk,
    ) -> Refusable<PolicyPublished> {
        if let Err(refused) = everywhere(member) {
            return Ok(Err(refused));
        }
        let today = ask.at.date();
        if ask.from < today || ask.from > LAST {
            return Ok(Err(DraftRefused::DayPast(today)));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        let last = session.lock_policies().await?;
        if !session.lock_policy_draft(ask.draft).await? {
            return Ok(Err(DraftRefused::NoDraft));
        }
        let draft = session
            .policy_draft(ask.draft)
            .await?
            .map(PolicyDraft::read);
        let Some(draft) = draft else {
            return Ok(Err(DraftRefused::NoDraft));
        };
        if let Some(version) = draft.line.published {
            let same = session.policy_first_day(version).await? == Some(ask.from);
            let again = PolicyPublished {
                version,
                from: ask.from,
                event: None,
                again: true,
            };
            return Ok(same
                .then_some(again)
                .ok_or(DraftRefused::Published(version)));
        }
        if draft.line.version != ask.version {
            return Ok(Err(DraftRefused::Changed(draft.line.version)));
        }
        let book = self.rulebook_at(session.rulebook_version().await?).await?;
        let found = {
            let (document, from) = (draft.document.clone(), ask.from);
            let checked = tokio::task::spawn_blocking(move || check(document, &book, from));
            checked
                .await
                .map_err(|error| DeskError::Internal(error.to_string()))?
        };
        if !found.is_sound() {
            return Ok(Err(DraftRefused::Unsound(found.findings)));
        }
        if let Some(version) = session.policy_from(ask.from).await? {
            return Ok(Err(DraftRefused::DayTaken(version, ask.from)));
        }
        // What began as an older version would take back what was published since.
        let behind = (draft.line.based_on != last).then_some(last);
        let warned = found.of(Severity::Warning).next().is_some() || behind.is_some();
        if warned && !ask.acknowledged {
            let warnings = found.of(Severity::Warning).cloned().collect();
            return Ok(Err(DraftRefused::Unread { warnings, behind }));
        }
        let Some(version) = last.checked_add(1) else {
            return Err(DeskError::Internal(
                "there are no numbers left for versions".into(),
            ));
        };
        let mut document = draft.document;
        document.version = version;
        document.effective_from = ask.from;
        let policy = match Policy::new(document) {
            Ok(policy) => policy,
            Err(error) => return Ok(Err(DraftRefused::Unsound(error.findings))),
        };
        let mut published = PolicyPublished {
            version,
            from: ask.from,
            event: None,
            again: false,
        };
        if ask.dry {
            return Ok(Ok(published));
        }
        let stamp = member.actor().stamp(&ask.at);
        let event = session.add_policy(&policy, member.name(), &stamp).await?;
        session
            .policy_draft_is_published(ask.draft, version)
            .await?;
        let detail = json!({
            "draft": ask.draft, "name": draft.line.name, "version": version, "effective_from": ask.from, "did": "publish",
        });
        noted(&mut session, member, &detail, &ask.at).await?;
        committed(session).await?;
        published.event = Some(event);
        Ok(Ok(published))
    }

    /// Withdraws a version that has not begun. Its draft, if it was made of one, can be worked on again.
    pub async fn withdraw_policy_version(
        self: &Arc<Self>,
        member: &Member,
        version: i32,
        at: &Zoned,
    ) -> Refusable<()> {
        if let Err(refused) = everywhere(member) {
            return Ok(Err(refused));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        session.lock_policies().await?;
        let Some(first) = session.policy_first_day(version).await? else {
            return Ok(Err(DraftRefused::NoVersion(version)));
        };
        if first <= at.date() {
            return Ok(Err(DraftRefused::Begun(version, first)));
        }
        let stamp = member.actor().stamp(at);
        session
            .withdraw_policy(version, member.id(), &stamp)
            .await?;
        let detail = json!({ "version": version, "effective_from": first, "did": "withdraw" });
        noted(&mut session, member, &detail, at).await?;
        committed(session).await?;
        Ok(Ok(()))
    }
}

/// The rules of the network are changed by a person who may do so everywhere.
fn everywhere(member: &Member) -> Result<(), DraftRefused> {
    member.require(Action::Policy)?;
    match member.may_everywhere(Action::Policy) {
        true => Ok(()),
        false if member.token().is_some() => Err(DraftRefused::Program),
        false => Err(DraftRefused::Network),
    }
}
