//! A question about a hold, its guards, and how it is answered.

use circulation::{Decision, Language, Refusal, Refused, TitleFacts, Trace};
use serde::Serialize;
use store::{HoldLine, Keep, Locks, PartnerRequestRow, PatronFile, Stamp, StoreError};

use super::{
    HeldThing, HoldAsk, HoldDone, HoldWish,
    seen::{Seen, copy_asked, own, title},
};
use crate::{
    Answer, ItemShown, RequestKey,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::remembered,
};

/// A question about a hold whose reader and title are found.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) ask: &'a HoldAsk,
    pub(super) key: RequestKey,
    pub(super) seen: &'a Seen,
    pub(super) file: &'a PatronFile,
    /// The title and its guard.
    pub(super) bib: (i64, i64),
}

impl Asking<'_> {
    pub(super) fn stamp(&self) -> Stamp {
        self.ask.actor.stamp(&self.ask.at)
    }

    pub(super) fn keep(&self) -> Keep {
        self.key.keep(self.ask.at.timestamp())
    }

    pub(super) fn household(&self) -> (i64, i64) {
        (self.file.row.household_id, self.file.row.household_version)
    }

    pub(super) fn locks(&self) -> Locks {
        Locks {
            bib: Some(self.bib.0),
            item: None,
            household: Some(self.file.row.household_id),
        }
    }

    /// The reader's own hold that is meant.
    pub(super) fn line(&self) -> Option<&HoldLine> {
        if let HeldThing::Hold(hold) = self.ask.what {
            let mut lines = self.file.holds.iter();
            return lines.find(|line| line.mine && line.id == hold);
        }
        own(self.file, self.bib.0, copy_asked(self.ask, self.seen))
    }

    pub(super) fn title(&self) -> TitleFacts {
        title(self.ask, self.seen, self.file, self.bib.0)
    }

    /// What was written, told; overtaken otherwise.
    pub(super) async fn told<T>(
        &self,
        way: Way,
        written: Result<T, StoreError>,
        tell: impl FnOnce(T) -> Answer<HoldDone>,
    ) -> Result<Tried<Answer<HoldDone>>, Trouble> {
        Ok(match way.written(written, self.locks()).await? {
            Err(locks) => Tried::Again(locks),
            Ok(written) => Tried::Done(tell(written)),
        })
    }

    /// The answer to the same question, if it was asked before and what came of it is there.
    pub(super) async fn known_again(
        &self,
        way: &mut Way,
    ) -> Result<Option<Answer<HoldDone>>, Trouble> {
        if self.ask.dry {
            return Ok(None);
        }
        let Some((event, done)) = remembered::<HoldDone>(way, self.key).await? else {
            return Ok(None);
        };
        let there = match (&self.ask.wish, done.hold) {
            (HoldWish::Cancel, _) => true,
            (_, Some(hold)) => way.session().await?.hold_is_active(hold).await?,
            (_, None) => false,
        };
        Ok(there.then(|| Answer {
            replayed: true,
            ..answer(self.seen, done, Trace::default(), Some(event))
        }))
    }

    /// The answer to a partner's request that was made before, however that ended: its number is used up.
    pub(super) async fn requested_before(
        &self,
        way: &mut Way,
    ) -> Result<Option<Answer<HoldDone>>, Trouble> {
        let ask = self.ask;
        let (Some(request), Some(terminal)) = (&ask.request, ask.actor.terminal_id()) else {
            return Ok(None);
        };
        if request.number.is_empty() || ask.wish != HoldWish::Place {
            return Ok(None);
        }
        let session = way.session().await?;
        let row = session
            .partner_request(terminal, &request.agency, &request.number)
            .await?;
        let Some(row) = row.filter(|row| !row.accepted) else {
            return Ok(None);
        };
        let told = |outcome| Answer {
            outcome,
            replayed: true,
            ..answer(self.seen, done_before(&row), Trace::default(), None)
        };
        Ok(Some(match row.patron {
            Some(patron) if patron != self.file.row.id => {
                told(Err(Refused::from(Refusal::RequestTaken)))
            }
            _ => told(Ok(done_before(&row))),
        }))
    }

    /// No, unless it was yes a moment ago.
    pub(super) async fn no<P: Serialize + Sync>(
        &self,
        way: &mut Way,
        decision: Decision<P>,
    ) -> Result<Tried<Answer<HoldDone>>, Trouble> {
        match self.known_again(way).await? {
            Some(answer) => Ok(Tried::Done(answer)),
            None => no(way, self.ask, self.seen, decision).await,
        }
    }
}

fn done_before(row: &PartnerRequestRow) -> HoldDone {
    HoldDone {
        hold: Some(row.hold),
        pickup: row.pickup,
        expires_on: row.expires_on,
        before: usize::try_from(row.before).ok(),
        available: false,
    }
}

pub(super) fn answer(
    seen: &Seen,
    done: HoldDone,
    trace: Trace,
    event: Option<i64>,
) -> Answer<HoldDone> {
    Answer {
        outcome: Ok(done),
        trace,
        event,
        language: language(seen),
        item: seen.item().map(|item| ItemShown::new(&seen.book, item)),
        replayed: false,
    }
}

fn language(seen: &Seen) -> Language {
    seen.file
        .as_ref()
        .map(|file| file.row.language)
        .unwrap_or_default()
}

pub(super) async fn no<P: Serialize + Sync>(
    way: &mut Way,
    ask: &HoldAsk,
    seen: &Seen,
    decision: Decision<P>,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let asked = Asked {
        kind: match ask.wish {
            HoldWish::Place => "hold",
            HoldWish::Cancel => "hold_cancel",
            HoldWish::Change(_) => "hold_change",
        },
        actor: &ask.actor,
        at: &ask.at,
        dry: ask.dry,
    };
    let patron = seen.file.as_ref().map(|file| &file.row);
    let item = seen.item();
    refuse(
        way,
        &asked,
        &seen.book,
        patron,
        item,
        decision,
        language(seen),
    )
    .await
}
