//! Lending.

use std::sync::Arc;

use circulation::{
    BranchCode, CheckoutRequest, Language, Place, Refusal, Refused, Rulebook, Trace,
    decide_checkout,
};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{CheckoutEffect, Facts, FactsAsk, ItemFacts, Locks, PatronRow, Terminal};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown, Pin, PinCheck, RequestKey, Visit,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    renew::{Renewing, try_renew},
    request::{SAME_LOAN, local_day, scanned},
};

/// A question to lend.
#[derive(Debug, Clone)]
pub struct CheckoutAsk {
    /// Who asks.
    pub actor: Actor,
    /// The card number, as scanned.
    pub card: String,
    /// The item's barcode, as scanned.
    pub barcode: String,
    /// The PIN, where one was typed; a wrong one refuses.
    pub pin: Option<Pin>,
    /// What the connection remembers of PINs.
    pub visit: Arc<Visit>,
    /// When.
    pub at: Zoned,
    /// The identity of the request, where repetitions are to be known.
    pub key: Option<RequestKey>,
    /// The last day of the loan that is asked for: an earlier one than the rules give is granted, a later one never.
    pub desired_due: Option<Date>,
    /// Whether an item that this patron has already is renewed instead of refused.
    pub renew_if_lent: bool,
    /// Decide and explain, change nothing.
    pub dry: bool,
}

impl CheckoutAsk {
    /// An empty question of a terminal, to be filled in.
    pub fn default_for(terminal: &Terminal) -> Self {
        Self {
            actor: Actor::kiosk(terminal),
            card: String::new(),
            barcode: String::new(),
            pin: None,
            visit: Arc::new(Visit::new()),
            at: Zoned::default(),
            key: None,
            desired_due: None,
            renew_if_lent: false,
            dry: false,
        }
    }
}

/// A loan that was made, or renewed where the patron had the item already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lent {
    /// The last day of the loan.
    pub due: Date,
    /// The patron had it already: the loan was renewed.
    pub renewed: bool,
}

impl Desk {
    /// Lends an item to the holder of a card, or says why not.
    ///
    /// Two round trips and one commit in the common case.
    pub async fn checkout(
        self: &Arc<Self>,
        mut ask: CheckoutAsk,
    ) -> Result<Answer<Lent>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        ask.key = Some(key);
        let turn = self.turns.turn(key).await;
        let ask = Arc::new(ask);
        self.run(move |desk, way| {
            // Kept by the command itself, which goes on when its caller is gone.
            let _kept = &turn;
            try_checkout(desk, way, ask.clone())
        })
        .await
    }
}

async fn try_checkout(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<CheckoutAsk>,
) -> Result<Tried<Answer<Lent>>, Trouble> {
    let loaded = load(&desk, &mut way, Question::from(&*ask)).await?;
    let Loaded {
        book,
        facts,
        language,
    } = loaded;
    let (patron, item) = match parties(
        &mut way,
        &ask.card,
        &ask.barcode,
        &facts,
        ask.pin_check(&facts).await,
    )
    .await?
    {
        Ok(parties) => parties,
        Err(refused) => {
            let decision = refused_outright(refused);
            let item = facts.item.as_ref();
            return refuse(
                &mut way,
                &asked(&ask),
                &book,
                facts.patron.as_ref(),
                item,
                decision,
                language,
            )
            .await;
        }
    };
    let shown = ItemShown::new(&book, item);

    if let Some(answer) = repetition(&ask, &facts, item, &shown, language) {
        return Ok(Tried::Done(answer));
    }
    let request = CheckoutRequest {
        on: local_day(&ask.at),
        branch: ask.actor.branch(),
        door: ask.actor.door(),
        desired_due: ask.desired_due,
        overrides: ask.actor.overrides().clone(),
    };
    let decision = decide_checkout(&book, &request, &patron.facts, &item.facts);
    let plan = match &decision.outcome {
        Ok(plan) => plan,
        Err(refused)
            if ask.renew_if_lent
                && matches!(refused.headline(), Refusal::AlreadyLentToYou { .. }) =>
        {
            let renewing = Renewing {
                actor: &ask.actor,
                at: &ask.at,
                key: ask.key,
                dry: ask.dry,
            };
            return try_renew(way, renewing, &book, &facts, patron, item, language).await;
        }
        Err(_) => {
            return refuse(
                &mut way,
                &asked(&ask),
                &book,
                Some(patron),
                Some(item),
                decision,
                language,
            )
            .await;
        }
    };
    let lent = Lent {
        due: plan.due,
        renewed: false,
    };
    if ask.dry {
        return Ok(Tried::Done(Answer {
            outcome: Ok(lent),
            trace: decision.trace,
            event: None,
            language,
            item: Some(shown),
            replayed: false,
        }));
    }
    let Some(custody_id) = item.custody_id else {
        // circulation lends nothing that is nowhere.
        return Err(DeskError::Internal("an item without a place was to be lent".into()).into());
    };
    let locks = Locks {
        bib: None,
        item: Some(item.row.id),
        household: Some(patron.household_id),
    };
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref()).json()?;
    let effect = CheckoutEffect {
        terminal_id: ask.actor.terminal_id(),
        staff_id: ask.actor.staff_id(),
        key: ask.key.map(|key| key.0),
        item: (item.row.id, item.row.version),
        household: (patron.household_id, patron.household_version),
        custody_id,
        branch: ask.actor.branch(),
        patron_id: patron.id,
        at: ask.at.timestamp(),
        on: request.on,
        due: plan.due,
        new: plan.new,
        category: patron.facts.category,
        document: item.facts.document,
        hold: ended_hold(item, facts.own_hold),
        policy_version: plan.policy_version,
        calendar_version: plan.calendar_version,
        body,
    };
    Ok(match way.write(effect, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(Answer {
            outcome: Ok(lent),
            trace: decision.trace,
            event: Some(event),
            language,
            item: Some(shown),
            replayed: false,
        }),
    })
}

impl CheckoutAsk {
    async fn pin_check(&self, facts: &Facts) -> PinCheck {
        match &facts.patron {
            Some(patron) => {
                self.visit
                    .check(self.pin.as_ref(), patron, self.at.timestamp())
                    .await
            }
            None => PinCheck::NotGiven,
        }
    }
}

/// The hold that a loan ends: what is set aside for this reader, or for whom this reader collects, is collected; what
/// this reader waited for has come. What staff lend past somebody else's hold leaves that hold waiting.
pub(crate) fn ended_hold(item: &ItemFacts, own: Option<(i64, i64)>) -> Option<(i64, i64)> {
    let set_aside = match &item.facts.place {
        Place::HoldShelf { hold, .. } | Place::Transit { hold, .. } => hold.as_ref(),
        _ => None,
    };
    item.captured
        .filter(|_| set_aside.is_some_and(|hold| hold.collector.may_collect()))
        .or(own)
}

/// The same question again: the loan that it made, while that loan is as it was. Without a key that matches
/// (some machines put a fresh date into a repetition), the same terminal's loan of the last minutes.
fn repetition(
    ask: &CheckoutAsk,
    facts: &Facts,
    item: &ItemFacts,
    shown: &ItemShown,
    language: Language,
) -> Option<Answer<Lent>> {
    let patron = facts.patron.as_ref()?;
    if item.borrower_id != Some(patron.id) {
        return None;
    }
    let Place::Loan { loan, .. } = &item.facts.place else {
        return None;
    };
    let by_key = facts.replayed;
    let just_lent = item.lent.is_some_and(|(lent_at, terminal)| {
        terminal.is_some()
            && terminal == ask.actor.terminal_id()
            && loan.renewals == 0
            && ask.at.timestamp().duration_since(lent_at).abs() <= SAME_LOAN
    });
    if by_key.is_none() && !just_lent {
        return None;
    }
    Some(Answer {
        outcome: Ok(Lent {
            due: loan.due,
            renewed: by_key.is_some() && loan.renewals > 0,
        }),
        trace: Trace::default(),
        event: by_key,
        language,
        item: Some(shown.clone()),
        replayed: true,
    })
}

/// What a command reads before it decides.
pub(crate) struct Question<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) card: &'a str,
    pub(crate) barcode: &'a str,
    pub(crate) key: Option<RequestKey>,
    pub(crate) at: &'a Zoned,
}

impl<'a> From<&'a CheckoutAsk> for Question<'a> {
    fn from(ask: &'a CheckoutAsk) -> Self {
        Self {
            actor: &ask.actor,
            card: &ask.card,
            barcode: &ask.barcode,
            key: ask.key,
            at: &ask.at,
        }
    }
}

pub(crate) struct Loaded {
    pub(crate) book: Arc<Rulebook>,
    pub(crate) facts: Facts,
    pub(crate) language: Language,
}

/// Reads the facts, and the rulebook that they were read under.
pub(crate) async fn load(
    desk: &Desk,
    way: &mut Way,
    question: Question<'_>,
) -> Result<Loaded, Trouble> {
    let facts = way
        .ask(FactsAsk {
            card: scanned(question.card).to_owned(),
            barcode: scanned(question.barcode).to_owned(),
            branch: question.actor.branch(),
            request: question.key.map(|key| key.0),
            today: local_day(question.at),
        })
        .await?;
    let book = desk.rulebook_at(facts.rulebook_version).await?;
    let language = facts
        .patron
        .as_ref()
        .map(|patron| patron.language)
        .unwrap_or_default();
    Ok(Loaded {
        book,
        facts,
        language,
    })
}

/// Patron and item, or why a scan led nowhere.
pub(crate) async fn parties<'f>(
    way: &mut Way,
    card: &str,
    barcode: &str,
    facts: &'f Facts,
    pin: PinCheck,
) -> Result<Result<(&'f PatronRow, &'f ItemFacts), Refused>, Trouble> {
    let mut reasons = Vec::new();
    let (patron, item) = (facts.patron.as_ref(), facts.item.as_ref());
    if let (Some(patron), Some(item), PinCheck::NotGiven | PinCheck::Right) = (patron, item, pin) {
        return Ok(Ok((patron, item)));
    }
    let (cards, items) = way
        .session()
        .await?
        .issuers(scanned(card), scanned(barcode))
        .await?;
    if patron.is_none() {
        reasons.push(nowhere(cards, Refusal::CardUnknown, |branches| {
            Refusal::CardAmbiguous { branches }
        }));
    }
    match pin {
        PinCheck::Wrong => reasons.push(Refusal::PinWrong),
        PinCheck::TooMany => reasons.push(Refusal::PinTooOften),
        PinCheck::Right | PinCheck::NotGiven => {}
    }
    if item.is_none() {
        reasons.push(nowhere(items, Refusal::ItemUnknown, |branches| {
            Refusal::ItemAmbiguous { branches }
        }));
    }
    Refused::new(reasons)
        .map(Err)
        .ok_or_else(|| DeskError::Internal("neither parties nor a reason".into()).into())
}

fn nowhere(
    issuers: Vec<BranchCode>,
    unknown: Refusal,
    ambiguous: impl Fn(Vec<BranchCode>) -> Refusal,
) -> Refusal {
    if issuers.len() > 1 {
        ambiguous(issuers)
    } else {
        unknown
    }
}

/// What a refused loan is logged with.
fn asked(ask: &CheckoutAsk) -> Asked<'_> {
    Asked {
        kind: "checkout",
        actor: &ask.actor,
        at: &ask.at,
        dry: ask.dry,
    }
}
