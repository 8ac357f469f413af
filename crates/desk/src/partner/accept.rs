//! Taking in a copy that another library lends.

use std::sync::Arc;

use circulation::{
    Audience, BranchCode, CategoryKind, Condition, Decision, DocumentCode, HoldItem, HoldRequest,
    ItemFacts, Place, Refusal, Refused, TitleFacts, Trace, decide_hold,
};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{HoldLine, Locks, NewTemporary, PartnerRequestRow, PatronFile};

use super::PartnerRequest;
use crate::{
    Actor, Answer, CheckinAsk, Desk, DeskError,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::{local_day, scanned},
};

/// What a lender sends is no novelty here: no rule on new items is meant for it.
const LONG_AGO: Date = Date::constant(2000, 1, 1);

/// What parts the barcode of an item that went from the number that it got then, which frees it for the next.
const GONE: char = '~';

/// A copy that a partner brings.
#[derive(Debug, Clone)]
pub struct Brought {
    /// Its title.
    pub title: String,
    /// Its author; empty if none.
    pub author: String,
    /// Its call number; empty if none.
    pub call_number: String,
    /// Its document type.
    pub document: DocumentCode,
    /// Barcodes in the order of preference. One that any item of the network has is left to that item, and one with a
    /// `~` is not taken: those are of items that went. Where none is free, one is made: `P` and the number of its bib,
    /// nine digits.
    pub barcodes: Vec<String>,
    /// The last day on which it may be out: until when the lender wants it back.
    pub return_by: Option<Date>,
}

/// A question to take in a copy for a reader.
#[derive(Debug, Clone)]
pub struct AcceptAsk {
    /// Who asks: the partner.
    pub actor: Actor,
    /// The request, as the partner calls it.
    pub request: PartnerRequest,
    /// The card number of who waits for it.
    pub card: String,
    /// The copy.
    pub brought: Brought,
    /// Where it is to be collected; the branch of the door where nothing is said.
    pub pickup: Option<BranchCode>,
    /// The last day on which it is of use.
    pub needed_until: Option<Date>,
    /// Whether it is set aside for its reader at once; else the next check-in at a branch does that.
    pub capture: bool,
    /// When.
    pub at: Zoned,
}

/// A copy that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The item.
    pub item: i64,
    /// The barcode that it got.
    pub barcode: String,
    /// The hold.
    pub hold: i64,
    /// Where it is to be collected.
    pub pickup: BranchCode,
}

/// What came of it, and whether it still stands where it was put.
type Taken = (Answer<Accepted>, bool);

impl Desk {
    /// Takes in a copy that a partner lends, with a hold for its reader, both or none; or says why not, by the same rules
    /// as for any hold. The same request again, whenever and at whichever daemon, is the same copy.
    ///
    /// Three round trips and one commit, and a check-in where it is set aside at once. Where that does not come to pass,
    /// the same request again sets it aside.
    pub async fn accept(self: &Arc<Self>, ask: AcceptAsk) -> Result<Answer<Accepted>, DeskError> {
        let ask = Arc::new(ask);
        let asked = ask.clone();
        let (answer, waits) = self
            .run(move |desk, way| try_accept(desk, way, ask.clone()))
            .await?;
        if let (Ok(accepted), true, true) = (&answer.outcome, asked.capture, waits) {
            let checkin = CheckinAsk {
                actor: asked.actor.clone(),
                barcode: accepted.barcode.clone(),
                at: asked.at.clone(),
                capture: true,
                dry: false,
            };
            if let Err(error) = self.checkin(checkin).await {
                // It is taken in, and its reader waits for it: the next check-in sets it aside.
                tracing::warn!(%error, "a copy that was taken in is not set aside yet");
            }
        }
        Ok(answer)
    }
}

async fn try_accept(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<AcceptAsk>,
) -> Result<Tried<Taken>, Trouble> {
    let (branch, today) = (ask.actor.branch(), local_day(&ask.at));
    let terminal = ask.actor.terminal_id().unwrap_or_default();
    let session = way.session().await?;
    let (version, file) = session
        .patron_file(scanned(&ask.card), branch, today)
        .await?;
    let request = (ask.request.agency.as_str(), ask.request.number.as_str());
    let known = session
        .partner_request(terminal, request.0, request.1)
        .await?;
    let book = desk.rulebook_at(version).await?;
    let asked = Asked {
        kind: "accept",
        actor: &ask.actor,
        at: &ask.at,
        dry: false,
    };
    let patron = file.as_ref().map(|file| &file.row);
    let language = patron.map(|patron| patron.language).unwrap_or_default();
    let outright = match (&known, &file) {
        (_, None) => Some(Refusal::CardUnknown),
        (Some(row), Some(file)) if row.accepted => {
            if row.patron.is_none_or(|patron| patron == file.row.id) {
                return Ok(Tried::Done(known_again(row, file)?));
            }
            Some(Refusal::RequestTaken)
        }
        (_, Some(_)) => None,
    };
    let (Some(file), None) = (&file, &outright) else {
        let refusal = outright.unwrap_or(Refusal::CardUnknown);
        let no: Decision<()> = refused_outright(Refused::from(refusal));
        return Ok(first(
            refuse(&mut way, &asked, &book, patron, None, no, language).await?,
        ));
    };
    let facts = TitleFacts {
        items: vec![HoldItem {
            facts: would_be(&ask, branch),
            asked: true,
        }],
        waiting: 0,
        holds: file.holds.iter().map(HoldLine::open).collect(),
        held_already: false,
        lent_already: None,
    };
    let pickup = ask.pickup.unwrap_or(branch);
    let wanted = HoldRequest {
        on: today,
        pickup,
        needed_until: ask.needed_until,
        overrides: ask.actor.overrides().clone(),
    };
    let decision = decide_hold(&book, &wanted, &file.row.facts, &facts);
    let Ok(plan) = &decision.outcome else {
        return Ok(first(
            refuse(&mut way, &asked, &book, patron, None, decision, language).await?,
        ));
    };
    let barcode = free(&mut way, &ask.brought.barcodes).await?;
    let body = Body::of(&decision, None);
    let several = book
        .categories
        .get(&file.row.facts.category)
        .is_some_and(|category| category.kind != CategoryKind::Person);
    let new = NewTemporary {
        household: (file.row.household_id, file.row.household_version),
        title: &ask.brought.title,
        author: &ask.brought.author,
        barcode: barcode.as_deref(),
        document: ask.brought.document,
        call_number: &ask.brought.call_number,
        in_service: LONG_AGO,
        return_by: ask.brought.return_by,
        patron_id: file.row.id,
        pickup,
        expires_on: plan.expires_on,
        several,
        request,
        stamp: ask.actor.stamp(&ask.at),
        body: &body,
    };
    let locks = Locks {
        household: Some(file.row.household_id),
        ..Locks::default()
    };
    let written = way.session_to_write().await?.accept(&new).await;
    Ok(match way.written(written, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(written) => {
            let accepted = Accepted {
                item: written.item,
                barcode: written.barcode,
                hold: written.hold,
                pickup,
            };
            let trace = decision.trace.clone();
            Tried::Done((
                answer(accepted, trace, Some(written.event), language, false),
                true,
            ))
        }
    })
}

fn first(tried: Tried<Answer<Accepted>>) -> Tried<Taken> {
    match tried {
        Tried::Done(answer) => Tried::Done((answer, false)),
        Tried::Again(locks) => Tried::Again(locks),
        Tried::Alone(locks) => Tried::Alone(locks),
    }
}

/// The copy as the rules look at it before it is there.
fn would_be(ask: &AcceptAsk, branch: BranchCode) -> ItemFacts {
    ItemFacts {
        owner: branch,
        document: ask.brought.document,
        condition: Condition::Good,
        audience: Audience::Unknown,
        in_service: LONG_AGO,
        return_by: ask.brought.return_by,
        place: Place::Shelf { branch },
    }
}

/// The first barcode that nothing has. The unique constraint has the last word.
async fn free(way: &mut Way, barcodes: &[String]) -> Result<Option<String>, Trouble> {
    let wanted: Vec<String> = barcodes
        .iter()
        .map(|barcode| scanned(barcode).to_owned())
        .filter(|barcode| !barcode.is_empty() && !barcode.contains(GONE))
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    let taken = way.session().await?.barcodes_taken(&wanted).await?;
    Ok(wanted.into_iter().find(|barcode| !taken.contains(barcode)))
}

fn known_again(row: &PartnerRequestRow, file: &PatronFile) -> Result<Taken, Trouble> {
    let barcode = row.barcode.as_deref().unwrap_or_default();
    let accepted = Accepted {
        item: row.accepted_item().map_err(DeskError::from)?,
        barcode: barcode.split(GONE).next().unwrap_or_default().to_owned(),
        hold: row.hold,
        pickup: row.pickup,
    };
    let waits = row.outcome.is_none() && row.set_aside.is_none();
    let answer = answer(accepted, Trace::default(), None, file.row.language, true);
    Ok((answer, waits))
}

fn answer(
    accepted: Accepted,
    trace: Trace,
    event: Option<i64>,
    language: circulation::Language,
    replayed: bool,
) -> Answer<Accepted> {
    Answer {
        outcome: Ok(accepted),
        trace,
        event,
        language,
        item: None,
        replayed,
    }
}
