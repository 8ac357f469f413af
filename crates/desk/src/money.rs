//! Money: paid at a machine or a desk, asked for and let go by staff.

use std::sync::Arc;

use circulation::{Decision, Refusal, Refused, Trace};
use jiff::Zoned;
use store::{FeeKind, FeeLine, Locks, PatronFile, Settled, Settlement};

use crate::{
    Actor, Answer, Desk, DeskError, RequestKey,
    answer::refused_outright,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::{local_day, remembered, scanned},
};

/// A question to settle what a patron owes, or a part of it.
#[derive(Debug, Clone)]
pub struct PayAsk {
    /// Who asks; only staff lets anything go.
    pub actor: Actor,
    /// Paid or waived.
    pub how: Settled,
    /// The card number, as scanned.
    pub card: String,
    /// How much, in cents.
    pub cents: i64,
    /// The fee that it is for (SIP2 field CG); else the oldest first.
    pub fee: Option<i64>,
    /// The identity of the payment (of SIP2 field BK): with it a payment is taken once, however often it is sent.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

/// A fee to ask a patron for.
#[derive(Debug, Clone)]
pub struct ChargeAsk {
    /// Who asks.
    pub actor: Actor,
    /// The card number, as scanned.
    pub card: String,
    /// What it is for.
    pub kind: FeeKind,
    /// How much, in cents; above zero.
    pub cents: i64,
    /// A remark for people.
    pub note: String,
    /// The identity of the question: with it a fee is written once, however often it is sent within two days.
    pub key: Option<RequestKey>,
    /// When.
    pub at: Zoned,
}

impl ChargeAsk {
    /// A fee without a remark, that is written each time it is asked for.
    pub fn of(actor: &Actor, card: &str, kind: FeeKind, cents: i64, at: &Zoned) -> Self {
        Self {
            actor: actor.clone(),
            card: card.to_owned(),
            kind,
            cents,
            note: String::new(),
            key: None,
            at: at.clone(),
        }
    }
}

/// A fee that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charged {
    /// The fee: SIP2 field CG.
    pub fee: i64,
    /// How much, in cents.
    pub cents: i64,
}

/// What was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// How much, in cents.
    pub cents: i64,
}

impl Desk {
    /// Takes a payment, or says why not: nothing is owed, or less than that. More than is owed is never taken, since
    /// nobody would give it back.
    ///
    /// Two round trips and one commit in the common case.
    pub async fn pay(self: &Arc<Self>, ask: PayAsk) -> Result<Answer<Paid>, DeskError> {
        self.paying(ask, false).await
    }

    /// What [paying](Desk::pay) would come to; nothing changes.
    pub async fn would_pay(self: &Arc<Self>, ask: PayAsk) -> Result<Answer<Paid>, DeskError> {
        self.paying(ask, true).await
    }

    async fn paying(self: &Arc<Self>, ask: PayAsk, dry: bool) -> Result<Answer<Paid>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_pay(desk, way, ask.clone(), key, dry))
            .await
    }

    /// Asks a patron for a fee, or says why not: the card leads to nobody, or there is nothing to ask for.
    ///
    /// Two round trips and one commit.
    pub async fn charge(self: &Arc<Self>, ask: ChargeAsk) -> Result<Answer<Charged>, DeskError> {
        self.charging(ask, false).await
    }

    /// What [charging](Desk::charge) would come to; nothing changes, and the fee has no number.
    pub async fn would_charge(
        self: &Arc<Self>,
        ask: ChargeAsk,
    ) -> Result<Answer<Charged>, DeskError> {
        self.charging(ask, true).await
    }

    async fn charging(
        self: &Arc<Self>,
        ask: ChargeAsk,
        dry: bool,
    ) -> Result<Answer<Charged>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let given = ask.key.is_some();
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_charge(desk, way, ask.clone(), (key, given), dry))
            .await
    }
}

async fn try_charge(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<ChargeAsk>,
    (key, given): (RequestKey, bool),
    dry: bool,
) -> Result<Tried<Answer<Charged>>, Trouble> {
    let session = way.session().await?;
    let (version, file) = session
        .patron_file(scanned(&ask.card), ask.actor.branch(), local_day(&ask.at))
        .await?;
    let book = desk.rulebook_at(version).await?;
    let asked = Asked {
        kind: "fee",
        actor: &ask.actor,
        at: &ask.at,
        dry,
    };
    let refusal = match &file {
        None => Some(Refusal::CardUnknown),
        Some(_) if ask.cents <= 0 => Some(Refusal::NothingOwed),
        Some(_) => None,
    };
    let (Some(file), None) = (&file, &refusal) else {
        let no: Decision<()> =
            refused_outright(Refused::from(refusal.unwrap_or(Refusal::CardUnknown)));
        let patron = file.as_ref().map(|file| &file.row);
        return refuse(
            &mut way,
            &asked,
            &book,
            patron,
            None,
            no,
            Default::default(),
        )
        .await;
    };
    let told = |event, fee, replayed| Answer {
        outcome: Ok(Charged {
            fee,
            cents: ask.cents,
        }),
        trace: Trace::default(),
        event,
        language: file.row.language,
        item: None,
        replayed,
    };
    if (given || way.known())
        && let Some((event, fee)) = remembered(&mut way, key).await?
    {
        return Ok(Tried::Done(told(Some(event), fee, true)));
    }
    if dry {
        return Ok(Tried::Done(told(None, 0, false)));
    }
    let household = file.row.household_id;
    let locks = Locks {
        household: Some(household),
        ..Locks::default()
    };
    let body = serde_json::json!({ "fee": ask.kind, "cents": ask.cents });
    let (stamp, keep) = (ask.actor.stamp(&ask.at), key.keep(ask.at.timestamp()));
    let fee = (ask.kind, ask.cents, ask.note.as_str());
    let session = way.session_to_write().await?;
    let charged = session
        .charge(file.row.id, household, fee, &stamp, &body, keep)
        .await;
    Ok(match way.written(charged, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(fee) => Tried::Done(told(None, fee, false)),
    })
}

async fn try_pay(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<PayAsk>,
    key: RequestKey,
    dry: bool,
) -> Result<Tried<Answer<Paid>>, Trouble> {
    let branch = ask.actor.branch();
    let session = way.session().await?;
    let (version, file) = session
        .patron_file(scanned(&ask.card), branch, local_day(&ask.at))
        .await?;
    let book = desk.rulebook_at(version).await?;
    let asked = Asked {
        kind: match ask.how {
            Settled::Paid => "payment",
            Settled::Waived => "waiver",
        },
        actor: &ask.actor,
        at: &ask.at,
        dry,
    };
    let Some(file) = file else {
        let no: Decision<()> = refused_outright(Refused::from(Refusal::CardUnknown));
        return refuse(&mut way, &asked, &book, None, None, no, Default::default()).await;
    };
    let language = file.row.language;
    if way.known()
        && let Some(answer) = taken_before(&mut way, key, &file).await?
    {
        return Ok(Tried::Done(answer));
    }
    let parts = match parts(&file.fees, ask.cents, ask.fee) {
        Ok(parts) => parts,
        Err(refusal) => {
            if let Some(answer) = taken_before(&mut way, key, &file).await? {
                return Ok(Tried::Done(answer));
            }
            let no = refused_outright(Refused::from(refusal));
            let patron = Some(&file.row);
            return refuse(&mut way, &asked, &book, patron, None, no, language).await;
        }
    };
    if dry {
        let would = answer(&file, ask.cents, 0, false);
        return Ok(Tried::Done(Answer {
            event: None,
            ..would
        }));
    }
    let locks = Locks {
        household: Some(file.row.household_id),
        ..Locks::default()
    };
    let body = serde_json::json!({ "cents": ask.cents, "fees": parts });
    let household = (file.row.household_id, file.row.household_version);
    let settlement = Settlement {
        how: ask.how,
        parts: &parts,
        key: key.0,
    };
    let stamp = ask.actor.stamp(&ask.at);
    let session = way.session_to_write().await?;
    let settled = session
        .settle(file.row.id, household, &settlement, &stamp, &body)
        .await;
    Ok(match way.written(settled, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(answer(&file, ask.cents, event, false)),
    })
}

/// The same payment again: it was taken, and is not taken twice.
async fn taken_before(
    way: &mut Way,
    key: RequestKey,
    file: &PatronFile,
) -> Result<Option<Answer<Paid>>, Trouble> {
    let payment = way.session().await?.payment(key.0).await?;
    Ok(payment
        .filter(|payment| payment.patron_id == file.row.id)
        .map(|payment| answer(file, payment.cents, payment.event, true)))
}

fn answer(file: &PatronFile, cents: i64, event: i64, replayed: bool) -> Answer<Paid> {
    Answer {
        outcome: Ok(Paid { cents }),
        trace: Trace::default(),
        event: Some(event),
        language: file.row.language,
        item: None,
        replayed,
    }
}

/// Which fees an amount settles, and how much of each: the one that is named, or the oldest first.
fn parts(fees: &[FeeLine], cents: i64, named: Option<i64>) -> Result<Vec<(i64, i64)>, Refusal> {
    let open = || {
        fees.iter()
            .filter(|fee| named.is_none_or(|named| fee.id == named))
    };
    let owed = open().map(|fee| fee.cents).sum();
    if owed == 0 || cents <= 0 {
        return Err(Refusal::NothingOwed);
    }
    if cents > owed {
        return Err(Refusal::LessOwed { cents: owed });
    }
    let mut left = cents;
    let mut parts = Vec::new();
    for fee in open() {
        let part = fee.cents.min(left);
        if part > 0 {
            parts.push((fee.id, part));
            left -= part;
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn fee(id: i64, cents: i64) -> FeeLine {
        FeeLine {
            id,
            kind: FeeKind::Late,
            cents,
            note: String::new(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_oldest_first_unless_one_is_named() {
        let fees = [fee(1, 150), fee(2, 300)];
        assert_eq!(parts(&fees, 100, None), Ok(vec![(1, 100)]));
        assert_eq!(parts(&fees, 200, None), Ok(vec![(1, 150), (2, 50)]));
        assert_eq!(parts(&fees, 450, None), Ok(vec![(1, 150), (2, 300)]));
        assert_eq!(parts(&fees, 300, Some(2)), Ok(vec![(2, 300)]));
    }

    #[test]
    fn never_more_than_is_owed() {
        let fees = [fee(1, 150)];
        assert_eq!(
            parts(&fees, 151, None),
            Err(Refusal::LessOwed { cents: 150 })
        );
        assert_eq!(parts(&fees, 10, Some(9)), Err(Refusal::NothingOwed));
        assert_eq!(parts(&[], 10, None), Err(Refusal::NothingOwed));
        assert_eq!(parts(&fees, 0, None), Err(Refusal::NothingOwed));
        assert_eq!(parts(&fees, -5, None), Err(Refusal::NothingOwed));
    }
}
