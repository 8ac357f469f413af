//! What every change of a file has in common: the locks, the refusal, the log.

use std::sync::Arc;

use circulation::{Decision, Language, Refusal, Refused, Rulebook, Step, Trace};
use jiff::Zoned;
use serde::{Serialize, de::DeserializeOwned};
use store::{Dossier, Locks};

use crate::{
    Actor, Answer, Desk, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse_about},
    request::{local_day, remembered},
};

/// What a change is asked with.
#[derive(Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) kind: &'static str,
    pub(super) actor: &'a Actor,
    pub(super) key: RequestKey,
    pub(super) at: &'a Zoned,
}

/// What a change begins with.
pub(super) enum Begun<R> {
    /// The files that it is about, in the order of the question, under the locks of their households; `None` where a
    /// number leads to nobody.
    Read(Arc<Rulebook>, Vec<Option<Dossier>>),
    /// The same question was answered by a change already.
    Known(i64, R),
    /// It must be begun anew.
    Again,
}

/// Goes alone, and locks the households of these readers.
pub(super) async fn begin<R: DeserializeOwned>(
    desk: &Desk,
    way: &mut Way,
    ask: Ask<'_>,
    readers: &[i64],
) -> Result<Begun<R>, Trouble> {
    if !way.holds(Locks::default()) {
        return Ok(Begun::Again);
    }
    // A copy that comes meanwhile finds the answer, and not what the first one did.
    way.session().await?.lock_request(ask.key.0).await?;
    if let Some((event, result)) = remembered(way, ask.key).await? {
        return Ok(Begun::Known(event, result));
    }
    let before = households(&dossiers(way, ask, readers).await?);
    way.session().await?.lock_households(&before).await?;
    let read = dossiers(way, ask, readers).await?;
    if households(&read) != before {
        // Somebody moved while the locks were waited for.
        return Ok(Begun::Again);
    }
    let version = way.session().await?.rulebook_version().await?;
    Ok(Begun::Read(desk.rulebook_at(version).await?, read))
}

/// It must be begun anew, alone.
pub(super) const fn again<T>() -> Tried<T> {
    Tried::Alone(Locks {
        bib: None,
        item: None,
        household: None,
    })
}

async fn dossiers(
    way: &mut Way,
    ask: Ask<'_>,
    readers: &[i64],
) -> Result<Vec<Option<Dossier>>, Trouble> {
    let mut read = Vec::with_capacity(readers.len());
    for id in readers {
        let session = way.session().await?;
        read.push(session.dossier(*id, local_day(ask.at)).await?);
    }
    Ok(read)
}

/// The households of these readers, each once, in order.
fn households(read: &[Option<Dossier>]) -> Vec<i64> {
    let mut ids: Vec<i64> = read
        .iter()
        .flatten()
        .map(|dossier| dossier.household)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What is left of refusals once the overrides have lifted theirs; and the trace of those that were lifted.
pub(super) fn sifted(refusals: Vec<Refusal>, actor: &Actor) -> (Option<Refused>, Trace) {
    let (lifted, left): (Vec<_>, Vec<_>) = refusals
        .into_iter()
        .partition(|refusal| actor.overrides().lift(refusal));
    let steps = lifted.into_iter().map(Step::Overridden).collect();
    (Refused::new(left), Trace { steps })
}

/// Logs why not, and answers with it.
pub(super) async fn no<T>(
    mut way: Way,
    ask: Ask<'_>,
    book: &Rulebook,
    patron: Option<i64>,
    refused: Refused,
) -> Result<Tried<Answer<T>>, Trouble> {
    let asked = Asked {
        kind: ask.kind,
        actor: ask.actor,
        at: ask.at,
        dry: false,
    };
    let no: Decision<()> = refused_outright(refused);
    // Whoever asks is a colleague: they are spoken to in their own language by the door.
    let language = Language::default();
    let answer = refuse_about(&mut way, &asked, book, patron, None, no, language).await?;
    way.commit().await?;
    Ok(answer)
}

/// The body of a change's event: it names fields and no values.
#[derive(Serialize)]
pub(super) struct Change<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) fields: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<i64>,
    pub(super) trace: &'a Trace,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'a str>,
}

/// Logs a change, keeps its answer, commits all of it.
pub(super) async fn done<R: Serialize + Sync>(
    mut way: Way,
    ask: Ask<'_>,
    patron: i64,
    change: (&[&'static str], Option<i64>),
    trace: Trace,
    result: R,
) -> Result<Tried<Answer<R>>, Trouble> {
    let used = !trace.steps.is_empty();
    let body = Change {
        fields: change.0,
        number: change.1,
        trace: &trace,
        reason: ask.actor.overrides().reason.as_deref().filter(|_| used),
    };
    let (stamp, keep) = (ask.actor.stamp(ask.at), ask.key.keep(ask.at.timestamp()));
    let session = way.session_to_write().await?;
    let event = session
        .log_done(ask.kind, &stamp, None, Some(patron), &body)
        .await?;
    session
        .remember(keep.key, event, &result, keep.until)
        .await?;
    way.commit().await?;
    Ok(Tried::Done(answer(result, Some(event), trace, false)))
}

/// An answer that nothing stands against.
pub(super) fn answer<R>(result: R, event: Option<i64>, trace: Trace, replayed: bool) -> Answer<R> {
    Answer {
        outcome: Ok(result),
        trace,
        event,
        language: Language::default(),
        item: None,
        replayed,
    }
}
