//! Drafts of loan rules: made of a version, changed, thrown away.

use std::sync::Arc;

use circulation::{Policy, PolicyDocument, PolicyFinding};
use jiff::{Zoned, civil::Date};
use serde_json::{Value, json};
use store::{Audited, Locks, NewPolicyDraft, PolicyDraftLine, Session, StoreError};

use super::{
    scope::Scope,
    shape::{NAME, misfit, name_fits},
};
use crate::{Action, Desk, DeskError, Listed, Member, MissingRight, listed::page};

/// How many drafts may be worked on at a time.
const OPEN: i64 = 200;

/// A draft of loan rules. It may be unsound while it is worked on.
#[derive(Debug, Clone)]
pub struct PolicyDraft {
    /// What it is called, who made it, who changed it last, and the number to change it with.
    pub line: PolicyDraftLine,
    /// The rules as they are written. Until it is published a draft has the number 0, and the first day of the version
    /// that it began as.
    pub document: PolicyDocument,
    /// The same, to decide under; or everything that keeps it from being used.
    pub policy: Result<Policy, Vec<PolicyFinding>>,
}

impl PolicyDraft {
    pub(super) fn read((line, document): (PolicyDraftLine, PolicyDocument)) -> Self {
        let policy = Policy::new(document.clone()).map_err(|error| error.findings);
        Self {
            line,
            document,
            policy,
        }
    }
}

/// Why a draft is not made, changed or thrown away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// There is none of this number; maybe it was thrown away.
    #[error("there is no such draft")]
    NoDraft,
    /// There is no version of this number to begin with.
    #[error("there is no policy version {0}")]
    NoVersion(i32),
    /// It was published: what was published is not changed.
    #[error("this draft was published as version {0}")]
    Published(i32),
    /// Somebody else changed it in the meantime.
    #[error("this draft was changed in the meantime: its version is {0} now")]
    Changed(i64),
    /// A draft has the name.
    #[error("draft {0} has this name")]
    NameTaken(i64),
    /// The name is empty, long, or has characters in it that nobody sees.
    #[error("a name has 1 to 80 characters, in one line")]
    BadName,
    /// Something in it is too long, too many or out of all proportion.
    #[error("the draft's {0} has too many entries, or a name or number that nobody means")]
    Misfit(&'static str),
    /// So many drafts that somebody should tidy up first.
    #[error("there are too many drafts: publish or throw away some")]
    TooMany,
    /// They may not.
    #[error(transparent)]
    Right(#[from] MissingRight),
    /// Their right at one branch covers rules that name it, and they changed something else.
    #[error("with the right at {0} only, rules that name {0} can be changed, and nothing else")]
    OtherRules(circulation::BranchCode),
    /// The rules of the network are published and withdrawn by who may change them everywhere.
    #[error("publishing takes the right to change rules at every branch")]
    Network,
    /// A program works at one branch: it drafts, and people publish.
    #[error("rules are published by people, not by programs")]
    Program,
    /// The rules cannot be used.
    #[error("the rules cannot be used: {} errors", .0.len())]
    Unsound(Vec<PolicyFinding>),
    /// There are warnings, and nobody said that they were read.
    #[error("there are {} warnings to be read", warnings.len())]
    Unread {
        /// What is probably not meant.
        warnings: Vec<PolicyFinding>,
        /// The last version, where the draft began as an older one: what was published since would be taken back.
        behind: Option<i32>,
    },
    /// Rules begin today or later.
    #[error("rules begin on {0} or later")]
    DayPast(Date),
    /// Two versions cannot begin on one day.
    #[error("version {0} begins on {1} already")]
    DayTaken(i32, Date),
    /// What was in force is not withdrawn.
    #[error("version {0} has begun on {1}")]
    Begun(i32, Date),
    /// Another's draft is thrown away only by who changes the rules of the network.
    #[error("somebody else made this draft")]
    NotYours,
}

/// Done, or why not.
pub(super) type Refusable<T> = Result<Result<T, DraftRefused>, DeskError>;

impl Desk {
    /// A page of drafts, the last made first, published ones among them; 1 to 50. One round trip.
    pub async fn policy_drafts(
        self: &Arc<Self>,
        after: Option<i64>,
        most: u32,
    ) -> Result<Listed<PolicyDraftLine, i64>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let lines = session.policy_drafts(after, read).await?;
        Ok(Listed::cut(lines, most, |line| line.id))
    }

    /// A draft, by its number. One round trip.
    pub async fn policy_draft(self: &Arc<Self>, id: i64) -> Result<Option<PolicyDraft>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.policy_draft(id).await?.map(PolicyDraft::read))
    }

    /// Makes a draft that begins as a version. The same once more, while nobody has changed it, is the same draft.
    pub async fn make_policy_draft(
        self: &Arc<Self>,
        member: &Member,
        name: &str,
        from: i32,
        at: &Zoned,
    ) -> Refusable<PolicyDraft> {
        let name = name.trim();
        if let Err(missing) = member.require(Action::Policy) {
            return Ok(Err(missing.into()));
        }
        if !name_fits(name, NAME) {
            return Ok(Err(DraftRefused::BadName));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        let book = self.rulebook_at(session.rulebook_version().await?).await?;
        let base = book.policies.iter().find(|policy| policy.version == from);
        let Some(base) = base else {
            return Ok(Err(DraftRefused::NoVersion(from)));
        };
        if session.open_policy_drafts().await? >= OPEN {
            return Ok(Err(DraftRefused::TooMany));
        }
        let document = unnumbered(base.document().clone(), base.document());
        let new = NewPolicyDraft {
            name,
            based_on: from,
            document: &document,
            by: member.id(),
            at: at.timestamp(),
        };
        let Some(id) = session.add_policy_draft(&new).await? else {
            return same_made(&mut session, &new).await;
        };
        let detail = json!({ "draft": id, "name": name, "from": from, "did": "make" });
        noted(&mut session, member, &detail, at).await?;
        ended(session, id).await
    }

    /// Writes a draft's rules anew; `version` is the one that the change was made on. What is written already is not
    /// written twice.
    pub async fn change_policy_draft(
        self: &Arc<Self>,
        member: &Member,
        id: i64,
        version: i64,
        document: PolicyDocument,
        at: &Zoned,
    ) -> Refusable<PolicyDraft> {
        if let Err(missing) = member.require(Action::Policy) {
            return Ok(Err(missing.into()));
        }
        if let Some(field) = misfit(&document) {
            return Ok(Err(DraftRefused::Misfit(field)));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        let held = match open_draft(&mut session, id).await? {
            Ok(held) => held,
            Err(refused) => return Ok(Err(refused)),
        };
        let document = unnumbered(document, &held.document);
        if document == held.document {
            return Ok(Ok(held));
        }
        if held.line.version != version {
            return Ok(Err(DraftRefused::Changed(held.line.version)));
        }
        if !Scope::of(member).allows(&held.document, &document) {
            return Ok(Err(DraftRefused::OtherRules(member.branch())));
        }
        session
            .write_policy_draft(id, &document, member.id(), at.timestamp())
            .await?;
        let detail =
            json!({ "draft": id, "name": held.line.name, "version": version + 1, "did": "change" });
        noted(&mut session, member, &detail, at).await?;
        ended(session, id).await
    }

    /// Throws a draft away. `version`, where it is given, is the one that was seen.
    pub async fn drop_policy_draft(
        self: &Arc<Self>,
        member: &Member,
        id: i64,
        version: Option<i64>,
        at: &Zoned,
    ) -> Refusable<()> {
        if let Err(missing) = member.require(Action::Policy) {
            return Ok(Err(missing.into()));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        let held = match open_draft(&mut session, id).await? {
            Ok(held) => held,
            Err(refused) => return Ok(Err(refused)),
        };
        if version.is_some_and(|version| version != held.line.version) {
            return Ok(Err(DraftRefused::Changed(held.line.version)));
        }
        if held.line.made_by.0 != member.id() && Scope::of(member) != Scope::Network {
            return Ok(Err(DraftRefused::NotYours));
        }
        session.drop_policy_draft(id).await?;
        // With all its rules: it was hours of somebody's work.
        let detail =
            json!({ "draft": id, "name": held.line.name, "did": "drop", "was": held.document });
        noted(&mut session, member, &detail, at).await?;
        committed(session).await?;
        Ok(Ok(()))
    }
}

/// A draft that may still be changed, under its lock.
pub(super) async fn open_draft(
    session: &mut Session,
    id: i64,
) -> Result<Result<PolicyDraft, DraftRefused>, DeskError> {
    if !session.lock_policy_draft(id).await? {
        return Ok(Err(DraftRefused::NoDraft));
    }
    let Some(held) = session.policy_draft(id).await?.map(PolicyDraft::read) else {
        return Ok(Err(DraftRefused::NoDraft));
    };
    Ok(match held.line.published {
        Some(version) => Err(DraftRefused::Published(version)),
        None => Ok(held),
    })
}

/// The draft that has the name, where it is the one that was asked for.
async fn same_made(
    session: &mut Session,
    new: &NewPolicyDraft<'_>,
) -> Result<Result<PolicyDraft, DraftRefused>, DeskError> {
    let Some(id) = session.policy_draft_named(new.name).await? else {
        return Err(DeskError::Unavailable(
            "a draft was thrown away meanwhile".into(),
        ));
    };
    let held = session.policy_draft(id).await?.map(PolicyDraft::read);
    let same = held.filter(|held| {
        held.line.made_by.0 == new.by
            && held.line.based_on == new.based_on
            && held.line.version == 1
            && held.line.published.is_none()
            && held.document == *new.document
    });
    Ok(same.ok_or(DraftRefused::NameTaken(id)))
}

/// A draft has no number and no day of its own until it is published.
fn unnumbered(mut document: PolicyDocument, base: &PolicyDocument) -> PolicyDocument {
    document.version = 0;
    document.effective_from = base.effective_from;
    document
}

/// Notes what was done to the rules, in the session's transaction.
pub(super) async fn noted(
    session: &mut Session,
    member: &Member,
    detail: &Value,
    at: &Zoned,
) -> Result<(), DeskError> {
    let audited = Audited {
        action: Action::Policy.name(),
        patron_id: None,
        token_id: member.token(),
        detail,
    };
    Ok(session.audit(&member.actor().stamp(at), &audited).await?)
}

/// The draft as it was written, once it is.
async fn ended(mut session: Session, id: i64) -> Refusable<PolicyDraft> {
    let written = session.policy_draft(id).await?.map(PolicyDraft::read);
    let Some(written) = written else {
        return Err(DeskError::Internal(format!(
            "draft {id} was written and is not there"
        )));
    };
    committed(session).await?;
    Ok(Ok(written))
}

/// Whether a commit arrived whose answer is lost, nobody knows.
pub(crate) async fn committed(session: Session) -> Result<(), DeskError> {
    session.commit().await.map_err(|error| match error {
        StoreError::Unavailable(_) => DeskError::OutcomeUnknown(error.to_string()),
        other => other.into(),
    })
}
